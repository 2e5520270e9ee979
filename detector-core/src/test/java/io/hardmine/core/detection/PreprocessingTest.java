package io.hardmine.core.detection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.image.OpenCv;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;

/** What ImageNet's channels are normalized by, and where pixels go, worked by hand. */
class PreprocessingTest {
    private static final float[] RED = {(1 - 0.485f) / 0.229f, -0.456f / 0.224f, -0.406f / 0.225f};
    private static final float[] BLUE = {-0.485f / 0.229f, -0.456f / 0.224f, (1 - 0.406f) / 0.225f};
    private static final float[] PADDING = {0, 0, 0};
    private static final Scalar RED_BGR = new Scalar(0, 0, 255);
    private static final Scalar BLUE_BGR = new Scalar(255, 0, 0);

    @BeforeAll
    static void load() {
        OpenCv.load();
    }

    private static void assertPixel(float[] expected, float[] input, Shape shape, int index, int x, int y) {
        int at = index * shape.perPicture() + 3 * (y * shape.width() + x);
        assertArrayEquals(expected, Arrays.copyOfRange(input, at, at + 3), 1e-5f, "at " + x + ", " + y);
    }

    @Test
    void aRedPixelIsNormalisedByTheChannelsOfImageNetInRgbOrder() {
        Shape shape = new Shape(2, 1, 2, 3);
        float[] input = new float[shape.length()];
        new InputCanvas(input, shape, 1).paint(new byte[] {0, 0, (byte) 255}, 1, 1, 0, false);
        assertPixel(PADDING, input, shape, 0, 1, 0);
        assertPixel(PADDING, input, shape, 1, 0, 0);
        assertPixel(RED, input, shape, 1, 1, 0);
    }

    @Test
    void mirroredRowsRunBackwards() {
        Shape shape = new Shape(1, 2, 3, 3);
        byte red = (byte) 255;
        byte[] redBlueTwice = {0, 0, red, red, 0, 0, 0, 0, red, red, 0, 0};
        float[] input = new float[shape.length()];
        new InputCanvas(input, shape, 0).paint(redBlueTwice, 2, 1, 0, true);
        for (int y = 0; y < 2; y++) {
            assertPixel(PADDING, input, shape, 0, 0, y);
            assertPixel(BLUE, input, shape, 0, 1, y);
            assertPixel(RED, input, shape, 0, 2, y);
        }
    }

    /** 64 × 32 pixels, red on the left and blue on the right. */
    private static Mat redAndBlue() {
        Mat picture = new Mat(32, 64, CvType.CV_8UC3, RED_BGR);
        Mat right = picture.submat(new Rect(32, 0, 32, 32));
        right.setTo(BLUE_BGR);
        right.release();
        return picture;
    }

    private static float[] written(ImageTransform transform, Shape shape) {
        float[] input = new float[shape.length()];
        Arrays.fill(input, 7);
        Mat picture = redAndBlue();
        InputCanvas canvas = new InputCanvas(input, shape, 0);
        canvas.clear();
        canvas.paint(picture, transform);
        picture.release();
        return input;
    }

    @Test
    void aPictureLiesWhereItIsPlacedAndTheRestIsZero() {
        Shape shape = new Shape(1, 64, 96, 3);
        float[] input = written(new ImageTransform(64, 32, 64, 32, 8, 4, false, false), shape);
        assertPixel(PADDING, input, shape, 0, 7, 4);
        assertPixel(PADDING, input, shape, 0, 8, 3);
        assertPixel(RED, input, shape, 0, 8, 4);
        assertPixel(RED, input, shape, 0, 39, 35);
        assertPixel(BLUE, input, shape, 0, 40, 4);
        assertPixel(BLUE, input, shape, 0, 71, 35);
        assertPixel(PADDING, input, shape, 0, 72, 35);
        assertPixel(PADDING, input, shape, 0, 71, 36);
    }

