package io.hardmine.core.loss;

import io.hardmine.core.anchor.BoxCoder;

/** A loss on the box of one anchor that stands for an object. */
public interface BoxLoss {
    /**
     * Loss and gradient of one anchor.
     *
     * @param anchors (center x, center y, width, height) of every anchor, in pixels
     * @param n index of the anchor
     * @param predicted array with the four predicted offsets from {@code at} on
     * @param target array with the four target offsets from {@code at} on
     * @param at index of the anchor's first offset in all three arrays
     * @param gradients receives the derivative by each predicted offset from {@code at} on
     * @return the loss
     */
    double evaluate(float[] anchors, int n, float[] predicted, float[] target, int at, float[] gradients);

    /**
     * Huber's loss on the four offsets, {@code d² / 2β} for {@code |d| < β}, else {@code |d| − β/2} (Girshick 2015, eq.
     * 3).
     *
     * @param beta error at which the loss becomes linear, over 0; 0.1 is common for offsets without normalization
     */
    record SmoothL1(double beta) implements BoxLoss {
        /** Refuses a β that is not positive. */
        public SmoothL1 {
            if (!(beta > 0)) {
                throw new IllegalArgumentException("beta must be positive, not " + beta);
            }
        }

        @Override
        public double evaluate(float[] anchors, int n, float[] predicted, float[] target, int at, float[] gradients) {
            double sum = 0;
            for (int i = at; i < at + 4; i++) {
                double d = predicted[i] - target[i];
                boolean near = Math.abs(d) < beta;
                sum += near ? d * d / (2 * beta) : Math.abs(d) - beta / 2;
                gradients[i] = (float) (near ? d / beta : Math.signum(d));
            }
            return sum;
        }
    }

    /** 1 − GIoU of the decoded boxes (Rezatofighi et al. 2019, algorithm 1). */
    record GeneralizedIou() implements BoxLoss {
        @Override
        public double evaluate(float[] anchors, int n, float[] predicted, float[] target, int at, float[] gradients) {
            double[] p = new double[4];
            double[] t = new double[4];
            BoxCoder.decode(anchors, n, predicted, at, p);
            BoxCoder.decode(anchors, n, target, at, t);
            double width = p[2] - p[0];
            double height = p[3] - p[1];
            double targetArea = (t[2] - t[0]) * (t[3] - t[1]);
            double sharedWidth = Math.min(p[2], t[2]) - Math.max(p[0], t[0]);
            double sharedHeight = Math.min(p[3], t[3]) - Math.max(p[1], t[1]);
            boolean overlap = sharedWidth > 0 && sharedHeight > 0;
            double shared = overlap ? sharedWidth * sharedHeight : 0;
            double union = width * height + targetArea - shared;
            double hullWidth = Math.max(p[2], t[2]) - Math.min(p[0], t[0]);
            double hullHeight = Math.max(p[3], t[3]) - Math.min(p[1], t[1]);
            double hull = hullWidth * hullHeight;

            // loss = 2 − shared / union − union / hull; derivatives by the predicted corners
            double byShared = -1 / union;
            double byUnion = shared / (union * union) - 1 / hull;
            double byHull = union / (hull * hull);
            double[] corner = new double[4];
            for (int c = 0; c < 4; c++) {
                boolean horizontal = c % 2 == 0;
                double outwards = c < 2 ? -1 : 1; // left and upper edges grow the box to smaller numbers
                double area = outwards * (horizontal ? height : width);
                boolean inside = c < 2 ? p[c] > t[c] : p[c] < t[c];
                double ofShared = overlap && inside ? outwards * (horizontal ? sharedHeight : sharedWidth) : 0;
                double ofHull = inside ? 0 : outwards * (horizontal ? hullHeight : hullWidth);
                corner[c] = byShared * ofShared + byUnion * (area - ofShared) + byHull * ofHull;
            }
            for (int axis = 0; axis < 2; axis++) {
                double side = axis == 0 ? width : height;
                gradients[at + axis] = (float) ((corner[axis] + corner[axis + 2]) * anchors[4 * n + 2 + axis]);
                boolean bounded = predicted[at + 2 + axis] > BoxCoder.LARGEST_LOG;
                gradients[at + 2 + axis] = bounded ? 0 : (float) ((corner[axis + 2] - corner[axis]) * side / 2);
            }
            return 2 - shared / union - union / hull;
        }
    }
}
