package io.hardmine.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.datasets.Dataset;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A report of one small evaluation, field by field. */
class EvaluationJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectNode PROVENANCE = JSON.createObjectNode().put("seed", 7);

    private static final Dataset DATASET = Fixtures.dataset(
            List.of("cat", "dog", "bird"),
            List.of(
                    List.of(Fixtures.object(0, 0, 0, 10, 10), Fixtures.difficult(1, 50, 50, 40, 40)),
                    List.of(Fixtures.object(2, 0, 0, 100, 100)),
                    List.of(Fixtures.crowd(0, 0, 0, 50, 50), Fixtures.ignored(2, 60, 60, 20, 20)),
                    List.of()));

    private static final PictureDetections FOUND = Fixtures.detections(
            List.of(
                    Fixtures.found(0, 0.8, 0, 0, 10, 10), // the cat
                    Fixtures.found(0, 0.7, 0, 0, 10, 9), // the cat again
                    Fixtures.found(1, 0.6, 0, 0, 10, 10), // the cat, as a dog
                    Fixtures.found(1, 0.5, 50, 50, 40, 16), // near the dog: IoU 640 / 1600 = 0.4
                    Fixtures.found(1, 0.3, 50, 50, 40, 40)), // the dog
            List.of(Fixtures.found(2, 0.2, 0, 0, 50, 50)), // near the bird: IoU 2500 / 10000 = 0.25
            List.of(
                    Fixtures.found(2, 0.85, 65, 65, 5, 5), // in the ignored region of birds
                    Fixtures.found(0, 0.75, 10, 10, 5, 5)), // in the crowd of cats
            List.of(
                    Fixtures.found(0, 0.9, 80, 80, 10, 10), // nothing there
                    Fixtures.found(1, 0.4, 0, 0, 10, 10))); // nothing there

    // Areas: cat 100, dog 1600, bird 10000 square pixels: one object of each size.
    private static final String COUNTS =
            """
            {"pictures": 4, "pictures_without_objects": 2, "objects": 3, "difficult": 1, "crowds": 1, "ignored": 1,
             "detections": 10}
            """;

    // Cats, strongest first: wrong, right, wrong; in the crowd none counts. Precision 1/2 at all recalls.
    // Dogs: wrong, wrong, wrong, right. Precision 1/4 at all recalls.
    // Birds: the bird and the ignored region, which is an object to COCO, are not found.
    // AP is (1/2 + 1/4 + 0) / 3 = 1/4. The IoU of right detections is 1, so it is the same at every IoU.
    // Small: the cat 1/2 and the ignored region (400) 0. Medium: the dog, whose mistakes are small. Large: the bird.
    // In picture 1 the first cat is right and the first dog is not: AR1 is (1 + 0 + 0) / 3. Among ten both are found.
    private static final String COCO =
            """
            {"AP": 0.25, "AP50": 0.25, "AP75": 0.25, "APsmall": 0.25, "APmedium": 1, "APlarge": 0,
             "AR1": 0.3333333333, "AR10": 0.6666666667, "AR100": 0.6666666667,
             "ARsmall": 0.5, "ARmedium": 1, "ARlarge": 0,
             "per_class": {"cat": {"AP": 0.5, "AP50": 0.5},
                           "dog": {"AP": 0.25, "AP50": 0.25},
                           "bird": {"AP": 0, "AP50": 0}}}
            """;

    // The only dog is difficult, so it is not to be found.
    private static final String VOC =
            """
            {"mAP_2007": 0.25, "mAP_2010": 0.25,
             "per_class": {"cat": {"AP_2007": 0.5, "AP_2010": 0.5},
                           "dog": {"AP_2007": -1, "AP_2010": -1},
                           "bird": {"AP_2007": 0, "AP_2010": 0}}}
            """;

    // All detections that count, strongest first, with the recall and the mistakes so far:
    // 0.9 nothing (0, 1), 0.8 right (1/3, 1), 0.7 duplicate (1/3, 2), 0.6 other class (1/3, 3), 0.5 misplaced (1/3, 4),
    // 0.4 nothing (1/3, 5), 0.3 right (2/3, 5), 0.2 misplaced (2/3, 6).
    // Samples are the first, the first at recalls 1/3 and 2/3, and the last.
    // The nine numbers of mistakes per picture are 0.01, 0.018, 0.032, 0.056, 0.1, 0.18, 0.32, 0.56 and 1.
    // Pooled: the last three allow 0.25 mistakes per picture and miss 2/3; the others miss all. (2/3)^(3/9) = 0.87358.
    // Cat: the last three miss nothing, which counts as 1e-10. 1e-10^(3/9) = 0.00046416.
    // Dog: 0.75 mistakes per picture, so only the last misses nothing. 1e-10^(1/9) = 0.077426.
    private static final String FALSE_ALARMS =
            """
            {"iou": 0.5, "near_iou": 0.1, "score_floor": 0.001, "detections_per_picture": 300, "pictures": 4,
             "pooled": {
               "objects": 3, "highest_recall": 0.6666666667,
               "recall_0.8": {"false_alarms_per_picture": "not reached"},
               "recall_0.9": {"false_alarms_per_picture": "not reached"},
               "log_average_miss_rate": 0.8735804647,
               "froc": [
                 {"false_alarms_per_picture": 0.25, "of_these_on_another_class": 0, "duplicates_per_picture": 0,
                  "poor_localisation_per_picture": 0, "recall": 0, "threshold": 0.9},
                 {"false_alarms_per_picture": 0.25, "of_these_on_another_class": 0, "duplicates_per_picture": 0,
                  "poor_localisation_per_picture": 0, "recall": 0.3333333333, "threshold": 0.8},
                 {"false_alarms_per_picture": 0.75, "of_these_on_another_class": 0.25, "duplicates_per_picture": 0.25,
                  "poor_localisation_per_picture": 0.25, "recall": 0.6666666667, "threshold": 0.3},
                 {"false_alarms_per_picture": 0.75, "of_these_on_another_class": 0.25, "duplicates_per_picture": 0.25,
                  "poor_localisation_per_picture": 0.5, "recall": 0.6666666667, "threshold": 0.2}]},
             "per_class": {
               "cat": {
                 "objects": 1, "highest_recall": 1,
                 "recall_0.8": {
                   "false_alarms_per_picture": 0.25, "of_these_on_another_class": 0, "duplicates_per_picture": 0,
                   "poor_localisation_per_picture": 0, "recall": 1, "threshold": 0.8},
                 "recall_0.9": {
                   "false_alarms_per_picture": 0.25, "of_these_on_another_class": 0, "duplicates_per_picture": 0,
                   "poor_localisation_per_picture": 0, "recall": 1, "threshold": 0.8},
                 "log_average_miss_rate": 0.0004641588834,
                 "froc": [
                   {"false_alarms_per_picture": 0.25, "of_these_on_another_class": 0, "duplicates_per_picture": 0,
                    "poor_localisation_per_picture": 0, "recall": 0, "threshold": 0.9},
                   {"false_alarms_per_picture": 0.25, "of_these_on_another_class": 0, "duplicates_per_picture": 0,
                    "poor_localisation_per_picture": 0, "recall": 1, "threshold": 0.8},
                   {"false_alarms_per_picture": 0.25, "of_these_on_another_class": 0, "duplicates_per_picture": 0.25,
                    "poor_localisation_per_picture": 0, "recall": 1, "threshold": 0.7}]},
               "dog": {
                 "objects": 1, "highest_recall": 1,
                 "recall_0.8": {
                   "false_alarms_per_picture": 0.5, "of_these_on_another_class": 0.25, "duplicates_per_picture": 0,
                   "poor_localisation_per_picture": 0.25, "recall": 1, "threshold": 0.3},
                 "recall_0.9": {
                   "false_alarms_per_picture": 0.5, "of_these_on_another_class": 0.25, "duplicates_per_picture": 0,
                   "poor_localisation_per_picture": 0.25, "recall": 1, "threshold": 0.3},
                 "log_average_miss_rate": 0.0774263683,
                 "froc": [
                   {"false_alarms_per_picture": 0.25, "of_these_on_another_class": 0.25, "duplicates_per_picture": 0,
                    "poor_localisation_per_picture": 0, "recall": 0, "threshold": 0.6},
                   {"false_alarms_per_picture": 0.5, "of_these_on_another_class": 0.25, "duplicates_per_picture": 0,
                    "poor_localisation_per_picture": 0.25, "recall": 1, "threshold": 0.3}]},
               "bird": {
                 "objects": 1, "highest_recall": 0,
                 "recall_0.8": {"false_alarms_per_picture": "not reached"},
                 "recall_0.9": {"false_alarms_per_picture": "not reached"},
                 "log_average_miss_rate": 1,
                 "froc": [
                   {"false_alarms_per_picture": 0, "of_these_on_another_class": 0, "duplicates_per_picture": 0,
                    "poor_localisation_per_picture": 0.25, "recall": 0, "threshold": 0.2}]}}}
            """;

    // F1 is 2 found / (shown + objects). Cat: 2 / (2 + 1) at 0.8, which is the best. Dog: none found at 0.5, and
    // 2 / (4 + 1) at 0.3 is the best. Bird: none is shown at 0.5, and none is found at any threshold.
    private static final String THRESHOLDS =
            """
            {"source": "given",
             "per_class": {
               "cat": {"threshold": 0.8, "recall": 1, "precision": 0.5, "F1": 0.6666666667,
                       "false_alarms_per_picture": 0.25, "best_threshold": 0.8, "best_F1": 0.6666666667},
               "dog": {"threshold": 0.5, "recall": 0, "precision": 0, "F1": 0,
                       "false_alarms_per_picture": 0.25, "best_threshold": 0.3, "best_F1": 0.4},
               "bird": {"threshold": 0.5, "recall": 0, "precision": 1, "F1": 0, "false_alarms_per_picture": 0}}}
            """;

    // Shown are the right cat, the cat on nothing, the dog on the cat that is found, and the dog beside the dog.
    private static final String CONFUSION =
            """
            {"rows": "what is annotated", "columns": "what is detected",
             "row_labels": ["cat", "dog", "bird", "background: boxes that fit no object, or one found already"],
             "column_labels": ["cat", "dog", "bird", "background: objects not found"],
             "counts": [[1, 0, 0, 0],
                        [0, 0, 0, 1],
                        [0, 0, 0, 1],
                        [1, 2, 0, 0]]}
            """;

    // Precision of the pooled samples: 0/1, 1/2, 2/7, 2/8.
    private static final String CURVES =
            """
            {"pooled": {"threshold": [0.9, 0.8, 0.3, 0.2],
                        "recall": [0, 0.3333333333, 0.6666666667, 0.6666666667],
                        "precision": [0, 0.5, 0.2857142857, 0.25]},
             "per_class": {
               "cat": {"threshold": [0.9, 0.8, 0.7], "recall": [0, 1, 1], "precision": [0, 0.5, 0.3333333333]},
               "dog": {"threshold": [0.6, 0.3], "recall": [0, 1], "precision": [0, 0.25]},
               "bird": {"threshold": [0.2], "recall": [0], "precision": [0]}}}
            """;

    // Without the dog on the cat, dogs have 1/3 instead of 1/4: (1/3 - 1/4) / 3 = 1/36.
    // Without the dog beside the dog, the same; with the bird's box corrected, birds have 1: (1/12 + 1) / 3 = 13/36.
    // The second cat is weaker than the right one and costs nothing.
    // Without those on nothing, cats have 1 and dogs 1/3: (1/2 + 1/12) / 3 = 7/36.
    // The correction of the bird's box finds the only missed object.
    // Without all that is wrong, cats and dogs have 1: (1 + 1 + 0) / 3 - 1/4 = 5/12.
    // A class with detections but without objects counts as 0, so removing the bird gains nothing.
    private static final String ERROR_DIAGNOSIS =
            """
            {"AP50": 0.25,
             "classification": {"count": 1, "in_crowd_or_ignored_regions": 0, "AP50_gain": 0.0277777778},
             "localisation": {"count": 2, "in_crowd_or_ignored_regions": 0, "AP50_gain": 0.3611111111},
             "both": {"count": 0, "in_crowd_or_ignored_regions": 0, "AP50_gain": 0},
             "duplicate": {"count": 1, "in_crowd_or_ignored_regions": 0, "AP50_gain": 0},
             "background": {"count": 2, "in_crowd_or_ignored_regions": 2, "AP50_gain": 0.1944444444},
             "missed": {"count": 0, "in_crowd_or_ignored_regions": 0, "AP50_gain": 0},
             "false_positives": {"AP50_gain": 0.4166666667},
             "false_negatives": {"AP50_gain": 0}}
            """;

    private static final String MISTAKES =
            """
            {"false_alarms": [
               {"image_id": 4, "file_name": "4.png", "bbox": [80, 80, 10, 10], "category": "cat", "score": 0.9,
                "outcome": "nothing"},
               {"image_id": 4, "file_name": "4.png", "bbox": [0, 0, 10, 10], "category": "dog", "score": 0.4,
                "outcome": "nothing"}],
             "confusions": [
               {"image_id": 1, "file_name": "1.png", "bbox": [0, 0, 10, 9], "category": "cat", "score": 0.7,
                "outcome": "duplicate", "annotated_category": "cat"},
               {"image_id": 1, "file_name": "1.png", "bbox": [0, 0, 10, 10], "category": "dog", "score": 0.6,
                "outcome": "wrong_class", "annotated_category": "cat"},
               {"image_id": 1, "file_name": "1.png", "bbox": [50, 50, 40, 16], "category": "dog", "score": 0.5,
                "outcome": "misplaced", "annotated_category": "dog"},
               {"image_id": 2, "file_name": "2.png", "bbox": [0, 0, 50, 50], "category": "bird", "score": 0.2,
                "outcome": "misplaced", "annotated_category": "bird"}],
             "missed": [
               {"image_id": 2, "file_name": "2.png", "bbox": [0, 0, 100, 100], "category": "bird"},
               {"image_id": 1, "file_name": "1.png", "bbox": [50, 50, 40, 40], "category": "dog",
                "score_below_threshold": 0.3}]}
            """;

    private static JsonNode report() {
        return EvaluationReport.of(DATASET, FOUND, new ScoreThresholds(List.of(0.8, 0.5, 0.5)), PROVENANCE)
                .toJson();
    }

    @Test
    void hasTheseParts() {
        JsonNode report = report();
        assertEquals(
                Set.of(
                        "dataset",
                        "counts",
                        "coco",
                        "voc",
                        "false_alarms",
                        "thresholds",
                        "confusion",
                        "curves",
                        "error_diagnosis",
                        "mistakes",
                        "provenance"),
                names(report));
        assertEquals("small", report.get("dataset").textValue());
        assertEquals(PROVENANCE, report.get("provenance"));
    }

    @Test
    void countsWhatWasEvaluated() throws IOException {
        check(COUNTS, "counts");
    }

    @Test
    void givesTheScoresOfCocoAndVoc() throws IOException {
        check(COCO, "coco");
        check(VOC, "voc");
    }

    @Test
    void givesFalseAlarmsAndCurvesOfAllClassesTogetherAndOfEach() throws IOException {
        check(FALSE_ALARMS, "false_alarms");
        check(CURVES, "curves");
    }

    @Test
    void givesWhatHappensAtTheThresholds() throws IOException {
        check(THRESHOLDS, "thresholds");
        check(CONFUSION, "confusion");
    }

    @Test
    void namesTheMistakesAndWhatTheyCost() throws IOException {
        check(ERROR_DIAGNOSIS, "error_diagnosis");
        check(MISTAKES, "mistakes");
    }

    @Test
    void saysThatTheThresholdsAreTheBestOnThesePicturesIfNoneAreGiven() {
        JsonNode thresholds =
                EvaluationReport.of(DATASET, FOUND, PROVENANCE).toJson().get("thresholds");
        assertEquals(
                "best F1 of each class on these pictures",
                thresholds.get("source").textValue());
        // Over all classes F1 is 2 / (2 + 3) at 0.8 and 4 / (7 + 3) at 0.3: equal, so the bird gets the higher one.
        assertEquals(0.8, thresholds.at("/per_class/cat/threshold").doubleValue());
        assertEquals(0.3, thresholds.at("/per_class/dog/threshold").doubleValue());
        assertEquals(0.8, thresholds.at("/per_class/bird/threshold").doubleValue());
    }

    private static void check(String expected, String part) throws IOException {
        check(JSON.readTree(expected), report().get(part), part);
    }

    /** Numbers are compared to nine decimal places, everything else exactly. */
    private static void check(JsonNode expected, JsonNode actual, String where) {
        if (expected.isObject()) {
            assertEquals(names(expected), names(actual), where);
            expected.fields()
                    .forEachRemaining(e -> check(e.getValue(), actual.get(e.getKey()), where + "/" + e.getKey()));
        } else if (expected.isArray()) {
            assertEquals(expected.size(), actual.size(), where);
            for (int i = 0; i < expected.size(); i++) {
                check(expected.get(i), actual.get(i), where + "/" + i);
            }
        } else if (expected.isNumber() && actual.isNumber()) {
            assertEquals(expected.doubleValue(), actual.doubleValue(), 1e-9, where);
        } else {
            assertEquals(expected, actual, where);
        }
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
