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
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.FilesByStem;
import io.hardmine.datasets.reading.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of pictures and boxes, whatever the format. */
class AssemblerTest {
    @TempDir
    private Path root;

    private Path csv(String table) throws IOException {
        picture(root.resolve("a.png"));
        picture(root.resolve("b.png"));
        text(root.resolve("boxes.csv"), table);
        return root;
    }

    private Path coco(List<String> boxes) throws IOException {
        picture(root.resolve("a.png"));
        text(
                root.resolve("boxes.json"),
                "{\"categories\":[{\"id\":1,\"name\":\"gear\"}],\"images\":[{\"id\":1,\"file_name\":\"a.png\"}],\"annotations\":[%s]}"
                        .formatted(boxes.stream()
                                .map("{\"image_id\":1,\"category_id\":1,\"bbox\":[%s]}"::formatted)
                                .collect(Collectors.joining(","))));
        return root;
    }

    @Test
    void theBoxesOfAFileThatIsListedSeveralTimesArePutTogether() throws IOException {
        picture(root.resolve("sub/c.png"));
        LoadedDataset loaded = load(
                csv(
                        """
                a.png,10,20,40,60,gear
                b.png,1,2,3,4,gear
                ./a.png,50,20,80,60,gear
                sub/../a.png,90,20,120,60,gear
                sub/../a.png,10,20,40,60,gear
                """));
        assertEquals(List.of("a.png", "b.png"), names(loaded));
        assertEquals(
                List.of(new Box(10, 20, 30, 40), new Box(50, 20, 30, 40), new Box(90, 20, 30, 40)),
                boxes(loaded, "a.png"));
        DataSummary.Finding twice = finding(loaded, Kind.LISTED_TWICE);
        assertEquals(2, twice.count());
        assertEquals(3, twice.boxes());
        assertEquals(
                List.of(root.resolve("boxes.csv") + ", line 5"),
                finding(loaded, Kind.DUPLICATE_BOX).examples());
        assertTrue(
                loaded.summary()
                        .text()
                        .contains("  2 × picture listed twice: boxes put together (3 boxes)%n".formatted()),
                loaded.summary().text());
    }

    @Test
    void anEntryForEachObjectMakesOnePicture() throws IOException {
        picture(root.resolve("a.png"));
        String image = "{\"id\":%d,\"file_name\":\"a.png\"}";
        String box = "{\"image_id\":%d,\"category_id\":1,\"bbox\":[%d,20,30,40]}";
        text(
                root.resolve("all.json"),
                "{\"categories\":[{\"id\":1,\"name\":\"gear\"}],\"images\":[%s,%s,%s],\"annotations\":[%s,%s,%s]}"
                        .formatted(
                                image.formatted(1),
                                image.formatted(2),
                                image.formatted(3),
                                box.formatted(1, 10),
                                box.formatted(2, 20),
                                box.formatted(3, 30)));
        LoadedDataset loaded = load(root);
        assertEquals(
                List.of(new Box(10, 20, 30, 40), new Box(20, 20, 30, 40), new Box(30, 20, 30, 40)),
                boxes(loaded, "a.png"));
        assertEquals(1, loaded.dataset().pictures().get(0).id());
    }

    @Test
    void linksToOneFileAreOnePicture() throws IOException {
        csv("a.png,10,20,40,60,gear\nlink.png,50,20,80,60,gear\n");
        Files.createSymbolicLink(root.resolve("link.png"), root.resolve("a.png"));
        LoadedDataset loaded = load(root);
        assertEquals(List.of("a.png"), names(loaded));
        assertEquals(List.of(new Box(10, 20, 30, 40), new Box(50, 20, 30, 40)), boxes(loaded, "a.png"));
    }

