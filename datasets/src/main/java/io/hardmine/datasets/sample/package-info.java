/**
 * The sample detection set: drawn pictures full of look-alikes, identical for a seed on every machine. Knows nothing of
 * readers, OpenCV and training.
 */
package io.hardmine.datasets.sample;
