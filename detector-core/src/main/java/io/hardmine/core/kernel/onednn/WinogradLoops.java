package io.hardmine.core.kernel.onednn;

/**
 * The one-dimensional transforms of F(4×4, 3×3) (Lavin and Gray 2016, section 4.3), number by number over arrays. Each
 * is split into loops with at most four input and two output arrays: HotSpot vectorizes these, but not one loop over
 * all arrays.
 */
final class WinogradLoops {
    private WinogradLoops() {}

    /** Bᵀ of the paper: six numbers of a tile's row or column. */
    static void input(float[][] d, float[][] t, int n) {
        outer(d[0], d[2], d[4], t[0], n);
        inner(d[1], d[2], d[3], d[4], 4, 1, t[1], t[2], n);
        inner(d[1], d[2], d[3], d[4], 1, 2, t[3], t[4], n);
        outer(d[1], d[3], d[5], t[5], n);
    }

    private static void outer(float[] a, float[] b, float[] c, float[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = 4 * a[i] - 5 * b[i] + c[i];
        }
    }

    private static void inner(
            float[] d1, float[] d2, float[] d3, float[] d4, float near, float odd, float[] plus, float[] minus, int n) {
        for (int i = 0; i < n; i++) {
            float p = d4[i] - near * d2[i];
            float q = odd * (d3[i] - near * d1[i]);
            plus[i] = p + q;
            minus[i] = p - q;
        }
    }

    /** Aᵀ of the paper: six numbers to four results. Overwrites {@code m}. */
    static void output(float[][] m, float[][] y, int n) {
        sumAndDifference(m[1], m[2], n);
        sumAndDifference(m[3], m[4], n);
        even(m[0], m[1], m[3], y[0], y[2], n);
        odd(m[2], m[4], m[5], y[1], y[3], n);
    }

    /** a + b into a, a − b into b. */
    private static void sumAndDifference(float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            float p = a[i];
            float q = b[i];
            a[i] = p + q;
            b[i] = p - q;
        }
    }

    private static void even(float[] m0, float[] p, float[] r, float[] y0, float[] y2, int n) {
        for (int i = 0; i < n; i++) {
            y0[i] = m0[i] + p[i] + r[i];
            y2[i] = p[i] + 4 * r[i];
        }
    }

    private static void odd(float[] q, float[] s, float[] m5, float[] y1, float[] y3, int n) {
        for (int i = 0; i < n; i++) {
            y1[i] = q[i] + 2 * s[i];
            y3[i] = q[i] + 8 * s[i] + m5[i];
        }
    }

    /** A of the paper, the transpose of {@link #output}: four gradients to six numbers. */
    static void gradient(float[][] y, float[][] z, int n) {
        System.arraycopy(y[0], 0, z[0], 0, n);
        spread(y[0], y[1], y[2], y[3], 1, z[1], z[2], n);
        spread(y[0], y[1], y[2], y[3], 2, z[3], z[4], n);
        System.arraycopy(y[3], 0, z[5], 0, n);
    }

    private static void spread(
            float[] y0, float[] y1, float[] y2, float[] y3, float x, float[] plus, float[] minus, int n) {
        float square = x * x;
        for (int i = 0; i < n; i++) {
            float p = y0[i] + square * y2[i];
            float q = x * (y1[i] + square * y3[i]);
            plus[i] = p + q;
            minus[i] = p - q;
        }
    }

    /** G of the paper: three weights to six numbers. */
    static void weights(float[][] g, float[][] u, int n) {
        scale(g[0], 1 / 4f, u[0], n);
        combine(g[0], g[1], g[2], -1 / 6f, -1 / 6f, -1 / 6f, u[1], u[2], n);
        combine(g[0], g[1], g[2], 1 / 24f, 1 / 12f, 1 / 6f, u[3], u[4], n);
        System.arraycopy(g[2], 0, u[5], 0, n);
    }

    private static void scale(float[] from, float by, float[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = by * from[i];
        }
    }

    private static void combine(
            float[] g0, float[] g1, float[] g2, float a, float b, float c, float[] plus, float[] minus, int n) {
        for (int i = 0; i < n; i++) {
            float p = a * g0[i] + c * g2[i];
            float q = b * g1[i];
            plus[i] = p + q;
            minus[i] = p - q;
        }
    }

    /** Gᵀ of the paper, the transpose of {@link #weights}: six numbers to three gradients. Overwrites {@code u}. */
    static void weightGradient(float[][] u, float[][] g, int n) {
        sumAndDifference(u[1], u[2], n);
        sumAndDifference(u[3], u[4], n);
        combine(u[0], u[1], u[3], 1 / 4f, -1 / 6f, 1 / 24f, g[0], n);
        combine(u[2], u[4], u[4], -1 / 6f, 1 / 12f, 0, g[1], n);
        combine(u[1], u[3], u[5], -1 / 6f, 1 / 6f, 1, g[2], n);
    }

    private static void combine(float[] a, float[] b, float[] c, float byA, float byB, float byC, float[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = byA * a[i] + byB * b[i] + byC * c[i];
        }
    }

    /** max(0, ·). */
    static void rectify(float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(0, y[i]);
        }
    }
}
