package io.hardmine.cli.chart;

import io.hardmine.datasets.file.AtomicFile;
import io.hardmine.datasets.image.Png;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.knowm.xchart.internal.chartpart.Chart;

/** A chart as a PNG file, at twice its size, for screens of high resolution and for print. */
public final class ChartImage {
    private static final int SCALE = 2;

    private ChartImage() {}

    /** Writes the chart. Replaces an existing file. */
    public static void write(Chart<?, ?> chart, Path file) throws IOException {
        BufferedImage image =
                new BufferedImage(SCALE * chart.getWidth(), SCALE * chart.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        try {
            pen.scale(SCALE, SCALE);
            chart.paint(pen, chart.getWidth(), chart.getHeight());
        } finally {
            pen.dispose();
        }
        AtomicFile.write(file, out -> Png.write(image, out));
    }
}
