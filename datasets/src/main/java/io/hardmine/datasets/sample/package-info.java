/**
 * The sample detection set: drawn, not photographed, the same for a seed on every machine, and full of look-alikes. Knows
 * nothing of readers and of OpenCV.
 */
package io.hardmine.datasets.sample;
