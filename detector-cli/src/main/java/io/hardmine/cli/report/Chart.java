package io.hardmine.cli.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;

/**
 * A drawing, for light and for dark pages.
 *
 * @param title what it shows
 * @param caption how to read it
 * @param alt text alternative of the drawing
 * @param light {@code data:} address of an SVG picture
 * @param dark the same for dark pages
 */
public record Chart(String title, String caption, String alt, String light, String dark) {
    /** A drawing as a {@code data:} address. */
    public static String svg(org.knowm.xchart.internal.chartpart.Chart<?, ?> chart) throws IOException {
        ByteArrayOutputStream svg = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(chart, svg, VectorGraphicsFormat.SVG);
        return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg.toByteArray());
    }
}
