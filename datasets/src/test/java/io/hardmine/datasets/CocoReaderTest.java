package io.hardmine.datasets;

import static io.hardmine.datasets.DataFiles.boxes;
import static io.hardmine.datasets.DataFiles.finding;
import static io.hardmine.datasets.DataFiles.load;
import static io.hardmine.datasets.DataFiles.loadStrictly;
import static io.hardmine.datasets.DataFiles.names;
import static io.hardmine.datasets.DataFiles.picture;
import static io.hardmine.datasets.DataFiles.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.DataSummary.Kind;
import io.hardmine.datasets.coco.CocoAnnotations;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** COCO files as programs and people write them. */
class CocoReaderTest {
    private static final String GEAR = "{\"id\":1,\"name\":\"gear\"}";
    private static final String IMAGE = "{\"id\":1,\"file_name\":\"a.png\"}";

    @TempDir
    private Path root;

    /** A folder with a.png, described by the file. */
    private Path coco(String categories, String images, String annotations) throws IOException {
        picture(root.resolve("images/a.png"));
        text(root.resolve("annotations/instances.json"), json(categories, images, annotations));
        return root;
    }

    private static String json(String categories, String images, String annotations) {
        return "{\"categories\":[%s],\n\"images\":[%s],\n\"annotations\":[%s]}"
                .formatted(categories, images, annotations);
    }

    private static String annotation(String fields) {
        return "{\"id\":1,\"image_id\":1,\"category_id\":1," + fields + "}";
    }

    @Test
    void aGroupOfTheNameOfItsCategoryIsLeftOut() throws IOException {
        LoadedDataset loaded = load(coco(
                "{\"id\":0,\"name\":\"gear\",\"supercategory\":\"none\"},{\"id\":1,\"name\":\" gear \",\"supercategory\":\"gear\"}",
                IMAGE,
                annotation("\"bbox\":[10,20,30,40]")));
        assertEquals(List.of(new Category(1, "gear")), loaded.dataset().categories());
        assertEquals(List.of(new Box(10, 20, 30, 40)), boxes(loaded, "images/a.png"));
        assertEquals(
                List.of(root.resolve("annotations/instances.json")
                        + ": category 0 has the name of category 1, 'gear', and no objects: left out"),
                loaded.summary().doubts());
    }

    @Test
    void twoCategoriesOfOneNameWithObjectsAreRefusedByTheFilesName() throws IOException {
        coco(
                "{\"id\":0,\"name\":\"gear\"}," + GEAR,
                IMAGE,
                annotation("\"bbox\":[10,20,30,40]") + ",{\"image_id\":1,\"category_id\":0,\"bbox\":[1,2,3,4]}");
        DataException e = assertThrows(DataException.class, () -> load(root));
        assertTrue(
                e.getMessage()
                        .startsWith(root.resolve("annotations/instances.json")
                                + ": the category 'gear' is declared twice, as 0 and as 1"),
                e.getMessage());
    }

    @Test
    void namesThatDifferInCaseAreToldAndKeptApart() throws IOException {
        LoadedDataset loaded = load(coco(
                "{\"id\":1,\"name\":\"Car\"},{\"id\":2,\"name\":\" car \"},{\"id\":3,\"name\":\"bus\"}", IMAGE, ""));
        assertEquals(List.of("Car", "car", "bus"), loaded.dataset().categoryNames());
        assertEquals(
                List.of("the categories 'Car', 'car' differ only in case or blanks: are they one?"),
                loaded.summary().doubts());
    }

    /** The mask covers rows 3 to 6 of columns 2 and 3, in a picture of 10 rows; the text is pycocotools' for it. */
    @Test
    void boxesAreDrawnAroundSegmentations() throws IOException {
        Map<String, Box> bySegmentation = Map.of(
                "[[60,30,100,30,100,70,60,70]]", new Box(60, 30, 40, 40),
                "[[60,30,70,30,70,40],[90,60,100,60,100,70]]", new Box(60, 30, 40, 40),
                "[60,30,100,30,100,70]", new Box(60, 30, 40, 40),
                "{\"size\":[10,8],\"counts\":[23,4,6,4,43]}", new Box(2, 3, 2, 4),
                "{\"size\":[10,8],\"counts\":\"g0460U1\"}", new Box(2, 3, 2, 4),
                "{\"size\":[10,8],\"counts\":[25,10,45]}", new Box(2, 0, 2, 10));
        for (Map.Entry<String, Box> e : bySegmentation.entrySet()) {
            for (String bbox : List.of("", "\"bbox\":null,", "\"bbox\":[],")) {
                coco(GEAR, IMAGE, annotation(bbox + "\"segmentation\":" + e.getKey()));
                assertEquals(List.of(e.getValue()), boxes(loadStrictly(root), "images/a.png"), e.getKey());
            }
        }
    }

