package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.detection.InputCanvas;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.OpenCv;
import io.hardmine.datasets.image.PictureEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;

class PictureMosaicTest {
    private static final Preprocessing PREPROCESSING = new Preprocessing(64, 96);
    private static final Shape SHAPE = new Shape(1, 64, 96, 3);

    /** Black, so that the white object stands out. */
    private static final int SIDE_X = 96;

    private static final int SIDE_Y = 64;
    private static final Box OBJECT = new Box(40, 20, 16, 24);

    @TempDir
    private Path folder;

    @BeforeEach
    void load() {
        OpenCv.load();
    }

    /** Black with a white object. */
    private Picture picture(int number, List<Annotation> annotations) {
        Mat pixels = Mat.zeros(SIDE_Y, SIDE_X, CvType.CV_8UC3);
        Mat object = pixels.submat(new Rect(40, 20, 16, 24));
        object.setTo(new Scalar(255, 255, 255));
        object.release();
        Path file = folder.resolve(number + ".png");
        PictureEncoder.write(pixels, ".png", file);
        pixels.release();
        return new Picture(number, number + ".png", file, SIDE_X, SIDE_Y, annotations);
    }

    private static RandomPlacement placement(Augmentation augmentation) {
        return new RandomPlacement(PREPROCESSING, augmentation);
    }

