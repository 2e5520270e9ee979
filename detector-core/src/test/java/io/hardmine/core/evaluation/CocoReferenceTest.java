package io.hardmine.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.datasets.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Against the reference evaluator's numbers for the same files, where the shared fixtures are at hand. */
class CocoReferenceTest {
    private static Path folder() {
        String shared = System.getProperty("HARDMINE_SHARED", System.getenv("HARDMINE_SHARED"));
        Assumptions.assumeTrue(shared != null, "HARDMINE_SHARED is not set");
        Path folder = Path.of(shared, "fixtures", "coco_eval");
        Assumptions.assumeTrue(Files.isDirectory(folder), folder + " is missing");
        return folder;
    }

    @Test
    void agreesWithTheReferenceEvaluator() throws IOException {
        Path folder = folder();
        Dataset dataset = Fixtures.readCoco(folder.resolve("ground_truth.json"));
        PictureDetections detections = CocoResults.read(folder.resolve("detections.json"), dataset);
        JsonNode expected =
                new ObjectMapper().readTree(folder.resolve("expected.json").toFile());

        CocoScores scores = CocoEvaluation.evaluate(dataset, detections);

        JsonNode stats = expected.get("stats");
        assertEquals(stats.get("AP").asDouble(), scores.ap(), 1e-12);
        assertEquals(stats.get("AP50").asDouble(), scores.ap50(), 1e-12);
        assertEquals(stats.get("AP75").asDouble(), scores.ap75(), 1e-12);
        assertEquals(stats.get("APsmall").asDouble(), scores.apSmall(), 1e-12);
        assertEquals(stats.get("APmedium").asDouble(), scores.apMedium(), 1e-12);
        assertEquals(stats.get("APlarge").asDouble(), scores.apLarge(), 1e-12);
        assertEquals(stats.get("AR1").asDouble(), scores.ar1(), 1e-12);
        assertEquals(stats.get("AR10").asDouble(), scores.ar10(), 1e-12);
        assertEquals(stats.get("AR100").asDouble(), scores.ar100(), 1e-12);
        assertEquals(stats.get("ARsmall").asDouble(), scores.arSmall(), 1e-12);
        assertEquals(stats.get("ARmedium").asDouble(), scores.arMedium(), 1e-12);
        assertEquals(stats.get("ARlarge").asDouble(), scores.arLarge(), 1e-12);
        expected.get("per_class").fields().forEachRemaining(entry -> {
            CocoScores.ClassScores found = scores.perClass().get(entry.getKey());
            assertEquals(entry.getValue().get("AP").asDouble(), found.ap(), 1e-12);
            assertEquals(entry.getValue().get("AP50").asDouble(), found.ap50(), 1e-12);
        });
    }
}
