package io.hardmine.mining.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hardmine.datasets.Box;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class TopKTest {
    private static FalsePositive at(int x, double score) {
        return new FalsePositive("p", new Box(x, 0, 8, 8), 1, 0, null, score);
    }

    private static List<Double> scores(TopK top) {
        return top.inOrder().stream().map(FalsePositive::score).toList();
    }

    /** More than twice the limit are added, so that the list is cut in between. */
    @Test
    void theHighestScoresRemain() {
        TopK top = new TopK(3);
        DoubleStream.of(0.5, 0.1, 0.9, 0.3, 0.7, 0.2, 0.8, 0.4, 0.6).forEach(score -> top.add(at(0, score)));
        assertEquals(List.of(0.9, 0.8, 0.7), scores(top));
        TopK few = new TopK(3);
        few.add(at(0, 0.2));
        few.add(at(0, 0.4));
        assertEquals(List.of(0.4, 0.2), scores(few));
    }

    @Test
    void ofEqualScoresTheEarlierRemains() {
        TopK top = new TopK(2);
        for (int x = 0; x < 9; x++) {
            top.add(at(x, 0.5));
        }
        assertEquals(
                List.of(0.0, 1.0),
                top.inOrder().stream().map(f -> f.region().x()).toList());
    }
}
