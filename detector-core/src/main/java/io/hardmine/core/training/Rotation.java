package io.hardmine.core.training;

import io.hardmine.core.detection.Preprocessing;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.imgproc.Imgproc;

/**
 * A picture turned about its center, in a frame of the same size. Corners are cut off, and others are filled with the mean
 * color.
 *
 * <p>An object's box becomes the box around the turned ellipse that the box inscribes. The hull of the turned box is larger
 * than any object in it that leaves the corners of its box free, as most do. A crowd or an ignored region has to be covered
 * whole, so it becomes the hull.
 *
 * @param degrees counterclockwise, in [−90, 90]
 */
record Rotation(double degrees) {
    /** The turned pixels; the caller releases them. */
    Mat of(Mat picture) {
        Scalar mean = Preprocessing.meanColor();
        Mat turn = Imgproc.getRotationMatrix2D(
                new Point((picture.cols() - 1) / 2.0, (picture.rows() - 1) / 2.0), degrees, 1);
        Mat turned = new Mat();
        try {
            Imgproc.warpAffine(picture, turned, turn, picture.size(), Imgproc.INTER_LINEAR, Core.BORDER_CONSTANT, mean);
            return turned;
        } finally {
            turn.release();
        }
    }

    /** The turned annotations, of which parts may lie outside of the picture. */
    List<Annotation> of(List<Annotation> annotations, int pictureWidth, int pictureHeight) {
        return annotations.stream()
                .map(a -> a.withBox(turned(a, pictureWidth / 2.0, pictureHeight / 2.0)))
                .toList();
    }

    private Box turned(Annotation annotation, double centerX, double centerY) {
        Box box = annotation.box();
        double angle = Math.toRadians(degrees);
        double cosine = Math.cos(angle);
        double sine = Math.sin(angle);
        double dx = box.centerX() - centerX;
        double dy = box.centerY() - centerY;
        // rows count downwards
        double x = centerX + cosine * dx + sine * dy;
        double y = centerY - sine * dx + cosine * dy;
        double c = Math.abs(cosine);
        double s = Math.abs(sine);
        double width = annotation.isObject()
                ? Math.hypot(c * box.width(), s * box.height())
                : c * box.width() + s * box.height();
        double height = annotation.isObject()
                ? Math.hypot(s * box.width(), c * box.height())
                : s * box.width() + c * box.height();
        return new Box(x - width / 2, y - height / 2, width, height);
    }
}
