package io.hardmine.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RankingTest {
    @Test
    void theHighestScoreComesFirstAndEqualScoresKeepTheirOrder() {
        assertArrayEquals(new int[] {3, 1, 4, 0, 2}, Ranking.strongestFirst(new double[] {0.2, 0.5, 0, 0.9, 0.5}));
        assertArrayEquals(new int[0], Ranking.strongestFirst(new double[0]));
    }

    @Property(tries = 200)
    void agreesWithAStableSortOfThePlaces(@ForAll List<@IntRange(max = 9) Integer> tenths) {
        double[] scores = tenths.stream().mapToDouble(t -> t / 10.0).toArray();
        int[] expected = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        assertArrayEquals(expected, Ranking.strongestFirst(scores));
    }
}
