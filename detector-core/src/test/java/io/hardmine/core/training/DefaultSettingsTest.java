package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hardmine.core.training.TrainingSettings.Input;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DefaultSettingsTest {
    /** Pictures of one size, each with square objects of these sides. */
    private static Dataset dataset(int count, int width, int height, double... sides) {
        List<Annotation> objects = Arrays.stream(sides)
                .mapToObj(side -> Annotation.of(new Box(0, 0, side, side), 0))
                .toList();
        return of(IntStream.range(0, count)
                .mapToObj(i -> new Picture(i, i + ".png", Path.of(i + ".png"), width, height, objects))
                .toList());
    }

    private static Dataset of(List<Picture> pictures) {
        return new Dataset("made up", List.of(new Category(1, "a")), pictures);
    }

    private static Input input(Dataset dataset) {
        return DefaultSettings.of(dataset, Preset.BALANCED, 1).input();
    }

    private static int epochs(int pictures, Preset preset) {
        return DefaultSettings.of(dataset(pictures, 640, 480, 26), preset, 1)
                .schedule()
                .epochs();
    }

    @Test
    void everyDefaultIsTheRecordedOne() {
        TrainingSettings settings = DefaultSettings.of(dataset(100, 640, 480, 26), Preset.BALANCED, 17);
        assertEquals(
                "Network[backbone=RESNET18, width=32, pyramidChannels=64, headConvolutions=4, headNormalization=true, prior=null]",
                settings.network().toString());
        assertEquals("Input[shortSide=480, longSide=640]", settings.input().toString());
        assertNull(settings.anchors(), "fitted to the boxes");
        assertEquals(
                "Loss[kind=QUALITY_FOCAL, alpha=0.25, gamma=2.0, classWeight=null, guided=false, box=GIOU, beta=0.1, boxWeight=2.0]",
                settings.loss().toString());
        assertEquals(
                "OptimizerSettings[kind=ADAMW, learningRate=null, momentum=0.9, weightDecay=null, clipNorm=10.0, averaging=0.998, averagingRamp=0.0]",
                settings.optimizer().toString());
        assertEquals(
                "ScheduleSettings[epochs=93, steps=0, batch=4, warmupSteps=300, decay=COSINE, patience=0]",
                settings.schedule().toString());
        assertEquals(new Augmentation(true, false, 0.25, 0.1), settings.augmentation());
        assertEquals(
                "Augmentation[mirror=true, flip=false, scale=0.25, translation=0.1, visible=0.3, mosaic=0.0, mosaicUntil=0.85,"
                        + " rotation=0.0, cutout=0.0, color=ColorJitter[hue=0.0, saturation=0.0, value=0.0],"
                        + " quality=Degradation[blur=0.0, jpeg=0.0]]",
                settings.augmentation().toString());
        assertEquals(TrainingSettings.PrecisionChoice.F32, settings.precision());
        assertEquals(0.2, settings.backgroundShare());
        assertEquals(5, settings.validateEvery());
        assertEquals(1, settings.loaderThreads());
        assertEquals(512, settings.cacheMegabytes());
        assertEquals(17, settings.seed());
        assertEquals(
                new TrainingSettings.MatcherSettings(TrainingSettings.MatcherKind.ATSS, 0.5, 0.4, 9),
                settings.matcher());
        assertEquals(14, TrainingSettings.class.getRecordComponents().length, "a new setting has a default to record");
    }

    @Test
    void thePapersPresetTrainsAsThePaperDoes() {
        TrainingSettings settings = DefaultSettings.of(dataset(100, 640, 480, 26), Preset.PAPER, 17);
        assertEquals(
                "Network[backbone=RESNET50, width=64, pyramidChannels=256, headConvolutions=4, headNormalization=false, prior=0.01]",
                settings.network().toString());
        assertEquals(
                "MatcherSettings[kind=IOU, objectIou=0.5, backgroundIou=0.4, candidates=9]",
                settings.matcher().toString());
        assertEquals(
                "Loss[kind=FOCAL, alpha=0.25, gamma=2.0, classWeight=1.0, guided=false, box=GIOU, beta=0.1, boxWeight=2.0]",
                settings.loss().toString());
        assertEquals(
                "OptimizerSettings[kind=SGD, learningRate=0.01, momentum=0.9, weightDecay=1.0E-4, clipNorm=10.0, averaging=0.998, averagingRamp=0.0]",
                settings.optimizer().toString());
    }

    @Test
    void theInputShowsAllButTheSmallestTwentiethOfTheObjectsAt26Pixels() {
        assertEquals(new Input(480, 640), input(dataset(1, 640, 480, 26)));
        assertEquals(new Input(320, 427), input(dataset(1, 640, 480, 39)), "480 · 26 / 39 = 320; 320 · 4 / 3 = 426.7");
        double[] sides = new double[20];
        Arrays.fill(sides, 39);
        sides[0] = 4;
        assertEquals(new Input(320, 427), input(dataset(1, 640, 480, sides)), "one of twenty is left out");
        sides[1] = 4;
        assertEquals(new Input(640, 854), input(dataset(1, 640, 480, sides)), "a second one counts");
    }

    @Test
    void smallObjectsEnlargeByHalfAtMostAndNeverBeyond640() {
        assertEquals(new Input(480, 720), input(dataset(1, 480, 320, 5)), "320 · 1.5");
        assertEquals(new Input(640, 854), input(dataset(1, 640, 480, 5)), "480 · 1.5 = 720");
    }

    @Test
    void largeObjectsShrinkToAQuarterAtMostAndNeverUnder128() {
        assertEquals(new Input(256, 342), input(dataset(1, 1366, 1024, 700)), "1024 / 4; 256 · 1366 / 1024 = 341.5");
        assertEquals(new Input(128, 171), input(dataset(1, 640, 480, 400)), "480 / 4 = 120");
    }

    @Test
    void theLongSideFollowsTheMostElongatedPictureUpToTwice() {
        assertEquals(new Input(320, 480), input(dataset(1, 480, 320, 26)));
        assertEquals(new Input(320, 480), input(dataset(1, 320, 480, 26)), "portrait");
        assertEquals(new Input(320, 640), input(dataset(1, 3200, 320, 26)));
    }

    @Test
    void theMiddleOneOfTheShortSidesDecides() {
        List<Picture> pictures = new ArrayList<>();
        for (int side : new int[] {3000, 320, 320, 64, 3000}) {
            pictures.addAll(dataset(1, side, side).pictures());
        }
        assertEquals(new Input(640, 640), input(of(List.of(pictures.get(0)))));
        assertEquals(new Input(320, 320), input(of(pictures)));
    }

    @Test
    void crowdsAndIgnoredRegionsAreNoObjects() {
        Annotation small = Annotation.of(new Box(0, 0, 5, 5), 0);
        Annotation crowd = new Annotation(small.box(), 0, 25, true, false, false);
        Picture picture = dataset(1, 640, 480, 39).pictures().get(0);
        List<Annotation> annotations = new ArrayList<>(picture.annotations());
        annotations.addAll(Collections.nCopies(3, crowd));
        annotations.addAll(Collections.nCopies(3, small.asIgnored()));
        assertEquals(new Input(320, 427), input(of(List.of(picture.withAnnotations(annotations)))));
    }

    @Test
    void withoutPicturesOrObjectsTheSizeOfThePicturesDecides() {
        assertEquals(new Input(640, 640), input(of(List.of())));
        assertEquals(new Input(480, 640), input(dataset(3, 640, 480)));
        assertEquals(
                150,
                DefaultSettings.of(of(List.of()), Preset.BALANCED, 1).schedule().epochs());
    }

    /**
     * 480 × (480 + 640) / 2 pixels are 4.1016 times 256². Of 2.6 · 10⁹ operations, three times, at 250 · 10⁹ a second:
     * 0.12797 s a picture, 1200 s of which pay for 9377 showings.
     */
    @Test
    void epochsFollowFromTimeAndShowingsAndHaveBounds() {
        assertEquals(93, epochs(100, Preset.BALANCED));
        assertEquals(80, epochs(100, Preset.FAST), "0.4 · 20,000 showings");
        assertEquals(40, epochs(100, Preset.ACCURATE), "1.5 · 1200 s at 0.44297 s a picture");
        assertEquals(10, epochs(5000, Preset.BALANCED));
        assertEquals(150, epochs(10, Preset.BALANCED));
    }

    @Test
    void aNetworkBeyondTheNumbersOfAnArrayIsRefused() {
        TrainingSettings.Network large = DefaultSettings.of(dataset(3, 640, 480), Preset.BALANCED, 1)
                .network()
                .withBackbone(TrainingSettings.BackboneKind.RESNET50)
                .withWidth(512)
                .withPyramidChannels(1024)
                .withPrior(0.01);
        DataException refused = assertThrows(DataException.class, () -> large.architecture(100_000, 9));
        assertEquals(
                "a resnet50 of width 512 with 1024 pyramid channels and 100000 classes has 2^31 parameters or more;"
                        + " lower network.width or network.pyramid_channels",
                refused.getMessage());
    }
}
