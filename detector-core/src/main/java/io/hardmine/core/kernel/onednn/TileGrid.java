package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Shape;

/**
 * The tiles of 4 × 4 places that cover the pictures of a batch; the last row and column of tiles may extend beyond the
 * picture.
 */
record TileGrid(int batch, int height, int width) {
    /** Side of a tile. */
    static final int SIDE = 4;

    private static final int TILES_OF_A_BLOCK = 32;

    static TileGrid of(Shape shape) {
        return new TileGrid(shape.batch(), shape.height(), shape.width());
    }

    /** Rows of tiles in a picture. */
    int down() {
        return (height + SIDE - 1) / SIDE;
    }

    /** Tiles in a row. */
    int across() {
        return (width + SIDE - 1) / SIDE;
    }

    /** Rows of tiles in all pictures. */
    int rows() {
        return batch * down();
    }

    int tiles() {
        return rows() * across();
    }

    /** Rows of tiles that are worked on at once: few enough to stay in the second-level cache. */
    int rowsOfABlock() {
        return Math.min(rows(), Math.max(1, TILES_OF_A_BLOCK / across()));
    }

    int blocks() {
        return (rows() + rowsOfABlock() - 1) / rowsOfABlock();
    }
}
