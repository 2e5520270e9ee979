package io.hardmine.mining.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.training.CropMosaic;
import io.hardmine.core.training.PictureCrop;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MosaicLayoutTest {
    @Property(tries = 200)
    void tilesLieInsideAndApart(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 12) int rows,
            @ForAll @IntRange(min = 1, max = 12) int columns) {
        SplittableRandom random = new SplittableRandom(seed);
        List<HardExample> set = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int width = 17 + random.nextInt(120);
            int height = 17 + random.nextInt(120);
            PictureCrop crop = new PictureCrop("p", width, height, new byte[3 * width * height]);
            set.add(HardExample.found(new FalsePositive("p", new Box(0, 0, width, height), 1, 0, null, 0.5), 0, crop));
        }
        List<PictureCrop> objects = random.nextBoolean()
                ? List.of()
                : List.of(new PictureCrop(
                        "o", 40, 40, new byte[3 * 40 * 40], List.of(Annotation.of(new Box(4, 6, 10, 12), 0))));
        Box canvas = new Box(0, 0, 32 * columns, 32 * rows);
        CropMosaic mosaic = MosaicLayout.of(set, objects, 32 * rows, 32 * columns, new SplittableRandom(seed));
        List<Box> areas = new ArrayList<>();
        for (CropMosaic.Tile tile : mosaic.tiles()) {
            Box area = new Box(
                    tile.left(), tile.top(), tile.crop().width(), tile.crop().height());
            assertTrue(canvas.contains(area));
            assertTrue(areas.stream().allMatch(other -> other.intersectionArea(area) == 0));
            areas.add(area);
            if (!tile.crop().annotations().isEmpty()) {
                double x = tile.mirrored() ? 40 - 4 - 10 : 4;
                assertEquals(
                        List.of(new Box(tile.left() + x, tile.top() + 6, 10, 12)),
                        tile.annotations().stream().map(Annotation::box).toList());
            }
        }
        assertEquals(mosaic, MosaicLayout.of(set, objects, 32 * rows, 32 * columns, new SplittableRandom(seed)));
        boolean everyOneFits = Stream.concat(set.stream().map(HardExample::crop), objects.stream())
                .allMatch(c -> c.width() <= canvas.width() && c.height() <= canvas.height());
        boolean noneFits = Stream.concat(set.stream().map(HardExample::crop), objects.stream())
                .allMatch(c -> c.width() > canvas.width() || c.height() > canvas.height());
        if (everyOneFits) {
            assertEquals(0, areas.get(0).x());
            assertEquals(0, areas.get(0).y());
        }
        assertTrue(!noneFits || areas.isEmpty(), "nothing fits");
    }

    /** On a grid of 16 pixels a crop of 40 × 24 takes 3 × 2 cells, of which 96 × 64 has two beside and two above each other. */
    @Test
    void anInputIsFilledUntilNothingFitsAnyMore() {
        PictureCrop crop = new PictureCrop("p", 40, 24, new byte[3 * 40 * 24]);
        HardExample only = HardExample.found(new FalsePositive("p", new Box(0, 0, 40, 24), 1, 0, null, 0.5), 0, crop);
        CropMosaic mosaic = MosaicLayout.of(List.of(only), List.of(), 64, 96, new SplittableRandom(1));
        assertEquals(
                List.of(List.of(0, 0), List.of(48, 0), List.of(0, 32), List.of(48, 32)),
                mosaic.tiles().stream().map(t -> List.of(t.left(), t.top())).toList());
    }
}
