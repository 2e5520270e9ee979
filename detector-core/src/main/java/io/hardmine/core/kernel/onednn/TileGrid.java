package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Shape;

/**
 * The tiles of 4 × 4 places that cover the pictures of a batch; the last row and column of tiles may extend beyond the
 * picture.
 */
record TileGrid(int batch, int height, int width) {
    /** Side of a tile. */
    static final int SIDE = 4;

    /** At most; an even number of blocks keeps two threads busy to the end. */
    private static final int TILES_OF_TWO_BLOCKS = 128;

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

    /**
     * Rows of tiles that are worked on at once: enough for fast products, few enough to stay in the processor's caches.
     */
    int rowsOfABlock() {
        int blocks = 2 * ((tiles() + TILES_OF_TWO_BLOCKS - 1) / TILES_OF_TWO_BLOCKS);
        return Math.max(1, (rows() + blocks - 1) / blocks);
    }

    int blocks() {
        return (rows() + rowsOfABlock() - 1) / rowsOfABlock();
    }
}
