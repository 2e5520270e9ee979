package io.hardmine.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.cli.CommandResult;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.IouMatcher;
import io.hardmine.core.detection.PostProcessing;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.model.DataOrigin;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.core.training.RunLock;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.LoadOptions;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.SplitOptions;
import io.hardmine.datasets.Splitter;
import io.hardmine.datasets.loading.DatasetLoader;
import io.hardmine.datasets.sample.SampleDataset;
import io.hardmine.datasets.sample.SampleOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mining as users type it, with a model that was never trained and fires on everything. */
class MineCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Path data;
    private static Path background;
    private static Path model;

    @TempDir
    private Path out;

    @BeforeAll
    static void make() throws Exception {
        data = folder.resolve("sample");
        background = data.resolve("background");
        SampleOptions quick = SampleOptions.quick();
        SampleDataset.write(data, new SampleOptions(8, 4, 4, 5, quick.seed(), quick.difficulty()));
        LoadedDataset loaded = DatasetLoader.load(data, new LoadOptions(null, false));
        RetinaNet network =
                RetinaNet.initialized(new Architecture(3, 9, Architecture.BackboneShape.tiny(8), 8, 1, 0.3), 3);
        ObjectNode given = JSON.createObjectNode();
        given.set("split", Splitter.partition(loaded, SplitOptions.defaults(1)).toJson());
        model = folder.resolve("model.zip");
        new TrainedModel(
                        new TrainedModel.Description(
                                network.architecture(),
                                loaded.dataset().categories(),
                                new Preprocessing(192, 256),
                                AnchorShapes.paper(),
                                IouMatcher.paper(),
                                PostProcessing.paper(),
                                List.of(0.2, 0.2, 0.2),
                                DataOrigin.of(given),
                                JSON.createObjectNode()),
                        network)
                .write(model);
    }

    private static CommandResult mine(Path to, Object... more) {
        List<Object> arguments = new ArrayList<>(
                List.of("mine", "--model", model, "--background", background, "--out", to, "--quiet", "--limit", "12"));
        arguments.addAll(List.of(more));
        return CommandResult.of(arguments.toArray());
    }

    private static JsonNode mined(Path to, Object... more) throws Exception {
        CommandResult said = mine(to, more);
        assertEquals(ExitCode.OK, said.code(), said.err());
        return JSON.readTree(to.resolve("hard-negatives.json").toFile());
    }

    private static Box box(JsonNode numbers) {
        assertEquals(4, numbers.size());
        return new Box(
                numbers.get(0).asDouble(),
                numbers.get(1).asDouble(),
                numbers.get(2).asDouble(),
                numbers.get(3).asDouble());
    }

    private static Path decisions(Path file, JsonNode mined, String... verdicts) throws Exception {
        ObjectNode json =
                JSON.createObjectNode().put("kind", "hardmine-decisions").put("version", 1);
        ArrayNode list = json.putArray("decisions");
        for (int i = 0; i < verdicts.length; i++) {
            ObjectNode entry = list.addObject();
            entry.put("picture", mined.get(i).path("name").asText());
            entry.set("region", mined.get(i).path("region"));
            entry.set("fired", mined.get(i).path("fired"));
            entry.put("class", mined.get(i).path("class").asText());
            entry.put("decision", verdicts[i]);
        }
        JSON.writeValue(file.toFile(), json);
        return file;
    }

    private static void assertNeverReturns(JsonNode decided, String picture, Box region) {
        for (JsonNode d : decided.path("decisions")) {
            boolean kept = d.path("decision").asText().equals("background");
            boolean here = d.path("picture").asText().equals(picture);
            assertFalse(!kept && here && region.intersectionArea(box(d.path("fired"))) > 0, d::toString);
        }
    }

    @Test
    void hardNegativesAreRankedWithCropsAndPages() throws Exception {
        CommandResult said = mine(out.resolve("hard"), "--review");
        assertEquals(ExitCode.OK, said.code(), said.err());
        assertTrue(said.out().contains("5 pictures"), said::out);
        assertTrue(said.out().contains("in 1000 crops"), said::out);
        assertTrue(said.out().contains("pictures/s"), said::out);
        assertTrue(said.out().contains("page: " + out.resolve("hard/review.html")), said::out);
        String next = "hardmine train --data DIR --background %s --mine --decisions decisions.json --out RUN"
                .formatted(background);
        assertTrue(said.out().contains(next), said::out);
        assertTrue(Files.readString(out.resolve("hard/review.html")).contains(next), "the page has this run's paths");
        JsonNode list = JSON.readTree(out.resolve("hard/hard-negatives.json").toFile());
        assertTrue(list.size() > 2 && list.size() <= 12);
        double last = 1;
        for (JsonNode entry : list) {
            assertTrue(Files.exists(Path.of(entry.path("image").asText())));
            assertTrue(entry.path("name").asText().startsWith("background/"));
            assertTrue(box(entry.path("region")).area() > 0);
            assertTrue(box(entry.path("region")).intersectionArea(box(entry.path("fired"))) > 0);
            assertTrue(entry.path("scale").asDouble() > 0);
            assertTrue(entry.path("score").asDouble() <= last
                    && entry.path("score").asDouble() >= 0.2);
            last = entry.path("score").asDouble();
            assertTrue(List.of("washer", "nut", "screw")
                    .contains(entry.path("class").asText()));
            assertTrue(
                    Files.exists(out.resolve("hard").resolve(entry.path("crop").asText())));
        }
        for (String page : List.of("gallery.html", "gallery.png", "review.html")) {
            assertTrue(Files.size(out.resolve("hard").resolve(page)) > 1000, page);
        }
        assertFalse(Files.exists(out.resolve("hard/annotations-promoted.json")));
        try (Stream<Path> crops = Files.list(out.resolve("hard/crops"))) {
            assertEquals(list.size(), crops.count());
        }
    }

    @Test
    void theBackgroundOfTrainingPicturesIsMinedToo() throws Exception {
        CommandResult said = mine(out.resolve("hard"), "--data", data);
        assertEquals(ExitCode.OK, said.code(), said.err());
        assertTrue(said.out().contains("13 pictures"), said::out);
        assertTrue(said.out().contains("page: " + out.resolve("hard/gallery.html")), said::out);
        assertTrue(
                said.out()
                        .contains("hardmine train --data %s --background %s --mine --out RUN"
                                .formatted(data, background)),
                said::out);
    }

    @Test
    void picturesThatTheModelWasTestedOnAreRefusedByContent() throws Exception {
        Path copies = Files.createDirectories(out.resolve("pool"));
        try (Stream<Path> test = Files.list(data.resolve("images/test"))) {
            Files.copy(test.findFirst().orElseThrow(), copies.resolve("harmless.png"));
        }
        CommandResult said = CommandResult.of(
                "mine", "--model", model, "--background", copies, "--out", out.resolve("hard"), "--quiet");
        assertEquals(ExitCode.DATA, said.code(), said.err());
        assertTrue(said.err().contains("harmless.png") && said.err().contains("images/test"), said.err());
        CommandResult validation = mine(out.resolve("hard"), "--data", data, "--split", "validation");
        assertEquals(ExitCode.DATA, validation.code(), validation.err());
        assertFalse(Files.exists(out.resolve("hard")));
    }

    @Test
    void aFolderThatIsBeingWrittenIsRefused() throws Exception {
        Path hard = out.resolve("hard");
        try (RunLock other = RunLock.take(hard)) {
            assertNotNull(other);
            CommandResult said = mine(hard);
            assertEquals(ExitCode.DATA, said.code());
            assertEquals(
                    "hardmine: %s is being written by this process: wait until that has ended, or give another folder%n"
                            .formatted(hard),
                    said.err());
        }
        assertFalse(Files.exists(hard.resolve("hard-negatives.json")));
        assertEquals(ExitCode.OK, mine(hard).code());
    }

    /** A folder that stands in the way of a crop: as on a full disk, the crop cannot be written. */
    @Test
    void aListNeverNamesCropsThatAreMissing() throws Exception {
        Path hard = out.resolve("hard");
        mined(hard);
        Files.delete(hard.resolve("crops/00003.png"));
        Files.createDirectories(hard.resolve("crops/00003.png/in the way"));
        assertEquals(ExitCode.DATA, mine(hard).code());
        assertFalse(Files.exists(hard.resolve("hard-negatives.json")));
    }

    @Test
    void excludedPlacesNeverReturnAndObjectsAreAnnotated() throws Exception {
        JsonNode before = mined(out.resolve("first"), "--data", data);
        Path file = decisions(out.resolve("decisions.json"), before, "unsure", "object", "object", "background");
        JsonNode decided = JSON.readTree(file.toFile());
        JsonNode after = mined(out.resolve("second"), "--data", data, "--decisions", file);
        assertTrue(after.size() > 0);
        for (JsonNode entry : after) {
            assertNeverReturns(decided, entry.path("name").asText(), box(entry.path("region")));
        }
        // in place of the original, the promoted file is a data set that the loader reads
        Path mended = out.resolve("mended");
        copy(data, mended);
        Files.copy(
                out.resolve("second/annotations-promoted.json"),
                mended.resolve("annotations/instances_train.json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        LoadedDataset original = DatasetLoader.load(data, new LoadOptions(null, true));
        LoadedDataset loaded = DatasetLoader.load(mended, new LoadOptions(null, true));
        assertEquals(original.dataset().annotationCount() + 2, loaded.dataset().annotationCount());
        for (int i = 1; i < 3; i++) {
            JsonNode object = before.get(i);
            Picture picture = loaded.dataset().pictures().stream()
                    .filter(p -> p.name().equals(object.path("name").asText()))
                    .findAny()
                    .orElseThrow();
            assertTrue(picture.annotations().stream()
                    .anyMatch(a -> a.box().iou(box(object.path("fired"))) > 0.99
                            && loaded.dataset()
                                    .categoryNames()
                                    .get(a.category())
                                    .equals(object.path("class").asText())));
        }
    }

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void withoutDataThePoolAloneIsAnnotated() throws Exception {
        JsonNode before = mined(out.resolve("first"));
        Path file = decisions(out.resolve("decisions.json"), before, "object");
        CommandResult said = mine(out.resolve("second"), "--decisions", file);
        assertTrue(said.out().contains("1 objects added"), said::out);
        JsonNode coco =
                JSON.readTree(out.resolve("second/annotations-promoted.json").toFile());
        assertEquals(1, coco.path("images").size());
        assertEquals(before.get(0).path("name"), coco.at("/images/0/file_name"));
        assertTrue(coco.at("/images/0/id").asLong() > 0);
        assertEquals(before.get(0).path("fired"), coco.at("/annotations/0/bbox"));
        assertEquals(3, coco.path("categories").size());
    }

    @Test
    void bootstrappingKeepsOutOfDecidedPlacesAndLeavesGalleries() throws Exception {
        JsonNode before = mined(out.resolve("first"));
        Path file =
                decisions(out.resolve("decisions.json"), before, "unsure", "object", "unsure", "object", "background");
        JsonNode decided = JSON.readTree(file.toFile());
        Path run = out.resolve("run");
        List<Object> training = new ArrayList<>(List.of(
                "train",
                "--data",
                data,
                "--background",
                background,
                "--mine",
                "--out",
                run,
                "--preset",
                "fast",
                "--quiet"));
        for (String setting : List.of(
                "network.width=8",
                "network.pyramid_channels=8",
                "network.prior=0.3",
                "input.short_side=192",
                "input.long_side=256",
                "schedule.epochs=3",
                "schedule.warmup_steps=1",
                "bootstrap.rounds=2",
                "bootstrap.initial=8",
                "bootstrap.enough=0")) {
            training.addAll(List.of("--set", setting));
        }
        training.addAll(List.of("--decisions", file));
        CommandResult said = CommandResult.of(training.toArray());
        assertEquals(ExitCode.OK, said.code(), said.err());
        Path rounds = run.resolve("bootstrap");
        String index = Files.readString(rounds.resolve("index.html"));
        for (int round = 0; round < 3; round++) {
            JsonNode members = JSON.readTree(
                            rounds.resolve("round-" + round + ".json").toFile())
                    .path("members");
            assertTrue(members.size() > 0, "round " + round);
            for (JsonNode member : members) {
                JsonNode region = member.path("region");
                Box box = new Box(
                        region.path("x").asDouble(),
                        region.path("y").asDouble(),
                        region.path("width").asDouble(),
                        region.path("height").asDouble());
                assertNeverReturns(decided, member.path("picture").asText(), box);
            }
            assertTrue(index.contains("round-" + round + "/gallery.html"));
            assertTrue(Files.exists(rounds.resolve("round-" + round + "/gallery.html")));
            assertTrue(Files.exists(rounds.resolve("round-" + round + "/gallery.png")));
        }
        // another run's decisions are another run
        training.add("--resume");
        assertEquals(ExitCode.OK, CommandResult.of(training.toArray()).code());
        decisions(file, before, "background");
        CommandResult other = CommandResult.of(training.toArray());
        assertEquals(ExitCode.DATA, other.code(), other.err());
    }

    @Test
    void mistakesAreNamed() throws Exception {
        Path text = Files.writeString(out.resolve("decisions.json"), "{\"kind\": 3}");
        CommandResult broken = mine(out.resolve("hard"), "--decisions", text);
        assertEquals(ExitCode.DATA, broken.code());
        assertTrue(broken.err().contains("decisions.json"), broken.err());
        assertEquals(
                ExitCode.DATA,
                mine(out.resolve("hard"), "--decisions", out.resolve("gone")).code());
        assertEquals(ExitCode.DATA, mine(background.resolve("hard")).code());
        assertEquals(ExitCode.USAGE, mine(out.resolve("hard"), "--score", "1.5").code());
        assertEquals(
                ExitCode.USAGE, mine(out.resolve("hard"), "--scales", "9,1").code());
        assertEquals(
                ExitCode.USAGE,
                CommandResult.of("mine", "--model", model, "--out", out).code());
        JsonNode found = mined(out.resolve("hard"));
        Path stranger = decisions(out.resolve("stranger.json"), found, "unsure");
        Files.writeString(stranger, Files.readString(stranger).replace("background/", "elsewhere/"));
        CommandResult warned = mine(out.resolve("hard"), "--decisions", stranger);
        assertEquals(ExitCode.OK, warned.code());
        assertTrue(warned.err().contains("1 decisions are about pictures that take no part"), warned.err());
    }
}