    @Test
    void whatIsLeftOutIsCountedWithItsBoxes() throws IOException {
        csv(
                """
                gone.png,1,2,3,4,gear
                gone.png,5,6,7,8,gear
                ../x.png,1,2,3,4,gear
                broken.png,1,2,3,4,gear
                broken.png,1,2,3,5,gear
                broken.png,1,2,3,6,gear
                a.png,10,20,40,60,gear
                """);
        Files.write(root.resolve("broken.png"), new byte[0]);
        Map<Kind, Long> boxes = load(root).summary().findings().stream()
                .collect(Collectors.toMap(DataSummary.Finding::kind, DataSummary.Finding::boxes));
        assertEquals(Map.of(Kind.MISSING_PICTURE, 2L, Kind.OUTSIDE_FOLDER, 1L, Kind.UNREADABLE_PICTURE, 3L), boxes);
    }

    @Test
    void examplesComeInTheOrderOfTheFile() throws IOException {
        csv("a.png,10,20,40,60,gear\n"
                + IntStream.range(0, 200)
                        .mapToObj("gone%d.png,1,2,3,4,gear\n"::formatted)
                        .collect(Collectors.joining()));
        assertEquals(
                IntStream.range(0, 5)
                        .mapToObj(i -> "%s, line %d: 'gone%d.png'".formatted(root.resolve("boxes.csv"), i + 2, i))
                        .toList(),
                finding(load(root), Kind.MISSING_PICTURE).examples());
        DataException e = assertThrows(DataException.class, () -> loadStrictly(root));
        assertTrue(e.getMessage().contains("line 2: 'gone0.png'"), e.getMessage());
    }

    @Test
    void sharesTakenForPixelsAreAskedAbout() throws IOException {
        String question = "all boxes are smaller than a pixel: are they in shares of the sides? This format has pixels";
        for (Path folder : List.of(
                csv("a.png,0.05,0.1666,0.2,0.5,gear\na.png,0.1,0.2,0.5,0.9,gear\nb.png,0.4,0.4,0.9,0.9,gear\n"))) {
            LoadedDataset loaded = load(folder);
            assertEquals(0, loaded.dataset().annotationCount());
            assertEquals(3, finding(loaded, Kind.TINY_BOX).count());
            assertEquals(List.of(question), loaded.summary().doubts());
        }
        Files.delete(root.resolve("boxes.csv"));
        assertEquals(
                List.of(question),
                load(coco(List.of("0.1,0.2,0.3,0.4", "0.5,0.5,0.5,0.5")))
                        .summary()
                        .doubts());
        Files.delete(root.resolve("boxes.json"));
        text(
                root.resolve("Annotations/a.xml"),
                "<annotation><filename>a.png</filename><object><name>x</name><bndbox><xmin>0.1</xmin><ymin>0.2</ymin>"
                        + "<xmax>0.4</xmax><ymax>0.6</ymax></bndbox></object></annotation>");
        assertEquals(List.of(question), load(root).summary().doubts());
    }

    @Test
    void aBoxBelowAPixelIsDroppedAndOneOfAPixelStays() throws IOException {
        LoadedDataset loaded = load(csv("a.png,10,20,10.3,60,gear\na.png,10,20,11,60,gear\n"));
        assertEquals(List.of(new Box(10, 20, 1, 40)), boxes(loaded, "a.png"));
        assertEquals(
                List.of(root.resolve("boxes.csv") + ", line 1: 0.300 × 40.0 pixels"),
                finding(loaded, Kind.TINY_BOX).examples());
        assertEquals(List.of(), loaded.summary().doubts());
    }

    @Test
    void cornersTakenForSidesAreAskedAbout() throws IOException {
        assertEquals(
                List.of(
                        "3 of 4 boxes stick out of their pictures: are they two corners? This format has x, y, width, height"),
                load(coco(List.of("10,20,40,60", "120,60,180,110", "100,70,150,110", "90,65,199,119")))
                        .summary()
                        .doubts());
    }

    @Test
    void sidesTakenForCornersAreAskedAbout() throws IOException {
        assertEquals(
                List.of(
                        "2 of 3 boxes end before they begin: are they x, y, width, height? This format has two corners"),
                load(csv("a.png,100,60,30,40,gear\na.png,150,20,30,40,gear\na.png,5,5,30,40,gear\n"))
                        .summary()
                        .doubts());
    }

