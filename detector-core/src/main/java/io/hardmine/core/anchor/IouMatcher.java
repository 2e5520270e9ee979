package io.hardmine.core.anchor;

import io.hardmine.core.network.Architecture;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.Arrays;
import java.util.List;

/**
 * Assigns anchors to objects by fixed IoU thresholds (Lin et al. 2017, section 4). An anchor stands for the object with
 * which it has the largest IoU if that reaches {@code objectIou}. If it is under {@code backgroundIou}, the {@link
 * BackgroundRule} labels the anchor as background or ignored. Between the two the anchor is ignored. Each object also
 * gets its best anchor, whatever their IoU.
 *
 * @param objectIou smallest IoU of an anchor that stands for an object, in [0, 1]; 0.5 in the paper
 * @param backgroundIou IoU under which an anchor is background, at most {@code objectIou}; 0.4 in the paper
 */
public record IouMatcher(double objectIou, double backgroundIou) implements Matcher {
    /** The paper's thresholds, 0.5 and 0.4. */
    public static IouMatcher paper() {
        return new IouMatcher(0.5, 0.4);
    }

    /** Refuses thresholds out of order or outside of [0, 1]. */
    public IouMatcher {
        if (!(backgroundIou >= 0 && backgroundIou <= objectIou && objectIou <= 1)) {
            throw new IllegalArgumentException(
                    "need 0 ≤ background IoU ≤ object IoU ≤ 1: %s, %s".formatted(backgroundIou, objectIou));
        }
    }

    @Override
    public Targets match(AnchorGrid grid, List<GroundTruth> groundTruths) {
        return Targets.of(grid, groundTruths, (groundTruth, first, labels, objects, offsets) -> new Assignment(
                        grid, groundTruth, first)
                .write(labels, objects, offsets));
    }

    /** The assignment of one picture. */
    private final class Assignment {
        private final AnchorGrid grid;
        private final GroundTruth groundTruth;
        private final BackgroundRule rule;
        private final int first;
        private final float[] best;
        private final int[] owner;
        private final double[] sharedWidths;

        Assignment(AnchorGrid grid, GroundTruth groundTruth, int first) {
            this.grid = grid;
            this.groundTruth = groundTruth;
            rule = new BackgroundRule(grid, groundTruth);
            this.first = first;
            best = new float[grid.size()];
            owner = new int[grid.size()];
            Arrays.fill(owner, -1);
            sharedWidths = new double[grid.columns(0)];
        }

        int write(int[] labels, int[] objects, float[] offsets) {
            List<Annotation> annotations = groundTruth.annotations();
            boolean[] forced = new boolean[grid.size()];
            int[] bestAnchor = new int[annotations.size()];
            float[] bestIou = new float[annotations.size()];
            for (int o = 0; o < annotations.size(); o++) {
                if (annotations.get(o).isObject()) {
                    overlap(o, bestAnchor, bestIou);
                }
            }
            for (int o = 0; o < annotations.size(); o++) {
                int a = bestAnchor[o];
                if (bestIou[o] > 0 && (!forced[a] || bestIou[owner[a]] < bestIou[o])) {
                    owner[a] = o;
                    forced[a] = true;
                }
            }
            int positives = 0;
            for (int a = 0; a < grid.size(); a++) {
                int at = first + a;
                objects[at] = -1;
                if (forced[a] || owner[a] >= 0 && best[a] >= objectIou) {
                    Annotation object = annotations.get(owner[a]);
                    Box box = object.box();
                    labels[at] = object.category();
                    objects[at] = owner[a];
                    BoxCoder.encode(grid.boxes(), a, box.x(), box.y(), box.right(), box.bottom(), offsets, 4 * at);
                    positives++;
                } else {
                    labels[at] = best[a] < backgroundIou ? rule.label(a, best[a]) : Targets.IGNORED;
                }
            }
            return positives;
        }

        /**
         * Computes the IoU of one object with all anchors whose cells are close enough for any overlap. Anchors of one
         * shape have the same shared width in a column and the same shared height in a row.
         */
        private void overlap(int object, int[] bestAnchor, float[] bestIou) {
            Box box = groundTruth.annotations().get(object).box();
            Box area = groundTruth.area();
            float[] anchors = grid.boxes();
            int shapes = grid.shapes().perCell();
            for (int level = 0; level < Architecture.LEVELS; level++) {
                int stride = AnchorGrid.stride(level);
                int columns = grid.columns(level);
                for (int k = 0; k < shapes; k++) {
                    int start = grid.start(level) + k;
                    double w = anchors[4 * start + 2];
                    double h = anchors[4 * start + 3];
                    int left = cell(box.x() - w / 2, stride, columns);
                    int right = cell(box.right() + w / 2, stride, columns);
                    int top = cell(box.y() - h / 2, stride, grid.rows(level));
                    int bottom = cell(box.bottom() + h / 2, stride, grid.rows(level));
                    for (int c = left; c <= right; c++) {
                        float x = anchors[4 * (start + c * shapes)];
                        sharedWidths[c] = shared(box.x(), box.right(), area.x(), area.right(), x, w);
                    }
                    double areas = box.area() + w * h;
                    for (int r = top; r <= bottom; r++) {
                        int row = start + r * columns * shapes;
                        float y = anchors[4 * row + 1];
                        double sharedHeight = shared(box.y(), box.bottom(), area.y(), area.bottom(), y, h);
                        if (sharedHeight > 0) {
                            for (int c = left; c <= right; c++) {
                                if (sharedWidths[c] > 0) {
                                    double shared = sharedWidths[c] * sharedHeight;
                                    float iou = (float) (shared / (areas - shared));
                                    update(object, row + c * shapes, iou, bestAnchor, bestIou);
                                }
                            }
                        }
                    }
                }
            }
        }

        /**
         * Length of the part of an anchor's side that lies within the object's side, [{@code low}, {@code high}]; not
         * positive if there is none. 0 if the anchor's center lies outside of the picture, [{@code first}, {@code
         * end}), as in {@link BackgroundRule#inPicture}.
         */
        private static double shared(double low, double high, double first, double end, float center, double side) {
            boolean inside = center >= first && center < end;
            return inside ? Math.min(high, center + side / 2) - Math.max(low, center - side / 2) : 0;
        }

        private void update(int object, int a, float iou, int[] bestAnchor, float[] bestIou) {
            if (iou > best[a]) {
                best[a] = iou;
                owner[a] = object;
            }
            if (iou > bestIou[object]) {
                bestIou[object] = iou;
                bestAnchor[object] = a;
            }
        }

        private static int cell(double position, int stride, int cells) {
            return (int) Math.max(0, Math.min(cells - 1, Math.floor(position / stride)));
        }
    }
}
