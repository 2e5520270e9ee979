package io.hardmine.mining.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentPlanTest {
    private static final Arm PLAIN = new Arm("plain", List.of("loss.kind=cross_entropy"), false);
    private static final Arm FOCAL = new Arm("focal", List.of("loss.kind=focal"), false);

    @TempDir
    private Path folder;

    private static ExperimentPlan plan(String data, String background, long steps, double gamma, Arm... arms)
            throws IOException {
        return new ExperimentPlan(
                "parts",
                data,
                background == null ? null : "empty",
                background,
                steps,
                new ObjectMapper().readTree("{\"loss\": {\"kind\": \"focal\", \"gamma\": %s}}".formatted(gamma)),
                List.of(arms));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        ExperimentPlan plan = plan("a", "b", 30, 2, PLAIN, FOCAL);
        Path file = folder.resolve("plan.json");
        plan.write(file);
        assertEquals(plan, ExperimentPlan.read(file));
        assertEquals(List.of(), ExperimentPlan.read(file).changesSince(plan));
    }

    @Test
    void everyChangeIsNamed() throws IOException {
        ExperimentPlan earlier = plan("a", null, 30, 2, PLAIN, FOCAL);
        assertEquals(List.of(), plan("a", null, 30, 2, FOCAL, PLAIN).changesSince(earlier), "order");
        assertEquals(
                List.of("steps were 30, now 60"),
                plan("a", null, 60, 2, PLAIN, FOCAL).changesSince(earlier));
        assertEquals(
                List.of("loss.gamma was 2.0, now 1.5"),
                plan("a", null, 30, 1.5, PLAIN, FOCAL).changesSince(earlier));
        assertEquals(
                List.of("the pictures or boxes of the data are not those of parts"),
                plan("c", null, 30, 2, PLAIN, FOCAL).changesSince(earlier));
        assertEquals(
                List.of("the background pictures are not those of before: there were none"),
                plan("a", "b", 30, 2, PLAIN, FOCAL).changesSince(earlier));
        assertEquals(
                List.of("arm 'focal' was [loss.kind=focal] without background, now not there"),
                plan("a", null, 30, 2, PLAIN).changesSince(earlier));
    }

    @Test
    void anotherFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("plan.json"), "[]");
        assertTrue(assertThrows(DataException.class, () -> ExperimentPlan.read(file))
                .getMessage()
                .contains("plan.json"));
    }
}
