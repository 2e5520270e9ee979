package io.hardmine.core.kernel.onednn;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transforms the 8 channels of a place at once. Java's module {@code jdk.incubator.vector} must be there. Its
 * operations are those of {@link WinogradLoops} in the same order, so that results have the same bits.
 */
public final class VectorRowTransform implements RowTransform {
    private static final VectorSpecies<Float> CHANNELS = FloatVector.SPECIES_256;

    /** A JVM without support for vectors prefers shorter ones, and makes an object of each. */
    @Override
    public boolean runsOnVectors() {
        return FloatVector.SPECIES_PREFERRED.length() >= BLOCK;
    }

    @Override
    public void input(float[] row, float[][] columns, int blocks, int tiles) {
        int width = TileGrid.SIDE * tiles + 2;
        for (int block = 0; block < blocks; block++) {
            for (int tile = 0; tile < tiles; tile++) {
                int from = (block * width + TileGrid.SIDE * tile) * BLOCK;
                int to = (tile * blocks + block) * BLOCK;
                FloatVector d0 = at(row, from);
                FloatVector d1 = at(row, from + BLOCK);
                FloatVector d2 = at(row, from + 2 * BLOCK);
                FloatVector d3 = at(row, from + 3 * BLOCK);
                FloatVector d4 = at(row, from + 4 * BLOCK);
                FloatVector d5 = at(row, from + 5 * BLOCK);
                d0.mul(4).sub(d2.mul(5)).add(d4).intoArray(columns[0], to);
                FloatVector even = d4.sub(d2.mul(4));
                FloatVector odd = d3.sub(d1.mul(4));
                even.add(odd).intoArray(columns[1], to);
                even.sub(odd).intoArray(columns[2], to);
                even = d4.sub(d2);
                odd = d3.sub(d1).mul(2);
                even.add(odd).intoArray(columns[3], to);
                even.sub(odd).intoArray(columns[4], to);
                d1.mul(4).sub(d3.mul(5)).add(d5).intoArray(columns[5], to);
            }
        }
    }

    @Override
    public void gradient(float[] row, float[][] columns, int blocks, int tiles) {
        int width = TileGrid.SIDE * tiles;
        for (int block = 0; block < blocks; block++) {
            for (int tile = 0; tile < tiles; tile++) {
                int from = (block * width + TileGrid.SIDE * tile) * BLOCK;
                int to = (tile * blocks + block) * BLOCK;
                FloatVector y0 = at(row, from);
                FloatVector y1 = at(row, from + BLOCK);
                FloatVector y2 = at(row, from + 2 * BLOCK);
                FloatVector y3 = at(row, from + 3 * BLOCK);
                y0.intoArray(columns[0], to);
                FloatVector even = y0.add(y2);
                FloatVector odd = y1.add(y3);
                even.add(odd).intoArray(columns[1], to);
                even.sub(odd).intoArray(columns[2], to);
                even = y0.add(y2.mul(4));
                odd = y1.add(y3.mul(4)).mul(2);
                even.add(odd).intoArray(columns[3], to);
                even.sub(odd).intoArray(columns[4], to);
                y3.intoArray(columns[5], to);
            }
        }
    }

    @Override
    public void output(float[][] columns, float[] row, int blocks, int tiles) {
        int width = TileGrid.SIDE * tiles;
        for (int block = 0; block < blocks; block++) {
            for (int tile = 0; tile < tiles; tile++) {
                int from = (tile * blocks + block) * BLOCK;
                int to = (block * width + TileGrid.SIDE * tile) * BLOCK;
                FloatVector m1 = at(columns[1], from);
                FloatVector m2 = at(columns[2], from);
                FloatVector m3 = at(columns[3], from);
                FloatVector m4 = at(columns[4], from);
                FloatVector p = m1.add(m2);
                FloatVector q = m1.sub(m2);
                FloatVector r = m3.add(m4);
                FloatVector s = m3.sub(m4);
                at(columns[0], from).add(p).add(r).intoArray(row, to);
                q.add(s.mul(2)).intoArray(row, to + BLOCK);
                p.add(r.mul(4)).intoArray(row, to + 2 * BLOCK);
                q.add(s.mul(8)).add(at(columns[5], from)).intoArray(row, to + 3 * BLOCK);
            }
        }
    }

    private static FloatVector at(float[] numbers, int from) {
        return FloatVector.fromArray(CHANNELS, numbers, from);
    }
}
