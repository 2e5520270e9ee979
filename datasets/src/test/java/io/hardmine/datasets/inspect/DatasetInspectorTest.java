package io.hardmine.datasets.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.inspect.Distribution.Bin;
import io.hardmine.datasets.inspect.Distribution.Quantile;
import io.hardmine.datasets.inspect.Inspection.PictureSize;
import io.hardmine.datasets.inspect.Inspection.SplitCount;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetInspectorTest {
    private static final Dataset DATASET = new Dataset(
            "zoo",
            List.of(new Category(3, "cat"), new Category(7, "dog"), new Category(9, "yak")),
            List.of(
                    picture(
                            1,
                            200,
                            100,
                            Annotation.of(new Box(0, 0, 20, 10), 0),
                            Annotation.of(new Box(0, 0, 32, 32), 0),
                            new Annotation(new Box(0, 0, 100, 100), 1, 9216, false, false, true)),
                    picture(2, 200, 100, Annotation.of(new Box(10, 10, 10, 40), 0)),
                    picture(3, 100, 100),
                    picture(
                            4,
                            200,
                            100,
                            new Annotation(new Box(0, 0, 50, 50), 0, 2500, true, false, false),
                            new Annotation(new Box(0, 0, 50, 50), 0, 2500, false, true, false))));

    private static Picture picture(long id, int width, int height, Annotation... annotations) {
        return new Picture(id, id + ".png", Path.of(id + ".png"), width, height, List.of(annotations));
    }

    private final Inspection inspection =
            DatasetInspector.inspect(DATASET, Map.of("1.png", Split.TRAIN, "2.png", Split.TRAIN, "4.png", Split.TEST));

    @Test
    void countsPicturesAndAnnotations() {
        assertEquals(4, inspection.pictures());
        assertEquals(1, inspection.picturesWithoutBoxes());
        assertEquals(4, inspection.objects());
        assertEquals(1, inspection.crowd());
        assertEquals(1, inspection.ignored());
        assertEquals(1, inspection.difficult());
        assertEquals(List.of(new PictureSize(200, 100, 3), new PictureSize(100, 100, 1)), inspection.pictureSizes());
    }

    @Test
    void countsObjectsByCategoryAndSize() {
        assertEquals(
                List.of("cat 2 3 2 1 0", "dog 1 1 0 0 1", "yak 0 0 0 0 0"),
                inspection.categories().stream()
                        .map(c -> "%s %d %d %d %d %d"
                                .formatted(c.name(), c.pictures(), c.objects(), c.small(), c.medium(), c.large()))
                        .toList());
    }

    @Test
    void measuresShapesAndShares() {
        List<Quantile> cats = inspection.categories().get(0).aspectRatio().quantiles();
        assertEquals(new Quantile(0, 0.25), cats.get(0));
        assertEquals(new Quantile(0.5, 1), cats.get(3));
        assertEquals(new Quantile(1, 2), cats.get(6));
        assertEquals(new Quantile(1, 0.5), inspection.pictureShare().quantiles().get(6));
        assertEquals(
                List.of(2L, 1L, 1L, 0L, 0L, 0L, 0L),
                inspection.objectsPerPicture().histogram().stream()
                        .map(Bin::count)
                        .toList());
    }

    @Test
    void quantilesLieBetweenNeighbours() {
        Distribution four = Distribution.of(DoubleStream.of(4, 1, 3, 2), 2, 4);
        assertEquals(
                List.of(1.0, 1.3, 1.75, 2.5, 3.25, 3.7, 4.0),
                four.quantiles().stream()
                        .map(q -> Math.round(q.value() * 1e9) / 1e9)
                        .toList());
        assertEquals(List.of(new Bin(0, 2.0, 1), new Bin(2, 4.0, 2), new Bin(4, null, 1)), four.histogram());
    }

    @Test
    void rendersJson() {
        JsonNode json = inspection.toJson();
        assertEquals(1, json.get("pictures_without_boxes").asInt());
        assertEquals("dog", json.at("/categories/1/name").asText());
        assertEquals(1, json.at("/categories/1/large").asInt());
        assertTrue(json.at("/categories/2/aspect_ratio/quantiles").isEmpty());
        assertTrue(json.at("/aspect_ratio/histogram/6/to").isNull());
    }

    @Test
    void rendersText() {
        String text = inspection.toText();
        assertTrue(text.startsWith("zoo: 4 pictures (1 without boxes), 4 objects\n"), text);
        assertTrue(text.contains("besides: 1 crowd regions, 1 ignored; 1 objects are difficult\n"), text);
        assertTrue(text.contains("picture sizes: 200x100 (3), 100x100 (1)\n"), text);
        assertTrue(text.contains("cat             2        3        2        1        0  1.00 (0.40 to 1.80)"), text);
        assertTrue(text.contains("yak             0        0        0        0        0  -"), text);
        assertTrue(text.contains("all             2        4        2        1        1"), text);
        assertTrue(text.contains("objects per picture: 0: 2, 1: 1, 2 to 5: 1\n"), text);
    }

    @Test
    void binsDoNotOverlap() {
        Annotation nut = Annotation.of(new Box(0, 0, 10, 10), 0);
        List<Picture> pictures = IntStream.of(0, 1, 2, 5, 6, 10, 11, 60)
                .mapToObj(n -> picture(n, 100, 100, Collections.nCopies(n, nut).toArray(Annotation[]::new)))
                .toList();
        String text = DatasetInspector.inspect(DATASET.withPictures(pictures), Map.of())
                .toText();
        assertTrue(
                text.contains("objects per picture: 0: 1, 1: 1, 2 to 5: 2, 6 to 10: 2, 11 to 20: 1, from 51: 1\n"),
                text);
        assertTrue(text.contains("width:height:        0.8 to below 1.25: 95\n"), text);
    }

    @Test
    void countsSplits() {
        assertEquals(List.of(new SplitCount("train", 2, 4), new SplitCount("test", 1, 0)), inspection.splits());
        String text = inspection.toText();
        assertTrue(text.contains("splits: train 2 pictures with 4 objects, test 1 pictures with 0 objects\n"), text);
        assertTrue(DatasetInspector.inspect(DATASET, Map.of()).toText().contains("splits: none are given\n"));
    }

    @Test
    void manyCategoriesAreCountedOneByOne() {
        List<Category> many = IntStream.range(0, 200_000)
                .mapToObj(i -> new Category(i, "c" + i))
                .toList();
        Inspection found = DatasetInspector.inspect(new Dataset("many", many, DATASET.pictures()), Map.of());
        assertEquals(200_000, found.categories().size());
        assertEquals("c199999", found.categories().get(199_999).name());
    }

    @Test
    void anEmptySetIsFine() {
        Inspection empty = DatasetInspector.inspect(new Dataset("none", List.of(), List.of()), Map.of());
        assertEquals(0, empty.objects());
        assertTrue(empty.toText().startsWith("none: 0 pictures (0 without boxes), 0 objects\n"));
    }
}
