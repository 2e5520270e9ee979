package io.hardmine.core.training;

import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.Picture;
import java.util.List;
import java.util.Optional;

/**
 * The inputs of one step.
 *
 * @param images plain NHWC, normalized
 * @param shape of the images
 * @param groundTruths objects and regions of each image, in its pixels
 * @param pictures annotated picture of each image; empty for a background input
 * @param names of all pictures that are shown, for messages
 */
public record Batch(
        float[] images,
        Shape shape,
        List<GroundTruth> groundTruths,
        List<Optional<Picture>> pictures,
        List<String> names) {}
