package io.hardmine.core.kernel.onednn;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Transforms rows of tiles from activations, in blocks of 8 channels, to the 36 points of Winograd's transform,
 * [points, tiles, channels], and back. Its arrays are for one thread at a time.
 */
final class TileTransform {
    /** Points of a transformed tile. */
    static final int POINTS = 36;

    /** Side of a transformed tile. */
    static final int SIDE = 6;

    /** The point, in row 1 and column 1, that is the sum over a transformed gradient's tile. */
    static final int SUM = 7;

    private static final int BLOCK = RowTransform.BLOCK;
    /** Numbers of a tile column that are transformed at once: inputs and outputs stay in the first two caches. */
    private static final int LENGTH = 512;

    private final RowTransform rows;
    private float[][] before = new float[SIDE][0];
    private float[][] after = before;
    private float[][][] points = new float[SIDE][SIDE][0];

    TileTransform(RowTransform rows) {
        this.rows = rows;
    }

    /** Channels, rounded up to whole blocks. */
    static int inWholeBlocks(int channels) {
        return (channels + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** A tensor of activations, [batch, blocks, height, width, 8]; the last block is filled up with zeros. */
    record Map(FloatBuffer numbers, TileGrid grid, int channels) {
        int place(int picture, int channel, int row) {
            int of = picture * (wholeBlocks() / BLOCK) + channel / BLOCK;
            return (of * grid.height() + row) * grid.width() * BLOCK;
        }

        /** Channels with those that fill up the last block. */
        int wholeBlocks() {
            return inWholeBlocks(channels);
        }
    }

    /** Transformed tiles, [points, tiles, channels]; the points may be spread evenly over several buffers. */
    record Points(FloatBuffer[] numbers, int tiles, int channels) {
        FloatBuffer buffer(int point) {
            return numbers[point / (POINTS / numbers.length)];
        }

        int place(int point, int tile, int channel) {
            return (point % (POINTS / numbers.length) * tiles + tile) * channels + channel;
        }
    }

    private int channelsAtOnce(int across, int channels) {
        int fit = Math.max(BLOCK, LENGTH / across / BLOCK * BLOCK);
        int count = Math.min(fit, channels);
        int length = (across * TileGrid.SIDE + 2) * count;
        if (before[0].length < length) {
            before = new float[SIDE][length];
            after = new float[SIDE][length];
        }
        if (points[0][0].length < across * count) {
            points = new float[SIDE][SIDE][across * count];
        }
        return count;
    }

    /** Transforms a row of tiles of 6 × 6 places, which overlap by two, to the tiles from {@code first} on. */
    void input(Map from, int tileRow, Points to, int first) {
        TileGrid grid = from.grid();
        int across = grid.across();
        int channels = from.wholeBlocks();
        int atOnce = channelsAtOnce(across, channels);
        int places = TileGrid.SIDE * across + 2;
        for (int channel = 0; channel < channels; channel += atOnce) {
            int count = Math.min(atOnce, channels - channel);
            for (int r = 0; r < SIDE; r++) {
                read(from, tileRow, r - 1, channel, count, 1, places, before[r]);
            }
            WinogradLoops.input(before, after, places * count);
            for (int r = 0; r < SIDE; r++) {
                rows.input(after[r], points[r], count / BLOCK, across);
            }
            write(to, first, across, channel, count);
        }
    }

    /** As {@link #input}, for gradients of results: their tiles of 4 × 4 places do not overlap. */
    void gradient(Map from, int tileRow, Points to, int first) {
        TileGrid grid = from.grid();
        int across = grid.across();
        int channels = from.wholeBlocks();
        int atOnce = channelsAtOnce(across, channels);
        int places = TileGrid.SIDE * across;
        for (int channel = 0; channel < channels; channel += atOnce) {
            int count = Math.min(atOnce, channels - channel);
            for (int r = 0; r < TileGrid.SIDE; r++) {
                read(from, tileRow, r, channel, count, 0, places, before[r]);
            }
            WinogradLoops.gradient(before, after, places * count);
            for (int r = 0; r < SIDE; r++) {
                rows.gradient(after[r], points[r], count / BLOCK, across);
            }
            write(to, first, across, channel, count);
        }
    }

    /**
     * Transforms products back to a row of tiles of results. Adds {@code bias}, a number per channel, unless it is
     * null, then applies max(0, ·) if {@code relu}.
     */
    void output(Points from, int first, Map to, int tileRow, float[] bias, boolean relu) {
        TileGrid grid = to.grid();
        int across = grid.across();
        int channels = to.wholeBlocks();
        int atOnce = channelsAtOnce(across, channels);
        int places = TileGrid.SIDE * across;
        int bottom = Math.min(TileGrid.SIDE, grid.height() - tileRow % grid.down() * TileGrid.SIDE);
        for (int channel = 0; channel < channels; channel += atOnce) {
            int count = Math.min(atOnce, channels - channel);
            read(from, first, across, channel, count);
            if (bias != null) {
                add(bias, channel, count, across);
            }
            for (int r = 0; r < SIDE; r++) {
                rows.output(points[r], before[r], count / BLOCK, across);
            }
            WinogradLoops.output(before, after, places * count);
            for (int r = 0; r < bottom; r++) {
                if (relu) {
                    WinogradLoops.rectify(after[r], places * count);
                }
                write(after[r], to, tileRow, r, channel, count, places);
            }
        }
    }

    /** Adds a bias to all results of each tile: the transform back spreads {@link #SUM} evenly. */
    private void add(float[] bias, int channel, int count, int tiles) {
        float[] sums = points[SUM / SIDE][SUM % SIDE];
        for (int tile = 0; tile < tiles; tile++) {
            for (int c = 0; c < Math.min(count, bias.length - channel); c++) {
                sums[tile * count + c] += bias[channel + c];
            }
        }
    }

    /**
     * Reads a row of the picture, {@code r} rows below the top of the tiles, with {@code margin} places on the left.
     * Places outside of the picture are zero.
     */
    private static void read(
            Map from, int tileRow, int r, int channel, int count, int margin, int places, float[] row) {
        TileGrid grid = from.grid();
        int y = tileRow % grid.down() * TileGrid.SIDE + r;
        if (y < 0 || y >= grid.height()) {
            Arrays.fill(row, 0, places * count, 0);
            return;
        }
        int width = grid.width() * BLOCK;
        for (int c = 0; c < count; c += BLOCK) {
            int start = places * c;
            int left = start + margin * BLOCK;
            Arrays.fill(row, start, left, 0);
            from.numbers().get(from.place(tileRow / grid.down(), channel + c, y), row, left, width);
            Arrays.fill(row, left + width, start + places * BLOCK, 0);
        }
    }

    private static void write(float[] row, Map to, int tileRow, int r, int channel, int count, int places) {
        TileGrid grid = to.grid();
        int y = tileRow % grid.down() * TileGrid.SIDE + r;
        for (int c = 0; c < count; c += BLOCK) {
            int place = to.place(tileRow / grid.down(), channel + c, y);
            to.numbers().put(place, row, places * c, grid.width() * BLOCK);
        }
    }

    private void write(Points to, int first, int tiles, int channel, int count) {
        int there = Math.min(count, to.channels() - channel);
        for (int p = 0; p < POINTS; p++) {
            FloatBuffer numbers = to.buffer(p);
            float[] from = points[p / SIDE][p % SIDE];
            if (count == to.channels()) {
                numbers.put(to.place(p, first, 0), from, 0, tiles * count);
            } else {
                for (int tile = 0; tile < tiles; tile++) {
                    numbers.put(to.place(p, first + tile, channel), from, tile * count, there);
                }
            }
        }
    }

    private void read(Points from, int first, int tiles, int channel, int count) {
        int there = Math.min(count, from.channels() - channel);
        for (int p = 0; p < POINTS; p++) {
            FloatBuffer numbers = from.buffer(p);
            float[] to = points[p / SIDE][p % SIDE];
            if (count == from.channels()) {
                numbers.get(from.place(p, first, 0), to, 0, tiles * count);
            } else {
                for (int tile = 0; tile < tiles; tile++) {
                    numbers.get(from.place(p, first + tile, channel), to, tile * count, there);
                    Arrays.fill(to, tile * count + there, (tile + 1) * count, 0);
                }
            }
        }
    }
}
