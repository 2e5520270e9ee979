package io.hardmine.core.training;

import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.detection.InputCanvas;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.opencv.core.Rect;

/**
 * Four pictures on one input (Bochkovskiy et al. 2020, YOLOv4): each in a tile of its own, at the scale that it has
 * alone, with its own random placement and colors. The tiles meet at a random point in the middle half of the input. If
 * a picture does not fill its tile, the rest of the tile is padding, and the padding counts as background.
 *
 * @param pictures in the order upper left, upper right, lower left, lower right
 */
public record PictureMosaic(List<WholePicture> pictures) implements InputContent {
    /** Pictures of a mosaic. */
    static final int TILES = 4;

    /** Copies the list; refuses any number of pictures but four. */
    public PictureMosaic {
        pictures = List.copyOf(pictures);
        if (pictures.size() != TILES) {
            throw new IllegalArgumentException("a mosaic has 4 pictures, not " + pictures.size());
        }
    }

    @Override
    public GroundTruth paintOn(InputCanvas canvas, SplittableRandom random) {
        int x = inMiddleHalf(canvas.width(), random);
        int y = inMiddleHalf(canvas.height(), random);
        List<Rect> tiles = List.of(
                new Rect(0, 0, x, y),
                new Rect(x, 0, canvas.width() - x, y),
                new Rect(0, y, x, canvas.height() - y),
                new Rect(x, y, canvas.width() - x, canvas.height() - y));
        List<GroundTruth> truths = new ArrayList<>();
        for (int i = 0; i < TILES; i++) {
            truths.add(pictures.get(i).paintInTile(canvas, tiles.get(i), random));
        }
        List<Annotation> annotations =
                truths.stream().flatMap(t -> t.annotations().stream()).toList();
        return new GroundTruth(annotations, new Box(0, 0, canvas.width(), canvas.height()), background(truths, tiles));
    }

    private static int inMiddleHalf(int side, SplittableRandom random) {
        return (int) Math.round(side * (0.25 + 0.5 * random.nextDouble()));
    }

    /** Regions in which background anchors are trained; null for everywhere, if no picture limits them. */
    private static List<Box> background(List<GroundTruth> truths, List<Rect> tiles) {
        if (truths.stream().map(GroundTruth::background).allMatch(Objects::isNull)) {
            return null;
        }
        List<Box> counts = new ArrayList<>();
        for (int i = 0; i < TILES; i++) {
            Rect tile = tiles.get(i);
            Box whole = new Box(tile.x, tile.y, tile.width, tile.height);
            List<Box> limits = truths.get(i).background();
            if (limits == null) {
                counts.add(whole);
            } else {
                limits.stream()
                        .map(region -> region.intersection(whole))
                        .filter(region -> !region.isEmpty())
                        .forEach(counts::add);
            }
        }
        return counts;
    }

    @Override
    public List<String> names() {
        return pictures.stream().map(p -> p.picture().name()).toList();
    }
}
