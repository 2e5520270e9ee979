/**
 * Scores of a set of detections against annotations: COCO and Pascal VOC average precision, false alarms per picture,
 * confusion, thresholds; immutable results and their JSON. Knows nothing of networks, of training or of how the
 * detections were made.
 */
package io.hardmine.core.evaluation;
