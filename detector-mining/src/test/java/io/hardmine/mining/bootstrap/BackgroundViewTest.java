package io.hardmine.mining.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.detection.Detection;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.training.PictureCrop;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * On a picture of 300 x 200 pixels. The input of 240 x 160 shows it at a scale of 0.8, so a crop of 64 pixels of the
 * input covers 80 x 80 pixels of the picture.
 */
class BackgroundViewTest {
    private static final List<Double> THRESHOLDS = List.of(0.5, 0.3);

    private static BackgroundView view(int side, Box... objects) {
        Picture picture = new Picture(
                1,
                "p",
                Path.of("p.png"),
                300,
                200,
                Arrays.stream(objects).map(box -> Annotation.of(box, 0)).toList());
        return new BackgroundView(
                picture, View.of(picture, new Preprocessing(160, 240)), new BackgroundArea(picture, 0), side);
    }

    private static Detection detection(double score, int category, double x, double y, double width, double height) {
        return new Detection(new Box(x, y, width, height), category, score);
    }

    /** The crops of false alarms of 20 x 20 pixels, as the first class with a score of 0.9. */
    private static List<Box> regions(BackgroundView view, double x, double y) {
        return view.falseAlarms(List.of(detection(0.9, 0, x, y, 20, 20)), THRESHOLDS).stream()
                .map(FalsePositive::region)
                .toList();
    }

    /** The crop of a single false alarm. */
    private static Box region(BackgroundView view, Detection detection) {
        return view.falseAlarms(List.of(detection), THRESHOLDS).get(0).region();
    }

    @Test
    void cropsAreCountedInAGrid() {
        assertEquals(3 * 2, view(64).crops(), "lefts 0, 64 and 128, tops 0 and 64");
        assertEquals(3 * 2, view(80).crops(), "the last ones end at the edges");
        assertEquals(1, view(300).crops(), "a crop is at most the whole picture");
        assertEquals(5, view(64, new Box(10, 10, 20, 20)).crops(), "an object lies in the first");
        assertEquals(2, view(64, new Box(70, 70, 20, 20)).crops(), "an object lies in four");
    }

    @Test
    void aFalseAlarmLiesInTheMiddleOfItsCrop() {
        FalsePositive found = view(64).falseAlarms(List.of(detection(0.9, 1, 140, 90, 20, 20)), THRESHOLDS)
                .get(0);
        assertEquals(new FalsePositive("p", new Box(110, 60, 80, 80), 0.8, 1, new Box(140, 90, 20, 20), 0.9), found);
    }

    @Test
    void aCropStaysInsideThePicture() {
        assertEquals(List.of(new Box(0, 0, 80, 80)), regions(view(64), 0, 0));
        assertEquals(List.of(new Box(220, 120, 80, 80)), regions(view(64), 280, 180));
    }

    /** 80 x 20 pixels are 64 x 16 pixels of the input; the crop must have a side of 1.5 · 64 = 96. */
    @Test
    void aCropIsDoubledUntilTheFalseAlarmFits() {
        Detection wide = detection(0.9, 0, 100, 90, 80, 20);
        Detection wider = detection(0.9, 0, 100, 90, 82, 20);
        Detection high = detection(0.9, 0, 140, 60, 20, 80);
        assertEquals(new Box(80, 40, 120, 120), region(view(96), wide));
        assertEquals(240, region(view(96), wider).width(), 1e-9);
        assertEquals(120, region(view(48), wide).width(), 1e-9);
        assertEquals(120, region(view(48), high).width(), 1e-9);
    }

    /** The box of 16 pixels of the input has 48 pixels of room, so its crop may move by 24 of them, or 30 of the picture. */
    @Test
    void aCropGivesWayToAnObject() {
        assertEquals(List.of(new Box(140, 60, 80, 80)), regions(view(64, new Box(100, 60, 20, 80)), 140, 90), "right");
        assertEquals(List.of(new Box(80, 60, 80, 80)), regions(view(64, new Box(180, 60, 20, 80)), 140, 90), "left");
        assertEquals(List.of(new Box(110, 90, 80, 80)), regions(view(64, new Box(80, 60, 140, 20)), 140, 90), "down");
        assertEquals(List.of(new Box(110, 30, 80, 80)), regions(view(64, new Box(80, 120, 140, 20)), 140, 90), "up");
        assertEquals(
                List.of(new Box(140, 90, 80, 80)),
                regions(view(64, new Box(80, 60, 140, 20), new Box(110, 60, 20, 110)), 140, 90),
                "down and right");
        assertEquals(List.of(), regions(view(64, new Box(145, 95, 5, 5)), 140, 90), "an object lies in every crop");
    }

    @Test
    void onlyDetectionsThatReachTheirClassThresholdAreFalseAlarms() {
        List<FalsePositive> found = view(64).falseAlarms(
                        List.of(
                                detection(0.5, 0, 20, 20, 20, 20),
                                detection(0.49, 0, 260, 20, 20, 20),
                                detection(0.3, 1, 20, 160, 20, 20),
                                detection(0.29, 1, 260, 160, 20, 20)),
                        THRESHOLDS);
        assertEquals(
                List.of(new Box(20, 20, 20, 20), new Box(20, 160, 20, 20)),
                found.stream().map(FalsePositive::fired).toList());
    }

    /** Crops of 80 x 80 pixels that are shifted by 40 have an IoU of 1/3, by 45 one of 0.28. */
    @Test
    void ofTwoCropsThatOverlapMuchTheHarderIsKept() {
        List<FalsePositive> found = view(64).falseAlarms(
                        List.of(
                                detection(0.9, 0, 100, 90, 20, 20),
                                detection(0.8, 0, 140, 90, 20, 20),
                                detection(0.7, 0, 145, 90, 20, 20)),
                        THRESHOLDS);
        assertEquals(List.of(0.9, 0.7), found.stream().map(FalsePositive::score).toList());
    }

    @Test
    void aScaleIsTheSameWithinOnePerCent() {
        assertTrue(view(64).isScaleOf(example(0.8)));
        assertTrue(view(64).isScaleOf(example(0.807)));
        assertTrue(view(64).isScaleOf(example(0.793)));
        assertFalse(view(64).isScaleOf(example(0.809)));
        assertFalse(view(64).isScaleOf(example(0.791)));
    }

    private static HardExample example(double scale) {
        FalsePositive found = new FalsePositive("p", new Box(0, 0, 10, 10), scale, 0, new Box(2, 2, 5, 5), 0.9);
        return HardExample.found(found, 1, new PictureCrop("p", 10, 10, new byte[300]));
    }
}
