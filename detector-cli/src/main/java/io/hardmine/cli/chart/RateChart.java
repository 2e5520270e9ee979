package io.hardmine.cli.chart;

import io.hardmine.core.training.RateCurve;
import io.hardmine.core.training.RateCurve.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the loss over the learning rate, with the suggested rate and the rate of the settings. */
public final class RateChart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;

    /** Upper edge of the chart, as a multiple of the highest averaged loss. Losses above it are drawn at the edge. */
    private static final double ROOM = 2;

    private RateChart() {}

    /**
     * Writes the drawing as a PNG file.
     *
     * @param curve with enough points for a suggestion
     * @throws java.util.NoSuchElementException if it has too few
     */
    public static void write(RateCurve curve, Path file) throws IOException {
        ChartImage.write(draw(curve), file);
    }

    private static XYChart draw(RateCurve curve) {
        ChartTheme ink = ChartTheme.LIGHT;
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle("learning rate")
                .yAxisTitle("class and box loss")
                .build();
        ink.style(chart.getStyler());
        double top = ROOM
                * curve.settled().stream().mapToDouble(Point::averaged).max().orElseThrow();
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setYAxisMin(0.0)
                .setYAxisMax(top)
                .setChartBackgroundColor(Color.WHITE);
        series(chart, "each step", curve.points(), p -> Math.min(top, p.loss()), ink.series(6))
                .setMarker(SeriesMarkers.CIRCLE)
                .setLineStyle(SeriesLines.NONE);
        series(chart, "moving average", curve.settled(), Point::averaged, ink.series(0))
                .setMarker(SeriesMarkers.NONE)
                .setLineStyle(new BasicStroke(2.5f));
        upright(chart, "suggested rate", curve.suggestion().orElseThrow(), top, ink.series(3));
        upright(chart, "rate of the settings", curve.present(), top, ink.series(2));
        return chart;
    }

    private static XYSeries series(
            XYChart chart, String name, List<Point> points, ToDoubleFunction<Point> value, Color color) {
        XYSeries series = chart.addSeries(
                name,
                points.stream().mapToDouble(Point::rate).toArray(),
                points.stream().mapToDouble(value).toArray());
        series.setMarkerColor(color);
        series.setLineColor(color);
        return series;
    }

    private static void upright(XYChart chart, String name, double rate, double top, Color color) {
        chart.addSeries(name, new double[] {rate, rate}, new double[] {0, top})
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(color)
                .setLineStyle(SeriesLines.DASH_DASH);
    }
}
