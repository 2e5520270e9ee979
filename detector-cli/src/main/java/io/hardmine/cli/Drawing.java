package io.hardmine.cli;

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

    private Drawing() {}

    /** Writes the picture with a box and a label for each detection, as its name ends; the pixels are drawn into. */
    static void write(Mat pixels, List<Detection> found, List<Category> categories, Path file) {
        int thickness = Math.max(1, Math.min(pixels.rows(), pixels.cols()) / 400);
        double size = 0.45 * thickness;
        for (int i = found.size() - 1; i >= 0; i--) {
            Detection detection = found.get(i);
            Box box = detection.box();
            Scalar colour = colour(detection.category());
            Point corner = new Point(box.x(), box.y());
            Imgproc.rectangle(pixels, corner, new Point(box.right(), box.bottom()), colour, thickness);
            String label =
                    Console.text("%s %.2f", categories.get(detection.category()).name(), detection.score());
            Size text = Imgproc.getTextSize(label, Imgproc.FONT_HERSHEY_SIMPLEX, size, thickness, null);
            double base = Math.max(box.y(), text.height + 2 * thickness);
            double left = Math.max(0, Math.min(box.x(), pixels.cols() - text.width)); // all of it inside the picture
            Imgproc.rectangle(
                    pixels,
                    new Point(left, base - text.height - 2 * thickness),
                    new Point(left + text.width, base),
                    colour,
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
        PictureEncoder.write(pixels, format(file), file);
    }

    private static String format(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.'));
    }

    /** Classes far apart in hue, dark enough for white letters; OpenCV has blue first. */
    private static Scalar colour(int category) {
        Color colour = Color.getHSBColor((float) (category * GOLDEN_RATIO), 0.9f, 0.75f);
        return new Scalar(colour.getBlue(), colour.getGreen(), colour.getRed());
    }
}
