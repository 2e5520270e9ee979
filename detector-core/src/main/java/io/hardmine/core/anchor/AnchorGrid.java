package io.hardmine.core.anchor;

import io.hardmine.core.network.Architecture;
import io.hardmine.datasets.Box;

/**
 * All anchors of an input of one size, numbered as in {@link io.hardmine.core.network.RawOutputs}: level by level,
 * within a level by row, column and anchor. An anchor has the center of its cell.
 */
public final class AnchorGrid {
    private final AnchorShapes shapes;
    private final int height;
    private final int width;
    private final int[] rows = new int[Architecture.LEVELS];
    private final int[] columns = new int[Architecture.LEVELS];
    private final int[] starts = new int[Architecture.LEVELS + 1];
    private final float[] boxes;

    /** The anchors of an input of the given size in pixels, multiples of {@link Architecture#PADDING}. */
    public AnchorGrid(AnchorShapes shapes, int height, int width) {
        this.shapes = shapes;
        this.height = height;
        this.width = width;
        for (int l = 0; l < Architecture.LEVELS; l++) {
            int stride = stride(l);
            rows[l] = (height + stride - 1) / stride;
            columns[l] = (width + stride - 1) / stride;
            starts[l + 1] = Math.addExact(starts[l], Math.multiplyExact(rows[l] * columns[l], shapes.perCell()));
        }
        boxes = new float[Math.multiplyExact(4, size())];
        for (int l = 0; l < Architecture.LEVELS; l++) {
            fill(l);
        }
    }

    private void fill(int level) {
        int stride = stride(level);
        int at = 4 * starts[level];
        for (int r = 0; r < rows[level]; r++) {
            for (int c = 0; c < columns[level]; c++) {
                for (int a = 0; a < shapes.perCell(); a++) {
                    boxes[at++] = (float) ((c + 0.5) * stride);
                    boxes[at++] = (float) ((r + 0.5) * stride);
                    boxes[at++] = (float) shapes.width(a, stride);
                    boxes[at++] = (float) shapes.height(a, stride);
                }
            }
        }
    }

    /** Pixels between neighboring cells of a level (0 is P3). */
    public static int stride(int level) {
        return 1 << (Architecture.FIRST_LEVEL + level);
    }

    /** N: number of all anchors. */
    public int size() {
        return starts[Architecture.LEVELS];
    }

    /** First anchor of a level; {@link Architecture#LEVELS} gives N. */
    public int start(int level) {
        return starts[level];
    }

    /** Cells of a level from top to bottom. */
    public int rows(int level) {
        return rows[level];
    }

    /** Cells of a level from left to right. */
    public int columns(int level) {
        return columns[level];
    }

    /** Anchors as (center x, center y, width, height) in pixels, {@code [4 · n + i]}; not to be changed. */
    public float[] boxes() {
        return boxes;
    }

    /** The n-th anchor, in pixels of the input. */
    public Box box(int n) {
        double w = boxes[4 * n + 2];
        double h = boxes[4 * n + 3];
        return new Box(boxes[4 * n] - w / 2, boxes[4 * n + 1] - h / 2, w, h);
    }

    /** The anchors of a cell. */
    public AnchorShapes shapes() {
        return shapes;
    }

    /** Height of the input in pixels. */
    public int height() {
        return height;
    }

    /** Width of the input in pixels. */
    public int width() {
        return width;
    }
}
