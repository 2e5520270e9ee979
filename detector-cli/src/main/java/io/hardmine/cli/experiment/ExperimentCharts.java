package io.hardmine.cli.experiment;

import io.hardmine.cli.chart.ChartTheme;
import io.hardmine.cli.report.Chart;
import io.hardmine.datasets.file.AtomicFile;
import io.hardmine.mining.experiment.BackgroundSweep;
import io.hardmine.mining.experiment.ExperimentResult;
import io.hardmine.mining.experiment.Measure;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws each measure for the arms side by side, or over the share of background if the arms differ in it. */
final class ExperimentCharts {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 400;

    /**
     * Number of charts in a row, if they fill every row. Otherwise a row has one chart, because the encoder supports no
     * empty places.
     */
    private static final int COLUMNS = 2;

    private final ExperimentResult result;
    private final ChartTheme ink;

    ExperimentCharts(ExperimentResult result, ChartTheme ink) {
        this.result = result;
        this.ink = ink;
    }

    /** The page's drawings. */
    static List<Chart> of(ExperimentResult result) throws IOException {
        Optional<BackgroundSweep> sweep = BackgroundSweep.of(result.arms());
        List<Chart> charts = new ArrayList<>();
        for (Measure measure : drawn(result)) {
            charts.add(new Chart(
                    title(measure),
                    (measure.moreIsBetter() ? "Higher is better. " : "Lower is better. ")
                            + (reachedByAll(result, measure) ? "" : "Runs that do not reach the recall have no dot."),
                    title(measure) + (sweep.isPresent() ? " over the share of background." : " of each arm.")
                            + " The table has the numbers.",
                    Chart.svg(new ExperimentCharts(result, ChartTheme.LIGHT).draw(measure, sweep)),
                    Chart.svg(new ExperimentCharts(result, ChartTheme.DARK).draw(measure, sweep))));
        }
        return charts;
    }

    /** Writes all drawings as one picture. */
    static void writePng(ExperimentResult result, Path file) throws IOException {
        Optional<BackgroundSweep> sweep = BackgroundSweep.of(result.arms());
        ExperimentCharts light = new ExperimentCharts(result, ChartTheme.LIGHT);
        List<org.knowm.xchart.internal.chartpart.Chart<?, ?>> charts = new ArrayList<>();
        for (Measure measure : drawn(result)) {
            var chart = light.draw(measure, sweep);
            chart.setTitle(title(measure));
            chart.getStyler().setChartTitleVisible(true).setChartBackgroundColor(Color.WHITE);
            charts.add(chart);
        }
        int columns = charts.size() % COLUMNS == 0 ? COLUMNS : 1;
        AtomicFile.write(
                file, out -> BitmapEncoder.saveBitmap(charts, charts.size() / columns, columns, out, BitmapFormat.PNG));
    }

    /** The measures in which at least one run has a number. */
    private static List<Measure> drawn(ExperimentResult result) {
        return Stream.of(Measure.values())
                .filter(m ->
                        result.arms().stream().flatMap(a -> a.runs().stream()).anyMatch(r -> isDrawn(r.of(m))))
                .toList();
    }

    private static boolean reachedByAll(ExperimentResult result, Measure measure) {
        return result.arms().stream().flatMap(a -> a.runs().stream()).allMatch(r -> isDrawn(r.of(measure)));
    }

    private static boolean isDrawn(double value) {
        return Double.isFinite(value) && value >= 0;
    }

    private static String title(Measure measure) {
        String title = measure == Measure.TRAINING_SECONDS ? "training time in seconds" : measure.title();
        return Character.toUpperCase(title.charAt(0)) + title.substring(1);
    }

    private org.knowm.xchart.internal.chartpart.Chart<?, ?> draw(Measure measure, Optional<BackgroundSweep> sweep) {
        return sweep.isPresent() ? overShare(measure, sweep.get()) : byArm(measure);
    }