    @Test
    void aRowThatIsRepeatedCountsOnce() throws IOException {
        LoadedDataset table = load(csv("a.png,10,20,40,60,gear\n".repeat(3) + "a.png,10,20,40,60,nut\n"));
        assertEquals(2, table.dataset().annotationCount());
        assertEquals(2, finding(table, Kind.DUPLICATE_BOX).count());
        Files.delete(root.resolve("boxes.csv"));
        LoadedDataset coco = load(coco(List.of("10,20,30,40", "10,20,30,40", "10,20,30,40")));
        assertEquals(List.of(new Box(10, 20, 30, 40)), boxes(coco, "a.png"));
        assertEquals(2, finding(coco, Kind.DUPLICATE_BOX).count());
    }

    @Test
    void anotherFormatThatFitsIsNamedIfTheFirstIsRefused() throws IOException {
        coco(List.of("10,20,30,40"));
        text(root.resolve("dataset.yaml"), "names: [gear]\ntrain: nowhere\n");
        String message = assertThrows(DataException.class, () -> load(root)).getMessage();
        assertTrue(
                message.endsWith(
                        "The folder was read as yolo; it also fits: coco. Give --format to choose, such as --format coco."),
                message);
    }

    @Test
    void trainingAndValidationFromOneFolderAreToldSo() throws IOException {
        picture(root.resolve("images/a.png"));
        String one = "{\"categories\":[{\"id\":1,\"name\":\"x\"}],\"images\":[{\"id\":1,\"file_name\":\"a.png\"}],"
                + "\"annotations\":[{\"image_id\":1,\"category_id\":1,\"bbox\":[0,0,5,5]}]}";
        text(root.resolve("annotations/train.json"), one);
        text(root.resolve("annotations/val.json"), one);
        LoadedDataset loaded = load(root);
        assertEquals(Map.of("images/a.png", Split.VALIDATION), loaded.givenSplits());
        DataException e = assertThrows(DataException.class, () -> Splitter.partition(loaded, SplitOptions.defaults(1)));
        assertTrue(
                e.getMessage()
                        .endsWith(
                                " has no training pictures: 1 are listed for training and for validation or test too, which come first; are both the same folder?"),
                e.getMessage());
    }

    @Test
    void aFolderOrADeviceIsNoTextFile() {
        assertEquals(
                root + " is a folder; give a file",
                assertThrows(DataException.class, () -> TextLines.of(root)).getMessage());
        Path nowhere = root.resolve("nowhere");
        assertEquals(
                nowhere + ": there is no such file or folder",
                assertThrows(DataException.class, () -> TextLines.of(nowhere)).getMessage());
        Path device = Path.of("/dev/zero");
        if (Files.exists(device)) {
            assertEquals(
                    device + " is no regular file but a pipe or a device; give a file",
                    assertThrows(DataException.class, () -> TextLines.of(device))
                            .getMessage());
        }
    }

    @Test
    void aCopyOfAPictureIsToldAndKept() throws IOException {
        csv(
                """
                a.png,10,20,40,60,gear
                b.png,10,20,40,60,gear
                copy.png,10,20,40,60,gear
                third.png,10,20,40,60,gear
                """);
        Files.copy(root.resolve("a.png"), root.resolve("copy.png"));
        Files.copy(root.resolve("a.png"), root.resolve("third.png"));
        LoadedDataset loaded = loadStrictly(root);
        assertEquals(List.of("a.png", "b.png", "copy.png", "third.png"), names(loaded));
        assertEquals(
                List.of("a.png and copy.png", "a.png and third.png"),
                finding(loaded, Kind.DUPLICATE_PICTURE).examples());
        assertEquals(0, loaded.summary().count(Kind.DUPLICATE_ACROSS_SPLITS));
    }

