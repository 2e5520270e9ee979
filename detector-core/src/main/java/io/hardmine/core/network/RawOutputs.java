package io.hardmine.core.network;

/**
 * Outputs of the network for a batch, or the gradient of the loss by these outputs. Anchors of a picture are numbered
 * level by level (P3 first), within a level by row, column and anchor.
 *
 * @param batch B, pictures
 * @param anchors N, anchors of a picture
 * @param classes K, categories
 * @param logits class logits, {@code [(b · N + n) · K + k]}
 * @param offsets box offsets (dx, dy, dw, dh), {@code [(b · N + n) · 4 + i]}; dw and dh are logarithms of ratios of
 *     sides
 */
public record RawOutputs(int batch, int anchors, int classes, float[] logits, float[] offsets) {
    /** Zeros for a batch. */
    public static RawOutputs zeros(int batch, int anchors, int classes) {
        int rows = Math.multiplyExact(batch, anchors);
        return new RawOutputs(
                batch,
                anchors,
                classes,
                new float[Math.multiplyExact(rows, classes)],
                new float[Math.multiplyExact(rows, 4)]);
    }
}
