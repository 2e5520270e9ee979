package io.hardmine.cli.command;

import io.hardmine.cli.chart.RateChart;
import io.hardmine.cli.terminal.Console;
import io.hardmine.core.training.RateCurve;
import io.hardmine.datasets.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tells what a test of learning rates showed, in words, numbers and a drawing.
 *
 * @param curve what was measured
 */
record RateReport(RateCurve curve) {
    /**
     * Writes {@code learning-rate.png} and {@code learning-rate.csv} into a folder.
     *
     * @param say prints a line
     */
    void write(Path folder, Consumer<String> say) throws IOException {
        if (curve.suggestion().isEmpty()) {
            say.accept("too few steps to tell a rate; nothing was written");
            return;
        }
        Path chart = folder.resolve("learning-rate.png");
        Path numbers = folder.resolve("learning-rate.csv");
        RateChart.write(curve, chart);
        AtomicFile.writeString(numbers, csv());
        say.accept(Console.text(
                "%d rates tried, from %.1g to %.2g",
                curve.points().size(),
                curve.points().get(0).rate(),
                curve.points().get(curve.points().size() - 1).rate()));
        say.accept(Console.text(
                "suggested, the lowest rate at which the loss is as good as at any: optimizer.learning_rate=%s (the settings have %s)",
                curve.suggestion().orElseThrow(), curve.present()));
        say.accept("chart: %s, numbers: %s".formatted(chart, numbers));
    }

    private String csv() {
        return curve.points().stream()
                .map(p -> Console.text("%.4g,%.5g,%.5g%n", p.rate(), p.loss(), p.averaged()))
                .collect(Collectors.joining("", "rate,loss,averaged_loss%n".formatted(), ""));
    }
}
