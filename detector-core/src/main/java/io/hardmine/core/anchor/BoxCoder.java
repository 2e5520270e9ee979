package io.hardmine.core.anchor;

/**
 * Boxes as offsets from anchors: {@code dx = (x − xa) / wa, dy = (y − ya) / ha, dw = log(w / wa), dh = log(h / ha)} on
 * centers and sides (Girshick et al. 2014, appendix C).
 */
public final class BoxCoder {
    /**
     * Upper bound on dw and dh when decoding: a side grows at most 62.5 times, so that the exponential stays finite.
     */
    public static final double LARGEST_LOG = Math.log(1000.0 / 16);

    private BoxCoder() {}

    /** Writes the offsets of the box (corners, pixels) from anchor {@code n} to {@code out[at … at + 3]}. */
    public static void encode(
            float[] anchors, int n, double left, double top, double right, double bottom, float[] out, int at) {
        double w = anchors[4 * n + 2];
        double h = anchors[4 * n + 3];
        out[at] = (float) (((left + right) / 2 - anchors[4 * n]) / w);
        out[at + 1] = (float) (((top + bottom) / 2 - anchors[4 * n + 1]) / h);
        out[at + 2] = (float) Math.log((right - left) / w);
        out[at + 3] = (float) Math.log((bottom - top) / h);
    }

    /**
     * Decodes the offsets {@code in[from … from + 3]} from anchor {@code n} to corners (left, top, right, bottom) in
     * pixels.
     */
    public static void decode(float[] anchors, int n, float[] in, int from, double[] corners) {
        double w = anchors[4 * n + 2];
        double h = anchors[4 * n + 3];
        double x = anchors[4 * n] + in[from] * w;
        double y = anchors[4 * n + 1] + in[from + 1] * h;
        double halfWidth = w * Math.exp(Math.min(in[from + 2], LARGEST_LOG)) / 2;
        double halfHeight = h * Math.exp(Math.min(in[from + 3], LARGEST_LOG)) / 2;
        corners[0] = x - halfWidth;
        corners[1] = y - halfHeight;
        corners[2] = x + halfWidth;
        corners[3] = y + halfHeight;
    }
}
