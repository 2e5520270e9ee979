package io.hardmine.core.training;

import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.detection.InputCanvas;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.List;
import java.util.SplittableRandom;
import org.opencv.core.Rect;

/**
 * Content with one rectangle covered by the mean color, like an occlusion (DeVries and Taylor 2017). The rectangle's
 * sides are up to a quarter of the input's.
 *
 * @param content that is partly covered
 * @param leastVisible an object of which less than this share stays uncovered is neither object nor background
 */
record CutOut(InputContent content, double leastVisible) implements InputContent {
    private static final double LARGEST_SIDE = 0.25;

    @Override
    public GroundTruth paintOn(InputCanvas canvas, SplittableRandom random) {
        GroundTruth truth = content.paintOn(canvas, random);
        int width = side(canvas.width(), random);
        int height = side(canvas.height(), random);
        Rect hole = new Rect(
                random.nextInt(canvas.width() - width + 1),
                random.nextInt(canvas.height() - height + 1),
                width,
                height);
        canvas.clear(hole);
        Box covered = new Box(hole.x, hole.y, hole.width, hole.height);
        List<Annotation> left =
                truth.annotations().stream().map(a -> behind(covered, a)).toList();
        return new GroundTruth(left, truth.area(), truth.background());
    }

    private static int side(int whole, SplittableRandom random) {
        return 1 + random.nextInt((int) (LARGEST_SIDE * whole));
    }

    private Annotation behind(Box covered, Annotation annotation) {
        double hidden = annotation.box().intersectionArea(covered);
        boolean tooMuch = hidden > (1 - leastVisible) * annotation.box().area();
        return annotation.isObject() && tooMuch ? annotation.asIgnored() : annotation;
    }

    @Override
    public List<String> names() {
        return content.names();
    }
}