    @Test
    void aCopyInAnotherSplitIsToldApartFromOneInTheSameSplit() throws IOException {
        csv(
                """
                filename,class,xmin,ymin,xmax,ymax,split
                a.png,gear,10,20,40,60,train
                b.png,gear,10,20,40,60,train
                held_out.png,gear,10,20,40,60,test
                again.png,gear,10,20,40,60,train
                """);
        Files.copy(root.resolve("a.png"), root.resolve("held_out.png"));
        Files.copy(root.resolve("b.png"), root.resolve("again.png"));
        LoadedDataset loaded = loadStrictly(root);
        assertEquals(
                List.of("a.png and held_out.png"),
                finding(loaded, Kind.DUPLICATE_ACROSS_SPLITS).examples());
        assertEquals(
                List.of("b.png and again.png"),
                finding(loaded, Kind.DUPLICATE_PICTURE).examples());
    }

    /** A picture in no split takes no part, so its copy is in one split only; copies of that copy count as before. */
    @Test
    void aCopyOfAPictureInNoSplitIsNotInTwoSplits() throws IOException {
        csv(
                """
                filename,class,xmin,ymin,xmax,ymax,split
                a.png,gear,10,20,40,60,
                b.png,gear,10,20,40,60,train
                of_a.png,gear,10,20,40,60,train
                held_out.png,gear,10,20,40,60,test
                """);
        Files.copy(root.resolve("a.png"), root.resolve("of_a.png"));
        Files.copy(root.resolve("a.png"), root.resolve("held_out.png"));
        LoadedDataset loaded = loadStrictly(root);
        assertEquals(
                List.of("a.png and of_a.png"),
                finding(loaded, Kind.DUPLICATE_PICTURE).examples());
        assertEquals(
                List.of("of_a.png and held_out.png"),
                finding(loaded, Kind.DUPLICATE_ACROSS_SPLITS).examples());
    }

    @Test
    void theOrderOfTheEntriesDoesNotDecideTheSplit() throws IOException {
        LoadedDataset loaded = load(
                csv(
                        """
                filename,class,xmin,ymin,xmax,ymax,split
                a.png,gear,10,20,40,60,test
                a.png,gear,50,20,80,60,train
                b.png,gear,10,20,40,60,
                b.png,gear,50,20,80,60,val
                """));
        assertEquals(Map.of("a.png", Split.TEST, "b.png", Split.VALIDATION), loaded.givenSplits());
        assertEquals(
                List.of(root.resolve("boxes.csv") + ", line 3: 'a.png' is in TEST and TRAIN"),
                finding(loaded, Kind.IN_TWO_SPLITS).examples());
    }

    @Test
    void numbersOfPicturesAreKeptFromZeroOn() throws IOException {
        picture(root.resolve("a.png"));
        picture(root.resolve("b.png"));
        text(
                root.resolve("boxes.json"),
                "{\"categories\":[{\"id\":1,\"name\":\"gear\"}],\"images\":[{\"id\":7,\"file_name\":\"a.png\"},"
                        + "{\"id\":0,\"file_name\":\"b.png\"}],\"annotations\":[]}");
        assertEquals(List.of(7L, 0L), ids(load(root)));
    }

    @Test
    void picturesAndCategoriesWithoutNumbersAreCountedFromOne() throws IOException {
        assertEquals(List.of(1L), ids(load(csv("a.png,10,20,40,60,gear\n"))));
        LoadedDataset two = load(csv("a.png,10,20,40,60,nut\nb.png,10,20,40,60,gear\n"));
        assertEquals(List.of(1L, 2L), ids(two));
        assertEquals(
                List.of(new Category(1, "gear"), new Category(2, "nut")),
                two.dataset().categories());
    }

    private static List<Long> ids(LoadedDataset loaded) {
        return loaded.dataset().pictures().stream().map(Picture::id).toList();
    }

