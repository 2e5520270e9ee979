package io.hardmine.core.evaluation;

import io.hardmine.core.detection.Detection;

/**
 * A detection and its outcome.
 *
 * @param detection as given
 * @param outcome the verdict on it
 * @param annotation index, in the picture's list of annotations, of the object or region that the outcome refers to; -1
 *     for {@link Outcome#NOTHING}
 */
record JudgedDetection(Detection detection, Outcome outcome, int annotation) {}
