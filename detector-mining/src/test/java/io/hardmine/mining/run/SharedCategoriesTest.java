package io.hardmine.mining.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedCategoriesTest {
    private static final Box BOX = new Box(1, 2, 30, 40);

    private static List<Category> categories(String... names) {
        return IntStream.range(0, names.length)
                .mapToObj(i -> new Category(i + 1, names[i]))
                .toList();
    }

    private static Dataset data(String... names) {
        return new Dataset("data", categories(names), List.of());
    }

    @Test
    void categoriesAreTheSameIfTheirNamesAre() {
        SharedCategories shared = SharedCategories.of(categories("nut", "washer"), data("washer", "nut"));
        assertEquals(Map.of(0, 1, 1, 0), shared.toData());
        assertEquals(List.of(), shared.warnings());
    }

    @Test
    void categoriesThatOnlyOneSideHasAreNamed() {
        SharedCategories shared = SharedCategories.of(categories("nut", "bolt"), data("nut", "screw"));
        assertEquals(Map.of(0, 0), shared.toData());
        assertEquals(
                List.of(
                        "the data has no category 'bolt'; what the model finds of it does not count",
                        "the model does not know the data's category 'screw'"),
                shared.warnings());
    }

    @Test
    void nothingInCommonIsRefused() {
        DataException refused =
                assertThrows(DataException.class, () -> SharedCategories.of(categories("nut", "bolt"), data("screw")));
        assertEquals(
                "the model finds [nut, bolt], the data has [screw]: there is nothing to compare", refused.getMessage());
    }

    @Test
    void anObjectThatTheModelDoesNotKnowIsNeitherObjectNorBackground() {
        SharedCategories shared = SharedCategories.of(categories("bolt", "nut"), data("nut", "screw"));
        Annotation nut = Annotation.of(BOX, 0);
        Annotation screw = Annotation.of(BOX, 1);
        Picture picture = new Picture(1, "a.png", Path.of("a.png"), 100, 100, List.of(nut, screw));
        assertEquals(
                List.of(Annotation.of(BOX, 1), screw.asIgnored()),
                shared.forModel(picture).annotations());
    }
}
