/**
 * Training of a network on annotated pictures: settings, loading, augmentation, the training step, schedules,
 * optimizers and checkpoints. Knows nothing of the command line or of mining.
 */
package io.hardmine.core.training;