    private PictureMosaic mosaic(Augmentation augmentation, List<Box> regions, List<Annotation> annotations) {
        List<WholePicture> four = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            four.add(new WholePicture(picture(i, annotations), regions, placement(augmentation)));
        }
        return new PictureMosaic(four);
    }

    private static boolean isWhite(float[] pixels, int x, int y) {
        return pixels[(y * 96 + x) * 3] > 2;
    }

    /** Every white pixel lies in a box, and a whole box is white: boxes move with their pixels, and end at the seams. */
    @Test
    void boxesLieOnTheirPixelsWhereverTheTilesMeet() {
        Augmentation wild = new Augmentation(true, true, 0.5, 0.1).withVisible(0);
        PictureMosaic mosaic = mosaic(wild, null, List.of(Annotation.of(OBJECT, 0)));
        int shown = 0;
        for (int seed = 0; seed < 60; seed++) {
            float[] pixels = new float[SHAPE.length()];
            GroundTruth truth = mosaic.paintOn(new InputCanvas(pixels, SHAPE, 0), new SplittableRandom(seed));
            assertEquals(new Box(0, 0, 96, 64), truth.area());
            assertNull(truth.background());
            for (int y = 0; y < 64; y++) {
                for (int x = 0; x < 96; x++) {
                    Box pixel = new Box(x, y, 1, 1);
                    if (isWhite(pixels, x, y)) {
                        assertTrue(
                                truth.annotations().stream()
                                        .anyMatch(a -> grown(a.box(), 1.5).contains(pixel)),
                                "seed %d: white at %d, %d".formatted(seed, x, y));
                    }
                    if (truth.annotations().stream()
                            .anyMatch(a -> grown(a.box(), -1.5).contains(pixel))) {
                        assertTrue(isWhite(pixels, x, y), "seed %d: not white at %d, %d".formatted(seed, x, y));
                    }
                }
            }
            shown += truth.annotations().size();
        }
        assertTrue(shown > 60, "objects are shown: " + shown);
    }

    private static Box grown(Box box, double by) {
        return new Box(box.x() - by, box.y() - by, box.width() + 2 * by, box.height() + 2 * by);
    }

    @Test
    void anObjectOfWhichASeamLeavesTooLittleIsIgnoredAndNoLessThanTheShareIsAnObject() {
        PictureMosaic mosaic = mosaic(new Augmentation(true, true, 0.5, 0), null, List.of(Annotation.of(OBJECT, 0)));
        int objects = 0;
        int ignored = 0;
        for (int seed = 0; seed < 200; seed++) {
            InputCanvas canvas = new InputCanvas(new float[SHAPE.length()], SHAPE, 0);
            for (Annotation a :
                    mosaic.paintOn(canvas, new SplittableRandom(seed)).annotations()) {
                assertTrue(new Box(0, 0, 96, 64).contains(a.box()));
                double smallest = OBJECT.area() / 1.5 / 1.5;
                double largest = OBJECT.area() * 1.5 * 1.5;
                if (a.isObject()) {
                    objects++;
                    assertTrue(a.box().area() >= 0.29 * smallest, a + " at seed " + seed);
                } else {
                    ignored++;
                    assertTrue(a.box().area() < 0.31 * largest, a + " at seed " + seed);
                }
            }
        }
        assertTrue(objects > 100 && ignored > 20, objects + " objects, " + ignored + " ignored");
    }

    @Test
    void crowdsAndIgnoredRegionsStayWhatTheyAre() {
        Annotation crowd = new Annotation(OBJECT, 0, OBJECT.area(), true, false, false);
        Annotation ignored = Annotation.of(OBJECT, 1).asIgnored();
        PictureMosaic mosaic = mosaic(Augmentation.none(), null, List.of(crowd, ignored));
        boolean crowds = false;
        for (int seed = 0; seed < 20; seed++) {
            InputCanvas canvas = new InputCanvas(new float[SHAPE.length()], SHAPE, 0);
            List<Annotation> seen =
                    mosaic.paintOn(canvas, new SplittableRandom(seed)).annotations();
            assertTrue(seen.stream().noneMatch(Annotation::isObject));
            crowds |= seen.stream().anyMatch(Annotation::crowd);
        }
        assertTrue(crowds);
    }

    @Test
    void picturesWithoutBoxesGiveAMosaicOfBackground() {
        PictureMosaic mosaic = mosaic(Augmentation.defaults(), null, List.of());
        InputCanvas canvas = new InputCanvas(new float[SHAPE.length()], SHAPE, 0);
        GroundTruth truth = mosaic.paintOn(canvas, new SplittableRandom(1));
        assertEquals(List.of(), truth.annotations());
        assertNull(truth.background());
    }

    @Test
    void whereOnePictureLimitsBackgroundTheOthersCountInTheirWholeTile() {
        List<WholePicture> four = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<Box> regions = i == 0 ? List.of(new Box(0, 0, 96, 64)) : i == 1 ? List.of() : null;
            four.add(new WholePicture(picture(i, List.of()), regions, placement(Augmentation.none())));
        }
        InputCanvas canvas = new InputCanvas(new float[SHAPE.length()], SHAPE, 0);
        SplittableRandom random = new SplittableRandom(5);
        GroundTruth truth = new PictureMosaic(four).paintOn(canvas, random);
        SplittableRandom again = new SplittableRandom(5);
        int x = (int) Math.round(96 * (0.25 + 0.5 * again.nextDouble()));
        int y = (int) Math.round(64 * (0.25 + 0.5 * again.nextDouble()));
        assertEquals(
                List.of(new Box(0, 0, x, y), new Box(0, y, x, 64.0 - y), new Box(x, y, 96.0 - x, 64.0 - y)),
                truth.background());
    }

    @Test
    void theSameRandomnessGivesTheSamePixels() {
        Augmentation strong = Augmentation.defaults().with(new ColorJitter(0.015, 0.7, 0.4));
        PictureMosaic mosaic = mosaic(strong, null, List.of(Annotation.of(OBJECT, 0)));
        float[][] inputs = new float[3][SHAPE.length()];
        for (int i = 0; i < 3; i++) {
            mosaic.paintOn(new InputCanvas(inputs[i], SHAPE, 0), new SplittableRandom(i / 2));
        }
        assertArrayEquals(inputs[0], inputs[1]);
        assertFalse(java.util.Arrays.equals(inputs[0], inputs[2]));
    }

    @Test
    void aMosaicNeedsFourPictures() {
        assertThrows(IllegalArgumentException.class, () -> new PictureMosaic(List.of()));
    }

    private static List<Picture> named(String name, int count) {
        return Stream.iterate(0, i -> i + 1)
                .limit(count)
                .map(i -> new Picture(i, name + i, Path.of(name + i), 96, 64, List.of()))
                .toList();
    }

    /** Names that 400 places show with mosaics in half of the inputs of the first 100 steps. */
    private static List<List<String>> choices(long firstStep) {
        InputChoice choice = new InputChoice(
                named("train", 7),
                new FolderBackground(named("background", 3)),
                placement(Augmentation.defaults().withMosaic(0.5)),
                100);
        List<List<String>> names = new ArrayList<>();
        for (int place = 0; place < 400; place++) {
            Optional<Picture> picture = place % 4 == 0
                    ? Optional.empty()
                    : Optional.of(choice.pictures().get(place % 7));
            InputContent content = choice.at(picture, SHAPE, firstStep, Randomness.of(1, 0, place));
            assertEquals(content, choice.at(picture, SHAPE, firstStep, Randomness.of(1, 0, place)));
            assertEquals(
                    picture.map(Picture::name).orElse(content.names().get(0)),
                    content.names().get(0));
            names.add(content.names());
        }
        return names;
    }

    @Test
    void mosaicsTakeTheirShareOfTheInputsWithObjectsAndOnlyTrainingPictures() {
        List<List<String>> names = choices(99);
        long mosaics = names.stream().filter(n -> n.size() == 4).count();
        assertEquals(150, mosaics, 30);
        Set<String> partners = new HashSet<>();
        names.stream().filter(n -> n.size() == 4).forEach(partners::addAll);
        assertEquals(
                Set.of("train0", "train1", "train2", "train3", "train4", "train5", "train6"),
                partners,
                "neither background nor held-out pictures");
        assertEquals(
                100,
                names.stream().filter(n -> n.get(0).startsWith("background")).count());
    }

    @Test
    void fromTheStepOnWhereMosaicsEndEveryInputShowsOnePicture() {
        assertTrue(choices(100).stream().allMatch(n -> n.size() == 1));
    }
}
