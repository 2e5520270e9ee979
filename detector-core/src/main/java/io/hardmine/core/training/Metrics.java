package io.hardmine.core.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hardmine.core.evaluation.CocoScores;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code metrics.jsonl}: a line for each step and each validation. */
final class Metrics implements AutoCloseable {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final BufferedWriter writer;

    /** Goes on after the first {@code steps} steps; lines of later ones, from a run that was killed, are dropped. */
    Metrics(Path file, long steps) throws IOException {
        List<String> kept = new ArrayList<>();
        if (steps > 0 && Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                if (isUpTo(line, steps)) {
                    kept.add(line);
                }
            }
        }
        Files.write(file, kept);
        writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
    }

    private static boolean isUpTo(String line, long steps) {
        try {
            return JSON.readTree(line).path("step").asLong(Long.MAX_VALUE) <= steps;
        } catch (IOException e) {
            return false; // the last line of a run that was killed may be cut off
        }
    }

    void step(StepReport report) throws IOException {
        writer.write(JSON.writeValueAsString(report));
        writer.newLine();
    }

    void validation(long step, int epoch, CocoScores scores) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("epoch", epoch);
        line.put("validation_ap", scores.ap());
        line.put("validation_ap50", scores.ap50());
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
