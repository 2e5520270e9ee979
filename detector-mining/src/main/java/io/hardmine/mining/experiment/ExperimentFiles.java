package io.hardmine.mining.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.datasets.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An experiment's result as JSON, CSV and Markdown. Field names are read by scripts: they stay as they are. */
public final class ExperimentFiles {
    private ExperimentFiles() {}

    /** Writes {@code experiment.json}, {@code .csv} and {@code .md} into a folder. */
    public static void write(ExperimentResult result, Path folder) throws IOException {
        AtomicFile.writeString(
                folder.resolve("experiment.json"), json(result).toPrettyString() + System.lineSeparator());
        AtomicFile.writeString(folder.resolve("experiment.csv"), csv(result));
        AtomicFile.writeString(folder.resolve("experiment.md"), markdown(result));
    }

    /**
     * The whole result. A number of false alarms at a recall that is not reached is {@code "not reached"}, an infinite
     * end of an interval ±{@code "infinity"}.
     */
    static ObjectNode json(ExperimentResult result) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("hardmine", result.program());
        root.set("plan", result.plan().toJson());
        root.put("test_pictures", result.pictures());
        root.put("reference", result.reference());
        root.put("learnt", result.hasLearnt());
        ArrayNode arms = root.putArray("arms");
        for (ArmResult arm : result.arms()) {
            ObjectNode node = arms.addObject().put("name", arm.arm().name());
            for (Measure measure : Measure.values()) {
                Spread spread = arm.spread(measure);
                ObjectNode here = node.putObject(measure.key());
                put(here, "median", spread.median(), Phrases.NOT_REACHED);
                put(here, "least", spread.least(), Phrases.NOT_REACHED);
                put(here, "most", spread.most(), Phrases.NOT_REACHED);
            }
            ArrayNode runs = node.putArray("runs");
            for (RunResult run : arm.runs()) {
                ObjectNode here = runs.addObject().put("seed", run.seed());
                run.values().forEach((measure, value) -> put(here, measure.key(), value, Phrases.NOT_REACHED));
            }
        }
        ObjectNode bootstrap = root.putObject("paired_bootstrap")
                .put("resamples", result.resamples())
                .put("interval", "95 % percentile, pictures resampled, mean over seeds");
        ArrayNode comparisons = bootstrap.putArray("comparisons");
        for (Comparison comparison : result.comparisons()) {
            ObjectNode node = comparisons
                    .addObject()
                    .put("arm", comparison.arm())
                    .put("reference", comparison.reference())
                    .put("measure", comparison.measure().key());
            put(node, "mean", comparison.value(), Phrases.NOT_REACHED);
            put(node, "reference_mean", comparison.referenceValue(), Phrases.NOT_REACHED);
            interval(node.putObject("difference"), comparison.difference());
            interval(node.putObject("relative_change"), comparison.change());
            node.put("excludes_zero", comparison.isDistinguishable());
            node.put("verdict", comparison.verdict().name().toLowerCase(Locale.ROOT));
        }
        ArrayNode failures = root.putArray("failures");
        result.failures().forEach(f -> failures.addObject()
                .put("arm", f.arm())
                .put("seed", f.seed())
                .put("reason", f.reason()));
        return root;
    }

    private static void interval(ObjectNode node, Interval interval) {
        put(node, "estimate", interval.estimate(), "infinity");
        put(node, "low", interval.low(), "infinity");
        put(node, "high", interval.high(), "infinity");
    }

    private static void put(ObjectNode node, String field, double value, String infinite) {
        if (Double.isInfinite(value)) {
            node.put(field, value > 0 ? infinite : "-" + infinite);
        } else {
            node.put(field, value);
        }
    }

    /** One row per arm, unrounded; an empty field if a recall is not reached. */
    static String csv(ExperimentResult result) {
        List<String> header = new ArrayList<>(List.of("arm", "seeds"));
        for (Measure measure : Measure.values()) {
            Stream.of("median", "least", "most")
                    .map(part -> measure.key() + "_" + part)
                    .forEach(header::add);
        }
        StringBuilder csv = new StringBuilder(String.join(",", header)).append('\n');
        for (ArmResult arm : result.arms()) {
            List<String> row = new ArrayList<>(
                    List.of(arm.arm().name(), String.valueOf(arm.runs().size())));
            for (Measure measure : Measure.values()) {
                Spread spread = arm.spread(measure);
                Stream.of(spread.median(), spread.least(), spread.most())
                        .map(v -> Double.isInfinite(v) ? "" : v.toString())
                        .forEach(row::add);
            }
            csv.append(String.join(",", row)).append('\n');
        }
        return csv.toString();
    }

    /** The interpretation, the table and the intervals as Markdown. */
    static String markdown(ExperimentResult result) {
        StringBuilder text = new StringBuilder(
                "# Experiment on %s\n\n".formatted(result.plan().data()));
        text.append("**%s**\n\n".formatted(Interpretation.headline(result)));
        text.append("%d arms, %d steps each, %d test pictures. Median over seeds, range in brackets.\n\n"
                .formatted(result.arms().size(), result.plan().steps(), result.pictures()));
        text.append(ExperimentTable.arms(result).markdown()).append('\n');
        for (Measure measure : PairedBootstrap.MEASURES) {
            ExperimentTable table = ExperimentTable.comparisons(result, measure);
            if (!table.rows().isEmpty()) {
                text.append("## Differences in %s\n\n".formatted(measure.title()))
                        .append(table.markdown())
                        .append('\n');
            }
        }
        for (Interpretation.Group group : Interpretation.groups(result)) {
            text.append("## %s\n\n".formatted(group.title()))
                    .append(group.sentences().stream().map(s -> "- " + s + "\n").collect(Collectors.joining()))
                    .append('\n');
        }
        text.append("## Arms\n\n")
                .append(ExperimentTable.settings(result.plan()).markdown());
        text.append("\n").append(NOTES).append("\n");
        return text.toString();
    }

    /** Definitions of the terms, for every rendering of a result. */
    public static final String NOTES =
            "False alarms are boxes near no object of their class, at the highest threshold that reaches the recall"
                    + " (IoU 0.5). If no threshold reaches it, they count as infinitely many (∞)."
                    + " Differences are arm minus reference, the means over seeds; intervals are of the paired bootstrap"
                    + " over test pictures. Training time is that of the training"
                    + " steps and mining rounds; validations and interruptions do not count.";
}
