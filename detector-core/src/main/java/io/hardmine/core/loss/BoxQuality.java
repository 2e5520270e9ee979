package io.hardmine.core.loss;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.BoxCoder;
import io.hardmine.core.anchor.Targets;
import io.hardmine.core.network.RawOutputs;

/** Soft class target: the IoU of a predicted box with its object, for losses that need it. */
public final class BoxQuality {
    private BoxQuality() {}

    /**
     * The target of an anchor's class for a loss.
     *
     * @param row index of the anchor in the batch, {@code b · N + n}
     * @return IoU of the anchor's predicted box with its object, in [0, 1], if the loss needs it and the anchor stands
     *     for an object; else 1
     */
    public static float of(ClassLoss loss, AnchorGrid grid, RawOutputs outputs, Targets targets, int row) {
        if (!loss.needsQuality() || targets.labels()[row] < 0) {
            return 1;
        }
        double[] predicted = new double[4];
        double[] object = new double[4];
        BoxCoder.decode(grid.boxes(), row % targets.anchors(), outputs.offsets(), 4 * row, predicted);
        BoxCoder.decode(grid.boxes(), row % targets.anchors(), targets.offsets(), 4 * row, object);
        return (float) iou(predicted, object);
    }

    /** IoU of two boxes given by their corners. */
    private static double iou(double[] a, double[] b) {
        double width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
        double height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
        if (!(width > 0 && height > 0)) {
            return 0;
        }
        double shared = width * height;
        return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared);
    }
}
