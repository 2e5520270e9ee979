package io.hardmine.mining.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.core.training.RunFolder;
import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Results of one run.
 *
 * @param seed of the run
 * @param values of every measure; false alarms are infinite if the recall is not reached
 */
public record RunResult(long seed, Map<Measure, Double> values) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the map. */
    public RunResult {
        values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /** One of the values. */
    public double of(Measure measure) {
        return values.get(measure);
    }

    /**
     * Reads the files of a finished run.
     *
     * @param report its {@code report.json}
     * @param run its folder, with {@code metrics.jsonl} and the mining rounds in {@code bootstrap}
     * @throws DataException if a file lacks a value or is damaged
     */
    public static RunResult read(long seed, Path report, RunFolder run) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(report.toFile());
        } catch (JsonProcessingException e) {
            throw new DataException(report + " is damaged; delete it, and the run is evaluated again", e);
        }
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        values.put(Measure.AP, number(report, json, "/coco/AP"));
        values.put(Measure.AP50, number(report, json, "/coco/AP50"));
        values.put(Measure.HIGHEST_RECALL, number(report, json, "/false_alarms/pooled/highest_recall"));
        values.put(Measure.ALARMS_AT_80, alarms(report, json, "0.8"));
        values.put(Measure.ALARMS_AT_90, alarms(report, json, "0.9"));
        values.put(
                Measure.TRAINING_SECONDS,
                seconds(run.metrics()) + secondsOfMining(run.root().resolve("bootstrap")));
        return new RunResult(seed, values);
    }

    private static double alarms(Path report, JsonNode json, String recall) {
        String at = "/false_alarms/pooled/recall_" + recall + "/false_alarms_per_picture";
        return json.at(at).isTextual() ? Double.POSITIVE_INFINITY : number(report, json, at);
    }

    private static double number(Path report, JsonNode json, String at) {
        if (!json.at(at).isNumber()) {
            throw new DataException(
                    "%s has no number at %s; delete it, and the run is evaluated again".formatted(report, at));
        }
        return json.at(at).asDouble();
    }

    /** Sum of the times of all steps, in seconds. */
    private static double seconds(Path metrics) throws IOException {
        double milliseconds = 0;
        int line = 0;
        for (String text : Files.readAllLines(metrics)) {
            line++;
            try {
                for (JsonNode part : JSON.readTree(text).path("times")) {
                    milliseconds += part.asDouble();
                }
            } catch (JsonProcessingException e) {
                throw new DataException("%s, line %d: this is not valid JSON".formatted(metrics, line), e);
            }
        }
        return milliseconds / 1000;
    }

    /** Sum of the times of all mining rounds, in seconds; 0 without bootstrapping. */
    private static double secondsOfMining(Path rounds) throws IOException {
        if (!Files.isDirectory(rounds)) {
            return 0;
        }
        double seconds = 0;
        try (DirectoryStream<Path> reports = Files.newDirectoryStream(rounds, "round-*.json")) {
            for (Path report : reports) {
                try {
                    seconds +=
                            JSON.readTree(report.toFile()).at("/report/seconds").asDouble();
                } catch (JsonProcessingException e) {
                    throw new DataException(
                            report + " is damaged; delete the run's folder, and the run is done again", e);
                }
            }
        }
        return seconds;
    }
}
