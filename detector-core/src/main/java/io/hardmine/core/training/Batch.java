package io.hardmine.core.training;

import io.hardmine.core.anchor.Scene;
import io.hardmine.core.kernel.Shape;
import java.util.List;

/**
 * What one step trains on.
 *
 * @param images plain NHWC, normalised
 * @param shape of the images
 * @param scenes what each image shows, in its pixels
 * @param names of the pictures, for messages
 */
public record Batch(float[] images, Shape shape, List<Scene> scenes, List<String> names) {}
