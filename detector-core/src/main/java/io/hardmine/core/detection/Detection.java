package io.hardmine.core.detection;

import io.hardmine.datasets.Box;

/**
 * One object that a detector found.
 *
 * @param box in pixels of the picture as shown
 * @param category class index, into the model's category names
 * @param score confidence in [0, 1]
 */
public record Detection(Box box, int category, double score) {}
