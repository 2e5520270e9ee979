package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.InputCanvas;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.OpenCv;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;

class BatchSamplerTest {
    private static final Preprocessing PREPROCESSING = new Preprocessing(64, 128);

    private static List<Picture> pictures(String name, int count, long seed) {
        Random random = new Random(seed);
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int width = List.of(64, 96, 128, 200).get(random.nextInt(4));
            int height = List.of(64, 96, 150).get(random.nextInt(3));
            pictures.add(new Picture(i, name + i, Path.of(name + i), width, height, List.of()));
        }
        return pictures;
    }

    private static BatchSampler sampler(List<Picture> annotated, int background, long seed) {
        int batch = 4;
        return new BatchSampler(
                annotated, background, batch, seed, PREPROCESSING, RepeatFactors.ONCE, new ImageLossHistory(annotated));
    }

    /** A folder's pictures are drawn all alike, and the same draw gives the same picture. */
    @Test
    void aFolderIsDrawnFromEvenly() {
        FolderBackground folder = new FolderBackground(pictures("b", 4, 2));
        RandomPlacement placement = new RandomPlacement(PREPROCESSING, Augmentation.none());
        Map<String, Integer> drawn = new HashMap<>();
        for (int place = 0; place < 400; place++) {
            InputContent content = folder.draw(new Shape(4, 64, 96, 3), placement, Randomness.of(1, 0, place));
            assertEquals(content, folder.draw(new Shape(4, 64, 96, 3), placement, Randomness.of(1, 0, place)));
            drawn.merge(((WholePicture) content).picture().name(), 1, Integer::sum);
        }
        assertEquals(4, drawn.size());
        drawn.values().forEach(times -> assertEquals(100, times, 30));
        assertEquals(4, folder.perEpoch(9));
        assertEquals(3, folder.perEpoch(3));
    }

    @Property(tries = 40)
    void everyEpochShowsEachPictureAndItsShareOfBackground(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int count,
            @ForAll @IntRange(max = 30) int background) {
        List<Picture> annotated = pictures("a", count, seed);
        BackgroundSource folder = new FolderBackground(pictures("b", background, seed + 1));
        BatchSampler sampler = sampler(annotated, folder.perEpoch(BatchSampler.background(count, 0.25)), seed);
        assertTrue(sampler.backgroundPerEpoch() <= Math.round(count / 3.0) + 1);
        int steps = sampler.stepsPerEpoch();
        for (int epoch = 0; epoch < 3; epoch++) {
            Map<String, Integer> shown = new HashMap<>();
            for (int s = 0; s < steps; s++) {
                BatchSampler.Slot slot = sampler.at((long) epoch * steps + s);
                assertEquals(4, slot.pictures().size());
                assertTrue(sampler.canvases().contains(slot.canvas()));
                List<Integer> seen = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    Optional<Picture> picture = slot.pictures().get(i);
                    picture.ifPresent(p -> {
                        Shape needed = PREPROCESSING.inputShape(4, p.width(), p.height());
                        assertTrue(slot.canvas().height() >= needed.height()
                                && slot.canvas().width() >= needed.width());
                    });
                    if (!seen.contains(slot.places().get(i))) {
                        shown.merge(picture.map(Picture::name).orElse("background"), 1, Integer::sum);
                        seen.add(slot.places().get(i));
                    }
                }
            }
            annotated.forEach(p -> assertEquals(1, shown.get(p.name()), p.name()));
            assertEquals(sampler.backgroundPerEpoch(), shown.getOrDefault("background", 0));
            assertEquals(Math.min(background, Math.round(count / 3.0)), sampler.backgroundPerEpoch());
        }
    }

    @Property(tries = 20)
    void anyBatchCanBeWorkedOutAlone(@ForAll long seed) {
        List<Picture> annotated = pictures("a", 13, 1);
        BatchSampler walked = sampler(annotated, 3, seed);
        int steps = 3 * walked.stepsPerEpoch();
        List<BatchSampler.Slot> slots = new ArrayList<>();
        for (int s = 0; s < steps; s++) {
            slots.add(walked.at(s));
        }
        for (int s = steps - 1; s >= 0; s--) {
            BatchSampler jumped = sampler(annotated, 3, seed);
            assertEquals(slots.get(s), jumped.at(s));
        }
    }

    @Test
    void epochsAndSeedsDiffer() {
        List<Picture> annotated = pictures("a", 16, 1);
        BatchSampler one = sampler(annotated, 0, 1);
        BatchSampler two = sampler(annotated, 0, 2);
        assertNotEquals(one.at(0), two.at(0));
        assertNotEquals(one.at(0), one.at(one.stepsPerEpoch()));
    }

    /** A white rectangle on black, placed at random: its box lies where its pixels do. */
    @Property(tries = 100)
    void boxesMoveWithThePixels(@ForAll long seed) {
        OpenCv.load();
        Augmentation augmentation = new Augmentation(true, true, 0.4, 0.1);
        Shape canvas = new Shape(1, 64, 96, 3);
        Mat picture = Mat.zeros(80, 110, CvType.CV_8UC3);
        picture.submat(new Rect(60, 10, 30, 20)).setTo(new Scalar(255, 255, 255));
        ImageTransform transform = augmentation.place(PREPROCESSING, 110, 80, canvas, Randomness.of(seed, 0, 0));
        assertEquals(transform, augmentation.place(PREPROCESSING, 110, 80, canvas, Randomness.of(seed, 0, 0)));
        float[] input = new float[canvas.length()];
        new InputCanvas(input, canvas, 0).paint(picture, transform);
        picture.release();
        Box expected = transform.toInput(new Box(60, 10, 30, 20)).clip(96, 64);
        double left = 96;
        double top = 64;
        double right = 0;
        double bottom = 0;
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 96; x++) {
                if (input[(y * 96 + x) * 3] > 0.2) { // between the two colors; padding is 0
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x + 1.0);
                    bottom = Math.max(bottom, y + 1.0);
                }
            }
        }
        if (expected.width() > 3 && expected.height() > 3) {
            double pixel = 1.01;
            assertEquals(expected.x(), left, pixel);
            assertEquals(expected.y(), top, pixel);
            assertEquals(expected.right(), right, pixel);
            assertEquals(expected.bottom(), bottom, pixel);
        }
    }

    @Test
    void withoutAugmentationTrainingSeesWhatDetectionSees() {
        Shape canvas = PREPROCESSING.inputShape(1, 110, 80);
        assertEquals(
                PREPROCESSING.place(110, 80),
                Augmentation.none().place(PREPROCESSING, 110, 80, canvas, Randomness.of(1, 0, 0)));
    }

    @Property(tries = 50)
    void backgroundPlacesAreSpreadEvenly(
            @ForAll @IntRange(min = 1, max = 40) int annotated, @ForAll @IntRange(min = 0, max = 9) int tenths) {
        double share = tenths / 10.0;
        BatchSampler sampler = sampler(pictures("a", annotated, 1), BatchSampler.background(annotated, share), 1);
        int open = 0;
        for (int s = 0; s < sampler.stepsPerEpoch(); s++) {
            BatchSampler.Slot slot = sampler.at(s);
            assertEquals(4, slot.pictures().size());
            long here = slot.pictures().stream().filter(Optional::isEmpty).count();
            if (sampler.canvases().size() == 1 && s < sampler.stepsPerEpoch() - 1) {
                assertTrue(here <= Math.ceil(4 * share), here + " of a batch");
            }
            open += slot.places().stream()
                    .distinct()
                    .filter(p -> slot.pictures().get(slot.places().indexOf(p)).isEmpty())
                    .count();
        }
        assertEquals(Math.round(annotated * share / (1 - share)), open);
        assertEquals(open, sampler.backgroundPerEpoch());
    }
}
