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
                    assertEquals(0, a.box().intersection(crop.region()));
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
