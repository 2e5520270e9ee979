package io.hardmine.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.detection.Decoding;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import java.io.IOException;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class TrainedModelTest {
    private static final String KIND = "hardmine-model";

    @TempDir
    private Path folder;

    private Path file;
    private TrainedModel model;

    @BeforeEach
    void write() throws IOException {
        RetinaNet network = RetinaNet.initialised(new Architecture(2, 9, Architecture.Backbone.tiny(4), 4, 1, 0.01), 3);
        TrainedModel.Description description = new TrainedModel.Description(
                network.architecture(),
                List.of(new Category(7, "nut"), new Category(9, "bölt")),
                new Preprocessing(64, 96),
                AnchorShapes.paper(),
                Decoding.paper(),
                List.of(0.25, 0.5),
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
                new Damage("an unknown field", m -> node(m).put("colour", "blue"), "colour"),
                new Damage(
                        "a description that is a list",
                        m -> m.put("description", new ObjectMapper().createArrayNode()),
                        "wrong kind|does not fit"));
        List<DynamicTest> tests = new ArrayList<>();
        for (Damage d : damages) {
            tests.add(DynamicTest.dynamicTest(d.name(), () -> {
                Archive archive = Archive.read(file, KIND, 1);
                Map<String, Object> parts = new LinkedHashMap<>(archive.arrays());
                parts.put("description", archive.description());
                d.change().accept(parts);
                JsonNode description = (JsonNode) parts.remove("description");
                Map<String, float[]> arrays = new LinkedHashMap<>();
                parts.forEach((name, value) -> arrays.put(name, (float[]) value));
                Path broken = folder.resolve("broken.zip");
                write(new Archive(description, arrays), broken, KIND, 1);
                assertRefused(broken, d.words());
            }));
        }
        return tests;
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
        Archive archive = Archive.read(file, KIND, 1);
        write(archive, broken, "something-else", 1);
        assertRefused(broken, "not a hardmine-model", "something-else");
        write(archive, broken, KIND, 2);
        assertRefused(broken, "version 2", "newer Hardmine");
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
