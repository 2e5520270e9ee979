package io.hardmine.datasets.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.sample.Difficulty.LookAlikes;
import io.hardmine.datasets.sample.Difficulty.Range;
import io.hardmine.datasets.sample.Kind.Role;
import io.hardmine.datasets.sample.SceneRenderer.Thing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleDatasetTest {
    private static final SampleOptions SMALL = new SampleOptions(6, 2, 3, 4, 1, Difficulty.standard());

    @TempDir
    private Path folder;

    /** Scores on the sample set can be compared over time only while this holds: change neither drawing nor hash. */
    @Test
    void pixelsAndAnnotationsAreTheSameOnEveryMachine() throws IOException, NoSuchAlgorithmException {
        Path data = folder.resolve("data");
        SampleDataset.write(data, SMALL);
        assertEquals("659bcb76832b773e819aa6ceb68a3da3c780e0c6a31574bb10c7c8715b5de8e2", pixelHash(data));
        assertEquals("f577a1d83f957ec440e4132ab4c3d61552282ac96b21e78054e34bdef2509eeb", annotationHash(data));
    }

    @Test
    void drawsTheNumbersOfJavasRandom() {
        Random published = new Random(5);
        Rng dice = new Rng(5);
        for (int i = 0; i < 1000; i++) {
            assertEquals(published.nextGaussian(), dice.gaussian());
            assertEquals(published.nextDouble(), dice.between(0, 1));
            assertEquals(published.nextInt(7), dice.in(new Range(0, 6)));
        }
    }

    private static String pixelHash(Path data) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Path picture : files(data, ".png")) {
            BufferedImage image = ImageIO.read(picture.toFile());
            int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            ByteBuffer bytes = ByteBuffer.allocate(4 * rgb.length);
            bytes.asIntBuffer().put(rgb);
            digest.update(bytes.array());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String annotationHash(Path data) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Path json : files(data, ".json")) {
            for (JsonNode a : new ObjectMapper().readTree(json.toFile()).get("annotations")) {
                StringBuilder line = new StringBuilder(json.getFileName().toString());
                line.append(' ').append(a.get("image_id").asInt());
                line.append(' ').append(a.get("category_id").asInt());
                a.get("bbox").forEach(side -> line.append(' ').append(side.asDouble()));
                digest.update(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> files(Path data, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(f -> f.toString().endsWith(ending)).sorted().toList();
        }
    }

    @Test
    void writesCocoThatFitsThePictures() throws IOException {
        SampleDataset.write(folder, SMALL);
        assertEquals(6 + 2 + 3 + 4, files(folder, ".png").size());
        assertEquals(4, files(folder.resolve("background"), ".png").size());
        Set<String> names = new HashSet<>();
        for (String part : List.of("train", "val", "test")) {
            JsonNode coco = new ObjectMapper()
                    .readTree(folder.resolve("annotations/instances_" + part + ".json")
                            .toFile());
            assertEquals(
                    List.of("washer", "nut", "screw"), coco.get("categories").findValuesAsText("name"));
            assertEquals(List.of("1", "2", "3"), coco.get("categories").findValuesAsText("id"));
            for (JsonNode picture : coco.get("images")) {
                assertTrue(names.add(picture.get("file_name").asText()));
                BufferedImage image = ImageIO.read(
                        folder.resolve(picture.get("file_name").asText()).toFile());
                assertEquals(picture.get("width").asInt(), image.getWidth());
                assertEquals(picture.get("height").asInt(), image.getHeight());
            }
            Set<Integer> ids = new HashSet<>();
            for (JsonNode annotation : coco.get("annotations")) {
                assertTrue(ids.add(annotation.get("id").asInt()));
                JsonNode box = annotation.get("bbox");
                Box read = new Box(
                        box.get(0).asDouble(),
                        box.get(1).asDouble(),
                        box.get(2).asDouble(),
                        box.get(3).asDouble());
                assertEquals(read, read.clip(192, 160));
                assertEquals(read.area(), annotation.get("area").asDouble());
                assertTrue(read.width() >= 9 && read.width() <= 29, read.toString());
                assertTrue(read.height() >= 9 && read.height() <= 29, read.toString());
            }
        }
        assertEquals(11, names.size());
    }

    @Test
    void aSmallerSetIsTheBeginningOfALargerOne() throws IOException {
        Path small = folder.resolve("small");
        Path large = folder.resolve("large");
        SampleDataset.write(small, new SampleOptions(2, 0, 1, 1, 5, Difficulty.standard()));
        SampleDataset.write(large, new SampleOptions(3, 1, 2, 2, 5, Difficulty.standard()));
        for (String name : List.of("images/train/00002.png", "images/test/00001.png", "background/00001.png")) {
            assertArrayEquals(Files.readAllBytes(small.resolve(name)), Files.readAllBytes(large.resolve(name)));
        }
    }

    @Test
    void seedsAndPartsGiveOtherPictures() throws IOException, NoSuchAlgorithmException {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        SampleDataset.write(one, SMALL);
        SampleDataset.write(two, SMALL.withSeed(2));
        assertNotEquals(pixelHash(one), pixelHash(two));
        Set<ByteBuffer> different = new HashSet<>();
        for (Path picture : files(one, ".png")) {
            different.add(ByteBuffer.wrap(Files.readAllBytes(picture)));
        }
        assertEquals(15, different.size());
    }

    @Test
    void backgroundHasNoTargetsAndTrainingFewRareKinds() {
        Difficulty difficulty = Difficulty.standard();
        assertTrue(things(0, difficulty.background()).stream().noneMatch(t -> t.kind().role == Role.TARGET));
        assertTrue(share(difficulty.training(), Role.RARE) < 0.02);
        assertTrue(share(difficulty.use(), Role.RARE) > 0.2);
    }

    private static double share(LookAlikes lookAlikes, Role role) {
        List<Thing> things = things(5, lookAlikes);
        return things.stream().filter(t -> t.kind().role == role).count() / (double) things.size();
    }

    private static List<Thing> things(int objects, LookAlikes lookAlikes) {
        List<Thing> things = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            SceneRenderer bench = new SceneRenderer(192, 160, Rng.of(3, 9, i), Difficulty.standard());
            bench.draw(objects, lookAlikes);
            things.addAll(bench.things());
        }
        return things;
    }

    @Test
    void thingsDoNotCoverEachOther() {
        for (int i = 0; i < 20; i++) {
            SceneRenderer bench = new SceneRenderer(192, 160, Rng.of(4, 0, i), Difficulty.standard());
            bench.draw(8, new LookAlikes(new Range(6, 6), 0.5));
            List<Thing> things = bench.things();
            for (Thing a : things) {
                for (Thing b : things) {
                    assertTrue(a == b || a.box().iou(b.box()) < 0.15, a + " on " + b);
                }
            }
        }
    }

    /** The box is where the picture's hue differs from the bare ground's, to a pixel; light does not change hues. */
    @Test
    void boxesFitTheirThings() {
        LookAlikes none = new LookAlikes(new Range(0, 0), 0);
        Difficulty bare = new Difficulty(new Range(1, 1), new Range(20, 28), 1, 0, new Range(0, 0), none, none, none);
        for (int i = 0; i < 20; i++) {
            SceneRenderer bench = new SceneRenderer(192, 160, Rng.of(6, 0, i), bare);
            Raster picture = bench.draw(1, none);
            Raster ground = new SceneRenderer(192, 160, Rng.of(6, 0, i), bare).draw(0, none);
            Thing thing = bench.things().get(0);
            Box seen = difference(picture, ground);
            Box box = thing.box();
            assertArrayEquals(
                    new double[] {seen.x(), seen.y(), seen.right(), seen.bottom()},
                    new double[] {box.x(), box.y(), box.right(), box.bottom()},
                    1,
                    thing + " is seen at " + seen);
        }
    }

    private static Box difference(Raster one, Raster two) {
        byte[] onesPixels = one.toBgr();
        byte[] twosPixels = two.toBgr();
        int left = Integer.MAX_VALUE;
        int top = Integer.MAX_VALUE;
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < one.height; y++) {
            for (int x = 0; x < one.width; x++) {
                int at = 3 * (y * one.width + x);
                double difference = Math.abs(hue(onesPixels, at, 2) - hue(twosPixels, at, 2))
                        + Math.abs(hue(onesPixels, at, 0) - hue(twosPixels, at, 0));
                if (difference > 0.2) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x + 1);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        return Box.ofCorners(left, top, right, bottom);
    }

    /** A channel of the pixel at a place by its green one. */
    private static double hue(byte[] bgr, int at, int channel) {
        return (bgr[at + channel] & 0xFF) / (double) Math.max(1, bgr[at + 1] & 0xFF);
    }

    @Test
    void everyKindIsNoOther() {
        Set<String> faces = new HashSet<>();
        for (Kind kind : Kind.values()) {
            StringBuilder face = new StringBuilder(kind.metal.name());
            IntStream.range(0, 400).forEach(i -> face.append(kind.at((i % 20 - 9.5) / 9.5, (i / 20 - 9.5) / 9.5)));
            assertTrue(faces.add(face.toString()), kind + " looks like another kind");
        }
    }

    @Test
    void refusesAFolderThatHoldsSomething() throws IOException {
        Files.createFile(folder.resolve("mine.txt"));
        DataException e = assertThrows(DataException.class, () -> SampleDataset.write(folder, SMALL));
        assertEquals(
                folder + " is not empty. Give a new folder for the sample set, or empty this one.", e.getMessage());
    }

    @Test
    void refusesAFileAsItsFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThrows(DataException.class, () -> SampleDataset.write(file, SMALL));
        DataException inside = assertThrows(DataException.class, () -> SampleDataset.write(file.resolve("sub"), SMALL));
        assertTrue(inside.getMessage().startsWith("The sample set cannot be written to "), inside.getMessage());
    }

    @Test
    void presetsHaveTheStatedSizes() {
        SampleOptions quick = SampleOptions.quick();
        SampleOptions full = SampleOptions.full();
        assertEquals(
                List.of(240, 60, 300, 300),
                List.of(quick.train(), quick.validation(), quick.test(), quick.background()));
        assertEquals(
                List.of(600, 100, 300, 1500), List.of(full.train(), full.validation(), full.test(), full.background()));
    }
}