    @Test
    void fiveGroupsOfNamesThatAreAlikeAreToldAndTheOthersCounted() throws IOException {
        List<String> five = IntStream.range(0, 5)
                .mapToObj(i -> "the categories 'Gear%d', 'gear %d' differ only in case or blanks: are they one?"
                        .formatted(i, i))
                .toList();
        assertEquals(five, load(csv(alike(5))).summary().doubts());
        List<String> six = new ArrayList<>(five);
        six.add("1 more group of categories differs only in case or blanks");
        assertEquals(six, load(csv(alike(6))).summary().doubts());
        List<String> seven = new ArrayList<>(five);
        seven.add("2 more groups of categories differ only in case or blanks");
        assertEquals(seven, load(csv(alike(7))).summary().doubts());
    }

    /** Rows of so many pairs of categories that are alike. */
    private static String alike(int pairs) {
        return IntStream.range(0, pairs)
                .mapToObj(i -> "a.png,10,20,40,60,Gear%d\na.png,10,20,40,60,gear %d\n".formatted(i, i))
                .collect(Collectors.joining());
    }

    @Test
    void eachOfTheThreeLineEndsCountsOnce() throws IOException {
        Path file = root.resolve("list.txt");
        text(file, "\na\r\nb\rc\n\n d \n");
        assertEquals(List.of("", "a", "b", "c", "", "d"), TextLines.of(file));
        String tooLong = "x".repeat((1 << 20) + 1);
        // two line ends come before the line that is too long, so it is the third
        for (String before : List.of("\n\n", "\r\r", "\r\n\r\n", "a\nb\n", "a\rb\r", "a\r\nb\n", "\n\r", "\r\n\n")) {
            text(file, before + tooLong);
            assertEquals(
                    file + ", line 3: longer than 1048576 bytes; this is no list of boxes or names",
                    assertThrows(DataException.class, () -> TextLines.of(file)).getMessage());
        }
    }

    @Test
    void theLongestLineMayComeAfterOthers() throws IOException {
        Path file = root.resolve("list.txt");
        String longest = "x".repeat(1 << 20);
        text(file, "first\n" + longest + "\nlast\n");
        assertEquals(List.of("first", longest, "last"), TextLines.of(file));
    }

    @Test
    void filesFoldersAndWhatIsNeitherAreToldApart() throws IOException {
        text(root.resolve("b/inner.txt"), "");
        text(root.resolve("a/inner.txt"), "");
        text(root.resolve(".hidden/inner.txt"), "");
        text(root.resolve("file.TXT"), "");
        Files.createSymbolicLink(root.resolve("c"), root.resolve("a"));
        Files.createSymbolicLink(root.resolve("gone.txt"), root.resolve("nowhere.txt"));
        assertEquals(List.of(root.resolve("a"), root.resolve("b"), root.resolve("c")), DataFolder.folders(root));
        assertEquals(List.of(root.resolve("file.TXT")), DataFolder.files(root, ".txt"));
        assertEquals(List.of(root.resolve("gone.txt")), DataFolder.others(root));
        Path nowhere = root.resolve("nowhere");
        assertEquals(List.of(), DataFolder.folders(nowhere));
        assertEquals(List.of(), DataFolder.files(nowhere, ".txt"));
        assertEquals(List.of(), DataFolder.others(nowhere));
    }

    @Test
    void aStemEndsAtTheLastDot() {
        assertEquals("a.b", FilesByStem.stem("a.b.png"));
        assertEquals("a", FilesByStem.stem("a"));
        assertEquals("", FilesByStem.stem(".png"));
    }

    /** The code of a capital A is 41 in hexadecimal. */
    @Test
    void aStemMayBeginWithACode() throws IOException {
        Path coded = root.resolve("%41b.txt");
        text(coded, "");
        FilesByStem files = new FilesByStem(f -> true);
        assertEquals(List.of(coded), files.find(root, "Ab"));
        assertEquals(List.of(coded), files.find(root, "%41b"));
        assertEquals(List.of(), files.find(root, "41b"));
    }
}
