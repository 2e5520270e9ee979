/**
 * The detector that a program uses: a model file opened for detection, safe from many threads, and its benchmark. Knows
 * nothing of training.
 */
package io.hardmine.core.detector;
