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
 * decoded, then non-maximum suppression within each class over all levels, then the best of the picture.
 *
 * @param scoreFloor only scores above it are candidates; in [0, 1]
 * @param candidates the most that each level gives; in [1, 10000]
 * @param suppressionIou if the IoU of two boxes of a class is above it, the box with the lower score is removed; in [0,
 *     1]
 * @param detections the most in a picture; in [1, 10000]
 */
public record PostProcessing(double scoreFloor, int candidates, double suppressionIou, int detections) {
    private static final int MOST = 10_000;

    /** Refuses values out of range. */
    public PostProcessing {
        Bounds.require("score floor", scoreFloor, 0.0, 1.0);
        Bounds.require("candidates", candidates, 1, MOST);
        Bounds.require("suppression IoU", suppressionIou, 0.0, 1.0);
        Bounds.require("detections", detections, 1, MOST);
    }

    /** The paper's: score over 0.05, 1000 a level, NMS at 0.5, 100 a picture. */
    public static PostProcessing paper() {
        return new PostProcessing(0.05, 1000, 0.5, 100);
    }

    /** As in the paper of ATSS (Zhang et al. 2020): NMS at 0.6, so that more of a crowd of objects remains. */
    public static PostProcessing atss() {
        return new PostProcessing(0.05, 1000, 0.6, 100);
    }

    /** For measuring, with the same suppression: down to a score of 0.001, 1000 candidates a level, 300 a picture. */
    public PostProcessing measuring() {
        return new PostProcessing(0.001, 1000, suppressionIou, 300);
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
}
