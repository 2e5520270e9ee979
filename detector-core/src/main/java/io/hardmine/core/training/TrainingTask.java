package io.hardmine.core.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.hardmine.core.loss.ExampleSelection;
import io.hardmine.datasets.Dataset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * What a training run is given.
 *
 * @param train pictures that weights are fitted to
 * @param validation pictures that the best weights and the thresholds are chosen on; may hold none, or none with an
 *     object: the last weights are then the model
 * @param source where background inputs come from; {@link BackgroundSource#NONE} for no background
 * @param settings everything else
 * @param selection which examples of a step count; {@link ExampleSelection#ALL} for every one
 * @param repetition how often each training picture is shown in an epoch; {@link RepeatFactors#ONCE} for once
 * @param contents SHA-256 of the pictures' files: a run is resumed on the same pixels only. Of a picture that has none,
 *     name and boxes alone must be the same
 * @param provenance of the data, for the model file
 */
public record TrainingTask(
        Dataset train,
        Dataset validation,
        BackgroundSource source,
        TrainingSettings settings,
        ExampleSelection selection,
        RepeatFactors repetition,
        Map<Path, String> contents,
        JsonNode provenance) {
    /** Copies the collections. */
    public TrainingTask {
        Objects.requireNonNull(source, "source is null; BackgroundSource.NONE gives no background");
        Objects.requireNonNull(selection, "selection is null; ExampleSelection.ALL lets every example count");
        Objects.requireNonNull(repetition, "repetition is null; RepeatFactors.ONCE shows every picture once");
        contents = Map.copyOf(contents);
    }

    /** The same with other settings. */
    TrainingTask with(TrainingSettings changed) {
        return new TrainingTask(train, validation, source, changed, selection, repetition, contents, provenance);
    }
}
