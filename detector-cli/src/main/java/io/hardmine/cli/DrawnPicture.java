package io.hardmine.cli;

import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.image.PictureDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** A copy of a picture with detections drawn into it. */
final class DrawnPicture {
    /** Blue, green, red; told apart in most kinds of colour blindness (Okabe and Ito 2008). */
    private static final List<Scalar> COLOURS = List.of(
            new Scalar(0, 94, 213),
            new Scalar(178, 114, 0),
            new Scalar(115, 158, 0),
            new Scalar(167, 121, 204),
            new Scalar(0, 159, 230),
            new Scalar(233, 180, 86),
            new Scalar(66, 228, 240));

    private DrawnPicture() {}

    static void write(Path picture, List<Detection> found, List<Category> categories, Path png) throws IOException {
        Mat pixels = PictureDecoder.decode(picture);
        MatOfByte encoded = new MatOfByte();
        try {
            double scale = Math.max(0.4, Math.min(pixels.rows(), pixels.cols()) / 900.0);
            int line = Math.max(1, (int) Math.round(2 * scale));
            for (Detection d : found) {
                Scalar colour = COLOURS.get(d.category() % COLOURS.size());
                Point corner = new Point(d.box().x(), d.box().y());
                Imgproc.rectangle(
                        pixels, corner, new Point(d.box().right(), d.box().bottom()), colour, line);
                String text = String.format(
                        Locale.ROOT, "%s %.2f", categories.get(d.category()).name(), d.score());
                double above = Math.max(12 * scale + 4, d.box().y() - 3);
                Imgproc.putText(
                        pixels, text, new Point(d.box().x(), above), Imgproc.FONT_HERSHEY_SIMPLEX, scale, colour, line);
            }
            Imgcodecs.imencode(".png", pixels, encoded);
            Files.createDirectories(png.getParent());
            Files.write(png, encoded.toArray());
        } finally {
            encoded.release();
            pixels.release();
        }
    }
}
