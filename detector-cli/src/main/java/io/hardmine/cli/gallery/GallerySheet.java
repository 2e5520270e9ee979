package io.hardmine.cli.gallery;

import io.hardmine.datasets.Box;
import io.hardmine.datasets.file.AtomicFile;
import io.hardmine.mining.bootstrap.HardExample;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Hard negatives side by side in one picture, hardest first, each with the box that fired. */
final class GallerySheet {
    private static final int COLUMNS = 10;
    private static final int CELL = 128;
    private static final int GAP = 8;
    private static final int LINE = 16;
    private static final Color PAPER = new Color(0xfafafa);
    private static final Color INK = new Color(0x28323c);
    private static final Color FIRED = new Color(0xff8a3d);

    private final List<HardExample> examples;
    private final List<String> categories;

    private GallerySheet(List<HardExample> examples, List<String> categories) {
        this.examples = examples;
        this.categories = categories;
    }

    /** Writes the sheet. If there are no examples, the sheet says so. */
    static void write(List<HardExample> examples, List<String> categories, String title, Path png) throws IOException {
        byte[] sheet = CropImage.png(new GallerySheet(examples, categories).draw(title));
        AtomicFile.write(png, out -> out.write(sheet));
    }

    private BufferedImage draw(String title) {
        int rows = (examples.size() + COLUMNS - 1) / COLUMNS;
        int top = LINE + 2 * GAP;
        int rowHeight = CELL + 2 * LINE + GAP;
        BufferedImage sheet = new BufferedImage(
                GAP + COLUMNS * (CELL + GAP), top + Math.max(LINE, rows * rowHeight) + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            pen.setColor(PAPER);
            pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
            write(pen, title, Font.BOLD, GAP, LINE + GAP / 2, sheet.getWidth() - 2 * GAP);
            if (examples.isEmpty()) {
                write(pen, "There are none.", Font.PLAIN, GAP, top + LINE, sheet.getWidth() - 2 * GAP);
            }
            for (int i = 0; i < examples.size(); i++) {
                draw(pen, examples.get(i), GAP + i % COLUMNS * (CELL + GAP), top + i / COLUMNS * rowHeight);
            }
        } finally {
            pen.dispose();
        }
        return sheet;
    }

    private void draw(Graphics2D pen, HardExample example, int x, int y) {
        BufferedImage crop = CropImage.of(example.crop());
        double scale = (double) CELL / Math.max(crop.getWidth(), crop.getHeight());
        pen.drawImage(
                crop,
                x,
                y,
                (int) Math.max(1, Math.round(scale * crop.getWidth())),
                (int) Math.max(1, Math.round(scale * crop.getHeight())),
                null);
        Box fired = Card.outline(example);
        if (fired != null) {
            Rectangle2D box = new Rectangle2D.Double(
                    x + scale * fired.x(), y + scale * fired.y(), scale * fired.width(), scale * fired.height());
            pen.setClip(x, y, CELL, CELL);
            pen.setColor(FIRED);
            pen.setStroke(new BasicStroke(2));
            pen.draw(box);
            pen.setClip(null);
        }
        String score = example.category() < 0 ? "" : String.format(Locale.ROOT, "%.2f ", example.scoreNow());
        String what = score + Card.category(example, categories);
        write(pen, what, Font.BOLD, x, y + CELL + LINE - 4, CELL);
        write(pen, example.picture(), Font.PLAIN, x, y + CELL + 2 * LINE - 4, CELL);
    }

    /** Writes one line. If it is wider than {@code width}, its beginning is left out. */
    private static void write(Graphics2D pen, String text, int style, int x, int baseline, int width) {
        pen.setFont(new Font(Font.SANS_SERIF, style, 11));
        pen.setColor(INK);
        FontMetrics metrics = pen.getFontMetrics();
        String shown = text;
        while (metrics.stringWidth(shown) > width && shown.length() > 2) {
            shown = "…" + shown.substring(2);
        }
        pen.drawString(shown, x, baseline);
    }
}