    @Test
    void whatSticksOutIsCutOffOnEverySide() {
        Shape shape = new Shape(1, 32, 32, 3);
        float[] left = written(new ImageTransform(64, 32, 64, 32, -40, -8, false, false), shape);
        assertPixel(BLUE, left, shape, 0, 0, 0);
        assertPixel(BLUE, left, shape, 0, 23, 23);
        assertPixel(PADDING, left, shape, 0, 24, 23);
        assertPixel(PADDING, left, shape, 0, 23, 24);
        float[] right = written(new ImageTransform(64, 32, 64, 32, 16, 16, false, false), shape);
        assertPixel(PADDING, right, shape, 0, 15, 16);
        assertPixel(RED, right, shape, 0, 16, 16);
        assertPixel(RED, right, shape, 0, 31, 31);
        float[] outside = written(new ImageTransform(64, 32, 64, 32, 32, 0, false, false), shape);
        assertArrayEquals(new float[shape.length()], outside);
    }

    @Test
    void mirroringExchangesLeftAndRightOfThePictureAlone() {
        Shape shape = new Shape(1, 32, 96, 3);
        float[] input = written(new ImageTransform(64, 32, 64, 32, 8, 0, true, false), shape);
        assertPixel(PADDING, input, shape, 0, 7, 0);
        assertPixel(BLUE, input, shape, 0, 8, 0);
        assertPixel(RED, input, shape, 0, 71, 31);
        assertPixel(PADDING, input, shape, 0, 72, 31);
    }

    @Test
    void theShortSideIsReachedUnlessTheLongSideWouldPassItsBound() {
        Preprocessing preprocessing = new Preprocessing(600, 1000);
        assertEquals(1, preprocessing.scale(800, 600));
        assertEquals(2, preprocessing.scale(300, 400));
        assertEquals(1000 / 1200.0, preprocessing.scale(1200, 600));
        assertEquals(1000 / 1200.0, preprocessing.scale(600, 1200));
        assertEquals(new ImageTransform(1200, 600, 1000, 500, 0, 0, false, false), preprocessing.place(1200, 600));
        assertEquals(new ImageTransform(640, 480, 800, 600, 0, 0, false, false), preprocessing.place(640, 480));
    }

    @Test
    void theInputIsPaddedToTheNextMultiplesOf32() {
        assertEquals(new Shape(3, 608, 800, 3), new Preprocessing(600, 1000).inputShape(3, 640, 480));
        assertEquals(new Shape(1, 512, 1024, 3), new Preprocessing(600, 1000).inputShape(1, 1200, 600));
    }

    @Test
    void aSideIsRoundedAndNeverVanishes() {
        assertEquals(51, Preprocessing.resized(101, 0.5));
        assertEquals(50, Preprocessing.resized(100, 0.504));
        assertEquals(1, Preprocessing.resized(1, 0.1));
        assertEquals(new Preprocessing(300, 500), new Preprocessing(600, 1000).scaled(0.5));
        assertEquals(new Preprocessing(32, 32), new Preprocessing(600, 1000).scaled(0.01));
    }

    @Test
    void sizesOutOfOrderAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Preprocessing(31, 100));
        assertThrows(IllegalArgumentException.class, () -> new Preprocessing(100, 99));
        assertEquals(32, new Preprocessing(32, 32).longSide());
    }

    @Test
    void boxesMoveWithThePictureThereAndBack() {
        ImageTransform mirrored = new ImageTransform(100, 50, 200, 100, 10, -5, true, false);
        ImageTransform flipped = new ImageTransform(100, 50, 200, 100, 10, -5, false, true);
        Box box = new Box(10, 5, 20, 10);
        // twice as large (20, 10, 40, 20); 200 − 60 from the other side; moved by 10, −5
        assertEquals(new Box(150, 5, 40, 20), mirrored.toInput(box));
        assertEquals(new Box(30, 65, 40, 20), flipped.toInput(box));
        assertEquals(box, mirrored.toPicture(new Box(150, 5, 40, 20)));
        assertEquals(box, flipped.toPicture(new Box(30, 65, 40, 20)));
        assertEquals(new Box(10, 0, 170, 95), mirrored.area(180, 120));
    }
}
