package io.hardmine.core.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.hardmine.core.loss.ExampleSelection;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.util.List;

/**
 * What a training run is given.
 *
 * @param train pictures that weights are fitted to
 * @param validation pictures that the best weights and the thresholds are chosen on; may hold none
 * @param background pictures without annotations; of no use where there is a {@code source}
 * @param source where background inputs come from instead; null for the pictures in {@code background}
 * @param settings everything else
 * @param selection which examples of a step count
 * @param repetition how often each training picture is shown in an epoch
 * @param provenance of the data, for the model file
 */
public record TrainingTask(
        Dataset train,
        Dataset validation,
        List<Picture> background,
        BackgroundSource source,
        TrainingSettings settings,
        ExampleSelection selection,
        PictureRepetition repetition,
        JsonNode provenance) {
    /** Copies the list. */
    public TrainingTask {
        background = List.copyOf(background);
    }
}
