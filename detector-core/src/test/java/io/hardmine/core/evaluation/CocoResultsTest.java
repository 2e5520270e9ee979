package io.hardmine.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CocoResultsTest {
    private static final Dataset DATASET = Fixtures.dataset(List.of("cat", "dog"), List.of(List.of(), List.of()));

    @TempDir
    Path folder;

    @Test
    void writesWhatItReads() throws IOException {
        PictureDetections detections = Fixtures.detections(
                List.of(
                        Fixtures.found(1, 0.12345678901234567, 0.1, 2, 1 / 3.0, 4),
                        Fixtures.found(0, 1, -5, 0, 0, 1e-9)),
                List.of(Fixtures.found(0, 0, 1, 2, 3, 4)));
        Path file = folder.resolve("detections.json");
        CocoResults.write(file, detections, DATASET);
        assertTrue(Files.readString(file).contains("\"category_id\":20"));
        assertEquals(detections, CocoResults.read(file, DATASET));
    }

    @Test
    void passesOverOtherFields() throws IOException {
        PictureDetections read = read("[{\"id\": 3, \"segmentation\": {\"size\": [1, 2], \"counts\": \"x\"}, \"bbox\":"
                + " [1, 2, 3, 4], \"image_id\": 2, \"score\": 1, \"area\": 12, \"category_id\": 10}]");
        assertEquals(List.of(Fixtures.found(0, 1, 1, 2, 3, 4)), read.in(2));
        assertEquals(List.of(), read.in(1));
        assertEquals(0, read("[]").count());
    }

    private PictureDetections read(String text) throws IOException {
        Path file = folder.resolve("results.json");
        Files.writeString(file, text);
        return CocoResults.read(file, DATASET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            ``                                                                                  | the file is empty
            {'annotations': []}                                                                 | one JSON object
            7                                                                                   | a single value
            [7]                                                                                 | entry 1 of the list, is not an object
            [{'image_id': 1,                                                                    | line 1
            [{'image_id': 1, 'category_id': 10, 'bbox': [1, 2, 3, 4], 'score': NaN}]            | not valid JSON
            [{'category_id': 10, 'bbox': [1, 2, 3, 4], 'score': 0.5}]                           | has no field image_id
            [{'image_id': 1, 'bbox': [1, 2, 3, 4], 'score': 0.5}]                               | has no field category_id
            [{'image_id': 1, 'category_id': 10, 'score': 0.5}]                                  | has no field bbox
            [{'image_id': 1, 'category_id': 10, 'bbox': [1, 2, 3, 4]}]                          | has no field score
            [{'image_id': 3, 'category_id': 10, 'bbox': [1, 2, 3, 4], 'score': 0.5}]            | has no picture with id 3
            [{'image_id': 1, 'category_id': 1, 'bbox': [1, 2, 3, 4], 'score': 0.5}]             | no category with id 1; it has 10 (cat), 20 (dog)
            [{'image_id': '1', 'category_id': 10, 'bbox': [1, 2, 3, 4], 'score': 0.5}]          | field image_id: expected a whole number, found the text "1"
            [{'image_id': 1, 'category_id': 1.5, 'bbox': [1, 2, 3, 4], 'score': 0.5}]           | field category_id: expected a whole number, found 1.5
            [{'image_id': 1, 'category_id': 10, 'bbox': [1, 2, 3], 'score': 0.5}]               | field bbox: expected four numbers [x, y, width, height], found 3
            [{'image_id': 1, 'category_id': 10, 'bbox': {}, 'score': 0.5}]                      | field bbox: expected four numbers [x, y, width, height], found an object
            [{'image_id': 1, 'category_id': 10, 'bbox': [1, 2, null, 4], 'score': 0.5}]         | field bbox: expected a number, found null
            [{'image_id': 1, 'category_id': 10, 'bbox': [1, 2, 1e999, 4], 'score': 0.5}]        | field bbox: 1e999 is too large
            [{'image_id': 1, 'category_id': 10, 'bbox': [9, 9, -3, 4], 'score': 0.5}]           | not two corners
            [{'image_id': 1, 'category_id': 10, 'bbox': [1, 2, 3, 4], 'score': 87}]             | field score: 87.0 is not in the range 0 to 1
            [{'image_id': 1, 'category_id': 10, 'bbox': [1, 2, 3, 4], 'score': true}]           | field score: expected a number, found true
            [{'image_id': 99999999999999999999, 'category_id': 10}]                             | field image_id: expected a whole number
            [{'image_id': 1, 'image_id': 2, 'category_id': 10}]                                 | Duplicate field 'image_id'
            [] []                                                                               | something follows the end
            """)
    void saysWhatIsWrong(String text, String expected) {
        String json = text.replace('\'', '"');
        DataException e = assertThrows(DataException.class, () -> read(json));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
        assertTrue(e.getMessage().startsWith(folder.resolve("results.json").toString()), e.getMessage());
    }

    @Test
    void namesLineAndEntry() {
        String good = "{\"image_id\": 1, \"category_id\": 10, \"bbox\": [1, 2, 3, 4], \"score\": 0.5}";
        String bad = "{\"image_id\": 1, \"category_id\": 10, \"bbox\": [1, 2, 3, 4], \"score\": \"high\"}";
        DataException e =
                assertThrows(DataException.class, () -> read("[\n" + good + ",\n" + good + ",\n" + bad + "]"));
        assertTrue(e.getMessage().contains("line 4, entry 3 of the list, field score"), e.getMessage());
    }

    @Test
    void namesAMissingFile() {
        Path missing = folder.resolve("nowhere.json");
        DataException e = assertThrows(DataException.class, () -> CocoResults.read(missing, DATASET));
        assertTrue(e.getMessage().contains("no such file"), e.getMessage());
    }

    @Test
    void writesOneEntryALine() throws IOException {
        Path file = folder.resolve("detections.json");
        CocoResults.write(
                file,
                Fixtures.detections(
                        List.of(Fixtures.found(1, 0.5, 1, 2, 3, 4), Fixtures.found(0, 1, 0.1, 0, 5, 6)),
                        List.of(Fixtures.found(0, 0.25, 1, 2, 3, 4))),
                DATASET);
        assertEquals(
                """
                [
                {"image_id":1,"category_id":20,"bbox":[1.0,2.0,3.0,4.0],"score":0.5}
                ,{"image_id":1,"category_id":10,"bbox":[0.1,0.0,5.0,6.0],"score":1.0}
                ,{"image_id":2,"category_id":10,"bbox":[1.0,2.0,3.0,4.0],"score":0.25}
                ]
                """,
                Files.readString(file));
    }

    @Test
    void readsBoxesWithoutWidthOrHeight() throws IOException {
        PictureDetections detections = Fixtures.detections(
                List.of(Fixtures.found(0, 0.5, 1, 2, 0, 4), Fixtures.found(0, 0.5, 1, 2, 3, 0)), List.of());
        Path file = folder.resolve("detections.json");
        CocoResults.write(file, detections, DATASET);
        assertEquals(detections.in(1), CocoResults.read(file, DATASET).in(1));
    }

    @Test
    void writesNothingIfADetectionIsOfAnotherDataset() {
        Path file = folder.resolve("detections.json");
        PictureDetections elsewhere = PictureDetections.of(Map.of(7L, List.of(Fixtures.found(0, 1, 0, 0, 1, 1))));
        PictureDetections unknown = Fixtures.detections(List.of(Fixtures.found(2, 1, 0, 0, 1, 1)));
        assertThrows(IllegalArgumentException.class, () -> CocoResults.write(file, elsewhere, DATASET));
        assertThrows(IllegalArgumentException.class, () -> CocoResults.write(file, unknown, DATASET));
        assertFalse(Files.exists(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            2  | it has 10 (c1), 20 (c2).
            10 | 90 (c9), 100 (c10).
            11 | 90 (c9), 100 (c10), ….
            """)
    void namesAtMostTenCategories(int categories, String end) throws IOException {
        List<String> names =
                IntStream.rangeClosed(1, categories).mapToObj(i -> "c" + i).toList();
        Dataset dataset = Fixtures.dataset(names, List.of(List.of()));
        Path file = folder.resolve("results.json");
        Files.writeString(file, "[{\"image_id\": 1, \"category_id\": 5, \"bbox\": [1, 2, 3, 4], \"score\": 1}]");
        DataException e = assertThrows(DataException.class, () -> CocoResults.read(file, dataset));
        assertTrue(e.getMessage().endsWith(end), e.getMessage());
    }

    @Test
    void quotesFortyCharactersOfATextInFull() {
        String forty = "x".repeat(40);
        DataException whole = assertThrows(DataException.class, () -> read("[{\"image_id\": \"" + forty + "\"}]"));
        assertTrue(whole.getMessage().endsWith("found the text \"" + forty + "\"."), whole.getMessage());
        DataException cut = assertThrows(DataException.class, () -> read("[{\"image_id\": \"" + forty + "y\"}]"));
        assertTrue(cut.getMessage().endsWith("found the text \"" + forty + "…\"."), cut.getMessage());
    }
}
