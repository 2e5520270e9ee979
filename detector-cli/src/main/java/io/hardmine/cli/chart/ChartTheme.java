package io.hardmine.cli.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Colors of a chart. The series colors are based on Okabe and Ito's palette, which color-blind people can distinguish.
 */
public enum ChartTheme {
    /** On a light page. */
    LIGHT(0x1f2933, 0xd5dae0, 0x0072b2, 0xb07d00, 0xc44f00, 0x00795a, 0xa3497e, 0x2f8fc4, 0x6b6b6b),
    /** On a dark page. */
    DARK(0xe6e9ec, 0x48525c, 0x56b4e9, 0xf0c040, 0xff8a3d, 0x2cc295, 0xe58fc0, 0x9ad4f5, 0xb5b5b5);

    private final Color text;
    private final Color grid;
    private final Color[] series;

    ChartTheme(int text, int grid, int... series) {
        this.text = new Color(text);
        this.grid = new Color(grid);
        this.series = IntStream.of(series).mapToObj(Color::new).toArray(Color[]::new);
    }

    /** Color of words, and of the line that matters most. */
    public Color text() {
        return text;
    }

    /** Color of a series, numbered from 0; after seven the colors repeat. */
    public Color series(int index) {
        return series[index % series.length];
    }

    /** Removes background and borders, thins the grid and puts the legend below. */
    public void style(AxesChartStyler styler) {
        Color clear = new Color(0, 0, 0, 0);
        styler.setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
                .setChartBackgroundColor(clear)
                .setPlotBackgroundColor(clear)
                .setChartFontColor(text)
                .setChartTitleVisible(false)
                .setPlotBorderVisible(false)
                .setLegendBackgroundColor(clear)
                .setLegendBorderColor(clear)
                .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal)
                .setXAxisTitleColor(text)
                .setYAxisTitleColor(text);
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
                .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11))
                .setAxisTickLabelsColor(text)
                .setAxisTickMarksColor(grid)
                .setPlotGridLinesColor(grid)
                .setPlotGridLinesStroke(new BasicStroke(0.7f))
                .setLocale(Locale.ROOT);
    }
}
