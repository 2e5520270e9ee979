package io.hardmine.datasets.inspect;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.OpenCv;
import io.hardmine.datasets.image.PictureDecoder;
import io.hardmine.datasets.image.PictureEncoder;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Pictures of a data set side by side, with boxes in their categories' colors and a legend: the quickest way to see
 * that annotations are wrong.
 */
public final class ContactSheet {
    private static final int GAP = 8;
    private static final int LINE = 20;
    /**
     * Pixels from a picture's lower edge to the baseline of its name: few, so that it is not read as that of the
     * picture below.
     */
    private static final int CAPTION = 12;

    private static final int LEGEND = 140;
    private static final int LEGEND_COLUMN = 200;
    private static final double TEXT_SCALE = 0.42;
    private static final double TEXT_WIDTH = 7.5;
    private static final Scalar PAPER = new Scalar(250, 250, 250);
    private static final Scalar INK = new Scalar(40, 40, 40);
    private static final Scalar UNCOUNTED = new Scalar(150, 150, 150);

    private final Dataset dataset;
    private final Options options;
    private final Function<Picture, Mat> pixels;

    private ContactSheet(Dataset dataset, Options options, Function<Picture, Mat> pixels) {
        this.dataset = dataset;
        this.pixels = pixels;
        this.options = options;
    }

    /**
     * Contents and size of the sheet.
     *
     * @param pictures largest number of pictures; from a larger data set they are taken at equal distances
     * @param columns number of pictures in a row
     * @param cell longest side that a picture is shown in, in pixels
     */
    public record Options(int pictures, int columns, int cell) {
        /** Checks the ranges. */
        public Options {
            if (pictures < 1 || columns < 1 || cell < 32) {
                throw new IllegalArgumentException("a sheet needs a picture, a column and cells of 32 pixels or more");
            }
        }

        /** 24 pictures in 6 columns of 256 pixels. */
        public static Options standard() {
            return new Options(24, 6, 256);
        }
    }

    /**
     * Writes the sheet. A picture that cannot be decoded leaves an empty cell that says so.
     *
     * @param png replaced if it exists; its folder is created if missing
     * @throws DataException if the data set has no picture or the file cannot be written
     */
    public static void write(Dataset dataset, Path png, Options options) {
        write(dataset, png, options, picture -> PictureDecoder.decode(picture.file()));
    }

    /**
     * As {@link #write(Dataset, Path, Options)}, with pixels of another source.
     *
     * @param pixels gives 8-bit BGR, which the sheet releases
     * @throws DataException if the data set has no picture or the file cannot be written
     */
    public static void write(Dataset dataset, Path png, Options options, Function<Picture, Mat> pixels) {
        if (dataset.pictures().isEmpty()) {
            throw new DataException("Data set " + dataset.name() + " has no pictures to show on a contact sheet.");
        }
        OpenCv.load();
        Mat sheet = new ContactSheet(dataset, options, pixels).draw();
        try {
            PictureEncoder.write(sheet, ".png", png);
        } finally {
            sheet.release();
        }
    }

    private Mat draw() {
        List<Picture> shown = chosen();
        int columns = Math.min(options.columns(), shown.size());
        int rows = (shown.size() + columns - 1) / columns;
        int step = options.cell() + GAP;
        int width = Math.max(GAP + columns * step, LEGEND_COLUMN + 2 * GAP);
        int legendColumns = (width - 2 * GAP) / LEGEND_COLUMN;
        List<Integer> legend = legend(shown);
        int legendRows = (legend.size() + legendColumns - 1) / legendColumns;
        int top = 2 * GAP + LINE * (1 + legendRows);
        Mat sheet = new Mat(top + rows * (step + LINE), width, CvType.CV_8UC3, PAPER);
        write(
                sheet,
                "%s: %d of %d pictures"
                        .formatted(
                                dataset.name(), shown.size(), dataset.pictures().size()),
                GAP,
                LINE,
                width - 2 * GAP);
        for (int i = 0; i < legend.size(); i++) {
            int c = legend.get(i);
            int x = GAP + i % legendColumns * LEGEND_COLUMN;
            int y = LINE * (2 + i / legendColumns);
            Imgproc.rectangle(sheet, new Point(x, y - 11), new Point(x + 12, y + 1), color(c), Imgproc.FILLED);
            write(sheet, dataset.categories().get(c).name(), x + 18, y, LEGEND_COLUMN - 24);
        }
        for (int i = 0; i < shown.size(); i++) {
            int x = GAP + i % columns * step;
            int y = top + i / columns * (step + LINE);
            int height = drawCell(sheet, shown.get(i), x, y);
            write(sheet, shown.get(i).name(), x, y + height + CAPTION, options.cell());
        }
        return sheet;
    }