    @Test
    void wholeNumbersMayBeWrittenWithAPoint() throws IOException {
        LoadedDataset loaded = load(coco(
                "{\"id\":1.0,\"name\":\"gear\"}",
                "{\"id\":7.0,\"file_name\":\"a.png\"}",
                "{\"id\":1.0,\"image_id\":7.0,\"category_id\":1.0,\"bbox\":[10,20,30,40]}"));
        assertEquals(7, loaded.dataset().pictures().get(0).id());
        assertEquals(List.of(new Box(10, 20, 30, 40)), boxes(loaded, "images/a.png"));
    }

    @Test
    void anAreaThatIsNoNumberIsTheBoxes() throws IOException {
        LoadedDataset loaded = load(coco(GEAR, IMAGE, annotation("\"bbox\":[10,20,30,40],\"area\":NaN")));
        assertEquals(
                List.of(Annotation.of(new Box(10, 20, 30, 40), 0)),
                loaded.dataset().pictures().get(0).annotations());
        assertEquals(List.of(), loaded.summary().findings());
    }

    /** The entry and its field are named; strict mode refuses the data with the same words. */
    @Test
    void anOddAnnotationIsDroppedAndCounted() throws IOException {
        Map<String, String> odd = Map.ofEntries(
                Map.entry(annotation("\"bbox\":[1,\"two\",10,20]"), "\"bbox\"[1] is 'two', not a number"),
                Map.entry(annotation("\"bbox\":[1,2,NaN,20]"), "\"bbox\"[2] is 'NaN', not a number"),
                Map.entry(annotation("\"bbox\":[1,2,-Infinity,20]"), "\"bbox\"[2] is '-Infinity', not a number"),
                Map.entry(annotation("\"bbox\":[1,null,10,20]"), "\"bbox\"[1] is 'null', not a number"),
                Map.entry(annotation("\"bbox\":[1,2,10]"), "\"bbox\" must be [x, y, width, height]"),
                Map.entry(annotation("\"bbox\":null"), "\"bbox\" must be [x, y, width, height]"),
                Map.entry(annotation("\"bbox\":\"1,2,10,20\""), "\"bbox\" must be [x, y, width, height]"),
                Map.entry("{\"image_id\":1,\"bbox\":[1,2,10,20]}", "\"category_id\" is missing"),
                Map.entry(
                        "{\"image_id\":1,\"category_id\":4294967304,\"bbox\":[1,2,10,20]}",
                        "\"category_id\" is 4294967304; categories are numbered up to 2147483647"),
                Map.entry(
                        "{\"image_id\":\"a\",\"category_id\":1,\"bbox\":[1,2,10,20]}",
                        "\"image_id\" is 'a', not an integer"),
                Map.entry("null", "must be an object in braces"),
                Map.entry("17", "must be an object in braces"),
                Map.entry(
                        annotation("\"segmentation\":{\"size\":[10,8],\"counts\":[70,40]}"),
                        "the \"counts\" of \"segmentation\" do not fit its \"size\", 10 × 8"),
                Map.entry(annotation("\"segmentation\":[[1,2,3]]"), "\"segmentation\" must be lists of x, y, x, y, …"));
        String where = root.resolve("annotations/instances.json") + ", line 3, annotations[1]: ";
        for (Map.Entry<String, String> e : odd.entrySet()) {
            coco(GEAR, IMAGE, annotation("\"bbox\":[10,20,30,40]") + "," + e.getKey());
            LoadedDataset loaded = load(root);
            assertEquals(List.of(new Box(10, 20, 30, 40)), boxes(loaded, "images/a.png"), e.getKey());
            assertEquals(
                    List.of(where + e.getValue()),
                    finding(loaded, Kind.UNUSABLE_OBJECT).examples());
            assertEquals(
                    "object that cannot be used: " + where + e.getValue() + " (strict mode; without it: dropped)",
                    assertThrows(DataException.class, () -> loadStrictly(root)).getMessage());
        }
    }

