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
 * A picture turned about its center, in a frame of the same size. The picture's corners are cut off, and the uncovered
 * corners of the frame get the mean color.
 *
 * <p>An object's box becomes the bounding box of the turned ellipse inscribed in it. Most objects leave the corners of
 * their box free, and for them the bounding box of the turned box would be too large. A crowd or an ignored region must
 * stay covered as a whole, so it becomes the bounding box of the turned box.
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

    /** The turned annotations; parts of their boxes may lie outside of the picture. */
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
