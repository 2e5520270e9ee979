package io.hardmine.cli.command;

import io.hardmine.cli.terminal.Console;
import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.image.PictureEncoder;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** Draws detections into a picture. */
final class Drawing {
    private static final double GOLDEN_RATIO = 0.618034;
    /**
     * Smaller pictures are enlarged by a whole factor, up to this longer side in pixels. Otherwise labels would cover
     * the objects.
     */
    private static final int READABLE_SIDE = 640;

    private Drawing() {}

    /** Writes the picture with a box and a label for each detection, in the format of the file name's ending. */
    static void write(Mat pixels, List<Detection> found, List<Category> categories, Path file) {
        int times = Math.max(1, READABLE_SIDE / Math.max(pixels.rows(), pixels.cols()));
        Mat canvas = new Mat();
        try {
            Imgproc.resize(pixels, canvas, new Size(), times, times, Imgproc.INTER_CUBIC);
            for (int i = found.size() - 1; i >= 0; i--) {
                draw(canvas, found.get(i), found.get(i).box().scale(times, times), categories);
            }
            PictureEncoder.write(canvas, format(file), file);
        } finally {
            canvas.release();
        }
    }

    private static void draw(Mat pixels, Detection detection, Box box, List<Category> categories) {
        int thickness = Math.max(1, Math.min(pixels.rows(), pixels.cols()) / 400);
        double size = 0.45 * thickness;
        Scalar color = color(detection.category());
        Point corner = new Point(box.x(), box.y());
        Imgproc.rectangle(pixels, corner, new Point(box.right(), box.bottom()), color, thickness);
        String label =
                Console.text("%s %.2f", categories.get(detection.category()).name(), detection.score());
        Size text = Imgproc.getTextSize(label, Imgproc.FONT_HERSHEY_SIMPLEX, size, thickness, null);
        double base = Math.max(box.y(), text.height + 2 * thickness);
        double left = Math.max(0, Math.min(box.x(), pixels.cols() - text.width)); // inside the picture
        Imgproc.rectangle(
                pixels,
                new Point(left, base - text.height - 2 * thickness),
                new Point(left + text.width, base),
                color,
                Imgproc.FILLED);
        Imgproc.putText(
                pixels,
                label,
                new Point(left, base - thickness),
                Imgproc.FONT_HERSHEY_SIMPLEX,
                size,
                new Scalar(255, 255, 255),
                thickness,
                Imgproc.LINE_AA);
    }

    private static String format(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.'));
    }

    /**
     * A color that is dark enough for white letters. Consecutive classes are far apart in hue. OpenCV's order is blue,
     * green, red.
     */
    private static Scalar color(int category) {
        Color color = Color.getHSBColor((float) (category * GOLDEN_RATIO), 0.9f, 0.75f);
        return new Scalar(color.getBlue(), color.getGreen(), color.getRed());
    }
}
