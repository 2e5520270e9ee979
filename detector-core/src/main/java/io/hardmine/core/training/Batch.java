package io.hardmine.core.training;

import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.Picture;
import java.util.List;
import java.util.Optional;

/**
 * What one step trains on.
 *
 * @param images plain NHWC, normalized
 * @param shape of the images
 * @param groundTruths what each image shows, in its pixels
 * @param pictures that are shown; empty where it is chosen background
 * @param names of all that is shown, for messages
 */
public record Batch(
        float[] images,
        Shape shape,
        List<GroundTruth> groundTruths,
        List<Optional<Picture>> pictures,
        List<String> names) {}