    @Test
    void anAnnotationOfAPictureThatIsNotListedIsDroppedAndCounted() throws IOException {
        LoadedDataset loaded = load(coco(
                GEAR,
                IMAGE,
                annotation("\"bbox\":[10,20,30,40]") + ",{\"image_id\":77,\"category_id\":1,\"bbox\":[1,2,30,40]}"));
        assertEquals(List.of(new Box(10, 20, 30, 40)), boxes(loaded, "images/a.png"));
        assertEquals(
                List.of(root.resolve("annotations/instances.json")
                        + ", line 3, annotations[1]: \"image_id\" 77 is no picture's \"id\""),
                finding(loaded, Kind.STRAY_OBJECT).examples());
        assertThrows(DataException.class, () -> loadStrictly(root));
    }

    @Test
    void entriesWithoutANumberOrNameAreLeftOutAndCounted() throws IOException {
        LoadedDataset loaded = load(coco(
                GEAR + ",{\"id\":2},{\"id\":3,\"name\":\" \"},{\"name\":\"nut\"}",
                IMAGE + ",{\"id\":2},{\"file_name\":\"a.png\"},7",
                annotation("\"bbox\":[10,20,30,40]") + ",{\"image_id\":1,\"category_id\":2,\"bbox\":[1,2,30,40]}"));
        Path file = root.resolve("annotations/instances.json");
        assertEquals(List.of(new Category(1, "gear")), loaded.dataset().categories());
        assertEquals(List.of(new Box(10, 20, 30, 40)), boxes(loaded, "images/a.png"));
        assertEquals(6, finding(loaded, Kind.UNUSABLE_ENTRY).count());
        assertEquals(
                List.of(
                        file + ", line 1, categories[1]: \"name\" is missing or empty",
                        file + ", line 1, categories[2]: \"name\" is missing or empty",
                        file + ", line 1, categories[3]: \"id\" is missing",
                        file + ", line 2, images[1]: \"file_name\" is missing or empty",
                        file + ", line 2, images[2]: \"id\" is missing"),
                finding(loaded, Kind.UNUSABLE_ENTRY).examples());
        assertEquals(1, finding(loaded, Kind.UNKNOWN_CATEGORY).count());
        assertThrows(DataException.class, () -> loadStrictly(root));
    }

    @Test
    void aFileWithoutOneGoodPictureOrCategoryIsRefused() throws IOException {
        Path file = root.resolve("annotations/instances.json");
        coco("{\"id\":1}", IMAGE, annotation("\"bbox\":[10,20,30,40]"));
        assertEquals(
                file + ", line 1, categories[0]: \"name\" is missing or empty",
                assertThrows(DataException.class, () -> load(root)).getMessage());
        coco(GEAR, "{\"file_name\":\"a.png\"}", annotation("\"bbox\":[10,20,30,40]"));
        assertEquals(
                file + ", line 2, images[0]: \"id\" is missing",
                assertThrows(DataException.class, () -> load(root)).getMessage());
    }

    @Test
    void runLengthsBeyondAllNumbersAreDropped() throws IOException {
        LoadedDataset loaded = load(coco(
                GEAR,
                IMAGE,
                annotation("\"bbox\":[10,20,30,40]") + ","
                        + annotation("\"segmentation\":{\"size\":[120,200],\"counts\":[5,9223372036854775807]}")));
        assertEquals(List.of(new Box(10, 20, 30, 40)), boxes(loaded, "images/a.png"));
        assertEquals(
                List.of(
                        root.resolve("annotations/instances.json")
                                + ", line 3, annotations[1]: the \"counts\" of \"segmentation\" do not fit its \"size\", 120 × 200"),
                finding(loaded, Kind.UNUSABLE_OBJECT).examples());
    }

