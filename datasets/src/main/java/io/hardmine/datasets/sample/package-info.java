/**
 * The sample detection set: drawn pictures full of look-alikes, identical for a seed on every machine. OpenCV
 * only encodes its pictures; it draws none, because its drawing differs between versions. Knows nothing of readers and
 * training.
 */
package io.hardmine.datasets.sample;
