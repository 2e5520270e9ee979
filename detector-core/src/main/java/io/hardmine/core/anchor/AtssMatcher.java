package io.hardmine.core.anchor;

import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.Bounds;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.Arrays;
import java.util.List;

/**
 * Assigns anchors to objects by an IoU threshold that is computed for each object (Zhang et al. 2020, “ATSS”, algorithm
 * 1). The candidates of an object are the anchors of the {@code candidates} cells of each level whose centers are
 * nearest to the object's center. The threshold is the mean of the candidates' IoU with the object plus their standard
 * deviation. A candidate stands for the object if it reaches the threshold and its center lies in the object. If it
 * does so for several objects, it stands for the one with the largest IoU. An object without such a candidate gets the
 * free candidate with the largest IoU, so that it is not trained as background. The {@link BackgroundRule} labels all
 * other anchors as background or ignored.
 *
 * <p>Made for one anchor in a cell. With more, each anchor of a near cell is a candidate.
 *
 * @param candidates number of nearest cells of each level, 1 to 100; 9 in the paper
 */
public record AtssMatcher(int candidates) implements Matcher {
    /** The paper's nine candidates. */
    public static AtssMatcher paper() {
        return new AtssMatcher(9);
    }

    /** Refuses a number of candidates out of range. */
    public AtssMatcher {
        Bounds.require("candidates", candidates, 1, 100);
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
        private final float[] largest;

        Assignment(AnchorGrid grid, GroundTruth groundTruth, int first) {
            this.grid = grid;
            this.groundTruth = groundTruth;
            rule = new BackgroundRule(grid, groundTruth);
            this.first = first;
            best = new float[grid.size()];
            owner = new int[grid.size()];
            largest = new float[grid.size()];
            Arrays.fill(owner, -1);
        }

        int write(int[] labels, int[] objects, float[] offsets) {
            List<Annotation> annotations = groundTruth.annotations();
            boolean[] found = new boolean[annotations.size()];
            for (int o = 0; o < annotations.size(); o++) {
                if (annotations.get(o).isObject()) {
                    claim(o, annotations.get(o).box());
                }
            }
            for (int a = 0; a < grid.size(); a++) {
                if (owner[a] >= 0) {
                    found[owner[a]] = true;
                }
            }
            for (int o = 0; o < annotations.size(); o++) {
                if (annotations.get(o).isObject() && !found[o]) {
                    claimFree(o, annotations.get(o).box());
                }
            }
            int positives = 0;
            for (int a = 0; a < grid.size(); a++) {
                int at = first + a;
                objects[at] = owner[a];
                if (owner[a] >= 0) {
                    Annotation object = annotations.get(owner[a]);
                    Box box = object.box();
                    labels[at] = object.category();
                    BoxCoder.encode(grid.boxes(), a, box.x(), box.y(), box.right(), box.bottom(), offsets, 4 * at);
                    positives++;
                } else {
                    labels[at] = rule.label(a, largest[a]);
                }
            }
            return positives;
        }

        private void claim(int object, Box box) {
            int[] near = near(box);
            double[] ious = new double[near.length];
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < near.length; i++) {
                ious[i] = grid.box(near[i]).iou(box);
                largest[near[i]] = Math.max(largest[near[i]], (float) ious[i]);
                sum += ious[i];
            }
            double mean = sum / near.length;
            for (double iou : ious) {
                squares += (iou - mean) * (iou - mean);
            }
            double threshold = mean + Math.sqrt(squares / Math.max(1, near.length - 1));
            for (int i = 0; i < near.length; i++) {
                int a = near[i];
                if (ious[i] >= threshold && ious[i] > best[a] && isCenterIn(a, box)) {
                    best[a] = (float) ious[i];
                    owner[a] = object;
                }
            }
        }

        /** Gives an object the candidate with the largest IoU among those that stand for no object. */
        private void claimFree(int object, Box box) {
            int chosen = -1;
            double chosenIou = 0;
            for (int a : near(box)) {
                double iou = grid.box(a).iou(box);
                if (owner[a] < 0 && iou > chosenIou && rule.inPicture(a)) {
                    chosen = a;
                    chosenIou = iou;
                }
            }
            if (chosen >= 0) {
                owner[chosen] = object;
                best[chosen] = (float) chosenIou;
            }
        }

        private boolean isCenterIn(int a, Box box) {
            float x = grid.boxes()[4 * a];
            float y = grid.boxes()[4 * a + 1];
            return x > box.x() && x < box.right() && y > box.y() && y < box.bottom() && rule.inPicture(a);
        }

        /** The candidates of a box on all levels. */
        private int[] near(Box box) {
            int shapes = grid.shapes().perCell();
            int[] all = new int[Architecture.LEVELS * candidates * shapes];
            int count = 0;
            for (int level = 0; level < Architecture.LEVELS; level++) {
                for (int cell : nearCells(level, box)) {
                    for (int k = 0; k < shapes; k++) {
                        all[count++] = grid.start(level) + cell * shapes + k;
                    }
                }
            }
            return Arrays.copyOf(all, count);
        }

        /**
         * The cells of a level with the nearest centers. Of equally near cells it takes the first by row and column.
         */
        private int[] nearCells(int level, Box box) {
            int stride = AnchorGrid.stride(level);
            int rows = grid.rows(level);
            int columns = grid.columns(level);
            double x = box.centerX() / stride - 0.5;
            double y = box.centerY() / stride - 0.5;
            // the nearest cells lie in a square of this reach around the center's cell, or reach over the border
            int reach = candidates;
            int top = clamp((int) Math.floor(y) - reach, rows);
            int bottom = clamp((int) Math.floor(y) + 1 + reach, rows);
            int left = clamp((int) Math.floor(x) - reach, columns);
            int right = clamp((int) Math.floor(x) + 1 + reach, columns);
            int wanted = Math.min(candidates, (bottom - top + 1) * (right - left + 1));
            int[] cells = new int[wanted];
            double[] distances = new double[wanted];
            int count = 0;
            for (int r = top; r <= bottom; r++) {
                for (int c = left; c <= right; c++) {
                    double distance = (c - x) * (c - x) + (r - y) * (r - y);
                    if (count < wanted || distance < distances[count - 1]) {
                        int at = count < wanted ? count++ : count - 1;
                        while (at > 0 && distances[at - 1] > distance) {
                            distances[at] = distances[at - 1];
                            cells[at] = cells[at - 1];
                            at--;
                        }
                        distances[at] = distance;
                        cells[at] = r * columns + c;
                    }
                }
            }
            return cells;
        }

        private static int clamp(int cell, int cells) {
            return Math.max(0, Math.min(cells - 1, cell));
        }
    }
}
