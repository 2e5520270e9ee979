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
 * Reports a learning rate test in words, numbers and a chart.
 *
 * @param curve result of the test
 */
record RateReport(RateCurve curve) {
    /**
     * Writes {@code learning-rate.png} and {@code learning-rate.csv} into a folder; nothing if the test has too few
     * steps for a suggestion.
     *
     * @param say prints a line
     */
    void write(Path folder, Consumer<String> say) throws IOException {
        if (curve.suggestion().isEmpty()) {
            say.accept("too few steps to suggest a rate; nothing was written");
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
                "suggested, the lowest rate with nearly the best loss: optimizer.learning_rate=%s (settings: %s)",
                curve.suggestion().orElseThrow(), curve.present()));
        say.accept("chart: %s, numbers: %s".formatted(chart, numbers));
    }

    private String csv() {
        return curve.points().stream()
                .map(p -> Console.text("%.4g,%.5g,%.5g%n", p.rate(), p.loss(), p.averaged()))
                .collect(Collectors.joining("", "rate,loss,averaged_loss%n".formatted(), ""));
    }
}
