package io.hardmine.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.IouMatcher;
import io.hardmine.core.detection.PostProcessing;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.detector.Detector;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class TrainedModelTest {
    private static final String KIND = "hardmine-model";
    private static final int VERSION = 3;

    private static final DataOrigin.PictureSplit SPLIT = new DataOrigin.PictureSplit(
            "by class, seed 1",
            List.of(picture("a.png", 'a'), picture("b.png", 'b')),
            List.of(picture("c.png", 'c')),
            List.of(picture("d.png", 'd')));

    private static DataOrigin.PictureId picture(String name, char digit) {
        return new DataOrigin.PictureId(name, String.valueOf(digit).repeat(64));
    }

    @TempDir
    private Path folder;

    private Path file;
    private TrainedModel model;

    @BeforeEach
    void write() throws IOException {
        RetinaNet network =
                RetinaNet.initialized(new Architecture(2, 9, Architecture.BackboneShape.tiny(4), 4, 1, 0.01), 3);
        TrainedModel.Description description = new TrainedModel.Description(
                network.architecture(),
                List.of(new Category(7, "nut"), new Category(9, "bölt")),
                new Preprocessing(64, 96),
                AnchorShapes.paper(),
                IouMatcher.paper(),
                PostProcessing.paper(),
                List.of(0.25, 0.5),
                new DataOrigin("sample", "coco", "f00d", SPLIT),
                new ObjectMapper().createObjectNode().put("seed", 3));
        model = new TrainedModel(description, network);
        file = folder.resolve("model.zip");
        model.write(file);
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        TrainedModel read = TrainedModel.read(file);
        assertEquals(model.description(), read.description());
        assertArrayEquals(
                model.network().parameters().values().toArray(),
                read.network().parameters().values().toArray());
        assertArrayEquals(
                model.network().parameters().statistics(),
                read.network().parameters().statistics());
        Path again = folder.resolve("again.zip");
        read.write(again);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again), "the same model gives the same file");
    }

    @Test
    void writingLeavesNothingElseBehind() throws IOException {
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aFileOfVersion1GivesTheSameModel() throws IOException {
        Archive archive = Archive.read(file, KIND, VERSION);
        ObjectNode description = archive.description().deepCopy();
        ObjectNode data = description.withObject("/provenance").putObject("data");
        data.put("name", "sample").put("format", "coco").put("fingerprint", "f00d");
        data.set("split", SPLIT.toJson());
        description.remove(List.of("matcher", "origin"));
        description.withObject("/decoding").remove("voting");
        Path first = folder.resolve("first.zip");
        write(new Archive(description, archive.arrays()), first, KIND, 1);
        try (TrainedModel read = TrainedModel.read(first)) {
            assertEquals(model.description().origin(), read.description().origin());
            assertEquals(IouMatcher.paper(), read.description().matcher());
            assertTrue(
                    read.description().provenance().path("data").path("split").isMissingNode());
            assertEquals(model.description().architecture(), read.description().architecture());
            assertEquals(model.description().preprocessing(), read.description().preprocessing());
            assertEquals(model.description().anchors(), read.description().anchors());
            assertEquals(model.description().decoding(), read.description().decoding());
            assertEquals(model.description().thresholds(), read.description().thresholds());
            for (Parameter parameter : model.network().parameters().all()) {
                Parameters there = read.network().parameters();
                assertArrayEquals(
                        model.network().parameters().copyOf(parameter),
                        there.copyOf(there.get(parameter.name())),
                        parameter.name());
            }
        }
    }

    @Test
    void aFileOfVersion2KeepsItsBoxesAsTheyAre() throws IOException {
        Archive archive = Archive.read(file, KIND, VERSION);
        ObjectNode description = archive.description().deepCopy();
        description.withObject("/decoding").remove("voting");
        Path second = folder.resolve("second.zip");
        write(new Archive(description, archive.arrays()), second, KIND, 2);
        try (TrainedModel read = TrainedModel.read(second)) {
            assertEquals(model.description(), read.description());
            assertFalse(read.description().decoding().voting());
        }
        description.putNull("decoding");
        write(new Archive(description, archive.arrays()), second, KIND, 2);
        assertRefused(second, "decoding", "null");
    }

    @Test
    void aFileOfVersion1WithoutDataHasAnUnknownOrigin() throws IOException {
        Archive archive = Archive.read(file, KIND, VERSION);
        ObjectNode description = archive.description().deepCopy();
        description.remove(List.of("matcher", "origin"));
        description.withObject("/decoding").remove("voting");
        Path first = folder.resolve("first.zip");
        write(new Archive(description, archive.arrays()), first, KIND, 1);
        try (TrainedModel read = TrainedModel.read(first)) {
            assertEquals(DataOrigin.UNKNOWN, read.description().origin());
        }
        description
                .withObject("/provenance/data/split")
                .putArray("test")
                .addObject()
                .put("name", "d.png");
        write(new Archive(description, archive.arrays()), first, KIND, 1);
        assertRefused(first, "cannot be used", "sha256 of a picture");
    }

    @Test
    void picturesOfValidationAndTestAreHeldOut() {
        assertEquals(
                Map.of("c.png", "c".repeat(64), "d.png", "d".repeat(64)),
                model.description().origin().heldOut());
    }

    private record Damage(String name, Consumer<Map<String, Object>> change, String... words) {}

    /** Each damage to the description or the arrays, re-signed so that the checksums hold, and what the user is told. */
    @TestFactory
    List<DynamicTest> partsThatDoNotFitAreRefused() {
        List<Damage> damages = List.of(
                new Damage("no values", m -> m.remove("values"), "holds no numbers of 'values'"),
                new Damage(
                        "too few values", m -> m.put("values", new float[3]), "holds 3 numbers of 'values'", "needs"),
                new Damage("no statistics", m -> m.remove("statistics"), "holds no numbers of 'statistics'"),
                new Damage(
                        "a weight that is no number", m -> ((float[]) m.get("values"))[5] = Float.NaN, "not numbers"),
                new Damage(
                        "infinite statistics",
                        m -> ((float[]) m.get("statistics"))[0] = Float.POSITIVE_INFINITY,
                        "not numbers"),
                new Damage("a category less", m -> array(m, "categories").remove(0), "1 categories", "2 classes"),
                new Damage("a threshold less", m -> array(m, "thresholds").remove(0), "1 thresholds", "2 classes"),
                new Damage(
                        "other anchors",
                        m -> node(m).withObject("/anchors").putArray("scales").add(1.0),
                        "anchors a cell"),
                new Damage(
                        "negative classes",
                        m -> node(m).withObject("/architecture").put("classes", -1),
                        "at least 1"),
                new Damage(
                        "no such block",
                        m -> node(m).withObject("/architecture")
                                .withObject("/backbone")
                                .put("block", "WIDE"),
                        "block",
                        "WIDE"),
                new Damage(
                        "three stages",
                        m -> ((ArrayNode) node(m).at("/architecture/backbone/blocks")).remove(0),
                        "four stages"),
                new Damage(
                        "prior of 1", m -> node(m).withObject("/architecture").put("prior", 1), "between 0 and 1"),
                new Damage(
                        "tiny input", m -> node(m).withObject("/preprocessing").put("short_side", 3), "short side"),
                new Damage(
                        "text for a number",
                        m -> node(m).withObject("/preprocessing").put("short_side", "wide"),
                        "short_side",
                        "wide"),
                new Damage("no architecture", m -> node(m).remove("architecture"), "architecture"),
                new Damage("an unknown field", m -> node(m).put("color", "blue"), "color"),
                new Damage(
                        "a description that is a list",
                        m -> m.put("description", new ObjectMapper().createArrayNode()),
                        "wrong kind|does not fit"),
                damaged("/architecture", "width", "3000", "architecture.backbone: width"),
                damaged("/architecture", "width", "2147483647", "architecture.backbone: width"),
                damaged("/architecture", "stem_kernel", "9999", "stem kernel"),
                damaged("/architecture", "stem_kernel", "4", "odd"),
                damaged("/architecture", "block", "null", "architecture.backbone: block", "null"),
                damaged("/architecture", "block", "0", "block"),
                damaged("/architecture", "blocks", "null", "blocks", "null"),
                damaged("/architecture", "blocks", "[1,null,1,1]", "blocks has null at place 2"),
                damaged("/architecture", "blocks", "[1,1,1,2147483647]", "blocks of a stage"),
                damaged("/architecture", "blocks", "[1000000,1,1,1]", "blocks of a stage"),
                damaged("/architecture", "backbone", "null", "architecture: backbone", "null"),
                damaged("/architecture", "pyramid_channels", "20000", "pyramid channels"),
                damaged("/architecture", "head_convolutions", "100000", "head convolutions"),
                damaged("/architecture", "head_convolutions", "15", "holds", "of 'values'"),
                damaged("/architecture", "classes", "2147483647", "classes"),
                damaged("/architecture", "classes", "3.7", "classes"),
                damaged("/architecture", "anchors", "100000", "anchors"),
                damaged("/architecture", "prior", "\"NaN\"", "prior"),
                damaged("", "architecture", "null", "architecture", "null"),
                damaged("", "preprocessing", "null", "preprocessing", "null"),
                damaged("", "decoding", "null", "decoding", "null"),
                damaged("", "anchors", "null", "anchors", "null"),
                damaged("", "categories", "null", "categories", "null"),
                damaged("", "categories", "[null,null]", "categories has null at place 1"),
                damaged("", "categories", "[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":null}]", "name of a category"),
                damaged(
                        "",
                        "categories",
                        "[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\" \"}]",
                        "category 2 is blank"),
                damaged("", "categories", "[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"a\"}]", "name 'a'"),
                damaged("", "categories", "[{\"id\":1,\"name\":\"a\"},{\"id\":1,\"name\":\"b\"}]", "id 1"),
                damaged("", "thresholds", "null", "thresholds", "null"),
                damaged("", "thresholds", "[0.5,null]", "thresholds has null at place 2"),
                damaged("", "thresholds", "[0.5,5]", "thresholds", "5.0"),
                damaged("", "thresholds", "[0.5,\"NaN\"]", "thresholds"),
                damaged("", "provenance", "null", "provenance"),
                damaged("", "provenance", "[1]", "provenance"),
                damaged("", "origin", "null", "origin"),
                new Damage("no origin", m -> node(m).remove("origin"), "origin"),
                new Damage("no split", m -> node(m).withObject("/origin").remove("split"), "split"),
                new Damage(
                        "no test part",
                        m -> node(m).withObject("/origin").withObject("/split").remove("test"),
                        "origin.split",
                        "test"),
                new Damage("no matcher", m -> node(m).remove("matcher"), "matcher"),
                new Damage(
                        "a long name",
                        m -> node(m).withObject("/origin").put("name", "x".repeat(5000)),
                        "origin: the length of name",
                        "4096"),
                damaged("/origin", "fingerprint", "null", "origin: fingerprint", "null"),
                damaged("/origin", "split", "null", "origin: split", "null"),
                damaged("/origin", "format", "[]", "origin.format"),
                damaged("/origin/split", "test", "null", "origin.split: test", "null"),
                damaged("/origin/split", "test", "[null]", "origin.split: test has null at place 1"),
                damaged("/origin/split", "test", "[{\"name\":\"d.png\"}]", "origin.split.test", "sha256"),
                damaged(
                        "/origin/split",
                        "test",
                        "[{\"name\":\"d.png\",\"sha256\":\"\"}]",
                        "picture 'd.png'",
                        "64 hexadecimal digits"),
                damaged(
                        "/origin/split",
                        "test",
                        "[{\"name\":\"a.png\",\"sha256\":\"%s\"}]".formatted("d".repeat(64)),
                        "two pictures with the name 'a.png'"),
                damaged("/matcher", "object_iou", "2", "matcher: need 0"),
                damaged("/matcher", "background_iou", "0.6", "matcher: need 0"),
                damaged("/preprocessing", "short_side", "30000", "preprocessing: short side"),
                damaged("/preprocessing", "long_side", "2147483647", "preprocessing: long side"),
                damaged("/preprocessing", "long_side", "32", "long side"),
                damaged("/decoding", "candidates", "-1", "decoding: candidates"),
                damaged("/decoding", "candidates", "1000000000", "decoding: candidates"),
                damaged("/decoding", "detections", "0", "decoding: detections"),
                damaged("/decoding", "score_floor", "\"NaN\"", "decoding: score floor"),
                damaged("/decoding", "suppression_iou", "1e308", "decoding: suppression IoU"),
                damaged("/decoding", "voting", "1", "decoding.voting"),
                damaged("/anchors", "base", "1e308", "anchors: base"),
                damaged("/anchors", "ratios", "[0.5,1,1e308]", "anchors: each of the ratios"),
                damaged("/anchors", "scales", "[1,null,2]", "anchors: scales has null at place 2"),
                damaged("/anchors", "scales", "null", "anchors: scales", "null"),
                new Damage("an array more", m -> m.put("extra", new float[4]), "two arrays", "extra"),
                new Damage("a huge weight", m -> ((float[]) m.get("values"))[0] = 3e38f, "backbone.stem.weight"),
                new Damage("a negative variance", m -> Arrays.fill((float[]) m.get("statistics"), -1), "variance"));
        List<DynamicTest> tests = new ArrayList<>();
        for (Damage d : damages) {
            tests.add(DynamicTest.dynamicTest(d.name(), () -> {
                Archive archive = Archive.read(file, KIND, VERSION);
                Map<String, Object> parts = new LinkedHashMap<>(archive.arrays());
                parts.put("description", archive.description());
                d.change().accept(parts);
                JsonNode description = (JsonNode) parts.remove("description");
                Map<String, float[]> arrays = new LinkedHashMap<>();
                parts.forEach((name, value) -> arrays.put(name, (float[]) value));
                Path broken = folder.resolve("broken.zip");
                write(new Archive(description, arrays), broken, KIND, VERSION);
                assertRefused(broken, d.words());
            }));
        }
        return tests;
    }

    /** A field at or under a place, replaced by other JSON. */
    private static Damage damaged(String place, String field, String json, String... words) {
        return new Damage(
                "%s/%s %s".formatted(place, field, json),
                m -> ((ObjectNode) node(m).at(place).findParent(field)).set(field, parsed(json)),
                words);
    }

    private static JsonNode parsed(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Values that a field may be given by a mistake or by malice. */
    private static final List<String> STRANGE = List.of(
            "null",
            "-1",
            "0",
            "1",
            "3",
            "64",
            "1.5",
            "1e308",
            "2147483647",
            "9223372036854775807",
            "1e400",
            "\"\"",
            "\"x\"",
            "\"NaN\"",
            "true",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "[1]",
            "{\"a\":1}");

    @Test
    void aMutatedDescriptionIsRefusedOrGivesADetectorThatWorks() throws IOException {
        Random random = new Random(11);
        Archive archive = Archive.read(file, KIND, VERSION);
        BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_3BYTE_BGR);
        Path mutant = folder.resolve("mutant.zip");
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            JsonNode description = archive.description().deepCopy();
            for (int k = 1 + random.nextInt(2); k > 0; k--) {
                mutate(description, random);
            }
            write(new Archive(description, archive.arrays()), mutant, KIND, VERSION);
            try (TrainedModel read = TrainedModel.read(mutant);
                    Detector detector = Detector.of(read).open()) {
                detector.detect(picture);
            } catch (DataException e) {
                assertTrue(e.getMessage().contains("mutant.zip"), e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 150 && refused < 300, "refused " + refused);
    }

    private static void mutate(JsonNode node, Random random) {
        List<JsonNode> parents = new ArrayList<>();
        collectParents(node, parents);
        JsonNode parent = parents.get(random.nextInt(parents.size()));
        JsonNode value = parsed(STRANGE.get(random.nextInt(STRANGE.size())));
        int place = random.nextInt(parent.size());
        if (parent instanceof ArrayNode list) {
            list.set(place, value);
        } else {
            List<String> names = new ArrayList<>();
            parent.fieldNames().forEachRemaining(names::add);
            ((ObjectNode) parent).set(names.get(place), value);
        }
    }

    private static void collectParents(JsonNode node, List<JsonNode> parents) {
        if (node.isContainerNode() && !node.isEmpty()) {
            parents.add(node);
        }
        node.forEach(child -> collectParents(child, parents));
    }

    @Test
    void aRunsFolderStandsForItsModel() throws IOException {
        assertEquals(model.description(), TrainedModel.read(folder).description());
        Path unfinished = folder.resolve("unfinished");
        model.write(unfinished.resolve("checkpoints/best.zip"));
        assertRefused(unfinished, "has no model.zip", "--resume", "best.zip");
        assertRefused(Files.createDirectory(folder.resolve("other")), "is a folder without a model.zip");
    }

    @Test
    void aPipeIsNotWaitedFor() throws Exception {
        Path pipe = folder.resolve("pipe.zip");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
        assertEquals(
                0,
                new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor());
        assertRefused(pipe, "is a pipe or a device");
    }

    @Test
    void entriesThatTheFormatDoesNotHaveAreRefused() throws IOException {
        Path broken = folder.resolve("broken.zip");
        Files.write(broken, withEntry("evil.class"));
        assertRefused(broken, "an entry that its manifest does not list: evil.class");
        String twice = new String(withEntry("description.jsoX"), StandardCharsets.ISO_8859_1);
        Files.write(
                broken, twice.replace("description.jsoX", "description.json").getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(broken, "two entries named description.json");
    }

    /** The model's zip with one entry more. */
    private byte[] withEntry(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipFile from = new ZipFile(file.toFile());
                ZipOutputStream to = new ZipOutputStream(bytes)) {
            for (ZipEntry entry : from.stream().toList()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                from.getInputStream(entry).transferTo(to);
            }
            to.putNextEntry(new ZipEntry(name));
            to.write(name.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void descriptionsThatAreNoObjectAreRefused() throws IOException {
        Path broken = folder.resolve("broken.zip");
        for (String text : List.of("null", "[]", "7", "\"x\"")) {
            write(new Archive(parsed(text), Archive.read(file, KIND, VERSION).arrays()), broken, KIND, VERSION);
            assertRefused(broken, "description.json is of the wrong kind");
        }
    }

    private static void write(Archive archive, Path to, String kind, int version) throws IOException {
        Map<String, Archive.Numbers> arrays = new LinkedHashMap<>();
        archive.arrays().forEach((name, array) -> arrays.put(name, () -> Stream.of(array)));
        Archive.write(to, kind, version, archive.description(), arrays);
    }

    private static ObjectNode node(Map<String, Object> parts) {
        return (ObjectNode) parts.get("description");
    }

    private static ArrayNode array(Map<String, Object> parts, String name) {
        return (ArrayNode) node(parts).get(name);
    }

    private static void assertRefused(Path broken, String... words) {
        String message = assertThrows(DataException.class, () -> TrainedModel.read(broken))
                .getMessage();
        assertTrue(message.contains(broken.getFileName().toString()), message);
        for (String word : words) {
            assertTrue(
                    List.of(word.split("\\|")).stream().anyMatch(message::contains),
                    () -> "'" + word + "' is not in: " + message);
        }
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path broken = folder.resolve("broken.zip");
        assertRefused(broken, "does not exist");
        Files.writeString(broken, "hello");
        assertRefused(broken, "not a zip file");
        Files.write(broken, new byte[0]);
        assertRefused(broken, "damaged");
        model.write(broken);
        byte[] whole = Files.readAllBytes(file);
        Files.write(broken, Arrays.copyOf(whole, whole.length / 2));
        assertRefused(broken, "damaged");
        Archive archive = Archive.read(file, KIND, VERSION);
        write(archive, broken, "something-else", VERSION);
        assertRefused(broken, "not a hardmine-model", "something-else");
        write(archive, broken, KIND, VERSION + 1);
        assertRefused(broken, "version 4", "versions 1 to 3|version 1 to 3", "newer Hardmine");
        write(archive, broken, KIND, 0);
        assertRefused(broken, "version 0", "write it again");
    }

    @Test
    void aFlippedBitIsNoticed() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(5);
        Path broken = folder.resolve("broken.zip");
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(broken, damaged);
            try {
                TrainedModel read = TrainedModel.read(broken);
                assertEquals(model.description(), read.description());
                assertArrayEquals(
                        model.network().parameters().values().toArray(),
                        read.network().parameters().values().toArray());
            } catch (DataException e) {
                refused++;
            }
        }
        assertTrue(refused > 40, "most bits matter: " + refused);
    }
}
