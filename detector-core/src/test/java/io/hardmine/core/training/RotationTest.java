package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.image.OpenCv;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

class RotationTest {
    private static void assertBox(Box expected, Box actual) {
        assertEquals(expected.x(), actual.x(), 1e-9);
        assertEquals(expected.y(), actual.y(), 1e-9);
        assertEquals(expected.width(), actual.width(), 1e-9);
        assertEquals(expected.height(), actual.height(), 1e-9);
    }

    private static Box turned(double degrees, Annotation annotation) {
        return new Rotation(degrees).of(List.of(annotation), 100, 60).get(0).box();
    }

    @Test
    void aQuarterTurnExchangesTheSidesOfABox() {
        Box right = new Box(70, 25, 20, 10);
        assertBox(new Box(45, -10, 10, 20), turned(90, Annotation.of(right, 0)));
        assertBox(new Box(45, 50, 10, 20), turned(-90, Annotation.of(right, 0)));
    }

    @Test
    void anObjectIsARoundOneAndARegionIsCoveredWhole() {
        Annotation square = Annotation.of(new Box(40, 20, 20, 20), 0);
        assertBox(square.box(), turned(45, square));
        double hull = 20 * Math.sqrt(2);
        assertBox(new Box(50 - hull / 2, 30 - hull / 2, hull, hull), turned(45, square.asIgnored()));
    }

    /** A filled ellipse is found where its box says. */
    @Property(tries = 40)
    void boxesTurnWithThePixels(@ForAll @DoubleRange(min = -45, max = 45) double degrees) {
        OpenCv.load();
        Mat picture = Mat.zeros(200, 300, CvType.CV_8UC3);
        Imgproc.ellipse(
                picture, new Point(180, 110), new Size(40, 15), 0, 0, 360, new Scalar(255, 255, 255), Imgproc.FILLED);
        Box expected = new Rotation(degrees)
                .of(List.of(Annotation.of(new Box(140, 95, 81, 31), 0)), 300, 200)
                .get(0)
                .box();
        Mat turned = new Rotation(degrees).of(picture);
        double left = 300;
        double top = 200;
        double right = 0;
        double bottom = 0;
        byte[] pixels = new byte[3 * 300 * 200];
        turned.get(0, 0, pixels);
        for (int i = 0; i < 300 * 200; i++) {
            if ((pixels[3 * i] & 0xff) > 180) {
                left = Math.min(left, i % 300);
                right = Math.max(right, i % 300 + 1.0);
                top = Math.min(top, i / 300);
                bottom = Math.max(bottom, i / 300 + 1.0);
            }
        }
        turned.release();
        picture.release();
        assertEquals(expected.x(), left, 2);
        assertEquals(expected.y(), top, 2);
        assertEquals(expected.right(), right, 2);
        assertEquals(expected.bottom(), bottom, 2);
    }

    @Property(tries = 200)
    void nothingIsLargerThanItsHullNorThanItWasInArea(
            @ForAll @DoubleRange(min = -90, max = 90) double degrees,
            @ForAll @DoubleRange(min = 1, max = 50) double width,
            @ForAll @DoubleRange(min = 1, max = 50) double height) {
        Annotation object = Annotation.of(new Box(20, 10, width, height), 0);
        Box hull = turned(degrees, object.asIgnored());
        Box tight = turned(degrees, object);
        assertTrue(hull.width() >= tight.width() - 1e-9 && hull.height() >= tight.height() - 1e-9);
        double diagonal = width * width + height * height;
        assertEquals(diagonal, tight.width() * tight.width() + tight.height() * tight.height(), 1e-6 * diagonal);
    }
}
