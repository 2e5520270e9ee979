package io.hardmine.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The curves of α = 0.25 and γ = 2 against numbers worked by hand. */
class LossFiguresTest {
    private static final List<Figure> FIGURES = LossFigures.of(0.25, 2);

    private static double value(String figure, int line, double x) {
        Line drawn = FIGURES.stream()
                .filter(f -> f.name().equals(figure))
                .findFirst()
                .orElseThrow()
                .lines()
                .get(line);
        for (int i = 0; i < drawn.x().length; i++) {
            if (Math.abs(drawn.x()[i] - x) < 1e-9) {
                return drawn.y()[i];
            }
        }
        throw new AssertionError(x + " is not among " + Arrays.toString(drawn.x()));
    }

    @ParameterizedTest
    @CsvSource({
        "cross-entropy,  0, 0.5,  0.693147", // log 2
        "cross-entropy,  0, 0.9,  0.105361",
        "loss-scaled,    1, 0.5,  0.173287", // log 2 / 4
        "loss-scaled,    2, 0.5,  0.173287", // (1/2)² · log 2
        "loss-scaled,    2, 0.9,  0.00105361", // (1/10)² · 0.105361
        "scaling-factor, 0, 0.9,  0.105361",
        "scaling-factor, 1, 0.9,  0.01",
        "focal-loss,     1, 0.9,  0.000263401", // 0.25 · 0.00105361
        "focal-loss,     2, 0.9,  0.000790204", // 0.75 · 0.00105361
        "focal-loss,     1, 0.1,  0.466274", // 0.25 · 0.81 · 2.302585
        "gradients,      0, 0.9,  0.1",
        "gradients,      1, 0.5,  0.0745717", // 0.25 · 0.25 · (2 · 0.5 · 0.693147 + 0.5)
        "gradients,      2, 0.5,  0.223715",
    })
    void curvesGoWhereTheyShould(String figure, int line, double p, double expected) {
        assertEquals(expected, value(figure, line, p), 2e-6 * Math.max(1, expected));
        assertEquals(expected, value(figure, line, p), 1e-5 * expected);
    }

    @Test
    void theSineIsScaledByTheConstantAndByTheFunction() {
        double quarter = Math.PI / 2;
        assertEquals(1, value("sine-scaled", 0, quarter), 1e-12);
        assertEquals(0.25, value("sine-scaled", 1, quarter), 1e-12);
        assertEquals(0.765625, value("sine-scaled", 2, quarter), 1e-12); // (7/8)²
        assertEquals(-0.390625, value("sine-scaled", 2, 3 * quarter), 1e-12); // −(5/8)²
        assertEquals(0, value("sine-scaled", 2, 4 * Math.PI), 1e-12);
    }

    @Test
    void steepGradientsStayInTheFigure() {
        Figure gradients = LossFigures.of(0.95, 5).get(5);
        double highest = Arrays.stream(gradients.lines().get(1).y()).max().orElseThrow();
        assertTrue(highest > 1.1, "γ = 5 pulls harder than cross-entropy: " + highest);
        assertTrue(gradients.y().to() >= highest);
    }
}