    @Test
    void anEntryOfMillionsOfValuesIsRefusedBeforeItFillsMemory() throws IOException {
        coco(GEAR, IMAGE, annotation("\"segmentation\":[" + "0,".repeat(2_000_000) + "0]"));
        assertEquals(
                root.resolve("annotations/instances.json")
                        + ", line 3, column 4000052: broken JSON: it is nested too deep,"
                        + " or has a text, number or entry that is too long",
                assertThrows(DataException.class, () -> load(root)).getMessage());
    }

    @Test
    void picturesOfASingleFileLieInTheFolderOfItsSplit() throws IOException {
        picture(root.resolve("Train2017/b.png"));
        text(
                root.resolve("annotations/train_coco.json"),
                json(GEAR, IMAGE.replace("a.png", "b.png"), annotation("\"bbox\":[10,20,30,40]")));
        LoadedDataset loaded = load(root);
        assertEquals(List.of(new Box(10, 20, 30, 40)), boxes(loaded, "Train2017/b.png"));
        assertEquals(Map.of(), loaded.givenSplits());
    }

    @Test
    void absoluteNamesInsideTheFolderAndBackSlashesAreFound() throws IOException {
        picture(root.resolve("sub/b.png"));
        LoadedDataset loaded = load(coco(
                GEAR,
                "{\"id\":1,\"file_name\":\"%s\"},{\"id\":2,\"file_name\":\"sub\\\\b.png\"}"
                        .formatted(root.toAbsolutePath().resolve("images/a.png")),
                ""));
        assertEquals(List.of("images/a.png", "sub/b.png"), names(loaded));
        assertEquals(List.of(), loaded.summary().findings());
    }

    @Test
    void hiddenFilesOfMacOsArePassedOver() throws IOException {
        coco(GEAR, IMAGE, annotation("\"bbox\":[10,20,30,40]"));
        Files.write(root.resolve("annotations/._instances.json"), new byte[] {0, 5, 0x16, 7, 0});
        assertEquals(List.of(new Box(10, 20, 30, 40)), boxes(loadStrictly(root), "images/a.png"));
    }

    @Test
    void aFileThatIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
        coco(GEAR, IMAGE, "");
        Path file = root.resolve("annotations/instances.json");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        DataException e = assertThrows(DataException.class, () -> load(root));
        assertEquals(file + " has 3072 MB; such a file may have 2048 MB. Is it the right one?", e.getMessage());
    }

    @Test
    void theParsersAdviceForProgrammersIsLeftOut() throws IOException {
        for (String broken : List.of("{\"images\":[{\"id\":+1}]}", "{\"images\":['a']}", "{\"images\":[01]}")) {
            text(root.resolve("a.json"), broken);
            String message = assertThrows(DataException.class, () -> load(root)).getMessage();
            assertTrue(message.startsWith(root.resolve("a.json") + ", line 1, column "), message);
            assertTrue(!message.contains("enable") && !message.contains("Feature"), message);
        }
    }

    /** Evaluation has no place for findings: an odd entry is refused. */
    @Test
    void evaluationReadsTheSameFiles() throws IOException {
        Path folder = coco(
                "{\"id\":0,\"name\":\"gear\"}," + GEAR,
                "{\"id\":1.0,\"file_name\":\"a.png\"}",
                annotation("\"segmentation\":[[60,30,100,30,100,70,60,70]]"));
        Path file = folder.resolve("annotations/instances.json");
        Dataset truth = CocoAnnotations.read(file, folder);
        assertEquals(List.of(new Category(1, "gear")), truth.categories());
        assertEquals(
                new Box(60, 30, 40, 40),
                truth.pictures().get(0).annotations().get(0).box());
        text(file, json(GEAR, IMAGE, annotation("\"bbox\":[1,2,3]")));
        DataException e = assertThrows(DataException.class, () -> CocoAnnotations.read(file, folder));
        assertEquals(
                "object that cannot be used: " + file
                        + ", line 3, annotations[0]: \"bbox\" must be [x, y, width, height]",
                e.getMessage());
        e = assertThrows(DataException.class, () -> CocoAnnotations.read(folder, folder));
        assertEquals(folder + " is a folder; give a file", e.getMessage());
    }
}