    /** A dot for each run, and one for the median. */
    private CategoryChart byArm(Measure measure) {
        CategoryChart chart =
                new CategoryChartBuilder().width(WIDTH).height(HEIGHT).build();
        ink.style(chart.getStyler());
        chart.getStyler()
                .setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Scatter)
                .setXAxisLabelRotation(45);
        scale(chart.getStyler(), measure);
        List<String> names = result.arms().stream().map(a -> a.arm().name()).toList();
        int most = result.arms().stream().mapToInt(a -> a.runs().size()).max().orElse(0);
        for (int run = 0; run < most && most > 1; run++) {
            int place = run;
            dots(
                            chart,
                            run == 0 ? "each seed" : "seed " + run,
                            names,
                            result.arms().stream()
                                    .map(a -> a.runs().size() > place
                                            ? value(a.runs().get(place).of(measure))
                                            : null)
                                    .toList(),
                            ink.series(0),
                            7)
                    .ifPresent(series -> series.setShowInLegend(place == 0));
        }
        dots(
                chart,
                most > 1 ? "median" : "one seed",
                names,
                result.arms().stream()
                        .map(a -> value(a.spread(measure).median()))
                        .toList(),
                ink.series(2),
                11);
        return chart;
    }

    private static Double value(double value) {
        return isDrawn(value) ? value : null;
    }

    /** Adds a series of dots; none if it has no number at all, because XChart cannot scale it. */
    private static Optional<CategorySeries> dots(
            CategoryChart chart, String name, List<String> at, List<Double> values, Color color, int size) {
        if (values.stream().allMatch(v -> v == null)) {
            return Optional.empty();
        }
        CategorySeries series = chart.addSeries(name, at, values);
        series.setMarker(size > 10 ? SeriesMarkers.DIAMOND : SeriesMarkers.CIRCLE)
                .setMarkerColor(color);
        return Optional.of(series);
    }

    /**
     * Smallest span of an axis of scores. Without it, scores that differ by noise alone would fill the height and look
     * different.
     */
    private static final double LEAST_SPAN = 0.1;

    /**
     * Scales the vertical axis. Amounts begin at 0. Scores lie close together; if they differ, the axis covers their
     * range.
     */
    private void scale(AxesChartStyler styler, Measure measure) {
        double[] values = result.arms().stream()
                .flatMap(a -> a.runs().stream())
                .mapToDouble(r -> r.of(measure))
                .filter(ExperimentCharts::isDrawn)
                .distinct()
                .toArray();
        styler.setYAxisDecimalPattern(measure.moreIsBetter() ? "0.00" : "#,##0.##");
        double least = DoubleStream.of(values).min().orElse(0);
        double most = DoubleStream.of(values).max().orElse(0);
        if (!measure.moreIsBetter() || values.length < 2) {
            styler.setYAxisMin(0.0);
        } else if (most - least < LEAST_SPAN) {
            double low = Math.max(0, Math.floor(50 * (least + most) - 50 * LEAST_SPAN) / 100);
            styler.setYAxisMin(low).setYAxisMax(low + LEAST_SPAN + 0.01);
        }
    }

    /** The value; NaN, which interrupts the line, if it is not drawn. */
    private static double gapWhereNotDrawn(double value) {
        return isDrawn(value) ? value : Double.NaN;
    }

    /** A line through the medians for each way to choose the background, and a dot for each run. */
    private XYChart overShare(Measure measure, BackgroundSweep sweep) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle("share of the inputs that is background, in %")
                .build();
        ink.style(chart.getStyler());
        chart.getStyler()
                .setXAxisMin(0.0)
                .setYAxisMin(0.0)
                .setXAxisDecimalPattern("0")
                .setMarkerSize(7);
        scale(chart.getStyler(), measure);
        int line = 0;
        for (Map.Entry<String, List<BackgroundSweep.Point>> points :
                sweep.lines().entrySet()) {
            Color color = ink.series(line == 0 ? 0 : line + 1);
            line++;
            List<double[]> medians = points.getValue().stream()
                    .map(p -> new double[] {
                        100 * p.share(),
                        gapWhereNotDrawn(p.result().spread(measure).median())
                    })
                    .toList();
            add(chart, points.getKey(), medians, color)
                    .ifPresent(s -> s.setLineColor(color).setLineStyle(new BasicStroke(2.5f)));
            List<double[]> runs = points.getValue().stream()
                    .flatMap(p -> p.result().runs().stream().map(r -> new double[] {100 * p.share(), r.of(measure)}))
                    .filter(p -> isDrawn(p[1]))
                    .toList();
            add(chart, points.getKey() + ", each seed", runs, color)
                    .ifPresent(s -> s.setLineStyle(SeriesLines.NONE).setShowInLegend(false));
        }
        return chart;
    }

    private static Optional<XYSeries> add(XYChart chart, String name, List<double[]> points, Color color) {
        if (points.stream().allMatch(p -> Double.isNaN(p[1]))) {
            return Optional.empty();
        }
        XYSeries series = chart.addSeries(
                name,
                points.stream().mapToDouble(p -> p[0]).toArray(),
                points.stream().mapToDouble(p -> p[1]).toArray());
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color);
        return Optional.of(series);
    }
}
