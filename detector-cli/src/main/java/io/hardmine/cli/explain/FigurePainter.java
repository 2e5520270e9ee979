package io.hardmine.cli.explain;

import io.hardmine.cli.chart.ChartImage;
import io.hardmine.cli.chart.ChartTheme;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Figures as PNG files. */
final class FigurePainter {
    private static final int WIDTH = 680;
    private static final int HEIGHT = 460;

    /**
     * Order of the colors: blue, orange, green, purple, ochre. Neighbors differ the most. The page has the same order.
     */
    private static final int[] ORDER = {0, 2, 3, 4, 1};

    private FigurePainter() {}

    /** Writes {@code NAME.png} into a folder. */
    static void write(Figure figure, Path folder) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(figure.title())
                .xAxisTitle(figure.x().title())
                .yAxisTitle(figure.y().title())
                .build();
        ChartTheme ink = ChartTheme.LIGHT;
        ink.style(chart.getStyler());
        chart.getStyler()
                .setChartBackgroundColor(Color.WHITE)
                .setChartTitleVisible(true)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        chart.getStyler()
                .setXAxisMin(figure.x().from())
                .setXAxisMax(figure.x().to())
                .setXAxisLogarithmic(figure.x().logarithmic())
                .setYAxisMin(figure.y().from())
                .setYAxisMax(figure.y().to())
                .setXAxisDecimalPattern("0.####")
                .setYAxisDecimalPattern("0.##");
        for (int i = 0; i < figure.lines().size(); i++) {
            Line line = inside(figure.lines().get(i), figure);
            chart.addSeries(line.name(), line.x(), line.y())
                    .setMarker(SeriesMarkers.NONE)
                    .setLineColor(i == 0 ? ink.text() : ink.series(ORDER[(i - 1) % ORDER.length]))
                    .setLineStyle(new BasicStroke(i == 0 ? 2.4f : 2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        }
        ChartImage.write(chart, folder.resolve(figure.name() + ".png"));
    }

    /** The part of a line within the axes: the drawing library would draw the rest across the margins. */
    private static Line inside(Line line, Figure figure) {
        int[] kept = IntStream.range(0, line.x().length)
                .filter(i -> line.x()[i] >= figure.x().from()
                        && line.x()[i] <= figure.x().to())
                .filter(i -> line.y()[i] >= figure.y().from()
                        && line.y()[i] <= figure.y().to())
                .toArray();
        return new Line(
                line.name(),
                IntStream.of(kept).mapToDouble(i -> line.x()[i]).toArray(),
                IntStream.of(kept).mapToDouble(i -> line.y()[i]).toArray());
    }
}