    /** The categories on the shown pictures, in class-index order; at most {@link #LEGEND}. */
    private static List<Integer> legend(List<Picture> shown) {
        return shown.stream()
                .flatMap(p -> p.annotations().stream())
                .filter(Annotation::isObject)
                .map(Annotation::category)
                .distinct()
                .sorted()
                .limit(LEGEND)
                .toList();
    }

    private List<Picture> chosen() {
        List<Picture> all = dataset.pictures();
        int count = Math.min(options.pictures(), all.size());
        return IntStream.range(0, count)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
                .toList();
    }

    /** Draws a picture and its boxes. Returns its height on the sheet, in pixels. */
    private int drawCell(Mat sheet, Picture picture, int x, int y) {
        Mat decoded;
        try {
            decoded = pixels.apply(picture);
        } catch (DataException e) {
            Imgproc.rectangle(sheet, new Rect(x, y, options.cell(), options.cell()), UNCOUNTED);
            write(sheet, "cannot be decoded", x + GAP, y + options.cell() / 2, options.cell() - 2 * GAP);
            return options.cell();
        }
        double scale = options.cell() / (double) Math.max(decoded.cols(), decoded.rows());
        int width = Math.max(1, (int) Math.round(decoded.cols() * scale));
        int height = Math.max(1, (int) Math.round(decoded.rows() * scale));
        Mat cell = sheet.submat(new Rect(x, y, width, height));
        Mat resized = new Mat();
        try {
            Imgproc.resize(
                    decoded,
                    resized,
                    new Size(width, height),
                    0,
                    0,
                    scale < 1 ? Imgproc.INTER_AREA : Imgproc.INTER_NEAREST);
            resized.copyTo(cell);
            for (Annotation annotation : picture.annotations()) {
                drawBox(cell, annotation, width / (double) picture.width(), height / (double) picture.height());
            }
            return height;
        } finally {
            resized.release();
            cell.release();
            decoded.release();
        }
    }

    /** Draws the box around the object, not on it: it would hide a small object. */
    private static void drawBox(Mat cell, Annotation annotation, double horizontal, double vertical) {
        Box box = annotation.box().scale(horizontal, vertical);
        Scalar color = annotation.isObject() ? color(annotation.category()) : UNCOUNTED;
        Imgproc.rectangle(
                cell,
                new Point(Math.floor(box.x()) - 2, Math.floor(box.y()) - 2),
                new Point(Math.ceil(box.right()) + 1, Math.ceil(box.bottom()) + 1),
                color,
                annotation.isObject() ? 2 : 1);
    }

    /** BGR. Hues a golden section of the circle apart, so that any number of categories have distinct colors. */
    static Scalar color(int category) {
        int hue = (int) (category * 0.618034 * 360) % 360;
        int rgb = Color.HSBtoRGB(hue / 360f, 0.9f, category / 7 % 2 == 0 ? 0.95f : 0.65f);
        return new Scalar(rgb & 0xFF, rgb >> 8 & 0xFF, rgb >> 16 & 0xFF);
    }

    /** Draws one line; if it is too long, its beginning is left out. OpenCV's letters are ASCII only. */
    private static void write(Mat sheet, String text, int x, int baseline, int width) {
        int fitting = Math.max(1, (int) (width / TEXT_WIDTH));
        String shown = text.length() > fitting ? text.substring(text.length() - fitting) : text;
        Imgproc.putText(
                sheet,
                shown.replaceAll("[^\\x20-\\x7E]", "?"),
                new Point(x, baseline),
                Imgproc.FONT_HERSHEY_SIMPLEX,
                TEXT_SCALE,
                INK,
                1,
                Imgproc.LINE_AA);
    }
}
