package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.loss.ExampleSelection;
import io.hardmine.core.loss.LossBalance;
import io.hardmine.core.model.DataOrigin;
import io.hardmine.core.training.TrainingSettings.ClassLossKind;
import io.hardmine.core.training.TrainingSettings.Input;
import io.hardmine.core.training.TrainingSettings.OptimizerKind;
import io.hardmine.core.training.TrainingSettings.ScheduleSettings;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AutomaticSettingsTest {
    /** One square anchor of 32 pixels on P3, where cells are 8 pixels wide, and of 64 to 512 pixels on the other levels. */
    private static final AnchorShapes ONE = new AnchorShapes(4, List.of(1.0), List.of(1.0));

    /** Anchors of an input of 64 × 64 on four levels; the one of the fifth has its center at (64, 64), outside. */
    private static final int ANCHORS = 64 + 16 + 4 + 1;

    private static final TrainingSettings STILL = TrainingSettings.of(
                    Preset.FAST.network().withPrior(null), new Input(64, 64), ScheduleSettings.of(1))
            .with(new Augmentation(false, false, 0, 0));

    /** Pictures of 64 × 64, each with the square of 32 pixels that is the anchor around (28, 28). */
    private static TrainingTask task(int pictures, TrainingSettings settings) {
        List<Picture> train = IntStream.range(0, pictures)
                .mapToObj(i -> new Picture(
                        i, i + ".png", Path.of(i + ".png"), 64, 64, List.of(Annotation.of(new Box(12, 12, 32, 32), 0))))
                .toList();
        List<Category> categories = List.of(new Category(1, "a"), new Category(2, "b"));
        return new TrainingTask(
                new Dataset("made up", categories, train),
                new Dataset("none", categories, List.of()),
                BackgroundSource.NONE,
                settings,
                ExampleSelection.ALL,
                RepeatFactors.ONCE,
                Map.of(),
                DataOrigin.UNKNOWN,
                JsonNodeFactory.instance.objectNode());
    }

    private static TrainingSettings resolved(TrainingSettings settings) {
        return AutomaticSettings.resolve(task(3, settings), ONE).settings();
    }

    /**
     * A square moved by d cells along one axis overlaps with an IoU of (32 − 8 d) / (32 + 8 d): 0.6 for one cell, 0.33 for
     * two. Moved by one cell along both axes it has 24² / (2 · 32² − 24²) = 0.39. So five anchors stand for the object and
     * none is ignored for its IoU.
     */
    @Test
    void objectsAndBackgroundAreCountedAsTheMatcherHasThem() {
        AnchorCensus census = AnchorCensus.of(task(3, STILL), ONE);
        assertEquals(3 * 5, census.objects());
        assertEquals(3 * ANCHORS, census.examples());
        assertEquals(1, census.quality(), "focal loss has hard targets");
        assertEquals(5.0 / (2 * ANCHORS), census.share(2), 1e-12);
    }

    @Test
    void noMoreThanFiveHundredPicturesAreCounted() {
        assertEquals(500L * ANCHORS, AnchorCensus.of(task(1300, STILL), ONE).examples());
    }

    @Test
    void aPriorThatIsComputedIsTheRestingScoreOfTheLoss() {
        TrainingSettings crossEntropy = STILL.with(STILL.loss().withKind(ClassLossKind.CROSS_ENTROPY));
        assertEquals(0.0294, resolved(crossEntropy).network().prior(), "5 / 170");
        LossBalance focal = new LossBalance(STILL.loss().classLoss(), 1);
        assertEquals(focal.restingScore(5.0 / 170), resolved(STILL).network().prior(), 5e-4);
    }

    @Test
    void aComputedClassWeightRaisesTheBoundOfTheGradientWithIt() {
        TrainingSettings settings =
                STILL.with(STILL.network().withPrior(0.01)).with(STILL.loss().withClassWeight(null));
        TrainingSettings done = resolved(settings);
        assertEquals(0.01, done.network().prior());
        assertEquals(3.73, done.loss().classWeight());
        assertEquals(37.3, done.optimizer().clipNorm());
        assertEquals(done, resolved(done), "numbers give the same numbers");
        TrainingSettings guided = resolved(settings.with(settings.loss().withGuided(true)));
        assertEquals(1, guided.loss().classWeight(), "guiding sets the size");
        assertEquals(10, guided.optimizer().clipNorm());
    }

    @Test
    void numbersThatAreGivenStay() {
        TrainingSettings given = STILL.with(STILL.network().withPrior(0.123))
                .with(STILL.loss().withClassWeight(2.5))
                .with(STILL.optimizer().withKind(OptimizerKind.ADAMW).withLearningRate(0.02));
        assertEquals(given, resolved(given));
        TrainingSettings byRule = resolved(given.with(given.optimizer().withLearningRate(null)));
        assertEquals(0.006667, byRule.optimizer().learningRate(), "0.04 / (4 + 2)");
    }

    @Test
    void whatIsStillToBeComputedIsNotUsed() {
        NullPointerException e =
                assertThrows(NullPointerException.class, () -> STILL.network().architecture(2, 9));
        assertTrue(e.getMessage().contains("network.prior"), e.getMessage());
        e = assertThrows(
                NullPointerException.class,
                () -> STILL.loss().withClassWeight(null).create());
        assertTrue(e.getMessage().contains("loss.class_weight"), e.getMessage());
    }
}
