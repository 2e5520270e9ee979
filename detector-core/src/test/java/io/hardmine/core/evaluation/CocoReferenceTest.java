package io.hardmine.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.datasets.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against numbers that pycocotools 2.0.11 gave. The cases beside this class are random pictures with crowd regions,
 * ignore flags, areas that differ from the boxes', equal scores, classes without objects and pictures without any.
 */
class CocoReferenceTest {
    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> agreesWithTheReferenceOnSmallCases() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream in = getClass().getResourceAsStream("coco-cases.json")) {
            for (JsonNode item : json.readTree(in)) {
                Path results = folder.resolve("case" + tests.size() + ".json");
                tests.add(DynamicTest.dynamicTest("case " + tests.size(), () -> {
                    Files.writeString(results, item.get("detections").toString());
                    Dataset dataset = Fixtures.coco(item.get("ground_truth"));
                    check(item.get("expected"), dataset, CocoResults.read(results, dataset));
                }));
            }
        }
        return tests;
    }

    @Test
    void agreesWithTheReferenceOnTheSharedFixture() throws IOException {
        Path shared = SharedFixtures.folder("coco_eval");
        Dataset dataset = Fixtures.readCoco(shared.resolve("ground_truth.json"));
        PictureDetections detections = CocoResults.read(shared.resolve("detections.json"), dataset);
        check(json.readTree(shared.resolve("expected.json").toFile()), dataset, detections);
    }

    private static void check(JsonNode expected, Dataset dataset, PictureDetections detections) {
        JsonNode coco = EvaluationReport.of(dataset, detections, new ObjectMapper().createObjectNode())
                .toJson()
                .get("coco");
        JsonNode stats = expected.get("stats");
        assertEquals(12, stats.size());
        stats.fields()
                .forEachRemaining(e -> assertEquals(
                        e.getValue().asDouble(), coco.get(e.getKey()).asDouble(), 1e-12, e.getKey()));
        JsonNode perClass = expected.get("per_class");
        assertEquals(perClass.size(), coco.get("per_class").size());
        perClass.fields().forEachRemaining(e -> {
            JsonNode found = coco.get("per_class").get(e.getKey());
            assertEquals(e.getValue().get("AP").asDouble(), found.get("AP").asDouble(), 1e-12, e.getKey());
            assertEquals(e.getValue().get("AP50").asDouble(), found.get("AP50").asDouble(), 1e-12, e.getKey());
        });
    }
}
