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

/**
 * From raw outputs to boxes (Lin et al. 2017, section 4, “inference”): per level the best candidates above a score,
 * decoded, then non-maximum suppression within each class over all levels, then the best of the picture, then box
 * voting.
 *
 * <p>Box voting (Gidaris & Komodakis 2015): many places see an object, and each predicts its box with an error of its
 * own. So a box that suppression keeps becomes the weighted mean of the candidates of its class that overlap it. The
 * weight of a candidate is its score times exp(−(1 − IoU)² / 0.025): the weight of variance voting (He et al. 2019), for
 * boxes of equal variance. Scores stay.
 *
 * @param scoreFloor only scores above it are candidates; in [0, 1]
 * @param candidates the most that each level gives; in [1, 10000]
 * @param suppressionIou if the IoU of two boxes of a class is above it, the box with the lower score is removed; in [0,
 *     1]
 * @param votingIou candidates with at least this IoU vote on the box; in [0, 1]; with 1 the boxes stay as they are
 * @param detections the most in a picture; in [1, 10000]
 */
public record PostProcessing(
        double scoreFloor, int candidates, double suppressionIou, double votingIou, int detections) {
    private static final int MOST = 10_000;

    /** With it, a box of IoU 0.84 has 1/e of the weight that its score alone would give it. */
    private static final double VOTING_SPREAD = 0.025;

    /** Refuses values out of range. */
    public PostProcessing {
        Bounds.require("score floor", scoreFloor, 0.0, 1.0);
        Bounds.require("candidates", candidates, 1, MOST);
        Bounds.require("suppression IoU", suppressionIou, 0.0, 1.0);
        Bounds.require("voting IoU", votingIou, 0.0, 1.0);
        Bounds.require("detections", detections, 1, MOST);
    }

    /** The paper's: score over 0.05, 1000 a level, NMS at 0.5, 100 a picture, no voting. */
    public static PostProcessing paper() {
        return new PostProcessing(0.05, 1000, 0.5, 1, 100);
    }

    /** NMS at 0.6, as in ATSS (Zhang et al. 2020), so that more of a crowd of objects remains, and box voting. */
    public static PostProcessing voting() {
        return new PostProcessing(0.05, 1000, 0.6, 0.7, 100);
    }

    /** For measuring, otherwise the same: down to a score of 0.001, 1000 candidates a level, 300 a picture. */
    public PostProcessing measuring() {
        return new PostProcessing(0.001, 1000, suppressionIou, votingIou, 300);
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
        List<Detection> kept = suppress(found);
        if (votingIou < 1) {
            kept.replaceAll(detection -> voted(detection, found));
        }
        return kept;
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
        List<Detection> kept = new ArrayList<>();
        for (Detection candidate : found) {
            if (kept.size() == detections) {
                break;
            }
            boolean free = true;
            for (Detection better : kept) {
                if (better.category() == candidate.category() && better.box().iou(candidate.box()) > suppressionIou) {
                    free = false;
                    break;
                }
            }
            if (free) {
                kept.add(candidate);
            }
        }
        return kept;
    }

    /** The detection with the weighted mean of the boxes that vote on it; among them is its own. */
    private Detection voted(Detection detection, List<Detection> found) {
        double weights = 0;
        double left = 0;
        double top = 0;
        double right = 0;
        double bottom = 0;
        for (Detection voter : found) {
            Box box = voter.box();
            double iou = voter.category() == detection.category() ? box.iou(detection.box()) : 0;
            if (iou > 0 && iou >= votingIou) {
                double weight = voter.score() * Math.exp(-(1 - iou) * (1 - iou) / VOTING_SPREAD);
                weights += weight;
                left += weight * box.x();
                top += weight * box.y();
                right += weight * box.right();
                bottom += weight * box.bottom();
            }
        }
        // Scores can be so small that they are 0.
        Box mean = weights > 0
                ? Box.ofCorners(left / weights, top / weights, right / weights, bottom / weights)
                : detection.box();
        return new Detection(mean, detection.category(), detection.score());
    }
}
