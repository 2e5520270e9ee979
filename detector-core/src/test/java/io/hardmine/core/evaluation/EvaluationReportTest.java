package io.hardmine.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.evaluation.EvaluationReport.ThresholdSource;
import io.hardmine.datasets.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {
    private static final ObjectNode PROVENANCE =
            new ObjectMapper().createObjectNode().put("seed", 7);

    private static final Dataset DATASET = Fixtures.dataset(
            List.of("cat", "dog"),
            List.of(
                    List.of(
                            Fixtures.object(0, 0, 0, 10, 10),
                            Fixtures.object(1, 50, 0, 10, 10),
                            Fixtures.difficult(1, 0, 80, 10, 10)),
                    List.of(Fixtures.object(0, 0, 0, 30, 30), Fixtures.crowd(0, 50, 50, 40, 40)),
                    List.of(Fixtures.ignored(1, 0, 50, 20, 20))));

    private static final PictureDetections FOUND = Fixtures.detections(
            List.of(
                    Fixtures.found(0, 0.9, 0, 0, 10, 10), // right
                    Fixtures.found(0, 0.85, 50, 0, 10, 9), // a cat on the dog
                    Fixtures.found(1, 0.3, 50, 0, 10, 10), // right but weak
                    Fixtures.found(0, 0.7, 0, 0, 10, 9)), // twice
            List.of(
                    Fixtures.found(1, 0.95, 80, 0, 10, 10), // nothing there
                    Fixtures.found(0, 0.8, 60, 60, 5, 5), // crowd
                    Fixtures.found(0, 0.75, 0, 0, 30, 12))); // misplaced: IoU 0.4

    /** Made for each test, so that a test fails if making it does. */
    private final EvaluationReport report =
            EvaluationReport.of(DATASET, FOUND, new ScoreThresholds(List.of(0.5, 0.4)), PROVENANCE);

    @Test
    void countsConfusionsWithBackgroundOnBothSides() {
        ConfusionMatrix confusion = report.confusion();
        assertEquals(List.of("cat", "dog", ConfusionMatrix.NO_OBJECT), confusion.rowLabels());
        assertEquals(List.of("cat", "dog", ConfusionMatrix.NO_DETECTION), confusion.columnLabels());
        assertEquals(List.of(List.of(1, 0, 1), List.of(1, 0, 1), List.of(2, 1, 0)), confusion.counts());
    }

    @Test
    void aRightDetectionComesBeforeAStrongerWrongOne() {
        EvaluationReport lenient =
                EvaluationReport.of(DATASET, FOUND, new ScoreThresholds(List.of(0.5, 0.2)), PROVENANCE);
        assertEquals(
                List.of(List.of(1, 0, 1), List.of(0, 1, 1), List.of(3, 1, 0)),
                lenient.confusion().counts());
    }

    @Test
    void listsTheWorstMistakes() {
        Mistakes mistakes = report.mistakes();
        assertEquals(
                List.of(0.95),
                mistakes.falseAlarms().stream().map(w -> w.detection().score()).toList());
        assertEquals(
                List.of(Outcome.WRONG_CLASS, Outcome.MISPLACED, Outcome.DUPLICATE),
                mistakes.confusions().stream().map(Mistakes.Wrong::outcome).toList());
        assertEquals(1, mistakes.confusions().get(0).object().orElseThrow().category());
        assertEquals(
                List.of(Optional.empty(), Optional.empty(), Optional.of(0.3)),
                mistakes.missed().stream()
                        .map(m -> m.tooWeak().map(d -> d.score()))
                        .toList());
        assertEquals(900, mistakes.missed().get(0).object().area());
    }

    @Test
    void saysWhatHappensAtTheThresholds() {
        assertEquals(ThresholdSource.GIVEN, report.thresholdSource());
        assertEquals(new OperatingPoint(0.7, 3, 4, 1, 1, 1, 1, 1), report.atThresholds());
        EvaluationReport best = EvaluationReport.of(DATASET, FOUND, PROVENANCE);
        assertEquals(ThresholdSource.BEST_ON_THESE_PICTURES, best.thresholdSource());
        assertEquals(List.of(0.9, 0.3), best.thresholds().byCategory());
        assertThrows(
                IllegalArgumentException.class,
                () -> EvaluationReport.of(DATASET, FOUND, new ScoreThresholds(List.of(0.5)), PROVENANCE));
    }

    @Test
    void countsWhatItWasGiven() {
        assertEquals(new EvaluationReport.Counts(3, 1, 4, 1, 1, 1, 7), report.counts());
    }

    @Test
    void writesJsonThatScriptsCanRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.json");
        report.writeJson(file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());

        assertEquals(report.coco().ap50(), json.at("/coco/AP50").doubleValue());
        assertEquals(
                report.coco().perClass().get("cat").ap(),
                json.at("/coco/per_class/cat/AP").doubleValue());
        assertEquals(-1, json.at("/coco/APlarge").doubleValue());
        assertEquals(7, json.at("/provenance/seed").intValue());
        assertEquals(2, json.at("/confusion/counts/2/0").intValue());
        assertEquals(0.4, json.at("/thresholds/per_class/dog/threshold").doubleValue());
        assertEquals(
                "not reached",
                json.at("/false_alarms/pooled/recall_0.8/false_alarms_per_picture")
                        .textValue());
        assertEquals(0.5, json.at("/false_alarms/pooled/highest_recall").doubleValue());
        assertEquals(300, json.at("/false_alarms/detections_per_picture").intValue());
        assertTrue(json.at("/curves/per_class/cat/precision").isArray());
        assertTrue(json.at("/voc/mAP_2007").isNumber());
    }

    @Test
    void givesTheAlarmsAtEachRecall() {
        Dataset dataset = Fixtures.dataset(List.of("a"), List.of(List.of(Fixtures.object(0, 0, 0, 10, 10)), List.of()));
        PictureDetections found = Fixtures.detections(
                List.of(Fixtures.found(0, 0.5, 0, 0, 10, 10), Fixtures.found(0, 0.6, 6, 0, 10, 10)),
                List.of(Fixtures.found(0, 0.7, 0, 0, 10, 10)));
        JsonNode at =
                EvaluationReport.of(dataset, found, PROVENANCE).toJson().at("/false_alarms/per_class/a/recall_0.9");
        assertEquals(0.5, at.get("false_alarms_per_picture").doubleValue());
        assertEquals(0.5, at.get("poor_localisation_per_picture").doubleValue());
        assertEquals(0, at.get("duplicates_per_picture").doubleValue());
        assertEquals(0.5, at.get("threshold").doubleValue());
        assertEquals(1, at.get("recall").doubleValue());
    }

    @Test
    void survivesDataWithoutAnything() {
        Dataset empty = Fixtures.dataset(List.of(), List.of());
        JsonNode json =
                EvaluationReport.of(empty, Fixtures.detections(), PROVENANCE).toJson();
        assertEquals(-1, json.at("/coco/AP").doubleValue());
        assertEquals(-1, json.at("/false_alarms/pooled/highest_recall").doubleValue());
        assertEquals(1, json.at("/confusion/counts").size());
    }

    @Test
    void cannotBeChangedThroughItsProvenance() {
        ((ObjectNode) report.provenance()).put("seed", 8);
        assertEquals(PROVENANCE, report.provenance());
    }

    @Test
    void countsEachAnnotationAsOneKind() {
        Dataset dataset = Fixtures.dataset(
                List.of("a"),
                List.of(
                        List.of(Fixtures.object(0, 0, 0, 10, 10), Fixtures.difficult(0, 20, 0, 10, 10)),
                        List.of(Fixtures.object(0, 0, 0, 10, 10), Fixtures.ignored(0, 20, 0, 10, 10)),
                        List.of(Fixtures.crowd(0, 0, 0, 40, 40), Fixtures.crowd(0, 50, 0, 40, 40)),
                        List.of(Fixtures.crowd(0, 0, 0, 40, 40).asIgnored()),
                        List.of()));
        // Objects: two in picture 1, one in picture 2. A crowd that is ignored is a crowd.
        assertEquals(
                new EvaluationReport.Counts(5, 3, 3, 1, 3, 1, 0),
                EvaluationReport.of(dataset, Fixtures.detections(), PROVENANCE).counts());
    }

    @Test
    void refusesDetectionsOfAnotherDataset() {
        ScoreThresholds thresholds = new ScoreThresholds(List.of(0.5, 0.5));
        PictureDetections elsewhere = PictureDetections.of(Map.of(7L, List.of(Fixtures.found(0, 1, 0, 0, 1, 1))));
        PictureDetections unknown = Fixtures.detections(List.of(Fixtures.found(2, 1, 0, 0, 1, 1)));
        for (PictureDetections wrong : List.of(elsewhere, unknown)) {
            assertThrows(
                    IllegalArgumentException.class, () -> EvaluationReport.of(DATASET, wrong, thresholds, PROVENANCE));
            assertThrows(IllegalArgumentException.class, () -> EvaluationReport.of(DATASET, wrong, PROVENANCE));
        }
    }
}
