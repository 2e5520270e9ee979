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
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as programs, spreadsheets and people write them. */
class CsvReaderTest {
    private static final List<Box> BOX = List.of(new Box(10, 20, 30, 40));

    @TempDir
    private Path root;

    @BeforeEach
    void pictures() throws IOException {
        picture(root.resolve("a.png"));
        picture(root.resolve("b.png"));
    }

    private Path csv(String table) throws IOException {
        text(root.resolve("boxes.csv"), table);
        return root;
    }

    private String refusal(String table) throws IOException {
        csv(table);
        return assertThrows(DataException.class, () -> load(root)).getMessage();
    }

    @Test
    void columnsOfOneNameDoNotShiftTheOthers() throws IOException {
        for (String two : List.of("flag,flag", ",")) {
            LoadedDataset loaded = load(csv(
                    """
                    filename,%s,xmin,ymin,xmax,ymax,class
                    a.png,0,5,10,20,40,60,gear
                    b.png,0,5,12,22,42,62,gear
                    """
                            .formatted(two)));
            assertEquals(List.of("gear"), loaded.dataset().categoryNames());
            assertEquals(BOX, boxes(loaded, "a.png"));
            assertEquals(List.of(new Box(12, 22, 30, 40)), boxes(loaded, "b.png"));
        }
    }

    @Test
    void aNeededColumnThatIsThereTwiceIsRefused() throws IOException {
        assertEquals(
                root.resolve("boxes.csv") + ", line 1: columns 3 and 5 are both 'xmin'; name one of them otherwise",
                refusal("filename,class,xmin,ymin,XMIN,xmax,ymax\na.png,gear,10,20,10,40,60\n"));
    }

    @Test
    void headersOfOtherProgramsAreRead() throws IOException {
        for (String header : List.of(
                "path,x1,y1,x2,y2,class",
                "Filename,XMin,YMin,XMax,YMax,Class",
                "\"image\",\"xmin\",\"ymin\",\"xmax\",\"ymax\",\"label\"",
                " file_name , x_min , y_min , x_max , y_max , category ")) {
            LoadedDataset loaded = load(csv(header + "\na.png,10,20,40,60,gear\n"));
            assertEquals(List.of("gear"), loaded.dataset().categoryNames(), header);
            assertEquals(BOX, boxes(loaded, "a.png"), header);
        }
    }

    @Test
    void anUnknownHeaderIsToldFromARow() throws IOException {
        assertEquals(
                root.resolve("boxes.csv")
                        + ", line 1 looks like a header; its columns must be called filename, class, xmin, ymin, xmax, ymax",
                refusal("Bild,links,oben,rechts,unten,Klasse\na.png,10,20,40,60,gear\n"));
    }

    @Test
    void semicolonsAndTabsSeparateToo() throws IOException {
        for (String separator : List.of(";", "\t")) {
            csv("a.png,10,20,40,60,gear\nb.png,,,,,\n".replace(",", separator));
            assertEquals(BOX, boxes(load(root), "a.png"));
            csv("filename,class,xmin,ymin,xmax,ymax\na.png,gear,10,20,40,60\n".replace(",", separator));
            assertEquals(BOX, boxes(load(root), "a.png"));
        }
        csv("a.png;10,5;20;40,5;60;gear\n");
        assertEquals(List.of(new Box(10.5, 20, 30, 40)), boxes(load(root), "a.png"));
    }

    @Test
    void aRowThatCannotBeReadIsDroppedAndCounted() throws IOException {
        Map<String, String> rows = Map.of(
                "b.png;10;20;40;60;gear",
                ", line 2: 1 fields; a line is 'path,x1,y1,x2,y2,class'; are its fields separated by ';'?",
                "b.png,10,20,40",
                ", line 2: 4 fields; a line is 'path,x1,y1,x2,y2,class'",
                "b.png,10,20,forty,60,gear",
                ", line 2, xmax: 'forty' is not a number",
                ",10,20,40,60,gear",
                ", line 2: no picture is named");
        for (Map.Entry<String, String> e : rows.entrySet()) {
            LoadedDataset loaded = load(csv("a.png,10,20,40,60,gear\n" + e.getKey() + "\n"));
            assertEquals(BOX, boxes(loaded, "a.png"));
            assertEquals(
                    List.of(root.resolve("boxes.csv") + e.getValue()),
                    finding(loaded, Kind.UNUSABLE_OBJECT).examples());
            DataException strict = assertThrows(DataException.class, () -> loadStrictly(root));
            assertTrue(strict.getMessage().contains(e.getValue()), strict.getMessage());
        }
        assertEquals(
                root.resolve("boxes.csv") + ", line 1: 4 fields; a line is 'path,x1,y1,x2,y2,class'",
                refusal("b.png,10,20,40\nb.png,10,20,40\n"),
                "not one row is good");
    }

    @Test
    void aBrokenListOfClassesIsRefused() throws IOException {
        text(root.resolve("classes.csv"), "gear,0\n\"nut,1\n");
        assertEquals(
                root.resolve("classes.csv")
                        + ": broken CSV: org.apache.commons.csv.CSVException: (startline 2) EOF reached before encapsulated token finished",
                refusal("a.png,10,20,40,60,gear\n"));
    }

