package io.hardmine.mining.ohem;

import io.hardmine.core.anchor.Targets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Selects the examples of one picture. Candidates are visited in order of their loss, hardest first. Only the needed
 * part is sorted: candidates lie in buckets by the leading bits of their loss, and the hardest buckets are sorted
 * first.
 */
final class PictureSelection {
    /** Sign, exponent and three bits of the mantissa: buckets an eighth of a power of two wide. */
    private static final int BUCKET_SHIFT = 20;

    private static final int BUCKETS = 1 << 32 - 1 - BUCKET_SHIFT;

    /**
     * Number of candidates sorted at once, per wanted example. More than one, because most candidates are neighbors of
     * a kept one.
     */
    private static final int PORTION = 4;

    private enum Kind {
        ANY,
        OBJECT,
        BACKGROUND
    }

    private final double suppressionIou;
    private final int[] sizes = new int[BUCKETS];
    private long[] portion = new long[0];
    private int[] kept = new int[0];

    /**
     * A selection.
     *
     * @param suppressionIou of two anchors with a higher IoU that stand for the same object or both for background, the
     *     one with the lower loss is dropped
     */
    PictureSelection(double suppressionIou) {
        this.suppressionIou = suppressionIou;
    }

    /** Marks the hardest object and background anchors of a picture in {@code counts}, and returns their number. */
    int select(OhemSettings settings, float[] anchors, Targets targets, float[] losses, int picture, boolean[] counts) {
        int first = picture * targets.anchors();
        if (settings.backgroundPerObject() == 0) {
            return choose(Kind.ANY, settings.hardest(), anchors, targets, losses, first, counts);
        }
        int ratio = settings.backgroundPerObject();
        int mostObjects = Math.max(1, settings.hardest() / (1 + ratio));
        int objects = choose(Kind.OBJECT, mostObjects, anchors, targets, losses, first, counts);
        int room = Math.min(ratio * Math.max(1, objects), settings.hardest() - objects);
        return objects + choose(Kind.BACKGROUND, room, anchors, targets, losses, first, counts);
    }

    /**
     * Marks background anchors of a picture in {@code counts}, and nothing else.
     *
     * @param wanted largest number of anchors
     * @param pool anchors are drawn from the hardest {@code pool · wanted}; 1 selects the hardest
     * @param random for the draws; not used if {@code pool} is 1
     */
    void selectBackground(
            int wanted,
            int pool,
            float[] anchors,
            Targets targets,
            float[] losses,
            int picture,
            SplittableRandom random,
            boolean[] counts) {
        int first = picture * targets.anchors();
        int most = (int) Math.min(targets.anchors(), (long) pool * wanted);
        int found = hardest(Kind.BACKGROUND, most, anchors, targets, losses, first);
        int drawn = Math.min(wanted, found);
        for (int i = 0; i < drawn; i++) {
            if (pool > 1) { // the first steps of a shuffle (Fisher and Yates)
                int other = i + random.nextInt(found - i);
                int taken = kept[other];
                kept[other] = kept[i];
                kept[i] = taken;
            }
            counts[first + kept[i]] = true;
        }
    }

    private static boolean is(Kind kind, int label) {
        return switch (kind) {
            case ANY -> label != Targets.IGNORED;
            case OBJECT -> label >= 0;
            case BACKGROUND -> label == Targets.BACKGROUND;
        };
    }

    private static int bucket(float loss) {
        return Float.floatToIntBits(loss) >>> BUCKET_SHIFT;
    }

    private int choose(
            Kind kind, int limit, float[] anchors, Targets targets, float[] losses, int first, boolean[] counts) {
        int chosen = hardest(kind, limit, anchors, targets, losses, first);
        for (int i = 0; i < chosen; i++) {
            counts[first + kept[i]] = true;
        }
        return chosen;
    }

    /** Puts the hardest anchors that suppression leaves in {@link #kept}, hardest first, and returns their number. */
    private int hardest(Kind kind, int limit, float[] anchors, Targets targets, float[] losses, int first) {
        int n = targets.anchors();
        if (kept.length < limit) {
            kept = new int[limit];
        }
        Arrays.fill(sizes, 0);
        for (int a = 0; a < n; a++) {
            if (is(kind, targets.labels()[first + a])) {
                sizes[bucket(losses[first + a])]++;
            }
        }
        int chosen = 0;
        int above = BUCKETS;
        while (chosen < limit && above > 0) {
            int from = above;
            int size = 0;
            while (from > 0 && size < (long) PORTION * limit) {
                size += sizes[--from];
            }
            sort(kind, targets, losses, first, from, above, size);
            for (int i = 0; i < size && chosen < limit; i++) {
                int a = (int) portion[i];
                if (isNew(a, chosen, anchors, targets.objects(), first)) {
                    kept[chosen++] = a;
                }
            }
            above = from;
        }
        return chosen;
    }

    /**
     * Puts the candidates of the buckets [from, above) in {@link #portion}, hardest first, equal losses by the anchor's
     * number.
     */
    private void sort(Kind kind, Targets targets, float[] losses, int first, int from, int above, int size) {
        if (portion.length < size) {
            portion = new long[size];
        }
        int count = 0;
        for (int a = 0; a < targets.anchors(); a++) {
            float loss = losses[first + a];
            int bucket = bucket(loss);
            if (bucket >= from && bucket < above && is(kind, targets.labels()[first + a])) {
                // the bits of nonnegative floats sort like the floats; inverted, so that the hardest come first
                portion[count++] = (long) ~Float.floatToIntBits(loss) << 32 | a;
            }
        }
        Arrays.sort(portion, 0, size);
    }

    /**
     * Whether no kept anchor of the same object, or of background if this one is, overlaps it by more than the
     * suppression IoU.
     */
    private boolean isNew(int a, int chosen, float[] anchors, int[] objects, int first) {
        for (int i = 0; i < chosen; i++) {
            if (objects[first + kept[i]] == objects[first + a] && overlap(anchors, kept[i], a)) {
                return false;
            }
        }
        return true;
    }

    private boolean overlap(float[] boxes, int i, int j) {
        double w = shared(boxes[4 * i], boxes[4 * i + 2], boxes[4 * j], boxes[4 * j + 2]);
        double h = shared(boxes[4 * i + 1], boxes[4 * i + 3], boxes[4 * j + 1], boxes[4 * j + 3]);
        if (w <= 0 || h <= 0) {
            return false;
        }
        double union =
                (double) boxes[4 * i + 2] * boxes[4 * i + 3] + (double) boxes[4 * j + 2] * boxes[4 * j + 3] - w * h;
        return w * h > suppressionIou * union;
    }

    private static double shared(double center, double side, double otherCenter, double otherSide) {
        return Math.min(center + side / 2, otherCenter + otherSide / 2)
                - Math.max(center - side / 2, otherCenter - otherSide / 2);
    }
}
