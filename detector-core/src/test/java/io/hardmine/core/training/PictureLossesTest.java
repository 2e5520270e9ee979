package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hardmine.datasets.Picture;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PictureLossesTest {
    private static final Picture SEVEN = picture(7);
    private static final Picture NINE = picture(9);

    private final ImageLossHistory losses = new ImageLossHistory(List.of(SEVEN, NINE));

    private static Picture picture(long id) {
        return new Picture(id, id + ".png", Path.of(id + ".png"), 10, 10, List.of());
    }

    private void observe(Picture picture, double loss) {
        losses.observe(List.of(Optional.empty(), Optional.of(picture)), new double[] {100, loss});
    }

    /** An epoch is planned by what was known when the one before it began. */
    @Test
    void whatAnEpochFindsOutPlansTheEpochAfterTheNext() {
        losses.reach(0);
        observe(SEVEN, 4);
        assertEquals(-1, losses.of(SEVEN, 0));
        assertEquals(-1, losses.of(SEVEN, 1));

        losses.reach(1);
        assertEquals(-1, losses.of(SEVEN, 1), "planned while epoch 0 had not been seen");
        assertEquals(4, losses.of(SEVEN, 2));

        observe(SEVEN, 2); // half way from 4 to 2
        losses.reach(1);
        assertEquals(4, losses.of(SEVEN, 2), "a plan does not change within an epoch");

        losses.reach(2);
        assertEquals(4, losses.of(SEVEN, 2));
        assertEquals(3, losses.of(SEVEN, 3));
        assertEquals(-1, losses.of(NINE, 3), "never shown");
    }

    @Test
    void aLossFollowsTheObservedOnesByHalf() {
        observe(NINE, 8);
        observe(NINE, 0);
        observe(NINE, 1);
        losses.reach(1);
        assertEquals(2.5f, losses.of(NINE, 2));
    }

    @Test
    void backgroundAndPicturesThatAreNotTrainedOnAreLeftOut() {
        observe(picture(8), 5);
        losses.reach(1);
        assertEquals(-1, losses.of(SEVEN, 2));
        assertEquals(-1, losses.of(NINE, 2));
    }

    @Test
    void theSavedArraysBringBackAllThreeStates() {
        observe(SEVEN, 4);
        losses.reach(1);
        observe(SEVEN, 2);
        losses.reach(2);
        observe(SEVEN, 7);

        ImageLossHistory resumed = new ImageLossHistory(List.of(SEVEN, NINE));
        Map<String, float[]> into = resumed.arrays();
        losses.arrays().forEach((name, saved) -> System.arraycopy(saved, 0, into.get(name), 0, saved.length));
        resumed.restore(2);

        assertEquals(4, resumed.of(SEVEN, 2));
        assertEquals(3, resumed.of(SEVEN, 3));
        resumed.reach(3);
        assertEquals(3, resumed.of(SEVEN, 3));
        assertEquals(5, resumed.of(SEVEN, 4)); // half way from 3 to 7
    }
}