    @Test
    void aBoxWithoutAClassIsDroppedAndCounted() throws IOException {
        Map<String, String> tables = Map.of(
                "filename,width,height,class,xmin,ymin,xmax,ymax\na.png,200,120,gear,10,20,40,60\nb.png,200,120,,10,20,40,60\n",
                ", line 3, class: a box without a class",
                "a.png,10,20,40,60,gear\nb.png,10,20,40,60,\n",
                ", line 2, class: a box without a class",
                "a.png,10,20,40,60,gear\nb.png,,,,,gear\n",
                ", line 2, xmin: a class without a box");
        for (Map.Entry<String, String> e : tables.entrySet()) {
            LoadedDataset loaded = load(csv(e.getKey()));
            assertEquals(List.of("a.png", "b.png"), names(loaded));
            assertEquals(
                    List.of(root.resolve("boxes.csv") + e.getValue()),
                    finding(loaded, Kind.UNUSABLE_OBJECT).examples());
            assertThrows(DataException.class, () -> loadStrictly(root));
        }
    }

    @Test
    void emptyFieldsAtTheEndOfALineAreNone() throws IOException {
        csv("a.png,10,20,40,60,gear,,\nb.png,,,,,,,\n,,,,,,,\n");
        assertEquals(BOX, boxes(loadStrictly(root), "a.png"));
        csv("filename,class,xmin,ymin,xmax,ymax,,\na.png,gear,10,20,40,60,,\nb.png,,,,,,,\n");
        LoadedDataset loaded = loadStrictly(root);
        assertEquals(BOX, boxes(loaded, "a.png"));
        assertEquals(List.of("a.png", "b.png"), names(loaded));
    }

    @Test
    void aFieldMoreThanTheHeaderHasIsRefused() throws IOException {
        assertEquals(
                root.resolve("boxes.csv") + ", line 2: 7 fields, the header has 6",
                refusal("filename,class,xmin,ymin,xmax,ymax\na.png,gear, big,10,20,40,60\n"));
    }

    @Test
    void aBlankSizeIsNone() throws IOException {
        LoadedDataset loaded = loadStrictly(
                csv("filename,width,height,class,xmin,ymin,xmax,ymax\na.png,,,gear,10,20,40,60\nb.png,,,,,,,\n"));
        assertEquals(BOX, boxes(loaded, "a.png"));
        assertEquals(List.of(), boxes(loaded, "b.png"));
        assertEquals(1, loaded.summary().withoutBoxes());
    }

    @Test
    void blanksMayStandBeforeQuotes() throws IOException {
        LoadedDataset loaded = load(csv("a.png, 10, 20, 40, 60, \"gear, large\"\n"));
        assertEquals(List.of("gear, large"), loaded.dataset().categoryNames());
        assertEquals(BOX, boxes(loaded, "a.png"));
    }

    @Test
    void absolutePathsInsideTheFolderAreFound() throws IOException {
        assertEquals(
                BOX, boxes(loadStrictly(csv(root.toAbsolutePath().resolve("a.png") + ",10,20,40,60,gear\n")), "a.png"));
    }

    @Test
    void aPictureInTwoSplitsStaysOutOfTraining() throws IOException {
        LoadedDataset loaded = load(
                csv(
                        """
                filename,class,xmin,ymin,xmax,ymax,split
                a.png,gear,10,20,40,60,train
                a.png,gear,50,20,80,60,test
                """));
        assertEquals(Map.of("a.png", Split.TEST), loaded.givenSplits());
        assertEquals(List.of(new Box(10, 20, 30, 40), new Box(50, 20, 30, 40)), boxes(loaded, "a.png"));
        assertEquals(1, finding(loaded, Kind.IN_TWO_SPLITS).count());
    }

    @Test
    void tablesInTheFoldersOfSplitsAreRead() throws IOException {
        for (String split : List.of("train", "valid")) {
            picture(root.resolve(split + "/a.png"));
            text(
                    root.resolve(split + "/_annotations.csv"),
                    "filename,class,xmin,ymin,xmax,ymax\na.png,gear,10,20,40,60\n");
        }
        LoadedDataset loaded = load(root);
        assertEquals(Map.of("train/a.png", Split.TRAIN, "valid/a.png", Split.VALIDATION), loaded.givenSplits());
        assertEquals(BOX, boxes(loaded, "valid/a.png"));
    }

    @Test
    void aClassDeclaredTwiceIsRefusedByItsLine() throws IOException {
        text(root.resolve("classes.csv"), "gear,0\nnut,1\ngear ,2\n");
        assertEquals(
                root.resolve("classes.csv")
                        + ", line 3: the category 'gear' is declared twice; give each category one name",
                refusal("a.png,10,20,40,60,gear\n"));
    }

    @Test
    void textsWithoutBoundAreRefused() throws IOException {
        Path file = root.resolve("boxes.csv");
        assertEquals(
                file + ", line 2: longer than 1048576 bytes; this is no list of boxes or names",
                refusal("a.png,10,20,40,60,gear\n" + "x".repeat((1 << 20) + 1)));
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        DataException e = assertThrows(DataException.class, () -> load(root));
        assertEquals(file + " has 3072 MB; such a file may have 256 MB. Is it the right one?", e.getMessage());
    }
}
