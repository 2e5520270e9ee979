package io.hardmine.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hardmine.core.detection.Detection;
import io.hardmine.core.evaluation.Mistakes.Missed;
import io.hardmine.core.evaluation.Mistakes.Wrong;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MistakesTest {
    private static Mistakes mistakes(Dataset dataset, PictureDetections found, Double... thresholds) {
        return Mistakes.of(JudgedPicture.judge(dataset, found), new ScoreThresholds(List.of(thresholds)));
    }

    private static List<Double> scores(List<Wrong> wrong) {
        return wrong.stream().map(w -> w.detection().score()).toList();
    }

    @Test
    void namesWhatIsWrongAndTheObjectThere() {
        Annotation cat = Fixtures.object(0, 0, 0, 10, 10);
        Annotation dog = Fixtures.object(1, 50, 0, 10, 10);
        Dataset dataset =
                Fixtures.dataset(List.of("cat", "dog"), List.of(List.of(cat, dog, Fixtures.ignored(0, 0, 50, 20, 20))));
        Detection right = Fixtures.found(0, 0.9, 0, 0, 10, 10);
        Detection again = Fixtures.found(0, 0.8, 0, 0, 10, 9); // IoU 0.9, but the cat is found
        Detection beside = Fixtures.found(0, 0.7, 0, 6, 10, 10); // IoU 40 / 160 = 0.25
        Detection onTheDog = Fixtures.found(0, 0.6, 50, 0, 10, 10);
        Detection nowhere = Fixtures.found(0, 0.5, 80, 80, 10, 10);
        Detection ignored = Fixtures.found(0, 0.4, 5, 55, 5, 5);

        Mistakes mistakes = mistakes(
                dataset, Fixtures.detections(List.of(ignored, nowhere, onTheDog, beside, again, right)), 0.75, 0.75);

        Picture picture = dataset.pictures().get(0);
        // A list holds weak detections too: the thresholds decide only what is missed.
        assertEquals(List.of(new Wrong(picture, nowhere, Outcome.NOTHING, Optional.empty())), mistakes.falseAlarms());
        assertEquals(
                List.of(
                        new Wrong(picture, again, Outcome.DUPLICATE, Optional.of(cat)),
                        new Wrong(picture, beside, Outcome.MISPLACED, Optional.of(cat)),
                        new Wrong(picture, onTheDog, Outcome.WRONG_CLASS, Optional.of(dog))),
                mistakes.confusions());
        // The cat is found at 0.9. The wrong detections near the two objects find neither of them.
        assertEquals(List.of(new Missed(picture, dog, Optional.empty())), mistakes.missed());
    }

    @Test
    void theStrongestWrongDetectionComesFirstWhicheverPictureItIsIn() {
        Annotation object = Fixtures.object(0, 0, 0, 10, 10);
        Dataset dataset = Fixtures.dataset(List.of("a"), Collections.nCopies(4, List.of(object)));
        List<List<Detection>> found = new ArrayList<>();
        for (double score : List.of(0.4, 0.9, 0.6, 0.9)) {
            found.add(List.of(
                    Fixtures.found(0, score, 80, 80, 10, 10),
                    Fixtures.found(0, score - 0.1, 6, 0, 10, 10))); // IoU 0.25
        }

        Mistakes mistakes = mistakes(dataset, Fixtures.detectionsByPicture(found), 0.5);

        // Of equal scores the one in the picture with the lower id comes first.
        assertEquals(List.of(0.9, 0.9, 0.6, 0.4), scores(mistakes.falseAlarms()));
        assertEquals(
                List.of(2L, 4L, 3L, 1L),
                mistakes.falseAlarms().stream().map(w -> w.picture().id()).toList());
        assertEquals(List.of(0.9 - 0.1, 0.9 - 0.1, 0.6 - 0.1, 0.4 - 0.1), scores(mistakes.confusions()));
        assertEquals(
                List.of(2L, 4L, 3L, 1L),
                mistakes.confusions().stream().map(w -> w.picture().id()).toList());
    }

    @Test
    void listsTheWorstTwentyFourOfEach() {
        // Picture 1 has 26 false alarms and 26 misplaced detections, of scores 0.50 to 0.75. Picture 2 has one of
        // each at 0.80. Of these 27 the 24 strongest are 0.80 and 0.75 down to 0.53.
        List<Detection> first = new ArrayList<>();
        for (int i = 0; i < 26; i++) {
            first.add(Fixtures.found(0, (50 + i) / 100.0, 80, 80, 10, 10));
            first.add(Fixtures.found(0, (50 + i) / 100.0, 6, 0, 10, 10)); // IoU 4 / 16 = 0.25
        }
        List<Detection> second = List.of(Fixtures.found(0, 0.8, 80, 80, 10, 10), Fixtures.found(0, 0.8, 6, 0, 10, 10));
        Dataset dataset =
                Fixtures.dataset(List.of("a"), Collections.nCopies(30, List.of(Fixtures.object(0, 0, 0, 10, 10))));

        Mistakes mistakes = mistakes(dataset, Fixtures.detections(first, second), 0.5);

        List<Double> strongest = new ArrayList<>(List.of(0.8));
        IntStream.rangeClosed(53, 75).forEach(percent -> strongest.add(1, percent / 100.0));
        assertEquals(24, strongest.size());
        assertEquals(strongest, scores(mistakes.falseAlarms()));
        assertEquals(strongest, scores(mistakes.confusions()));
        // Thirty objects are missed in the same way: the first pictures are listed.
        assertEquals(
                IntStream.rangeClosed(1, 24).mapToObj(id -> (long) id).toList(),
                mistakes.missed().stream().map(m -> m.picture().id()).toList());
    }

    @Test
    void theMissedObjectWithTheWeakestDetectionComesFirstOfEqualsTheLargest() {
        Annotation large = Fixtures.object(0, 50, 50, 50, 50);
        Annotation small = Fixtures.object(0, 0, 0, 10, 10);
        Annotation middle = Fixtures.object(0, 30, 0, 20, 20);
        Annotation other = Fixtures.object(0, 0, 30, 11, 11);
        Dataset dataset = Fixtures.dataset(List.of("a"), List.of(List.of(large, small), List.of(middle, other)));
        Detection onLarge = Fixtures.found(0, 0.3, 50, 50, 50, 50);
        Detection onOther = Fixtures.found(0, 0.2, 0, 30, 11, 11);

        Mistakes mistakes = mistakes(dataset, Fixtures.detections(List.of(onLarge), List.of(onOther)), 0.5);

        // The middle (400 square pixels) and the small one (100) have no detection. The largest has the strongest one.
        assertEquals(
                List.of(
                        new Missed(dataset.pictures().get(1), middle, Optional.empty()),
                        new Missed(dataset.pictures().get(0), small, Optional.empty()),
                        new Missed(dataset.pictures().get(1), other, Optional.of(onOther)),
                        new Missed(dataset.pictures().get(0), large, Optional.of(onLarge))),
                mistakes.missed());
    }

    @Test
    void anObjectIsFoundByADetectionExactlyAtTheThresholdOfItsClass() {
        Annotation cat = Fixtures.object(0, 0, 0, 10, 10);
        Annotation weakCat = Fixtures.object(0, 20, 0, 10, 10);
        Annotation dog = Fixtures.object(1, 40, 0, 10, 10);
        Dataset dataset = Fixtures.dataset(List.of("cat", "dog"), List.of(List.of(cat, weakCat, dog)));
        Detection tooWeak = Fixtures.found(0, Math.nextDown(0.5), 20, 0, 10, 10);
        PictureDetections found = Fixtures.detections(
                List.of(Fixtures.found(0, 0.5, 0, 0, 10, 10), tooWeak, Fixtures.found(1, 0.3, 40, 0, 10, 10)));

        assertEquals(
                List.of(new Missed(dataset.pictures().get(0), weakCat, Optional.of(tooWeak))),
                mistakes(dataset, found, 0.5, 0.3).missed());
    }

    @Test
    void aDifficultObjectCanBeMissedACrowdAndAnIgnoredRegionCannot() {
        Annotation difficult = Fixtures.difficult(0, 60, 0, 10, 10);
        Dataset dataset = Fixtures.dataset(
                List.of("a"),
                List.of(List.of(Fixtures.crowd(0, 0, 0, 40, 40), Fixtures.ignored(0, 0, 50, 40, 40), difficult)));

        assertEquals(
                List.of(new Missed(dataset.pictures().get(0), difficult, Optional.empty())),
                mistakes(dataset, Fixtures.detections(), 0.5).missed());
    }

    @Test
    void aMisplacedDetectionIsNearTheObjectThatItOverlapsMostOfEqualOverlapsTheFirst() {
        Annotation left = Fixtures.object(0, 0, 0, 10, 10);
        Annotation right = Fixtures.object(0, 12, 0, 10, 10);
        Dataset dataset = Fixtures.dataset(List.of("a"), List.of(List.of(left, right)));
        PictureDetections found = Fixtures.detections(List.of(
                Fixtures.found(0, 0.9, 5, 0, 10, 10), // IoU 5 / 15 and 3 / 17
                Fixtures.found(0, 0.8, 7, 0, 10, 10), // IoU 3 / 17 and 5 / 15
                Fixtures.found(0, 0.7, 6, 0, 10, 10))); // IoU 4 / 16 with both

        assertEquals(
                List.of(left, right, left),
                mistakes(dataset, found, 0.5).confusions().stream()
                        .map(w -> w.object().orElseThrow())
                        .toList());
    }
}
