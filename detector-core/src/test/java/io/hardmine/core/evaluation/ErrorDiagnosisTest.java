package io.hardmine.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.core.evaluation.ErrorDiagnosis.Effect;
import io.hardmine.core.evaluation.ErrorDiagnosis.Kind;
import io.hardmine.datasets.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
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

    private static List<Integer> counts(ErrorDiagnosis errors) {
        return errors.findings().values().stream().map(Effect::count).toList();
    }

    @Test
    void theFirstObjectOfAPictureIsOneLikeTheOthers() {
        Dataset dataset =
                Fixtures.dataset(List.of("a", "b"), Collections.nCopies(4, List.of(Fixtures.object(0, 0, 0, 10, 10))));
        PictureDetections found = Fixtures.detections(
                List.of(Fixtures.found(0, 0.9, 6, 0, 10, 10)), // IoU 4 / 16 = 0.25: the object, misplaced
                List.of(Fixtures.found(1, 0.8, 0, 0, 10, 10)), // the object, as b
                List.of(Fixtures.found(1, 0.7, 6, 0, 10, 10)), // near the object, as b
                List.of(Fixtures.found(0, 0.6, 80, 80, 10, 10), Fixtures.found(1, 0.5, 80, 80, 10, 10)));

        ErrorDiagnosis errors = ErrorDiagnosis.of(dataset, found);

        // Classification, localisation, both, duplicate, background, missed. The objects of pictures 3 and 4 are
        // missed; those of pictures 1 and 2 are found by a correction.
        assertEquals(List.of(1, 1, 1, 0, 2, 2), counts(errors));
        assertEquals(0, errors.ap50());
        // One of four a is found, before the wrong one: 26 of 101 recall points. Class b has no object and counts as 0.
        assertEquals(26 / 101.0 / 2, errors.findings().get(Kind.LOCALISATION).gain(), 1e-12);
        // The b on the object counts as a, after the misplaced one: 26 points at precision 1/2.
        assertEquals(
                26 * 0.5 / 101 / 2, errors.findings().get(Kind.CLASSIFICATION).gain(), 1e-12);
    }

    @Test
    void anOverlapOfHalfWithAFoundObjectIsMisplacedAndOneOfATenthIsNearItsOwnClassOnly() {
        Dataset dataset = Fixtures.dataset(
                List.of("a", "b"),
                List.of(List.of(Fixtures.object(0, 0, 0, 10, 10)), List.of(Fixtures.object(0, 0, 0, 10, 10))));
        PictureDetections found = Fixtures.detections(
                List.of(
                        Fixtures.found(0, 0.9, 0, 0, 10, 10), // right
                        Fixtures.found(0, 0.8, 0, 0, 10, 5), // IoU 50 / 100: misplaced
                        Fixtures.found(0, 0.7, 0, 0, 10, 5.1)), // IoU 51 / 100: duplicate
                List.of(
                        Fixtures.found(0, 0.6, 0, 0, 10, 1), // IoU 10 / 100: misplaced
                        Fixtures.found(1, 0.5, 0, 0, 10, 1), // IoU 10 / 100: background
                        Fixtures.found(1, 0.4, 0, 0, 10, 1.1), // IoU 11 / 100: both
                        Fixtures.found(1, 0.3, 0, 0, 10, 5))); // IoU 50 / 100: classification

        // The object of picture 2 is found by a correction.
        assertEquals(List.of(1, 2, 1, 1, 1, 0), counts(ErrorDiagnosis.of(dataset, found)));
    }

    @Test
    void aCrowdIsNoObjectThatADetectionCouldBeNear() {
        Dataset dataset = Fixtures.dataset(List.of("a"), List.of(List.of(Fixtures.crowd(0, 0, 0, 10, 10))));
        // A third of the detection is in the crowd, with IoU 100 / 300, so it counts as wrong.
        PictureDetections found = Fixtures.detections(List.of(Fixtures.found(0, 0.9, 0, 0, 10, 30)));

        assertEquals(
                new Effect(1, 0, 0),
                ErrorDiagnosis.of(dataset, found).findings().get(Kind.BACKGROUND));
    }

    @Test
    void countsApartWhatIsInARegionOfItsClass() {
        Dataset dataset = Fixtures.dataset(
                List.of("a", "b"),
                List.of(List.of(
                        Fixtures.object(1, 0, 0, 10, 10),
                        Fixtures.ignored(0, 0, 0, 20, 20),
                        Fixtures.crowd(0, 50, 50, 40, 40))));
        PictureDetections found = Fixtures.detections(List.of(
                Fixtures.found(1, 0.9, 0, 0, 10, 10), // right
                Fixtures.found(0, 0.8, 0, 0, 10, 10), // in the ignored region, on b
                Fixtures.found(0, 0.7, 55, 55, 10, 10), // in the crowd
                Fixtures.found(0, 0.6, 75, 75, 10, 10))); // in the crowd

        ErrorDiagnosis errors = ErrorDiagnosis.of(dataset, found);

        assertEquals(new Effect(0, 1, 0), errors.findings().get(Kind.CLASSIFICATION));
        assertEquals(new Effect(0, 2, 0), errors.findings().get(Kind.BACKGROUND));
        assertEquals(1, errors.ap50(), 1e-12);
    }

    @Test
    void withoutTheMissedObjectsTheWrongDetectionsStillCost() {
        Dataset dataset = Fixtures.dataset(
                List.of("a"), List.of(List.of(Fixtures.object(0, 0, 0, 10, 10), Fixtures.object(0, 30, 0, 10, 10))));
        PictureDetections found = Fixtures.detections(
                List.of(Fixtures.found(0, 0.9, 80, 80, 10, 10), Fixtures.found(0, 0.8, 0, 0, 10, 10)));

        ErrorDiagnosis errors = ErrorDiagnosis.of(dataset, found);

        // Wrong, then right: precision 1/2 up to recall 1/2, which are 51 of 101 recall points.
        assertEquals(51 * 0.5 / 101, errors.ap50(), 1e-12);
        // One object is left: precision 1/2 at all recalls.
        assertEquals(0.5 - 51 * 0.5 / 101, errors.falseNegatives(), 1e-12);
        // Without the wrong one: precision 1 up to recall 1/2.
        assertEquals(51 / 101.0 - 51 * 0.5 / 101, errors.falsePositives(), 1e-12);
    }

    @Test
    void refusesDetectionsOfAnotherDataset() {
        Dataset dataset = Fixtures.dataset(List.of("a"), List.of(List.of()));
        PictureDetections elsewhere = PictureDetections.of(Map.of(7L, List.of(Fixtures.found(0, 1, 0, 0, 1, 1))));
        PictureDetections unknown = Fixtures.detections(List.of(Fixtures.found(1, 1, 0, 0, 1, 1)));
        assertThrows(IllegalArgumentException.class, () -> ErrorDiagnosis.of(dataset, elsewhere));
        assertThrows(IllegalArgumentException.class, () -> ErrorDiagnosis.of(dataset, unknown));
    }
}
