package io.hardmine.core.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.loss.ExampleSelection;
import io.hardmine.core.model.DataOrigin;
import io.hardmine.datasets.Dataset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * The input of a training run.
 *
 * @param train pictures that weights are fitted to
 * @param validation pictures that the best weights and the score thresholds are chosen on. If there are none, or none
 *     with an object, the last weights become the model
 * @param source of background inputs; {@link BackgroundSource#NONE} for no background
 * @param settings of network, loss, optimizer, schedule and augmentation
 * @param selection chooses the anchors that a step is trained on; {@link ExampleSelection#ALL} for all
 * @param repetition decides how often an epoch shows each training picture; {@link RepeatFactors#ONCE} for once
 * @param contents SHA-256 of the pictures' files, by path: a run can be resumed on the same pixels only. For a picture
 *     without an entry, only name and boxes must be the same
 * @param origin of the data, for the model file; {@link DataOrigin#UNKNOWN} if it is of no use there
 * @param provenance more about the data for readers of the model file
 */
public record TrainingTask(
        Dataset train,
        Dataset validation,
        BackgroundSource source,
        TrainingSettings settings,
        ExampleSelection selection,
        RepeatFactors repetition,
        Map<Path, String> contents,
        DataOrigin origin,
        ObjectNode provenance) {
    /** Copies {@code contents}; refuses a null source, selection, repetition or origin. */
    public TrainingTask {
        Objects.requireNonNull(source, "source is null; BackgroundSource.NONE gives no background");
        Objects.requireNonNull(selection, "selection is null; ExampleSelection.ALL lets every example count");
        Objects.requireNonNull(repetition, "repetition is null; RepeatFactors.ONCE shows every picture once");
        Objects.requireNonNull(origin, "origin is null; DataOrigin.UNKNOWN says nothing about the data");
        contents = Map.copyOf(contents);
        provenance = provenance.deepCopy();
    }

    /** A copy: changing it does not change the task. */
    @Override
    public ObjectNode provenance() {
        return provenance.deepCopy();
    }

    /** The same with other settings. */
    TrainingTask with(TrainingSettings changed) {
        return new TrainingTask(
                train, validation, source, changed, selection, repetition, contents, origin, provenance);
    }
}
