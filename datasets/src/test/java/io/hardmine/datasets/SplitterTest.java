package io.hardmine.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitterTest {
    @TempDir
    private Path folder;

    private static final DataSummary NOTHING_WRONG = new DataSummary("made up", "", 0, 0, 0, List.of(), List.of());

    private static Picture picture(int i, int... categories) {
        List<Annotation> annotations = new ArrayList<>();
        for (int c : categories) {
            annotations.add(Annotation.of(new Box(1, 1, 5, 5), c));
        }
        return new Picture(i + 1L, "p" + i, Path.of("p" + i), 20, 20, annotations);
    }

    private static LoadedDataset loaded(List<Picture> pictures, Map<String, Split> given, Map<String, String> hashes) {
        List<Category> categories = List.of(new Category(1, "often"), new Category(2, "rare"));
        Map<String, String> all = new HashMap<>(hashes);
        pictures.forEach(p -> all.putIfAbsent(p.name(), "hash of " + p.name()));
        return new LoadedDataset(new Dataset("made up", categories, pictures), given, all, NOTHING_WRONG);
    }

    /** 60 pictures with the frequent class, 12 of them with the rare one too, and 20 without any. */
    private static List<Picture> unbalanced() {
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            pictures.add(i < 12 ? picture(i, 0, 1) : i < 60 ? picture(i, 0) : picture(i));
        }
        return pictures;
    }

    private static long having(Dataset part, int category) {
        return part.pictures().stream()
                .filter(p -> p.annotations().stream().anyMatch(a -> a.category() == category))
                .count();
    }

    @Property(tries = 30)
    void everyPartHasItsShareOfEveryClass(@ForAll long seed) {
        Partition split =
                Splitter.partition(loaded(unbalanced(), Map.of(), Map.of()), new SplitOptions(0.25, 0.25, seed));
        assertEquals(80, split.splits().size());
        for (Split part : List.of(Split.VALIDATION, Split.TEST)) {
            assertEquals(3, having(split.part(part), 1), 1, part + ": a quarter of 12");
            assertEquals(15, having(split.part(part), 0), 2, part + ": a quarter of 60");
            assertEquals(20, split.part(part).pictures().size(), 2);
        }
    }

    @Test
    void theSeedDecides() {
        LoadedDataset data = loaded(unbalanced(), Map.of(), Map.of());
        assertEquals(
                Splitter.partition(data, SplitOptions.defaults(4)).splits(),
                Splitter.partition(data, SplitOptions.defaults(4)).splits());
        assertNotEquals(
                Splitter.partition(data, SplitOptions.defaults(4)).splits(),
                Splitter.partition(data, SplitOptions.defaults(5)).splits());
    }

    @Property(tries = 30)
    void validationIsCarvedFromTrainingNeverFromTest(@ForAll long seed) {
        Map<String, Split> given = new HashMap<>();
        Random random = new Random(seed);
        unbalanced().forEach(p -> given.put(p.name(), random.nextInt(3) == 0 ? Split.TEST : Split.TRAIN));
        Partition split = Splitter.partition(loaded(unbalanced(), given, Map.of()), SplitOptions.defaults(seed));
        given.forEach((name, part) -> {
            if (part == Split.TEST) {
                assertEquals(Split.TEST, split.splits().get(name));
            } else {
                assertNotEquals(Split.TEST, split.splits().get(name));
            }
        });
        assertFalse(split.part(Split.VALIDATION).pictures().isEmpty());
    }

    @Test
    void givenSplitsAreKeptAndTheRestTakesNoPart() {
        Map<String, Split> given = Map.of("p0", Split.TRAIN, "p1", Split.VALIDATION, "p2", Split.TEST);
        Partition split =
                Splitter.partition(loaded(unbalanced().subList(0, 5), given, Map.of()), SplitOptions.defaults(1));
        assertEquals(given, split.splits());
        assertTrue(
                split.warnings().contains("2 pictures are in no split and take no part"), split.warnings()::toString);
    }

    @Test
    void trainingLosesPicturesThatTestHolds() {
        Map<String, Split> given =
                Map.of("p0", Split.TRAIN, "p1", Split.TRAIN, "p2", Split.VALIDATION, "p3", Split.TEST);
        Map<String, String> hashes = Map.of("p0", "same", "p3", "same");
        Partition split =
                Splitter.partition(loaded(unbalanced().subList(0, 4), given, hashes), SplitOptions.defaults(1));
        assertFalse(split.splits().containsKey("p0"));
        assertEquals(Split.TEST, split.splits().get("p3"));
    }

    @Test
    void trainingThatHoldsOnlyCopiesOrNothingIsExplained() {
        List<Picture> two = unbalanced().subList(0, 2);
        Map<String, String> same = Map.of("p0", "same", "p1", "same");
        LoadedDataset copies = loaded(two, Map.of("p0", Split.TRAIN, "p1", Split.VALIDATION), same);
        assertEquals(
                "made up has no training pictures left: each has the content of a validation or test picture",
                assertThrows(DataException.class, () -> Splitter.partition(copies, SplitOptions.defaults(1)))
                        .getMessage());
        LoadedDataset validationOnly = loaded(two, Map.of("p0", Split.VALIDATION, "p1", Split.TEST), Map.of());
        assertEquals(
                "made up has no training pictures: only validation and test pictures are given; name a folder or list for training too, one of its own",
                assertThrows(DataException.class, () -> Splitter.partition(validationOnly, SplitOptions.defaults(1)))
                        .getMessage());
    }

    @Test
    void aSinglePictureHasNoScoresToSpeakOf() {
        Partition split =
                Splitter.partition(loaded(unbalanced().subList(0, 1), Map.of(), Map.of()), SplitOptions.defaults(1));
        assertEquals(Map.of("p0", Split.TRAIN), split.splits());
        assertEquals(
                List.of("there are no validation pictures: no weights can be chosen by their score"), split.warnings());
    }

    @Property(tries = 30)
    void picturesOfTheSameContentStayTogether(@ForAll long seed) {
        Map<String, String> hashes = new HashMap<>();
        for (int i = 0; i < 80; i++) {
            hashes.put("p" + i, "content " + i / 2);
        }
        Partition split = Splitter.partition(loaded(unbalanced(), Map.of(), hashes), new SplitOptions(0.3, 0.3, seed));
        for (int i = 0; i < 80; i += 2) {
            assertEquals(split.splits().get("p" + i), split.splits().get("p" + (i + 1)));
        }
    }

    @Test
    void aStoredSplitIsFoundAgainByContent() {
        LoadedDataset data = loaded(unbalanced(), Map.of(), Map.of());
        Partition split = Splitter.partition(data, SplitOptions.defaults(1));
        List<Picture> renamed = new ArrayList<>();
        Map<String, String> hashes = new HashMap<>();
        for (Picture p : unbalanced()) {
            Picture moved = new Picture(p.id(), "moved/" + p.name(), p.file(), p.width(), p.height(), p.annotations());
            renamed.add(moved);
            hashes.put(moved.name(), data.hashes().get(p.name()));
        }
        Partition again = Partition.stored(split.toJson(), loaded(renamed, Map.of(), hashes));
        split.splits().forEach((name, part) -> assertEquals(part, again.splits().get("moved/" + name)));
        assertEquals(List.of(), again.warnings());
    }

    @Test
    void changedAndMissingPicturesAreWarnedOf() {
        LoadedDataset data = loaded(unbalanced(), Map.of(), Map.of());
        Partition split = Splitter.partition(data, SplitOptions.defaults(1));
        LoadedDataset fewer = loaded(unbalanced().subList(0, 70), Map.of(), Map.of("p3", "changed"));
        Partition again = Partition.stored(split.toJson(), fewer);
        assertEquals(2, again.warnings().size());
        assertTrue(again.warnings().get(0).startsWith("10 of the stored split's pictures are not in the data"));
        assertTrue(again.warnings().get(1).startsWith("1 pictures have another content"));
    }

    @Test
    void sharesThatLeaveNothingAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SplitOptions(0.5, 0.5, 1));
    }
}
