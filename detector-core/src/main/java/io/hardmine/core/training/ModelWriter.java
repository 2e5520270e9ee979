package io.hardmine.core.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.evaluation.CocoScores;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes a run's models: averaged weights with their description and provenance.
 *
 * @param task of the run
 * @param architecture of its network
 * @param anchors of its network
 * @param steps of the whole run
 * @param folder where models are written
 */
record ModelWriter(TrainingTask task, Architecture architecture, AnchorShapes anchors, long steps, RunFolder folder) {
    /** Score threshold of every class if no validation chose one. */
    private static final double USUAL_THRESHOLD = 0.5;

    /** The averaged weights as a network of its own; the caller closes it. */
    RetinaNet averaged(TrainingStep state) {
        RetinaNet copy =
                RetinaNet.empty(architecture, state.network().parameters().block());
        WeightAverage average = state.optimizer().average();
        copy.parameters().values().copyFrom(average.values());
        System.arraycopy(average.statistics(), 0, copy.parameters().statistics(), 0, average.statistics().length);
        return copy;
    }

    /** A model of the averaged weights with a score threshold of 0; the caller closes it. */
    TrainedModel showingAll(TrainingStep state, long step) {
        return model(state, averaged(state), same(0), null, step);
    }

    /** Writes the model with the best scores so far. */
    void writeBest(TrainingStep state, RetinaNet averaged, List<Double> thresholds, CocoScores scores, long step)
            throws IOException {
        model(state, averaged, thresholds, scores, step).write(folder.best());
    }

    /**
     * Makes the best model the run's. If that cannot be read, gives a warning and makes the last weights the run's
     * model.
     */
    void takeBest(TrainingStep state, Consumer<String> warnings) throws IOException {
        try (TrainedModel best = TrainedModel.read(folder.best())) {
            best.write(folder.model());
        } catch (DataException e) {
            warnings.accept("the best model is lost: %s; %s".formatted(e.getMessage(), lastIsTheModel()));
            writeLast(state);
        }
    }

    /** Makes the averaged weights after the last step the run's model. */
    void writeLast(TrainingStep state) throws IOException {
        try (RetinaNet averaged = averaged(state)) {
            model(state, averaged, same(USUAL_THRESHOLD), null, steps).write(folder.model());
        }
    }

    static String lastIsTheModel() {
        return "the model is the last one, and shows what scores over " + USUAL_THRESHOLD;
    }

    private List<Double> same(double threshold) {
        return Collections.nCopies(architecture.classes(), threshold);
    }

    private TrainedModel model(
            TrainingStep state, RetinaNet network, List<Double> thresholds, CocoScores scores, long step) {
        return new TrainedModel(
                new TrainedModel.Description(
                        architecture,
                        task.train().categories(),
                        RandomPlacement.of(task.settings()).preprocessing(),
                        anchors,
                        task.settings().matcher().create(),
                        task.settings().matcher().postProcessing(),
                        thresholds,
                        task.origin(),
                        provenance(state, scores, step)),
                network);
    }

    private ObjectNode provenance(TrainingStep state, CocoScores scores, long step) {
        ObjectNode provenance = JsonNodeFactory.instance.objectNode();
        provenance.set("data", task.provenance());
        provenance.set("settings", SettingsJson.of(task.settings()));
        provenance.put("selection", task.selection().description());
        provenance.put("repetition", task.repetition().description());
        provenance.put("background", task.source().description());
        provenance.put("seed", task.settings().seed());
        provenance.put("step", step);
        provenance.put("steps", steps);
        ObjectNode versions = provenance.putObject("versions");
        versions.put("java", System.getProperty("java.version"));
        versions.put("kernels", state.implementation() + " " + state.precision());
        if (scores != null) {
            provenance.putObject("validation").put("AP", scores.ap()).put("AP50", scores.ap50());
        }
        return provenance;
    }
}
