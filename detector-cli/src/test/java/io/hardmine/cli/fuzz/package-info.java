/**
 * Fuzz tests: whatever a file holds, its reader reads it or refuses it with a {@link io.hardmine.datasets.DataException}.
 * {@code mvn verify} runs them over their seeds and over a fixed number of mutations of them; Jazzer looks for new paths if
 * the environment variable {@code JAZZER_FUZZ} is 1.
 */
package io.hardmine.cli.fuzz;
