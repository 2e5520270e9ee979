package io.hardmine.mining.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.core.training.RunFolder;
import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentFilesTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @TempDir
    private Path folder;

    private static RunResult run(long seed, double ap, double alarms, double seconds) {
        return new RunResult(
                seed,
                Map.of(
                        Measure.AP, ap,
                        Measure.AP50, ap + 0.2,
                        Measure.HIGHEST_RECALL, 0.9,
                        Measure.ALARMS_AT_80, alarms,
                        Measure.ALARMS_AT_90, INFINITY,
                        Measure.TRAINING_SECONDS, seconds));
    }

    private static ExperimentResult result() throws IOException {
        Arm plain = new Arm("plain", List.of("loss.kind=cross_entropy"), false);
        Arm focal = new Arm("focal", List.of("loss.kind=focal"), true);
        ExperimentPlan plan = new ExperimentPlan(
                "parts", "a", null, null, 30, new ObjectMapper().readTree("{}"), List.of(plain, focal));
        return new ExperimentResult(
                plan,
                List.of(
                        new ArmResult(plain, List.of(run(1, 0.25, 2, 60), run(2, 0.35, INFINITY, 70))),
                        new ArmResult(
                                focal, List.of(run(1, 0.5, 0.5, 200), run(2, 0.4, 1, 300), run(3, 0.3, 0.25, 400)))),
                "plain",
                List.of(new Comparison(
                        "focal",
                        "plain",
                        Measure.ALARMS_AT_80,
                        0.5,
                        2,
                        new Interval(-1.5, -2, -1),
                        new Interval(-0.75, -1, -0.5))),
                List.of(new Failure("plain", 3, "out of memory", new OutOfMemoryError())),
                40,
                1000,
                "Hardmine test");
    }

    @Test
    void jsonHasRunsSpreadsAndIntervals() throws IOException {
        JsonNode json = ExperimentFiles.json(result());
        assertEquals(0.4, json.at("/arms/1/AP/median").asDouble());
        assertEquals(0.3, json.at("/arms/0/AP/median").asDouble(), 1e-12);
        assertEquals(
                "not reached",
                json.at("/arms/0/false_alarms_at_recall_0.8/most").asText());
        assertEquals(
                "not reached",
                json.at("/arms/0/false_alarms_at_recall_0.8/median").asText());
        assertEquals(0.25, json.at("/arms/1/runs/2/false_alarms_at_recall_0.8").asDouble());
        assertEquals(
                -2, json.at("/paired_bootstrap/comparisons/0/difference/low").asDouble());
        assertTrue(json.at("/paired_bootstrap/comparisons/0/excludes_zero").asBoolean());
        assertEquals("out of memory", json.at("/failures/0/reason").asText());
    }

    @Test
    void csvIsARectangle() throws IOException {
        List<String> lines = ExperimentFiles.csv(result()).lines().toList();
        assertEquals(3, lines.size());
        assertEquals(
                List.of(20, 20, 20),
                lines.stream().map(l -> l.split(",", -1).length).toList());
        assertTrue(lines.get(2).startsWith("focal,3,0.4,0.3,0.5,"), lines.get(2));
    }

    @Test
    void markdownSaysItInWords() throws IOException {
        ExperimentFiles.write(result(), folder);
        String text = Files.readString(folder.resolve("experiment.md"));
        Stream.of(
                        "Fewest false alarms per picture at recall 0.8: focal, 0.50; plain: not reached."
                                + " The test pictures tell the two apart.",
                        "Highest AP: focal, 0.400 (0.300 to 0.500).",
                        "Shortest training time: plain, 65 s (60 s to 70 s).",
                        "No arm has a median in false alarms per picture at recall 0.9",
                        "## Against plain",
                        "- False alarms per picture at recall 0.8: better: focal.",
                        "Not done: plain, seed 3: out of memory",
                        "| focal | 0.50 | plain | 2.00 | −1.500 | −2.000 to −1.000 | −75 % | −100 % to −50 % | better |")
                .forEach(part -> assertTrue(text.contains(part), () -> part + "\nis not in\n" + text));
    }

    private static Comparison compared(double value, double reference, double low, double high) {
        double difference = value - reference;
        return new Comparison(
                "focal",
                "plain",
                Measure.AP50,
                value,
                reference,
                new Interval(difference, low, high),
                new Interval(difference / reference, low / reference, high / reference));
    }

    private static ExperimentResult withOneComparison(double ap, Comparison comparison) throws IOException {
        ExperimentResult result = result();
        return new ExperimentResult(
                result.plan(),
                result.plan().arms().stream()
                        .map(arm -> new ArmResult(arm, List.of(run(1, ap - 0.2, INFINITY, 60))))
                        .toList(),
                "plain",
                List.of(comparison),
                List.of(),
                40,
                1000,
                "Hardmine test");
    }

    @Test
    void armsThatHaveLearntNothingAreNotRanked() throws IOException {
        ExperimentResult nothing = withOneComparison(0.0002, compared(0, 2e-6, -3e-6, -1e-6));
        assertEquals(
                "No arm has learnt to detect anything yet: after 30 steps the highest AP50 is 0.000. Train for more steps.",
                Interpretation.headline(nothing));
        assertEquals(List.of(), Interpretation.groups(nothing));
        assertEquals(
                List.of("focal", "0.000", "plain", "0.000", "−0.000", "−0.000 to −0.000", "–", "–", "–"),
                ExperimentTable.comparisons(nothing, Measure.AP50).rows().get(0));
    }

    @Test
    void aDifferenceThatNoOneWouldNoticeIsNone() throws IOException {
        assertEquals(
                Comparison.Verdict.SAME, compared(0.503, 0.5, 0.001, 0.0049).verdict());
        assertEquals(
                Comparison.Verdict.BETTER, compared(0.504, 0.5, 0.001, 0.007).verdict());
        assertEquals(Comparison.Verdict.OPEN, compared(0.501, 0.5, -0.02, 0.03).verdict());
        ExperimentResult result = withOneComparison(0.5, compared(0.503, 0.5, 0.001, 0.0049));
        assertEquals(
                "no practical difference",
                ExperimentTable.comparisons(result, Measure.AP50).rows().get(0).get(8));
        assertEquals(
                "same",
                ExperimentFiles.json(result)
                        .at("/paired_bootstrap/comparisons/0/verdict")
                        .asText());
    }

    @Test
    void aShareOfNextToNothingIsNotGiven() throws IOException {
        ExperimentResult result = withOneComparison(0.5, compared(0.5, 0.002, 0.4, 0.6));
        assertEquals(
                List.of("+0.498", "+0.400 to +0.600", "–", "–", "better"),
                ExperimentTable.comparisons(result, Measure.AP50).rows().get(0).subList(4, 9));
    }

    @Test
    void aRunIsReadFromWhatItsCommandsLeft() throws IOException {
        Path report = Files.writeString(
                folder.resolve("report.json"),
                """
                {"coco": {"AP": 0.4, "AP50": 0.7}, "false_alarms": {"pooled": {"highest_recall": 0.85,
                 "recall_0.8": {"false_alarms_per_picture": 1.5},
                 "recall_0.9": {"false_alarms_per_picture": "not reached"}}}}
                """);
        Files.writeString(
                folder.resolve("metrics.jsonl"),
                """
                {"step":1,"times":{"load":500.0,"forward":250.0}}
                {"step":1,"epoch":1,"validation_ap":0.1}
                {"step":2,"times":{"load":0.5,"forward":249.5}}
                """);
        Path rounds = Files.createDirectories(folder.resolve("bootstrap"));
        Files.writeString(rounds.resolve("round-0.json"), "{\"report\": {\"seconds\": 1.5}}");
        Files.writeString(rounds.resolve("round-1.json"), "{\"report\": {\"seconds\": 1.0}}");
        Files.writeString(rounds.resolve("round-2.journal.jsonl"), "{\"seconds\": 9}");
        assertEquals(
                Map.of(
                        Measure.AP, 0.4,
                        Measure.AP50, 0.7,
                        Measure.HIGHEST_RECALL, 0.85,
                        Measure.ALARMS_AT_80, 1.5,
                        Measure.ALARMS_AT_90, INFINITY,
                        Measure.TRAINING_SECONDS, 3.5),
                RunResult.read(4, report, new RunFolder(folder)).values());
        Files.writeString(report, "{}");
        assertTrue(assertThrows(DataException.class, () -> RunResult.read(4, report, new RunFolder(folder)))
                .getMessage()
                .contains("/coco/AP"));
    }
}
