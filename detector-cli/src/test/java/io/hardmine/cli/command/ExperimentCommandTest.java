package io.hardmine.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.cli.CommandResult;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.datasets.sample.SampleDataset;
import io.hardmine.datasets.sample.SampleOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** An experiment of two arms and a few steps, from the start to its page, and what a second call does. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExperimentCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Path data;
    private static Path out;
    private static Path arms;

    @BeforeAll
    static void run() throws IOException {
        data = folder.resolve("sample");
        out = folder.resolve("experiment");
        SampleOptions quick = SampleOptions.quick();
        SampleDataset.write(data, new SampleOptions(8, 4, 4, 4, quick.seed(), quick.difficulty()));
        arms = Files.writeString(
                folder.resolve("arms.yaml"),
                """
                arms:
                  - {name: plain, set: [loss.kind=cross_entropy]}
                  - {name: share, set: [loss.kind=focal, background_share=0.2], background: true}
                """);
        CommandResult.ok((Object[]) command(out, "--steps", "4"));
    }

    private static String[] command(Path to, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "experiment",
                "--data",
                data.toString(),
                "--out",
                to.toString(),
                "--background",
                data.resolve("background").toString(),
                "--arms",
                arms.toString(),
                "--seeds",
                "1",
                "--preset",
                "fast"));
        for (String setting : List.of(
                "network.width=8",
                "network.pyramid_channels=8",
                "network.prior=0.3", // scores that a few steps leave over the floor
                "input.short_side=96",
                "input.long_side=128")) {
            arguments.addAll(List.of("--set", setting));
        }
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static Path run(String arm) {
        return out.resolve("runs").resolve(arm).resolve("seed-1");
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    private static long lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(l -> l.contains("times")).count();
        }
    }

    @Test
    @Order(1)
    void everyArmTrainsForAsManySteps() throws IOException {
        assertEquals(4, lines(run("plain").resolve("metrics.jsonl")));
        assertEquals(4, lines(run("share").resolve("metrics.jsonl")));
        assertTrue(Files.readString(run("plain").resolve("settings.yaml")).contains("kind: cross_entropy"));
        assertTrue(Files.readString(run("share").resolve("settings.yaml")).contains("background_share: 0.2"));
    }

    @Test
    @Order(2)
    void theResultHasEachRunsOwnNumbers() throws IOException {
        JsonNode result = json(out.resolve("experiment.json"));
        assertEquals("plain", result.path("reference").asText());
        assertEquals(4, result.path("test_pictures").asInt());
        for (JsonNode arm : result.path("arms")) {
            JsonNode report = json(run(arm.path("name").asText()).resolve("report/report.json"));
            JsonNode reached = arm.at("/runs/0");
            assertEquals(report.at("/coco/AP"), reached.path("AP"));
            assertEquals(report.at("/coco/AP50"), reached.path("AP50"));
            assertEquals(
                    report.at("/false_alarms/pooled/recall_0.8/false_alarms_per_picture"),
                    reached.path("false_alarms_at_recall_0.8"));
            assertTrue(reached.path("training_seconds").asDouble() > 0);
        }
        assertEquals(3, result.at("/paired_bootstrap/comparisons").size());
    }

    @Test
    @Order(3)
    void tablesPageAndPictureAreThere() throws IOException {
        assertTrue(Files.readString(out.resolve("experiment.md")).contains("| share | 1 |"));
        assertEquals(3, Files.readString(out.resolve("experiment.csv")).lines().count());
        String page = Files.readString(out.resolve("experiment.html"));
        assertTrue(page.contains("plain") && page.contains("data:image/svg+xml"), "the page shows both arms in charts");
        assertFalse(page.contains("<script"), "the page runs nothing");
        assertTrue(ImageIO.read(out.resolve("experiment.png").toFile()).getWidth() > 500);
    }

    @Test
    @Order(4)
    void aSecondCallTrainsNothing() throws IOException {
        FileTime model = Files.getLastModifiedTime(run("plain").resolve("model.zip"));
        String log = Files.readString(run("plain").resolve("log.txt"));
        CommandResult said = CommandResult.ok((Object[]) command(out, "--steps", "4"));
        assertTrue(said.err().contains("2 done already"), said::err);
        assertFalse(said.err().contains("run 1 of"), said::err);
        assertEquals(model, Files.getLastModifiedTime(run("plain").resolve("model.zip")));
        assertEquals(log, Files.readString(run("plain").resolve("log.txt")));
    }

    @Test
    @Order(5)
    void anotherPlanInTheSameFolderIsRefused() {
        CommandResult said = CommandResult.run(command(out, "--steps", "5", "--set", "loss.gamma=1"));
        assertEquals(ExitCode.DATA, said.code());
        assertTrue(said.err().contains("steps were 4, now 5"), said::err);
        assertTrue(said.err().contains("loss.gamma was 2.0, now 1.0"), said::err);
    }

    /** What a run leaves that is killed after its last checkpoint: no model, no report. */
    @Test
    @Order(6)
    void aKilledRunGoesOnFromItsCheckpoint() throws IOException {
        JsonNode before = json(run("plain").resolve("report/report.json")).path("coco");
        Files.delete(run("plain").resolve("model.zip"));
        Files.delete(run("plain").resolve("report/report.json"));
        CommandResult said = CommandResult.ok((Object[]) command(out, "--steps", "4"));
        assertTrue(said.err().contains("run 2 of 2: plain, seed 1"), said::err);
        assertTrue(Files.readString(run("plain").resolve("log.txt")).contains("--resume"));
        assertEquals(before, json(run("plain").resolve("report/report.json")).path("coco"));
    }

    @Test
    @Order(7)
    void aReportThatDoesNotFitItsDetectionsIsFound() throws IOException {
        Path report = run("share").resolve("report/report.json");
        String right = Files.readString(report);
        Files.writeString(report, right.replaceAll("\"AP50\" : [-0-9.E]+", "\"AP50\" : 0.123"));
        CommandResult said = CommandResult.run(command(out, "--report-only"));
        assertEquals(ExitCode.DATA, said.code());
        assertTrue(said.err().contains("seed-1"), said::err);
        Files.writeString(report, right);
        CommandResult.ok((Object[]) command(out, "--report-only", "--reference", "share"));
        assertEquals(
                "plain",
                json(out.resolve("experiment.json"))
                        .at("/paired_bootstrap/comparisons/0/arm")
                        .asText());
    }

    @Test
    @Order(8)
    void aDryRunWritesNothing() {
        Path nowhere = folder.resolve("nowhere");
        CommandResult said = CommandResult.ok((Object[]) command(nowhere, "--steps", "4", "--dry-run"));
        assertTrue(said.out().contains("| plain | loss.kind=cross_entropy | not given |"), said::out);
        assertTrue(said.err().contains("steps of"), said::err);
        assertFalse(said.err().contains("same settings"), said::err);
        assertFalse(Files.exists(nowhere));
    }

    /** What an arm sets may be what all arms have already. */
    @Test
    @Order(8)
    void namesArmsWithTheSameSettings() throws IOException {
        arms = Files.writeString(
                folder.resolve("alike.yaml"),
                """
                arms:
                  - {name: default}
                  - {name: focal, set: [loss.kind=focal]}
                  - {name: quality, set: [loss.kind=quality_focal]}
                """);
        CommandResult said =
                CommandResult.ok((Object[]) command(folder.resolve("nowhere"), "--steps", "4", "--dry-run"));
        assertTrue(
                said.err()
                        .contains("warning: arms default, quality have the same settings and give the same detectors"),
                said::err);
    }

    /** One arm's learning rate lets its loss grow beyond all bounds; the other one is done all the same. */
    @Test
    @Order(9)
    void oneFailingArmDoesNotKeepTheOthersBack() throws IOException {
        arms = Files.writeString(
                folder.resolve("failing.yaml"),
                """
                arms:
                  - {name: wild, set: [optimizer.learning_rate=10, optimizer.clip_norm=0, schedule.warmup_steps=0]}
                  - {name: tame, set: [loss.kind=focal]}
                """);
        Path other = folder.resolve("failing");
        CommandResult said = CommandResult.run(command(other, "--steps", "30"));
        assertEquals(ExitCode.DATA, said.code(), said::err);
        assertTrue(said.err().contains("wild, seed 1 failed: "), said::err);
        assertTrue(Files.readString(other.resolve("experiment.md")).contains("Not done: wild, seed 1"));
        assertTrue(Files.readString(other.resolve("experiment.csv")).contains("tame,1,"));
    }
}
