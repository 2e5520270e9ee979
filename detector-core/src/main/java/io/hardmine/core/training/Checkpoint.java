package io.hardmine.core.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.model.Archive;
import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a step changes, on disk. Since all randomness follows from seed, epoch and index, going on from here
 * gives the same weights, bit for bit, as not having stopped.
 */
final class Checkpoint {
    private static final String KIND = "hardmine-checkpoint";
    private static final int VERSION = 1;

    private Checkpoint() {}

    /**
     * Where a run stands beside its arrays.
     *
     * @param step steps done
     * @param bestScore highest validation score so far; negative where there was none
     * @param run fingerprint of settings and data: a checkpoint continues only the run that wrote it
     */
    record Progress(long step, double bestScore, String run) {}

    static void write(Path file, TrainingStep state, PictureLosses losses, Progress progress) throws IOException {
        ObjectNode description = new ObjectMapper().createObjectNode();
        description.put("step", progress.step());
        description.put("best_score", progress.bestScore());
        description.put("run", progress.run());
        description.put(
                "normaliser", Double.doubleToLongBits(state.loss().normaliser().average()));
        new Archive(description, arrays(state, losses)).write(file, KIND, VERSION);
    }

    /**
     * Puts the saved state in place.
     *
     * @throws DataException where the file is damaged or of another run
     */
    static Progress restore(Path file, TrainingStep state, PictureLosses losses, String run) {
        Archive archive = Archive.read(file, KIND, VERSION);
        JsonNode description = archive.description();
        if (!description.path("run").asText().equals(run)) {
            throw new DataException(
                    "%s was written with other settings or other data; resume with the same ones, or train into a new folder"
                            .formatted(file));
        }
        arrays(state, losses).forEach((name, target) -> {
            float[] stored = archive.arrays().get(name);
            if (stored == null || stored.length != target.length) {
                throw new DataException("%s does not fit the network: %s".formatted(file, name));
            }
            System.arraycopy(stored, 0, target, 0, target.length);
        });
        state.loss()
                .normaliser()
                .restore(Double.longBitsToDouble(description.path("normaliser").asLong()));
        state.parametersChanged();
        return new Progress(
                description.path("step").asLong(),
                description.path("best_score").asDouble(),
                run);
    }

    private static Map<String, float[]> arrays(TrainingStep state, PictureLosses losses) {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        arrays.put("values", state.network().parameters().values());
        arrays.put("statistics", state.network().parameters().statistics());
        arrays.put("averaged", state.optimizer().averaged());
        arrays.put("averaged-statistics", state.optimizer().averagedStatistics());
        List<float[]> optimizer = state.optimizer().state();
        for (int i = 0; i < optimizer.size(); i++) {
            arrays.put("optimizer-" + i, optimizer.get(i));
        }
        arrays.putAll(losses.arrays());
        return arrays;
    }
}
