package io.hardmine.datasets;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Random orders that follow from a seed. */
public final class Shuffle {
    private Shuffle() {}

    /** Puts a list into random order, in place; all orders are equally likely (Durstenfeld 1964). */
    public static void inPlace(List<?> list, SplittableRandom random) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, random.nextInt(i + 1));
        }
    }
}
