/**
 * Explains the losses: curves, an interactive page, and the distribution of a model's loss. Knows losses, not training.
 */
package io.hardmine.cli.explain;
