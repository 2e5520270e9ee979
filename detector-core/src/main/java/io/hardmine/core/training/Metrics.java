package io.hardmine.core.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hardmine.core.evaluation.CocoScores;
import io.hardmine.datasets.file.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code metrics.jsonl}: a line for each step and each validation. The line of a validation also has the share of
 * clipped gradients among the steps since the last validation.
 */
final class Metrics implements AutoCloseable {
    private static final String AP = "validation_ap";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final BufferedWriter writer;
    private int stepsSince;
    private int clippedSince;

    /**
     * Continues the file after the first {@code steps} steps. Lines of later steps, from a run that was killed, are
     * dropped.
     *
     * @param validated steps that were done at the last validation that counts
     */
    Metrics(Path file, long steps, long validated) throws IOException {
        List<String> kept = new ArrayList<>();
        if (steps > 0 && Files.exists(file)) {
            // a line that was cut off by a kill may end within a character
            for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\\R")) {
                if (counts(line, steps, validated)) {
                    kept.add(line + System.lineSeparator());
                    JsonNode json = JSON.readTree(line);
                    if (json.has(AP)) {
                        forgetClipping();
                    } else {
                        observe(json.path("clipped").asBoolean());
                    }
                }
            }
        }
        AtomicFile.writeString(file, String.join("", kept));
        writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
    }

    private static boolean counts(String line, long steps, long validated) {
        try {
            JsonNode json = JSON.readTree(line);
            return json.path("step").asLong(Long.MAX_VALUE) <= (json.has(AP) ? validated : steps);
        } catch (JsonProcessingException e) {
            return false; // the last line of a run that was killed may be cut off
        }
    }

    private void observe(boolean clipped) {
        stepsSince++;
        clippedSince += clipped ? 1 : 0;
    }

    private void forgetClipping() {
        stepsSince = 0;
        clippedSince = 0;
    }

    void step(StepReport report) throws IOException {
        observe(report.clipped());
        writer.write(JSON.writeValueAsString(report));
        writer.newLine();
    }

    void validation(long step, int epoch, CocoScores scores) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("epoch", epoch);
        line.put(AP, scores.ap());
        line.put("validation_ap50", scores.ap50());
        line.put("clipped_share", stepsSince == 0 ? 0 : (double) clippedSince / stepsSince);
        forgetClipping();
        writer.write(JSON.writeValueAsString(line));
        writer.newLine();
        writer.flush();
    }

    void flush() throws IOException {
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
