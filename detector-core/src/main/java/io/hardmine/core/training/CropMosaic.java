package io.hardmine.core.training;

import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.detection.InputCanvas;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Crops on an otherwise empty input. Background anchors that cross the edge of a crop are ignored, except near an
 * object.
 *
 * @param tiles crops with their places, without overlap
 */
public record CropMosaic(List<Tile> tiles) implements InputContent {
    /** Copies the list. */
    public CropMosaic {
        tiles = List.copyOf(tiles);
    }

    /**
     * A crop in its place.
     *
     * @param crop that is shown
     * @param left edge, in pixels of the input
     * @param top edge, in pixels of the input
     * @param mirrored whether left and right are exchanged
     */
    public record Tile(PictureCrop crop, int left, int top, boolean mirrored) {
        /** The crop's annotations, in pixels of the input. */
        public List<Annotation> annotations() {
            return crop.annotations().stream()
                    .map(a -> {
                        Box b = a.box();
                        double x = mirrored ? crop.width() - b.right() : b.x();
                        return a.withBox(new Box(left + x, top + b.y(), b.width(), b.height()));
                    })
                    .toList();
        }

        /** The crop's place, in pixels of the input. */
        public Box area() {
            return new Box(left, top, crop.width(), crop.height());
        }
    }

    @Override
    public GroundTruth paintOn(InputCanvas canvas, SplittableRandom random) {
        List<Annotation> annotations = new ArrayList<>();
        for (Tile tile : tiles) {
            canvas.paint(tile.crop().bgr(), tile.crop().width(), tile.left(), tile.top(), tile.mirrored());
            annotations.addAll(tile.annotations());
        }
        return new GroundTruth(
                annotations,
                new Box(0, 0, canvas.width(), canvas.height()),
                tiles.stream().map(Tile::area).toList());
    }

    @Override
    public List<String> names() {
        return tiles.stream().map(tile -> tile.crop().name()).toList();
    }
}
