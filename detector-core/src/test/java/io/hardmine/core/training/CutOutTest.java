package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.detection.InputCanvas;
import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CutOutTest {
    private static final Shape SHAPE = new Shape(2, 64, 96, 3);

    /** All ones, full of boxes of 8 x 8. */
    private record Grid(List<Annotation> annotations) implements InputContent {
        @Override
        public GroundTruth paintOn(InputCanvas canvas, SplittableRandom random) {
            Arrays.fill(canvas.images(), 1);
            return new GroundTruth(annotations, new Box(0, 0, 96, 64));
        }

        @Override
        public List<String> names() {
            return List.of("grid");
        }
    }

    @Property(tries = 100)
    void theHoleIsARectangleOfAQuarterOfEachSideAtMostAndHidesWhatItCovers(@ForAll long seed) {
        List<Annotation> boxes = new java.util.ArrayList<>();
        for (int i = 0; i < 96; i++) {
            boxes.add(Annotation.of(new Box(i % 12 * 8, i / 12 * 8, 8, 8), i));
        }
        float[] pixels = new float[SHAPE.length()];
        GroundTruth truth =
                new CutOut(new Grid(boxes), 0.3).paintOn(new InputCanvas(pixels, SHAPE, 1), new SplittableRandom(seed));
        int[] covered = new int[96];
        int left = 96;
        int top = 64;
        int right = 0;
        int bottom = 0;
        int all = 0;
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 96; x++) {
                if (pixels[SHAPE.perPicture() + (y * 96 + x) * 3] == 0) {
                    covered[y / 8 * 12 + x / 8]++;
                    all++;
                    left = Math.min(left, x);
                    right = Math.max(right, x + 1);
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        assertEquals((right - left) * (bottom - top), all);
        assertTrue(right - left >= 1 && right - left <= 24 && bottom - top >= 1 && bottom - top <= 16);
        for (int i = 0; i < SHAPE.perPicture(); i++) {
            assertEquals(1, pixels[i], "the batch's other input");
        }
        for (int i = 0; i < 96; i++) {
            assertEquals(boxes.get(i).box(), truth.annotations().get(i).box());
            assertEquals(covered[i] > 0.7 * 64, truth.annotations().get(i).ignore(), covered[i] + " of 64 covered");
        }
    }
}
