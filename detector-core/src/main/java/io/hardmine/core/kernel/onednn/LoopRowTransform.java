package io.hardmine.core.kernel.onednn;

/** Sorts places by their column, so that loops over whole arrays can transform them. For one thread at a time. */
final class LoopRowTransform implements RowTransform {
    private float[][] places = new float[TileTransform.SIDE][0];

    @Override
    public boolean runsOnVectors() {
        return false;
    }

    @Override
    public void input(float[] row, float[][] columns, int blocks, int tiles) {
        int n = tiles * blocks * BLOCK;
        // one tile more than there are: the last two columns of a tile are the first two of the next
        sort(row, blocks, TileGrid.SIDE * tiles + 2, tiles + 1);
        System.arraycopy(places[0], blocks * BLOCK, places[4], 0, n);
        System.arraycopy(places[1], blocks * BLOCK, places[5], 0, n);
        WinogradLoops.input(places, columns, n);
    }

    @Override
    public void gradient(float[] row, float[][] columns, int blocks, int tiles) {
        sort(row, blocks, TileGrid.SIDE * tiles, tiles);
        WinogradLoops.gradient(places, columns, tiles * blocks * BLOCK);
    }

    private void makeRoom(int n) {
        if (places[0].length < n) {
            places = new float[TileTransform.SIDE][n];
        }
    }

    private void sort(float[] row, int blocks, int width, int tiles) {
        makeRoom(tiles * blocks * BLOCK);
        for (int block = 0; block < blocks; block++) {
            for (int x = 0; x < width; x++) {
                int to = (x / TileGrid.SIDE * blocks + block) * BLOCK;
                System.arraycopy(row, (block * width + x) * BLOCK, places[x % TileGrid.SIDE], to, BLOCK);
            }
        }
    }

    @Override
    public void output(float[][] columns, float[] row, int blocks, int tiles) {
        int n = tiles * blocks * BLOCK;
        makeRoom(n);
        WinogradLoops.output(columns, places, n);
        int width = TileGrid.SIDE * tiles;
        for (int block = 0; block < blocks; block++) {
            for (int x = 0; x < width; x++) {
                int from = (x / TileGrid.SIDE * blocks + block) * BLOCK;
                System.arraycopy(places[x % TileGrid.SIDE], from, row, (block * width + x) * BLOCK, BLOCK);
            }
        }
    }
}
