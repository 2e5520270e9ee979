package io.hardmine.mining.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of text.
 *
 * @param columns their titles; the first column names the row
 * @param rows each with one cell per column
 */
public record ExperimentTable(List<String> columns, List<List<String>> rows) {
    /** Copies the lists. */
    public ExperimentTable {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** One row per arm: median and range of every measure. */
    public static ExperimentTable arms(ExperimentResult result) {
        List<String> columns = new ArrayList<>(List.of("arm", "seeds"));
        Stream.of(Measure.values()).map(Measure::title).forEach(columns::add);
        List<List<String>> rows = new ArrayList<>();
        for (ArmResult arm : result.arms()) {
            List<String> row = new ArrayList<>(
                    List.of(arm.arm().name(), String.valueOf(arm.runs().size())));
            for (Measure measure : Measure.values()) {
                row.add(Phrases.spread(measure, arm.spread(measure)));
            }
            rows.add(row);
        }
        return new ExperimentTable(columns, rows);
    }

    /** One row per comparison in one measure: difference and relative change with their intervals. */
    public static ExperimentTable comparisons(ExperimentResult result, Measure measure) {
        return new ExperimentTable(
                List.of(
                        "arm",
                        "mean",
                        "against",
                        "mean",
                        "difference",
                        "95 % interval",
                        "relative",
                        "95 % interval",
                        "told apart"),
                result.comparisons().stream()
                        .filter(c -> c.measure() == measure)
                        .map(c -> row(c, result.hasLearnt()))
                        .toList());
    }

    /** The row of a comparison. If no arm has learned anything, it has no verdict. */
    private static List<String> row(Comparison c, boolean learnt) {
        List<String> row = new ArrayList<>(List.of(
                c.arm(),
                Phrases.value(c.measure(), c.value()),
                c.reference(),
                Phrases.value(c.measure(), c.referenceValue())));
        if (c.isMeasured()) {
            row.addAll(List.of(
                    Phrases.signed(c.difference().estimate()),
                    ends(
                            Phrases.signed(c.difference().low()),
                            Phrases.signed(c.difference().high())),
                    c.hasShare() ? Phrases.percent(c.change().estimate()) : "–",
                    c.hasShare()
                            ? ends(
                                    Phrases.percent(c.change().low()),
                                    Phrases.percent(c.change().high()))
                            : "–",
                    learnt ? c.verdict().words() : "–"));
        } else {
            row.addAll(List.of("–", "–", "–", "–", learnt ? "no" : "–"));
        }
        return row;
    }

    /** One row per arm: its settings. */
    public static ExperimentTable settings(ExperimentPlan plan) {
        return new ExperimentTable(
                List.of("arm", "sets", "background pool"),
                plan.arms().stream()
                        .map(arm -> List.of(
                                arm.name(), String.join(" ", arm.settings()), arm.background() ? "given" : "not given"))
                        .toList());
    }

    private static String ends(String low, String high) {
        return low + " to " + high;
    }

    /** The table in Markdown. */
    public String markdown() {
        String rule = columns.stream().map(c -> "---").collect(Collectors.joining(" | ", "| ", " |"));
        return Stream.concat(Stream.of(line(columns), rule), rows.stream().map(ExperimentTable::line))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(List<String> cells) {
        return cells.stream().map(c -> c.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }
}
