package io.hardmine.mining.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.detection.Preprocessing;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackgroundAreaTest {
    @Property(tries = 100)
    void randomCropsKeepAwayFromEveryBoxAndInsideThePicture(@ForAll long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Annotation> annotations = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Annotation object =
                    Annotation.of(new Box(random.nextInt(250), random.nextInt(150), 10 + random.nextInt(40), 10), 0);
            annotations.add(i % 2 == 0 ? object : object.asIgnored());
        }
        Path file = Files.createTempFile("clearing", ".png");
        try {
            Picture picture = new Picture(1, "p", file, 300, 200, annotations);
            Scan scan = Scan.defaults();
            List<FalsePositive> drawn = new RandomCrops(
                            new Pool(List.of(picture), List.of()), scan, new Preprocessing(160, 240))
                    .draw(5, random);
            for (FalsePositive crop : drawn) {
                assertTrue(new Box(-0.5, -0.5, 301, 201).contains(crop.region()));
                for (Annotation a : annotations) {
                    assertEquals(0, a.box().intersectionArea(crop.region()));
                }
            }
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void marginKeepsCropsAwayFromObjects() {
        Picture picture =
                new Picture(1, "p", Path.of("p.png"), 100, 100, List.of(Annotation.of(new Box(40, 40, 20, 20), 0)));
        Box beside = new Box(61, 40, 20, 20);
        assertTrue(new BackgroundArea(picture, 0).isClear(beside));
        assertFalse(new BackgroundArea(picture, 0.1).isClear(beside));
        assertFalse(new BackgroundArea(picture, 0).isClear(new Box(85, 0, 20, 20)), "it sticks out of the picture");
    }

    /** A box of 20 x 10 pixels with a margin of 0.1 takes 38 … 62 by 39 … 51. */
    @Test
    void theMarginIsAShareOfTheBoxOnEachSide() {
        BackgroundArea area = new BackgroundArea(
                new Picture(1, "p", Path.of("p.png"), 100, 100, List.of(Annotation.of(new Box(40, 40, 20, 10), 0))),
                0.1);
        assertTrue(area.isClear(new Box(18, 40, 20, 5)), "touches 38 from the left");
        assertFalse(area.isClear(new Box(19, 40, 20, 5)));
        assertTrue(area.isClear(new Box(62, 40, 20, 5)), "touches 62 from the right");
        assertFalse(area.isClear(new Box(61, 40, 20, 5)));
        assertTrue(area.isClear(new Box(40, 34, 5, 5)), "touches 39 from above");
        assertFalse(area.isClear(new Box(40, 35, 5, 5)));
        assertTrue(area.isClear(new Box(40, 51, 5, 5)), "touches 51 from below");
        assertFalse(area.isClear(new Box(40, 50, 5, 5)));
    }

    @Test
    void aRegionMayStickOutByHalfAPixel() {
        BackgroundArea area = new BackgroundArea(new Picture(1, "p", Path.of("p.png"), 100, 50, List.of()), 0);
        assertTrue(area.isClear(new Box(-0.5, -0.5, 101, 51)));
        assertFalse(area.isClear(new Box(-0.6, 0, 10, 10)));
        assertFalse(area.isClear(new Box(0, -0.6, 10, 10)));
        assertFalse(area.isClear(new Box(90.6, 0, 10, 10)));
        assertFalse(area.isClear(new Box(0, 40.6, 10, 10)));
    }

    /** An input of 160 x 240 shows 200 x 300 pixels at a scale of 0.8: a crop of 64 pixels covers 80. */
    @Test
    void randomCropsAreAsManyAsAskedForAndLieAnywhere(@TempDir Path folder) throws IOException {
        Picture picture = new Picture(1, "p", Files.createFile(folder.resolve("p.png")), 300, 200, List.of());
        List<FalsePositive> drawn = new RandomCrops(
                        new Pool(List.of(picture), List.of()),
                        Scan.defaults().withScales(List.of(1.0)),
                        new Preprocessing(160, 240))
                .draw(400, new SplittableRandom(7));
        assertEquals(400, drawn.size());
        double left = 300;
        double right = 0;
        double top = 200;
        double bottom = 0;
        for (FalsePositive crop : drawn) {
            assertEquals(0.8, crop.scale(), 1e-9);
            assertEquals(80, crop.region().width(), 1e-9);
            assertEquals(80, crop.region().height(), 1e-9);
            left = Math.min(left, crop.region().x());
            right = Math.max(right, crop.region().right());
            top = Math.min(top, crop.region().y());
            bottom = Math.max(bottom, crop.region().bottom());
        }
        assertTrue(left < 5 && right > 295 && top < 5 && bottom > 195, left + " " + right + " " + top + " " + bottom);
    }

    @Test
    void aPictureWithoutRoomGivesNoCrop(@TempDir Path folder) throws IOException {
        Annotation everywhere = Annotation.of(new Box(0, 0, 300, 200), 0);
        Picture picture = new Picture(1, "p", Files.createFile(folder.resolve("p.png")), 300, 200, List.of(everywhere));
        assertEquals(
                List.of(),
                new RandomCrops(new Pool(List.of(picture), List.of()), Scan.defaults(), new Preprocessing(160, 240))
                        .draw(5, new SplittableRandom(7)));
    }

    @Test
    void heldOutPicturesAreRefusedByNameAndByContent(@TempDir Path folder) throws IOException {
        Picture train = picture(folder, "train.png", "a");
        Picture test = picture(folder, "test.png", "b");
        Picture copy = picture(folder, "copy.png", "b");
        assertEquals(List.of(train), new Pool(List.of(train), List.of(test)).pictures());
        for (Picture forbidden : List.of(test, copy)) {
            DataException e =
                    assertThrows(DataException.class, () -> new Pool(List.of(train, forbidden), List.of(test)));
            assertTrue(e.getMessage().contains(forbidden.file().toString()), e.getMessage());
            assertTrue(e.getMessage().contains("held-out"), e.getMessage());
        }
        assertThrows(DataException.class, () -> new Pool(List.of(), List.of(test)));
    }

    private static Picture picture(Path folder, String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return new Picture(name.hashCode(), name, file, 10, 10, List.of());
    }
}
