package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.training.RateCurve.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateCurveTest {
    @TempDir
    private Path folder;

    private Trainer trainer(TrainingSettings settings) throws IOException {
        return new Trainer(
                TinyTask.task(folder.resolve("data"), settings),
                new RunFolder(folder.resolve("run")),
                TrainingListener.SILENT);
    }

    @Test
    void theLossFallsAtSomeRateAndGrowsAtTheHighest() throws IOException, InterruptedException {
        TrainingSettings settings = TinyTask.settings(6, 1);
        RateCurve curve = trainer(settings).rateCurve();
        List<Point> points = curve.points();
        assertEquals(1e-6, points.get(0).rate());
        for (int i = 1; i < points.size(); i++) { // 200 steps over six decades
            assertEquals(
                    Math.pow(10, 6 / 199.0),
                    points.get(i).rate() / points.get(i - 1).rate(),
                    1e-9);
        }
        double atLowest = points.stream().mapToDouble(Point::averaged).min().orElseThrow();
        assertTrue(atLowest < 0.8 * points.get(20).averaged(), "nothing was learnt at any rate");
        assertTrue(points.get(points.size() - 1).averaged() > atLowest, "no rate was too high");
        assertEquals(settings.optimizer().learningRate(), curve.present());
        assertFalse(Files.exists(folder.resolve("run")), "something was written");
    }

    @Test
    void itEndsWhenItIsAskedTo() throws IOException, InterruptedException {
        Trainer trainer = trainer(TinyTask.settings(6, 1));
        trainer.stop();
        RateCurve curve = trainer.rateCurve();
        assertEquals(List.of(), curve.points());
        assertEquals(Optional.empty(), curve.suggestion());
    }

    @Test
    void theSuggestionIsTheLowestRateWithALossThatIsAsGoodAsTheBest() {
        RateCurve curve = new RateCurve(
                IntStream.range(0, 40)
                        .mapToObj(i -> new Point(1.11e-5 * (i + 1), 1, averaged(i)))
                        .toList(),
                0.01);
        assertEquals(2.7e-4, curve.suggestion().orElseThrow()); // i = 23, 24 · 1.11e-5 = 2.66e-4
    }

    /** Falls from 30 to 12.4 at i = 22 and 10.6 at i = 23, and stays about 10; the first ten do not count, however low. */
    private static double averaged(int i) {
        return i < 10 ? 0 : i < 23 ? 30 - 0.8 * i : i == 30 ? 10 : 10.6;
    }
}
