package io.hardmine.core.detection;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.BoxCoder;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.Bounds;
import io.hardmine.core.network.RawOutputs;
import io.hardmine.datasets.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * From raw outputs to boxes (Lin et al. 2017, section 4, “inference”): per level the best candidates above a score,
 * decoded, then non-maximum suppression within each class over all levels, then the best of the picture, then box
 * voting.
 *
 * <p>Box voting (Gidaris and Komodakis 2015): many places see an object, and each predicts its box with an error of its
 * own. So a box that suppression keeps becomes the weighted mean of itself and the boxes that it suppresses. The weight
 * of a box is its score times exp(−(1 − IoU)² / 0.025): the weight of variance voting (He et al. 2019), for boxes of
 * equal variance. Scores stay.
 *
 * @param scoreFloor only scores above it are candidates; in [0, 1]
 * @param candidates the most that each level gives; in [1, 10000]
 * @param suppressionIou if the IoU of two boxes of a class is above it, the box with the lower score is removed; in [0,
 *     1]
 * @param voting whether the boxes that a box suppresses vote on it
 * @param detections the most in a picture; in [1, 10000]
 */
public record PostProcessing(double scoreFloor, int candidates, double suppressionIou, boolean voting, int detections) {
    private static final int MOST = 10_000;

    /** With it, a box of IoU 0.84 has 1/e of the weight that its score alone would give it. */
    private static final double VOTING_SPREAD = 0.025;

    /** Refuses values out of range. */
    public PostProcessing {
        Bounds.require("score floor", scoreFloor, 0.0, 1.0);
        Bounds.require("candidates", candidates, 1, MOST);
        Bounds.require("suppression IoU", suppressionIou, 0.0, 1.0);
        Bounds.require("detections", detections, 1, MOST);
    }

    /** The paper's: score over 0.05, 1000 a level, NMS at 0.5, 100 a picture, no voting. */
    public static PostProcessing paper() {
        return new PostProcessing(0.05, 1000, 0.5, false, 100);
    }

    /**
     * For detectors that are trained with ATSS: NMS at 0.6, as in its paper (Zhang et al. 2020), so that more of a crowd
     * of objects remains, and box voting, which that paper does not have.
     */
    public static PostProcessing atss() {
        return new PostProcessing(0.05, 1000, 0.6, true, 100);
    }

    /** For measuring, otherwise the same: down to a score of 0.001, 1000 candidates a level, 300 a picture. */
    public PostProcessing measuring() {
        return new PostProcessing(0.001, 1000, suppressionIou, voting, 300);
    }

    /** Detections in one picture of the batch, best first, in pixels of the picture as shown. */
    public List<Detection> decode(AnchorGrid grid, RawOutputs outputs, int picture, ImageTransform transform) {
        List<Detection> found = new ArrayList<>();
        double[] corners = new double[4];
        for (int level = 0; level < Architecture.LEVELS; level++) {
            for (long candidate : candidates(grid, outputs, picture, level, transform)) {
                int index = Candidates.index(candidate);
                int n = index / outputs.classes();
                BoxCoder.decode(grid.boxes(), n, outputs.offsets(), 4 * (picture * outputs.anchors() + n), corners);
                Box box = transform
                        .toPicture(Box.ofCorners(corners[0], corners[1], corners[2], corners[3]))
                        .clip(transform.pictureWidth(), transform.pictureHeight());
                if (!box.isEmpty()) {
                    double score = 1 / (1 + Math.exp(-Candidates.logit(candidate)));
                    found.add(new Detection(box, index % outputs.classes(), score));
                }
            }
        }
        return suppress(found);
    }

    /** The level's best class logits above the floor, of anchors centered in the picture, best first. */
    private long[] candidates(AnchorGrid grid, RawOutputs outputs, int picture, int level, ImageTransform transform) {
        int classes = outputs.classes();
        int base = picture * outputs.anchors() * classes;
        float floor = (float) Math.log(scoreFloor / (1 - scoreFloor));
        Box area = transform.area(grid.width(), grid.height());
        float[] anchors = grid.boxes();
        Candidates best = new Candidates(candidates);
        for (int n = grid.start(level); n < grid.start(level + 1); n++) {
            float x = anchors[4 * n];
            float y = anchors[4 * n + 1];
            if (x < area.x() || y < area.y() || x >= area.right() || y >= area.bottom()) {
                continue;
            }
            for (int i = n * classes; i < (n + 1) * classes; i++) {
                float logit = outputs.logits()[base + i];
                if (logit > floor) {
                    best.offer(logit, i);
                }
            }
        }
        return best.sorted();
    }

    /** Greedy non-maximum suppression within each class; stable for equal scores. */
    private List<Detection> suppress(List<Detection> found) {
        found.sort(Comparator.comparingDouble(Detection::score).reversed());
        List<Cluster> kept = new ArrayList<>();
        for (Detection candidate : found) {
            if (kept.size() == detections) {
                break;
            }
            boolean free = true;
            for (Cluster better : kept) {
                double iou = better.overlap(candidate);
                if (iou > suppressionIou) {
                    if (voting) {
                        better.add(candidate, iou);
                    }
                    free = false;
                    break;
                }
            }
            if (free) {
                kept.add(new Cluster(candidate));
            }
        }
        return kept.stream()
                .map(cluster -> voting ? cluster.voted() : cluster.best)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** A detection that suppression keeps, with the votes of those that it suppresses. */
    private static final class Cluster {
        private final Detection best;
        private double weights;
        private double left;
        private double top;
        private double right;
        private double bottom;

        Cluster(Detection best) {
            this.best = best;
            add(best, 1);
        }

        /** IoU with a candidate of the same class; 0 with one of another class. */
        double overlap(Detection candidate) {
            return best.category() == candidate.category() ? best.box().iou(candidate.box()) : 0;
        }

        void add(Detection voter, double iou) {
            double weight = voter.score() * Math.exp(-(1 - iou) * (1 - iou) / VOTING_SPREAD);
            Box box = voter.box();
            weights += weight;
            left += weight * box.x();
            top += weight * box.y();
            right += weight * box.right();
            bottom += weight * box.bottom();
        }

        Detection voted() {
            if (weights == 0) { // The scores are so small that they are 0.
                return best;
            }
            Box mean = Box.ofCorners(left / weights, top / weights, right / weights, bottom / weights);
            return new Detection(mean, best.category(), best.score());
        }
    }
}
