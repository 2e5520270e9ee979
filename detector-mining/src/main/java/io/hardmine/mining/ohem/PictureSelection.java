package io.hardmine.mining.ohem;

import io.hardmine.core.anchor.Targets;
import java.util.Arrays;

/**
 * Selects the examples of one picture. Candidates are visited in order of their loss, but only those that the selection needs
 * are sorted: candidates lie in buckets by the leading bits of their loss, and the hardest bucket is sorted first.
 */
final class PictureSelection {
    /** Sign, exponent and three bits of the mantissa: buckets an eighth of a power of two wide. */
    private static final int BUCKET_SHIFT = 20;

    private static final int BUCKETS = 1 << 32 - 1 - BUCKET_SHIFT;

    /** Candidates sorted at once, for each example wanted: most of them are neighbors of one that was kept. */
    private static final int PORTION = 4;

    private enum Kind {
        ANY,
        OBJECT,
        BACKGROUND
    }

    private final OhemSettings settings;
    private final int[] sizes = new int[BUCKETS];
    private long[] portion = new long[0];
    private final int[] kept;

    PictureSelection(OhemSettings settings) {
        this.settings = settings;
        kept = new int[settings.hardest()];
    }

    /** Marks the chosen anchors of a picture in {@code counts} and says how many they are. */
    int select(float[] anchors, Targets targets, float[] losses, int picture, boolean[] counts) {
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
        int n = targets.anchors();
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
            while (from > 0 && size < PORTION * limit) {
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
        for (int i = 0; i < chosen; i++) {
            counts[first + kept[i]] = true;
        }
        return chosen;
    }

    /** The candidates of the buckets [from, above), hardest first, equal losses by number. */
    private void sort(Kind kind, Targets targets, float[] losses, int first, int from, int above, int size) {
        if (portion.length < size) {
            portion = new long[size];
        }
        int count = 0;
        for (int a = 0; a < targets.anchors(); a++) {
            float loss = losses[first + a];
            int bucket = bucket(loss);
            if (bucket >= from && bucket < above && is(kind, targets.labels()[first + a])) {
                // losses are not negative, so their bits have their order; turned round for the hardest to come first
                portion[count++] = (long) ~Float.floatToIntBits(loss) << 32 | a;
            }
        }
        Arrays.sort(portion, 0, size);
    }

    /** Whether no kept anchor of the same object, or of background too, overlaps this one. */
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
        return w * h > settings.suppressionIou() * union;
    }

    private static double shared(double center, double side, double otherCenter, double otherSide) {
        return Math.min(center + side / 2, otherCenter + otherSide / 2)
                - Math.max(center - side / 2, otherCenter - otherSide / 2);
    }
}
