package io.hardmine.core.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.kernel.FloatMemory;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.model.Archive;
import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The state of a run on disk. All randomness follows from seed, epoch and index, so a resumed run trains the same
 * weights, bit for bit, as a run without interruption.
 */
final class Checkpoint {
    private static final String KIND = "hardmine-checkpoint";
    private static final int VERSION = 2;

    private Checkpoint() {}

    /**
     * The state of a run besides its arrays.
     *
     * @param step steps done
     * @param bestScore highest validation score so far; negative if there was none
     * @param validated steps that were done at the last validation
     * @param sinceBest validations since the one with the highest score
     * @param run fingerprint of settings and data: a checkpoint continues only the run that wrote it
     */
    record Progress(long step, double bestScore, long validated, int sinceBest, String run) {
        /** Before the first step. */
        static Progress none(String run) {
            return new Progress(0, -1, 0, 0, run);
        }

        /** After one more step. */
        Progress stepped() {
            return new Progress(step + 1, bestScore, validated, sinceBest, run);
        }

        /** After the validation that follows the present step. */
        Progress validated(double score) {
            return new Progress(step, Math.max(score, bestScore), step, score > bestScore ? 0 : sinceBest + 1, run);
        }
    }

    /** Saves a state; the state that was saved last becomes {@link RunFolder#previous}. */
    static void write(RunFolder folder, TrainingStep state, ImageLossHistory losses, Progress progress)
            throws IOException {
        write(folder.next(), state, losses, progress);
        if (Files.exists(folder.last())) {
            replace(folder.last(), folder.previous());
        }
        replace(folder.next(), folder.last());
    }

    private static void replace(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(Path file, TrainingStep state, ImageLossHistory losses, Progress progress)
            throws IOException {
        ObjectNode description = new ObjectMapper().createObjectNode();
        description.put("step", progress.step());
        description.put("best_score", progress.bestScore());
        description.put("validated", progress.validated());
        description.put("since_best", progress.sinceBest());
        description.put("run", progress.run());
        description.put(
                "normaliser", Double.doubleToLongBits(state.loss().normalizer().average()));
        Parameters parameters = state.network().parameters();
        Map<String, Archive.Numbers> numbers = new LinkedHashMap<>();
        memories(state).forEach((name, memory) -> numbers.put(name, () -> parameters.plain(memory)));
        arrays(state, losses).forEach((name, array) -> numbers.put(name, () -> Stream.of(array)));
        Archive.write(file, KIND, VERSION, description, numbers);
    }

    /**
     * Restores the last saved state. If that is missing or damaged, restores the previous one and makes it the last.
     *
     * @param warnings receives one sentence if the previous state is restored
     * @throws DataException if there is no undamaged state, or if it belongs to another run
     */
    static Progress restore(
            RunFolder folder, TrainingStep state, ImageLossHistory losses, String run, Consumer<String> warnings)
            throws IOException {
        if (!folder.hasCheckpoint()) {
            throw new DataException("%s holds no checkpoint to resume from".formatted(folder.root()));
        }
        Archive archive;
        try {
            archive = Archive.read(folder.last(), KIND, VERSION);
        } catch (DataException e) {
            archive = previous(folder, e);
            warnings.accept("%s; the run goes on from the checkpoint before it, of step %d"
                    .formatted(
                            e.getMessage(), archive.description().path("step").asLong()));
            replace(folder.previous(), folder.last());
        }
        return restore(folder.last(), archive, state, losses, run);
    }

    private static Archive previous(RunFolder folder, DataException ofLast) {
        try {
            return Archive.read(folder.previous(), KIND, VERSION);
        } catch (DataException e) {
            DataException none = new DataException(
                    "%s; there is no older checkpoint without damage: start a new run in another folder"
                            .formatted(ofLast.getMessage()),
                    ofLast);
            none.addSuppressed(e);
            throw none;
        }
    }

    private static Progress restore(
            Path file, Archive archive, TrainingStep state, ImageLossHistory losses, String run) {
        JsonNode description = archive.description();
        if (!description.path("run").asText().equals(run)) {
            throw new DataException(
                    "%s was written with other settings, other data or other pictures; resume with the same ones, or train into a new folder"
                            .formatted(file));
        }
        Parameters parameters = state.network().parameters();
        memories(state)
                .forEach((name, memory) -> parameters.fill(memory, stored(file, archive, name, parameters.count())));
        arrays(state, losses)
                .forEach((name, target) ->
                        System.arraycopy(stored(file, archive, name, target.length), 0, target, 0, target.length));
        state.loss()
                .normalizer()
                .restore(Double.longBitsToDouble(description.path("normaliser").asLong()));
        state.parametersChanged();
        return new Progress(
                description.path("step").asLong(),
                description.path("best_score").asDouble(),
                description.path("validated").asLong(),
                description.path("since_best").asInt(),
                run);
    }

    private static float[] stored(Path file, Archive archive, String name, int length) {
        float[] stored = archive.arrays().get(name);
        if (stored == null || stored.length != length) {
            throw new DataException("%s does not fit the network: %s".formatted(file, name));
        }
        return stored;
    }

    /** The saved memories that have the layout of the network's values, by name. */
    private static Map<String, FloatMemory> memories(TrainingStep state) {
        Map<String, FloatMemory> memories = new LinkedHashMap<>();
        memories.put("values", state.network().parameters().values());
        memories.put("averaged", state.optimizer().average().values());
        List<FloatMemory> optimizer = state.optimizer().state();
        for (int i = 0; i < optimizer.size(); i++) {
            memories.put("optimizer-" + i, optimizer.get(i));
        }
        return memories;
    }

    private static Map<String, float[]> arrays(TrainingStep state, ImageLossHistory losses) {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        arrays.put("statistics", state.network().parameters().statistics());
        arrays.put("averaged-statistics", state.optimizer().average().statistics());
        arrays.putAll(losses.arrays());
        return arrays;
    }
}
