package io.hardmine.mining.experiment;

/**
 * A run that did not finish.
 *
 * @param arm name of the arm
 * @param seed of the run
 * @param reason in a sentence
 * @param cause what was thrown
 */
public record Failure(String arm, long seed, String reason, Throwable cause) {}
