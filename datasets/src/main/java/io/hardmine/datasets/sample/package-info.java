/**
 * The sample detection set: drawn, not photographed, the same for a seed on every machine, and full of look-alikes. Knows
 * nothing of readers, of OpenCV and of how it will be learned.
 */
package io.hardmine.datasets.sample;
