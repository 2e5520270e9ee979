package io.hardmine.datasets.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.DataSummary;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.image.OpenCv;
import io.hardmine.datasets.image.PerceptualHash;
import io.hardmine.datasets.image.PictureEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

class LookalikesTest {
    @TempDir
    private Path folder;

    private final List<Picture> pictures = new ArrayList<>();
    private final Map<String, Split> splits = new HashMap<>();
    private final Map<String, String> hashes = new HashMap<>();

    /** Discs at places of the seed's choice. */
    private static Mat scene(int seed, int width, int height) {
        Mat scene = new Mat(240, 320, CvType.CV_8UC3, new Scalar(90, 110, 100));
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 25; i++) {
            Imgproc.circle(
                    scene,
                    new Point(random.nextInt(320), random.nextInt(240)),
                    random.nextInt(8, 40),
                    new Scalar(random.nextInt(256), random.nextInt(256), random.nextInt(256)),
                    Imgproc.FILLED);
        }
        Imgproc.resize(scene, scene, new Size(width, height), 0, 0, Imgproc.INTER_AREA);
        return scene;
    }

    private Path add(String name, int seed, int width, int height, Split split) {
        OpenCv.load();
        Path file = folder.resolve(name);
        Mat scene = scene(seed, width, height);
        PictureEncoder.write(scene, name.substring(name.lastIndexOf('.')), file);
        scene.release();
        pictures.add(new Picture(pictures.size() + 1L, name, file, width, height, List.of()));
        hashes.put(name, name);
        if (split != null) {
            splits.put(name, split);
        }
        return file;
    }

    private Lookalikes find() {
        return Lookalikes.find(new LoadedDataset(
                new Dataset("d", List.of(), pictures),
                splits,
                hashes,
                new DataSummary("csv", "", pictures.size(), 0, 0, List.of(), List.of())));
    }

    @Test
    void copiesOfOtherSizeAndFormatAreFoundAcrossSplitsAndWithinThem() {
        add("a.png", 1, 320, 240, Split.TRAIN);
        add("b.png", 2, 320, 240, Split.TRAIN);
        add("c.png", 3, 320, 240, Split.TEST);
        add("a-small.jpg", 1, 200, 150, Split.VALIDATION);
        add("b-small.jpg", 2, 200, 150, Split.TRAIN);
        Lookalikes found = find();
        assertEquals(1, found.acrossSplits());
        assertEquals("a.png", found.acrossExamples().get(0).earlier());
        assertEquals("a-small.jpg", found.acrossExamples().get(0).later());
        assertEquals(1, found.withinSplits());
        assertEquals("b.png", found.withinExamples().get(0).earlier());
        assertEquals("b-small.jpg", found.withinExamples().get(0).later());
        assertTrue(found.toText().contains("1 x picture that looks like one of another split"), found::toText);
    }

    @Test
    void withoutSplitsAllPicturesAreOne() {
        add("a.png", 1, 320, 240, null);
        add("a-small.jpg", 1, 200, 150, null);
        assertEquals(0, find().acrossSplits());
        assertEquals(1, find().withinSplits());
    }

    @Test
    void filesOfTheSameContentAreNotCountedAgain() {
        add("a.png", 1, 320, 240, Split.TRAIN);
        add("b.png", 1, 320, 240, Split.TEST);
        hashes.put("b.png", "a.png");
        assertTrue(find().areNone());
        assertEquals("", find().toText());
    }

    @Test
    void differentScenesDiffer() {
        for (int seed = 0; seed < 40; seed++) {
            add(seed + ".jpg", seed, 320, 240, seed % 2 == 0 ? Split.TRAIN : Split.TEST);
        }
        assertTrue(find().areNone(), find()::toText);
    }

    @Test
    void picturesThatCannotBeDecodedAreCounted() throws IOException {
        add("a.png", 1, 320, 240, Split.TRAIN);
        Path gone = add("b.png", 2, 320, 240, Split.TRAIN);
        Files.delete(gone);
        Lookalikes found = find();
        assertEquals(1, found.undecodable());
        assertEquals(
                List.of("Picture " + gone + " does not exist. Check its path, or take it out of the data."),
                found.undecodableExamples());
    }

    @Test
    void aLargePictureHasTheHashOfItsSmallCopy() {
        PerceptualHash large = PerceptualHash.of(add("large.jpg", 5, 1600, 1200, null));
        PerceptualHash small = PerceptualHash.of(add("small.jpg", 5, 160, 120, null));
        assertTrue(large.distance(small) <= PerceptualHash.ALIKE, () -> large.distance(small) + " bits");
        assertEquals(0, large.distance(large));
    }
}
