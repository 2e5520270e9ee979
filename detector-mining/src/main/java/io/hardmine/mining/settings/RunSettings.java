package io.hardmine.mining.settings;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.hardmine.core.training.TrainingSettings;
import io.hardmine.mining.bootstrap.BootstrapSettings;
import io.hardmine.mining.ohem.SelectionSettings;

/**
 * Everything that a settings file of a training run may hold.
 *
 * @param training settings of the training; their fields are at the top level of the file
 * @param selection which examples of a step count
 * @param bootstrap how background is mined
 */
public record RunSettings(
        @JsonUnwrapped TrainingSettings training, SelectionSettings selection, BootstrapSettings bootstrap) {
    /** Training with every example, and background at random. */
    public static RunSettings of(TrainingSettings training) {
        return new RunSettings(training, SelectionSettings.all(), BootstrapSettings.none());
    }

    /** The same with other settings of training. */
    public RunSettings with(TrainingSettings other) {
        return new RunSettings(other, selection, bootstrap);
    }
}
