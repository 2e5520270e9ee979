package io.hardmine.cli.report;

import io.hardmine.cli.chart.ChartTheme;
import io.hardmine.core.evaluation.EvaluationReport;
import io.hardmine.core.evaluation.OperatingCurve;
import io.hardmine.core.evaluation.OperatingPoint;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws an evaluation's curves. */
final class Charts {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 380;
    /**
     * Largest number of classes whose lines remain distinguishable. If there are more, those with the most objects are
     * drawn.
     */
    private static final int MOST_LINES = 7;

    /**
     * Number of bars of the histogram, from score 0.10 to 1. Bars of the many weaker boxes would flatten all others.
     */
    private static final int BARS = 18;

    private static final double BAR = 0.05;
    private static final double FIRST_BAR = 0.1;

    private final EvaluationReport report;
    private final ChartTheme ink;

    private Charts(EvaluationReport report, ChartTheme ink) {
        this.report = report;
        this.ink = ink;
    }

    /** The charts of an evaluation; none if there are no detections. */
    static List<Chart> of(EvaluationReport report) throws IOException {
        if (report.curves().pooled().points().isEmpty()) {
            return List.of();
        }
        Charts light = new Charts(report, ChartTheme.LIGHT);
        Charts dark = new Charts(report, ChartTheme.DARK);
        OperatingCurve pooled = report.curves().pooled();
        List<Chart> charts = new ArrayList<>();
        if (pooled.objects() > 0) {
            charts.add(new Chart(
                    "False alarms against recall (FROC)",
                    "What finding more objects costs: lower is better. A line ends at the highest recall that any threshold"
                            + " reaches. Zero alarms are drawn at the lower edge.",
                    "False alarms per picture over the share of objects found. " + inWords(pooled),
                    Chart.svg(light.falseAlarms()),
                    Chart.svg(dark.falseAlarms())));
            charts.add(new Chart(
                    "Precision against recall (precision-recall curve)",
                    "The share of boxes that are right, over the share of objects found: higher is better. IoU 0.5.",
                    "Precision over recall at IoU 0.5. AP50 over all classes is "
                            + Numbers.score(report.coco().ap50()) + ".",
                    Chart.svg(light.precision()),
                    Chart.svg(dark.precision())));
        }
        OperatingPoint shown = report.atThresholds();
        charts.add(new Chart(
                "Scores",
                "Scores of right boxes and false alarms: the less they overlap, the better a threshold separates them. Scores"
                        + " below " + FIRST_BAR + " are left out.",
                "Number of boxes by score. At the thresholds " + Numbers.whole(shown.found()) + " boxes are right and "
                        + Numbers.whole(shown.falseAlarms()) + " are false alarms.",
                Chart.svg(light.scores()),
                Chart.svg(dark.scores())));
        return charts;
    }

    private static String inWords(OperatingCurve curve) {
        return IntStream.of(5, 8, 9)
                .mapToObj(tenth -> curve.atRecall(tenth / 10.0)
                        .map(p ->
                                "At recall 0." + tenth + ": " + Numbers.perPicture(p.perPicture(p.falseAlarms())) + ".")
                        .orElse("Recall 0." + tenth + " is not reached."))
                .reduce((a, b) -> a + " " + b)
                .orElseThrow();
    }

    private XYChart falseAlarms() {
        XYChart chart = xyChart("share of objects found (recall)", "false alarms per picture");
        double least = 0.5 / Math.max(1, report.counts().pictures());
        lines(chart, point -> Math.max(least, point.perPicture(point.falseAlarms())));
        chart.getStyler().setYAxisLogarithmic(true).setYAxisMin(Math.pow(10, Math.floor(Math.log10(least))));
        chart.getStyler().setYAxisDecimalPattern("#,##0.####");
        return chart;
    }

    private XYChart precision() {
        XYChart chart = xyChart("share of objects found (recall)", "share of boxes that are right (precision)");
        lines(chart, OperatingPoint::precision);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0).setYAxisDecimalPattern("0.0");
        return chart;
    }

    /** Adds a line for all classes and, if there are several, one for each of the classes with the most objects. */
    private void lines(XYChart chart, ToDoubleFunction<OperatingPoint> height) {
        List<OperatingCurve> curves = report.curves().byCategory();
        List<Integer> largest = IntStream.range(0, curves.size())
                .filter(c ->
                        curves.get(c).objects() > 0 && !curves.get(c).points().isEmpty())
                .boxed()
                .sorted(Comparator.comparingInt((Integer c) -> curves.get(c).objects())
                        .reversed())
                .limit(MOST_LINES)
                .toList();
        line(chart, "all classes", report.curves().pooled(), height, ink.text(), 3);
        for (int i = 0; i < largest.size() && curves.size() > 1; i++) {
            int c = largest.get(i);
            line(chart, label(report.categories().get(c)), curves.get(c), height, ink.series(i), 1.6f);
        }
    }

    private static String label(String category) {
        return category.length() > 24 ? category.substring(0, 23) + "…" : category;
    }

    private static void line(
            XYChart chart,
            String name,
            OperatingCurve curve,
            ToDoubleFunction<OperatingPoint> height,
            Color color,
            float thickness) {
        List<OperatingPoint> points = curve.sampled();
        String free = name;
        while (chart.getSeriesMap().containsKey(free)) {
            free += " ";
        }
        chart.addSeries(
                        free,
                        points.stream().mapToDouble(OperatingPoint::recall).toArray(),
                        points.stream().mapToDouble(height).toArray())
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(color)
                .setLineStyle(new BasicStroke(thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    private XYChart xyChart(String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        ink.style(chart.getStyler());
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setXAxisDecimalPattern("0.0");
        return chart;
    }

    private CategoryChart scores() {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle("score from")
                .yAxisTitle("boxes")
                .build();
        ink.style(chart.getStyler());
        chart.getStyler().setStacked(true).setOverlapped(false).setAvailableSpaceFill(0.9);
        chart.getStyler().setXAxisLabelRotation(90).setYAxisDecimalPattern("#,##0");
        List<String> labels = IntStream.range(0, BARS)
                .mapToObj(b -> String.format(Locale.ROOT, "%.2f", edge(b)))
                .toList();
        bars(chart, "right", labels, OperatingPoint::found, ink.series(0));
        bars(chart, "badly placed or twice", labels, p -> p.misplaced() + p.duplicates(), ink.series(1));
        bars(chart, "false alarms", labels, OperatingPoint::falseAlarms, ink.series(2));
        return chart;
    }

    /** Lowest score in a bar. */
    private static double edge(int bar) {
        return FIRST_BAR + bar * BAR;
    }

    private void bars(
            CategoryChart chart,
            String name,
            List<String> labels,
            ToDoubleFunction<OperatingPoint> count,
            Color color) {
        OperatingCurve pooled = report.curves().pooled();
        List<Double> heights = IntStream.range(0, BARS)
                .mapToObj(b -> {
                    double above = b + 1 == BARS ? 0 : count.applyAsDouble(pooled.at(edge(b + 1)));
                    return count.applyAsDouble(pooled.at(edge(b))) - above;
                })
                .toList();
        chart.addSeries(name, labels, heights).setFillColor(color);
    }
}
