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

    private static final int SIDE = 6;
    private static final int BLOCK = 8;
    /** Numbers that a loop works on: its inputs and outputs stay in the first- and second-level caches. */
    private static final int LENGTH = 512;

    private float[][][] six = new float[0][0][0];
    private float[][][] half = six;
    private float[] line = new float[0];
    private float[] bias = new float[0];

    /** A tensor of activations, [batch, channels / 8, height, width, 8]. */
    record Map(FloatBuffer numbers, TileGrid grid, int channels) {
        int place(int picture, int channel, int row) {
            int of = picture * (channels / BLOCK) + channel / BLOCK;
            return (of * grid.height() + row) * grid.width() * BLOCK;
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
        int length = (across + 1) * count;
        if (line.length < (across + 1) * TileGrid.SIDE * BLOCK) {
            line = new float[(across + 1) * TileGrid.SIDE * BLOCK];
        }
        if (six.length == 0 || six[0][0].length < length) {
            six = new float[SIDE][SIDE][length];
            half = new float[SIDE][SIDE][length];
            bias = new float[length];
        }
        return count;
    }

    /** Transforms a row of tiles of 6 × 6 places, which overlap by two, to the tiles from {@code first} on. */
    void input(Map from, int tileRow, Points to, int first) {
        TileGrid grid = from.grid();
        int across = grid.across();
        int atOnce = channelsAtOnce(across, from.channels());
        int picture = tileRow / grid.down();
        int top = tileRow % grid.down() * TileGrid.SIDE - 1;
        for (int channel = 0; channel < from.channels(); channel += atOnce) {
            int count = Math.min(atOnce, from.channels() - channel);
            int n = across * count;
            for (int r = 0; r < SIDE; r++) {
                spread(from, picture, top + r, -1, channel, count, across + 1, six[r]);
                // the last two columns of a tile are the first two of the next
                System.arraycopy(six[r][0], count, six[r][4], 0, n);
                System.arraycopy(six[r][1], count, six[r][5], 0, n);
            }
            for (int column = 0; column < SIDE; column++) {
                WinogradLoops.input(column(six, column), column(half, column), n);
            }
            for (int r = 0; r < SIDE; r++) {
                WinogradLoops.input(half[r], six[r], n);
            }
            write(six, to, first, across, channel, count);
        }
    }

    /** As {@link #input}, for gradients of results: their tiles of 4 × 4 places do not overlap. */
    void gradient(Map from, int tileRow, Points to, int first) {
        TileGrid grid = from.grid();
        int across = grid.across();
        int atOnce = channelsAtOnce(across, from.channels());
        int picture = tileRow / grid.down();
        int top = tileRow % grid.down() * TileGrid.SIDE;
        for (int channel = 0; channel < from.channels(); channel += atOnce) {
            int count = Math.min(atOnce, from.channels() - channel);
            int n = across * count;
            for (int r = 0; r < TileGrid.SIDE; r++) {
                spread(from, picture, top + r, 0, channel, count, across, six[r]);
            }
            for (int column = 0; column < TileGrid.SIDE; column++) {
                WinogradLoops.gradient(column(six, column), column(half, column), n);
            }
            for (int r = 0; r < SIDE; r++) {
                WinogradLoops.gradient(half[r], six[r], n);
            }
            write(six, to, first, across, channel, count);
        }
    }

    /**
     * Transforms products back to a row of tiles of results. Adds {@code addend}, a bias per channel, unless it is
     * null, then applies max(0, ·) if {@code relu}.
     */
    void output(Points from, int first, Map to, int tileRow, float[] addend, boolean relu) {
        TileGrid grid = to.grid();
        int across = grid.across();
        int atOnce = channelsAtOnce(across, to.channels());
        int picture = tileRow / grid.down();
        int top = tileRow % grid.down() * TileGrid.SIDE;
        int bottom = Math.min(TileGrid.SIDE, grid.height() - top);
        for (int channel = 0; channel < to.channels(); channel += atOnce) {
            int count = Math.min(atOnce, to.channels() - channel);
            int n = across * count;
            read(from, first, across, channel, count);
            for (int column = 0; column < SIDE; column++) {
                WinogradLoops.output(column(six, column), column(half, column), n);
            }
            boolean plain = addend == null && !relu;
            Arrays.fill(bias, 0, n, 0);
            for (int tile = 0; addend != null && tile < across; tile++) {
                System.arraycopy(addend, channel, bias, tile * count, count);
            }
            for (int r = 0; r < bottom; r++) {
                WinogradLoops.output(half[r], six[r], n);
                for (int column = 0; !plain && column < TileGrid.SIDE; column++) {
                    WinogradLoops.finish(six[r][column], bias, relu, n);
                }
                join(six[r], to, picture, top + r, channel, count, across);
            }
        }
    }

    private static float[][] column(float[][][] rows, int column) {
        float[][] of = new float[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            of[r] = rows[r][column];
        }
        return of;
    }

    /**
     * Sorts a row of places by their column within the tile, [column][tile, channel]; places outside of the picture are
     * zero.
     */
    private void spread(
            Map from, int picture, int row, int left, int channel, int count, int tiles, float[][] columns) {
        if (row < 0 || row >= from.grid().height()) {
            for (int column = 0; column < TileGrid.SIDE; column++) {
                Arrays.fill(columns[column], 0, tiles * count, 0);
            }
            return;
        }
        int width = from.grid().width();
        for (int c = 0; c < count; c += BLOCK) {
            from.numbers().get(from.place(picture, channel + c, row), line, 0, width * BLOCK);
            for (int column = 0; column < TileGrid.SIDE; column++) {
                float[] to = columns[column];
                for (int tile = 0; tile < tiles; tile++) {
                    int x = tile * TileGrid.SIDE + column + left;
                    int at = tile * count + c;
                    if (x >= 0 && x < width) {
                        System.arraycopy(line, x * BLOCK, to, at, BLOCK);
                    } else {
                        Arrays.fill(to, at, at + BLOCK, 0);
                    }
                }
            }
        }
    }

    private void join(float[][] columns, Map to, int picture, int row, int channel, int count, int tiles) {
        int width = to.grid().width();
        for (int c = 0; c < count; c += BLOCK) {
            for (int column = 0; column < TileGrid.SIDE; column++) {
                float[] from = columns[column];
                for (int tile = 0; tile < tiles; tile++) {
                    int x = tile * TileGrid.SIDE + column;
                    System.arraycopy(from, tile * count + c, line, x * BLOCK, BLOCK);
                }
            }
            to.numbers().put(to.place(picture, channel + c, row), line, 0, width * BLOCK);
        }
    }

    private static void write(float[][][] points, Points to, int first, int tiles, int channel, int count) {
        for (int p = 0; p < POINTS; p++) {
            FloatBuffer numbers = to.buffer(p);
            float[] from = points[p / SIDE][p % SIDE];
            if (count == to.channels()) {
                numbers.put(to.place(p, first, 0), from, 0, tiles * count);
            } else {
                for (int tile = 0; tile < tiles; tile++) {
                    numbers.put(to.place(p, first + tile, channel), from, tile * count, count);
                }
            }
        }
    }

    private void read(Points from, int first, int tiles, int channel, int count) {
        for (int p = 0; p < POINTS; p++) {
            FloatBuffer numbers = from.buffer(p);
            float[] to = six[p / SIDE][p % SIDE];
            if (count == from.channels()) {
                numbers.get(from.place(p, first, 0), to, 0, tiles * count);
            } else {
                for (int tile = 0; tile < tiles; tile++) {
                    numbers.get(from.place(p, first + tile, channel), to, tile * count, count);
                }
            }
        }
    }
}
