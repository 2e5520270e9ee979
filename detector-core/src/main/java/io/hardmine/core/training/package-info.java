/**
 * From annotated pictures to weights: settings, loading, augmentation, the training step, schedules, optimizers and
 * checkpoints. Knows nothing of the command line or of mining.
 */
package io.hardmine.core.training;
