package io.hardmine.mining.bootstrap;

import io.hardmine.core.training.CropMosaic;
import io.hardmine.core.training.PictureCrop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Lays randomly drawn crops side by side on an input, each at the first free place, until no more crops fit. */
final class MosaicLayout {
    /** In pixels. Crops are placed at multiples of it. */
    private static final int CELL = 16;

    /** The input counts as full after this number of consecutive draws that find no free place. */
    private static final int FRUITLESS = 6;

    private final int rows;
    private final int columns;
    private final boolean[] taken;

    private MosaicLayout(int height, int width) {
        rows = height / CELL;
        columns = width / CELL;
        taken = new boolean[rows * columns];
    }

    /**
     * A mosaic. Half of the draws are objects, if there are any. The same crop may be drawn more than once.
     *
     * @param negatives at least one
     * @param objects possibly none
     * @param height of the input, in pixels
     * @param width of the input, in pixels
     */
    static CropMosaic of(
            List<HardExample> negatives, List<PictureCrop> objects, int height, int width, SplittableRandom random) {
        MosaicLayout layout = new MosaicLayout(height, width);
        List<CropMosaic.Tile> tiles = new ArrayList<>();
        for (int fruitless = 0; fruitless < FRUITLESS; ) {
            boolean object = !objects.isEmpty() && random.nextBoolean();
            PictureCrop crop = object
                    ? objects.get(random.nextInt(objects.size()))
                    : negatives.get(random.nextInt(negatives.size())).crop();
            int cell = layout.place(cells(crop.height()), cells(crop.width()));
            boolean mirrored = random.nextBoolean();
            if (cell < 0) {
                fruitless++;
            } else {
                fruitless = 0;
                tiles.add(new CropMosaic.Tile(
                        crop, cell % layout.columns * CELL, cell / layout.columns * CELL, mirrored));
            }
        }
        return new CropMosaic(tiles);
    }

    private static int cells(int side) {
        return (side + CELL - 1) / CELL;
    }

    /**
     * Takes the first free place of {@code high} by {@code wide} cells, and returns its first cell; −1 if there is
     * none.
     */
    private int place(int high, int wide) {
        for (int row = 0; row + high <= rows; row++) {
            for (int column = 0; column + wide <= columns; column++) {
                if (isFree(row, column, high, wide)) {
                    take(row, column, high, wide);
                    return row * columns + column;
                }
            }
        }
        return -1;
    }

    private boolean isFree(int row, int column, int high, int wide) {
        for (int r = row; r < row + high; r++) {
            for (int c = column; c < column + wide; c++) {
                if (taken[r * columns + c]) {
                    return false;
                }
            }
        }
        return true;
    }

    private void take(int row, int column, int high, int wide) {
        for (int r = row; r < row + high; r++) {
            Arrays.fill(taken, r * columns + column, r * columns + column + wide, true);
        }
    }
}
