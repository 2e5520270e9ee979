package io.hardmine.mining.experiment;

/**
 * A run that did not finish.
 *
 * @param arm its arm's name
 * @param seed its seed
 * @param reason in a sentence
 * @param cause what was thrown
 */
public record Failure(String arm, long seed, String reason, Throwable cause) {}
