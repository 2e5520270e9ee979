package io.hardmine.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.core.evaluation.ErrorDiagnosis.Effect;
import io.hardmine.core.evaluation.ErrorDiagnosis.Kind;
import io.hardmine.datasets.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorDiagnosisTest {
    @Test
    void agreesWithTheAuthorsProgram() throws IOException {
        Path shared = SharedFixtures.folder("coco_eval");
        Dataset dataset = Fixtures.readCoco(shared.resolve("ground_truth.json"));
        PictureDetections detections = CocoResults.read(shared.resolve("detections.json"), dataset);
        JsonNode expected =
                new ObjectMapper().readTree(shared.resolve("expected_tide.json").toFile());

        ErrorDiagnosis errors = ErrorDiagnosis.of(dataset, detections);

        assertEquals(expected.get("AP50").asDouble(), 100 * errors.ap50(), 1e-9);
        Map<String, Kind> names = Map.of(
                "Cls", Kind.CLASSIFICATION,
                "Loc", Kind.LOCALISATION,
                "Both", Kind.BOTH,
                "Dupe", Kind.DUPLICATE,
                "Bkg", Kind.BACKGROUND,
                "Miss", Kind.MISSED);
        names.forEach((name, kind) -> {
            Effect finding = errors.findings().get(kind);
            assertEquals(expected.at("/counts/" + name).asInt(), finding.count() + finding.inRegions(), name);
            assertEquals(expected.at("/dAP/" + name).asDouble(), 100 * finding.gain(), 1e-9, name);
        });
        assertEquals(expected.at("/special_dAP/FalsePos").asDouble(), 100 * errors.falsePositives(), 1e-9);
        assertEquals(expected.at("/special_dAP/FalseNeg").asDouble(), 100 * errors.falseNegatives(), 1e-9);
    }

    @Test
    void tellsEachKindAndWhatItCosts() {
        // One class, four objects: one found; one with a box beside it; one taken for b; one without any box.
        Dataset dataset = Fixtures.dataset(
                List.of("a", "b"),
                List.of(List.of(
                        Fixtures.object(0, 0, 0, 10, 10),
                        Fixtures.object(0, 30, 0, 10, 10),
                        Fixtures.object(0, 60, 0, 10, 10),
                        Fixtures.object(0, 0, 30, 10, 10),
                        Fixtures.object(1, 30, 30, 10, 10))));
        PictureDetections found = Fixtures.detections(List.of(
                Fixtures.found(0, 0.9, 0, 0, 10, 10), // right
                Fixtures.found(1, 0.85, 30, 30, 10, 10), // right
                Fixtures.found(0, 0.8, 36, 0, 10, 10), // IoU 0.25 with the second
                Fixtures.found(0, 0.75, 24, 0, 10, 10), // the same, weaker
                Fixtures.found(1, 0.7, 60, 0, 10, 10), // the third, as b
                Fixtures.found(1, 0.65, 66, 0, 10, 10), // near it, as b
                Fixtures.found(0, 0.6, 0, 0, 10, 9), // the first again
                Fixtures.found(0, 0.5, 80, 80, 10, 10))); // nothing there

        ErrorDiagnosis errors = ErrorDiagnosis.of(dataset, found);

        // a: found is the first of four at precision 1, which are 26 of 101 recall points; b: all.
        double ap = (26 / 101.0 + 1) / 2;
        assertEquals(ap, errors.ap50(), 1e-12);
        assertEquals(
                List.of(1, 2, 1, 1, 1, 1),
                errors.findings().values().stream().map(Effect::count).toList());
        // The second found as well: 51 points at precision 1.
        assertEquals(25 / 101.0 / 2, errors.findings().get(Kind.LOCALISATION).gain(), 1e-12);
        // The third found at rank 4 of a: 25 more points at precision 2/4.
        assertEquals(
                25 * 0.5 / 101 / 2, errors.findings().get(Kind.CLASSIFICATION).gain(), 1e-12);
        // One of three is to be found: 34 points instead of 26.
        assertEquals(8 / 101.0 / 2, errors.findings().get(Kind.MISSED).gain(), 1e-12);
        for (Kind kind : List.of(Kind.BOTH, Kind.DUPLICATE, Kind.BACKGROUND)) {
            assertEquals(0, errors.findings().get(kind).gain(), 1e-12, "weaker than all that is right");
        }
        assertEquals(0, errors.falsePositives(), 1e-12);
        assertEquals(1 - ap, errors.falseNegatives(), 1e-12);
    }

    @Test
    void hasNothingToSayOfNothing() {
        ErrorDiagnosis errors = ErrorDiagnosis.of(Fixtures.dataset(List.of("a"), List.of()), Fixtures.detections());
        assertEquals(-1, errors.ap50());
        assertEquals(new Effect(0, 0, 0), errors.findings().get(Kind.MISSED));
    }
}
