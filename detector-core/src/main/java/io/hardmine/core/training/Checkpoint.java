package io.hardmine.core.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.kernel.FloatMemory;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.model.Archive;
import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
        Parameters parameters = state.network().parameters();
        Map<String, Archive.Numbers> numbers = new LinkedHashMap<>();
        memories(state).forEach((name, memory) -> numbers.put(name, () -> parameters.plain(memory)));
        arrays(state, losses).forEach((name, array) -> numbers.put(name, () -> Stream.of(array)));
        Archive.write(file, KIND, VERSION, description, numbers);
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
        Parameters parameters = state.network().parameters();
        memories(state)
                .forEach((name, memory) -> parameters.fill(memory, stored(file, archive, name, parameters.count())));
        arrays(state, losses)
                .forEach((name, target) ->
                        System.arraycopy(stored(file, archive, name, target.length), 0, target, 0, target.length));
        state.loss()
                .normaliser()
                .restore(Double.longBitsToDouble(description.path("normaliser").asLong()));
        state.parametersChanged();
        return new Progress(
                description.path("step").asLong(),
                description.path("best_score").asDouble(),
                run);
    }

    private static float[] stored(Path file, Archive archive, String name, int length) {
        float[] stored = archive.arrays().get(name);
        if (stored == null || stored.length != length) {
            throw new DataException("%s does not fit the network: %s".formatted(file, name));
        }
        return stored;
    }

    /** What is laid out as the network's values are. */
    private static Map<String, FloatMemory> memories(TrainingStep state) {
        Map<String, FloatMemory> memories = new LinkedHashMap<>();
        memories.put("values", state.network().parameters().values());
        memories.put("averaged", state.optimizer().averaged());
        List<FloatMemory> optimizer = state.optimizer().state();
        for (int i = 0; i < optimizer.size(); i++) {
            memories.put("optimizer-" + i, optimizer.get(i));
        }
        return memories;
    }

    private static Map<String, float[]> arrays(TrainingStep state, PictureLosses losses) {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        arrays.put("statistics", state.network().parameters().statistics());
        arrays.put("averaged-statistics", state.optimizer().averagedStatistics());
        arrays.putAll(losses.arrays());
        return arrays;
    }
}
