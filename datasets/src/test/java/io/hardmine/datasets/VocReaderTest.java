package io.hardmine.datasets;

import static io.hardmine.datasets.MadeFolder.boxes;
import static io.hardmine.datasets.MadeFolder.examples;
import static io.hardmine.datasets.MadeFolder.findings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.DataSummary.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pascal VOC folders as tools and people write them. */
class VocReaderTest {
    @TempDir
    private Path root;

    private MadeFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new MadeFolder(root);
    }

    private static String bndbox(int x1, int y1, int x2, int y2) {
        return "<bndbox><xmin>%d</xmin><ymin>%d</ymin><xmax>%d</xmax><ymax>%d</ymax></bndbox>"
                .formatted(x1, y1, x2, y2);
    }

    private static String object(int x) {
        return "<object><name>gear</name>%s</object>".formatted(bndbox(x + 1, 21, x + 30, 60));
    }

    private static String xml(String filename, String... objects) {
        return "<annotation><filename>%s</filename>\n<size><width>200</width><height>120</height></size>\n%s\n</annotation>\n"
                .formatted(filename, String.join("\n", objects));
    }

    @Test
    void everyBoxOfAnObjectIsTaken() throws IOException {
        folder.picture("JPEGImages/a.jpg")
                .text(
                        "Annotations/a.xml",
                        xml(
                                "a.jpg",
                                "<object><name> car </name><difficult>1</difficult>%s%s%s</object>"
                                        .formatted(
                                                bndbox(11, 21, 40, 60),
                                                bndbox(61, 21, 90, 60),
                                                bndbox(111, 21, 140, 60))));
        LoadedDataset loaded = folder.load();
        assertEquals(
                Map.of("JPEGImages/a.jpg", List.of("car 10 20 30 40", "car 60 20 30 40", "car 110 20 30 40")),
                boxes(loaded));
        assertTrue(loaded.dataset().pictures().get(0).annotations().stream().allMatch(Annotation::difficult));
    }

    @Test
    void aTextInAnotherEncodingThanItStatesIsRefusedWithoutAWordFromTheParser() throws IOException {
        folder.picture("JPEGImages/a.jpg");
        String text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml("é.jpg", object(10));
        Path file = root.resolve("Annotations/a.xml");
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            DataException refused = assertThrows(DataException.class, folder::load);
            assertTrue(
                    refused.getMessage().contains(file + ", line 1: not UTF-8; state the encoding"),
                    refused.getMessage());
        } finally {
            System.setErr(before);
        }
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void boxesOfPartsAreNotTheObjectsOwn() throws IOException {
        String part = "<part><name>head</name>%s</part>".formatted(bndbox(1, 1, 9, 9));
        folder.picture("JPEGImages/a.jpg", "JPEGImages/b.jpg")
                .text("Annotations/a.xml", xml("a.jpg", object(10).replace("<bndbox>", part + "<bndbox>")))
                .text("Annotations/b.xml", xml("b.jpg", "<object><name>gear</name>%s</object>".formatted(part)));
        LoadedDataset loaded = folder.load();
        assertEquals(
                Map.of("JPEGImages/a.jpg", List.of("gear 10 20 30 40"), "JPEGImages/b.jpg", List.of()), boxes(loaded));
        assertEquals(Map.of(Kind.UNUSABLE_OBJECT, 1), findings(loaded));
    }

    @Test
    void thePictureIsFoundByTheAnnotationsOwnNameWhateverItsEnding() throws IOException {
        folder.picture("JPEGImages/a.png", "JPEGImages/b.jpg", "JPEGImages/c.JPEG", "JPEGImages/clip.mp4_0007.jpg")
                .picture("JPEGImages/IMG_1.JPG")
                .text("Annotations/a.xml", xml("a", object(10)))
                .text("Annotations/b.xml", xml("b.jpg", object(20)))
                .text("Annotations/c.xml", xml("c", object(30)))
                .text("Annotations/clip.mp4_0007.xml", xml("clip.mp4_0007", object(40)))
                .text("Annotations/IMG_1.XML", xml("IMG_1.jpg", object(50)));
        LoadedDataset loaded = folder.load();
        assertEquals(
                Map.of(
                        "JPEGImages/a.png", List.of("gear 10 20 30 40"),
                        "JPEGImages/b.jpg", List.of("gear 20 20 30 40"),
                        "JPEGImages/c.JPEG", List.of("gear 30 20 30 40"),
                        "JPEGImages/clip.mp4_0007.jpg", List.of("gear 40 20 30 40"),
                        "JPEGImages/IMG_1.JPG", List.of("gear 50 20 30 40")),
                boxes(loaded));
        assertEquals(Map.of(), findings(loaded));
    }

    @Test
    void aStaleFilenameIsToldAndTheOwnNameCounts() throws IOException {
        folder.picture("JPEGImages/a.jpg", "JPEGImages/a-flip.jpg", "JPEGImages/0001.jpg")
                .text("Annotations/a.xml", xml("a.jpg", object(10)))
                .text("Annotations/a-flip.xml", xml("a.jpg", object(160)))
                .text("Annotations/0001.xml", xml("IMG_8812.jpg", object(20)));
        LoadedDataset loaded = folder.load();
        assertEquals(
                Map.of(
                        "JPEGImages/a.jpg", List.of("gear 10 20 30 40"),
                        "JPEGImages/a-flip.jpg", List.of("gear 160 20 30 40"),
                        "JPEGImages/0001.jpg", List.of("gear 20 20 30 40")),
                boxes(loaded));
        assertEquals(Map.of(Kind.STALE_NAME, 2), findings(loaded));
    }

    @Test
    void aCopyWhosePictureIsGoneAddsNoBoxesToTheFirstPicture() throws IOException {
        folder.picture("a.jpg").text("a.xml", xml("a.jpg", object(10))).text("a-flip.xml", xml("a.jpg", object(160)));
        for (MadeFolder same : List.of(folder, new MadeFolder(root.resolve(".")))) {
            LoadedDataset loaded = same.load();
            assertEquals(Map.of("a.jpg", List.of("gear 10 20 30 40")), boxes(loaded));
            assertEquals(Map.of(Kind.MISSING_PICTURE, 1), findings(loaded));
        }
    }

    @Test
    void theFilenameCountsIfNoPictureHasTheAnnotationsName() throws IOException {
        folder.picture("JPEGImages/left.jpg", "JPEGImages/right.png")
                .text("Annotations/1.xml", xml("C:\\made\\here\\left.jpg", object(10)))
                .text("Annotations/2.xml", xml("right", object(20)));
        assertEquals(
                Map.of(
                        "JPEGImages/left.jpg", List.of("gear 10 20 30 40"),
                        "JPEGImages/right.png", List.of("gear 20 20 30 40")),
                boxes(folder.load()));
    }

    @Test
    void foldersInsideAnnotationsAreWalkedAndNamesKeepThem() throws IOException {
        folder.picture("JPEGImages/top.jpg", "JPEGImages/cam1/a.jpg", "JPEGImages/cam2/a.jpg")
                .text("Annotations/top.xml", xml("top.jpg", object(100)))
                .text("Annotations/cam1/a.xml", xml("cam1/a.jpg", object(10)))
                .text("Annotations/cam2/a.xml", xml("a.jpg", object(50)));
        LoadedDataset loaded = folder.load();
        assertEquals(
                Map.of(
                        "JPEGImages/top.jpg", List.of("gear 100 20 30 40"),
                        "JPEGImages/cam1/a.jpg", List.of("gear 10 20 30 40"),
                        "JPEGImages/cam2/a.jpg", List.of("gear 50 20 30 40")),
                boxes(loaded));
        assertEquals(Map.of(), findings(loaded));
        folder.text("ImageSets/Main/train.txt", "top\ncam1/a\n").text("ImageSets/Main/val.txt", "cam2/a.jpg\n");
        assertEquals(
                Map.of(
                        "JPEGImages/top.jpg", Split.TRAIN,
                        "JPEGImages/cam1/a.jpg", Split.TRAIN,
                        "JPEGImages/cam2/a.jpg", Split.VALIDATION),
                folder.load().givenSplits());
    }

    @Test
    void linesOfImageSetsMayHoldBlanksFlagsAndEndings() throws IOException {
        for (String name : List.of("photo 1", "photo 2", "photo 3", "plain", "flagged", "ended")) {
            folder.picture("JPEGImages/" + name + ".jpg")
                    .text("Annotations/" + name + ".xml", xml(name + ".jpg", object(10)));
        }
        folder.text("ImageSets/Main/Train.txt", "photo 1\nphoto 2\nplain\nflagged  -1\nended.jpg\n")
                .text("ImageSets/Main/Validation.txt", "photo 3\n")
                .text("ImageSets/Main/gear_test.txt", "plain 1\n");
        LoadedDataset loaded = folder.load();
        assertEquals(
                Map.of(
                        "JPEGImages/photo 1.jpg", Split.TRAIN,
                        "JPEGImages/photo 2.jpg", Split.TRAIN,
                        "JPEGImages/plain.jpg", Split.TRAIN,
                        "JPEGImages/flagged.jpg", Split.TRAIN,
                        "JPEGImages/ended.jpg", Split.TRAIN,
                        "JPEGImages/photo 3.jpg", Split.VALIDATION),
                loaded.givenSplits());
        assertEquals(Map.of(), findings(loaded));
    }

    @Test
    void annotationsThatNoListNamesAreCounted() throws IOException {
        folder.picture("JPEGImages/a.jpg", "JPEGImages/b.jpg")
                .text("Annotations/a.xml", xml("a.jpg", object(10)))
                .text("Annotations/b.xml", xml("b.jpg", object(10)))
                .text("ImageSets/Main/train.txt", "a\n");
        LoadedDataset loaded = folder.load();
        assertEquals(Map.of("JPEGImages/a.jpg", List.of("gear 10 20 30 40")), boxes(loaded));
        assertEquals(Map.of(Kind.NOT_LISTED, 1), findings(loaded));
    }

    @Test
    void annotationsMayLieBesideTheirPictures() throws IOException {
        folder.picture("a.jpg", "deep/b.png")
                .text("a.xml", xml("a.jpg", object(10)))
                .text("deep/b.xml", xml("b.png", object(20)))
                .text("settings.xml", "<settings/>");
        LoadedDataset loaded = folder.load();
        assertEquals("voc", loaded.summary().format());
        assertEquals(
                Map.of("a.jpg", List.of("gear 10 20 30 40"), "deep/b.png", List.of("gear 20 20 30 40")), boxes(loaded));
        assertEquals(Map.of(), loaded.givenSplits());
    }

    @Test
    void foldersOfSplitsGiveTheSplit() throws IOException {
        folder.picture("train/a.jpg", "valid/a.jpg", "test/c.jpg")
                .text("train/a.xml", xml("a.jpg", object(10)))
                .text("valid/a.xml", xml("a.jpg", object(20)))
                .text("test/c.xml", xml("c.jpg", object(30)));
        LoadedDataset beside = folder.load();
        assertEquals(
                Map.of("train/a.jpg", Split.TRAIN, "valid/a.jpg", Split.VALIDATION, "test/c.jpg", Split.TEST),
                beside.givenSplits());
        assertEquals(List.of("gear 20 20 30 40"), boxes(beside).get("valid/a.jpg"));
        folder.picture("images/train/d.jpg").text("annotations/train/d.xml", xml("d.jpg", object(40)));
        LoadedDataset apart = folder.load();
        assertEquals(Map.of("images/train/d.jpg", Split.TRAIN), apart.givenSplits());
    }

    @Test
    void objectsWithoutABoxAreDroppedAndStopStrictMode() throws IOException {
        folder.picture("JPEGImages/a.jpg")
                .text(
                        "Annotations/a.xml",
                        xml(
                                "a.jpg",
                                object(10),
                                "<object><name>gear</name></object>",
                                "<object><name>gear</name><robndbox><cx>9</cx></robndbox></object>",
                                "<object><name></name>%s</object>".formatted(bndbox(1, 1, 5, 5)),
                                "<object><name>gear</name>%s</object>"
                                        .formatted(bndbox(1, 1, 5, 5).replace(">5</xmax>", ">five</xmax>"))));
        LoadedDataset loaded = folder.load();
        assertEquals(Map.of("JPEGImages/a.jpg", List.of("gear 10 20 30 40")), boxes(loaded));
        assertEquals(Map.of(Kind.UNUSABLE_OBJECT, 4), findings(loaded));
        List<String> told = examples(loaded, Kind.UNUSABLE_OBJECT);
        assertTrue(told.get(0).endsWith("a.xml, line 4: the <object> 'gear' has no <bndbox>"), told.get(0));
        assertTrue(told.get(1).contains("a.xml, line 5") && told.get(1).contains("<robndbox>"), told.get(1));
        assertThrows(DataException.class, folder::loadStrictly);
    }

    @Test
    void difficultMayBeAWord() throws IOException {
        Map<String, Boolean> words =
                Map.of("Unspecified", false, "true", true, "YES", true, "0", false, "1", true, "", false, "no", false);
        for (Map.Entry<String, Boolean> word : words.entrySet()) {
            String flag = "<difficult>%s</difficult></object>".formatted(word.getKey());
            folder.picture("JPEGImages/a.jpg")
                    .text("Annotations/a.xml", xml("a.jpg", object(10).replace("</object>", flag)));
            assertEquals(
                    word.getValue(),
                    folder.load()
                            .dataset()
                            .pictures()
                            .get(0)
                            .annotations()
                            .get(0)
                            .difficult(),
                    word.getKey());
        }
    }

    @Test
    void aBrokenAnnotationAmongManyLeavesItsPictureOut() throws IOException {
        folder.picture("JPEGImages/a.jpg", "JPEGImages/b.jpg", "JPEGImages/c.jpg")
                .text("Annotations/a.xml", xml("a.jpg", object(10)))
                .text("Annotations/b.xml", xml("b.jpg", object(10)).replace("</annotation>", ""))
                .text(
                        "Annotations/c.xml",
                        "<!DOCTYPE annotation [<!ENTITY x SYSTEM \"file:///etc/hosts\">]>"
                                + xml("c.jpg", object(10).replace("gear", "&x;")));
        LoadedDataset loaded = folder.load();
        assertEquals(Map.of("JPEGImages/a.jpg", List.of("gear 10 20 30 40")), boxes(loaded));
        assertEquals(Map.of(Kind.UNREADABLE_ANNOTATION, 2), findings(loaded));
        String told = examples(loaded, Kind.UNREADABLE_ANNOTATION).get(0);
        assertTrue(told.contains("b.xml, line ") && told.contains("broken XML"), told);
        assertThrows(DataException.class, folder::loadStrictly);
    }

    @Test
    void anAnnotationPastTheBoundIsLeftOut() throws IOException {
        folder.picture("JPEGImages/a.jpg", "JPEGImages/b.jpg")
                .text("Annotations/a.xml", xml("a.jpg", object(10)))
                .text("Annotations/b.xml", xml("b.jpg", object(10)));
        try (RandomAccessFile file =
                new RandomAccessFile(root.resolve("Annotations/b.xml").toFile(), "rw")) {
            file.setLength((64L << 20) + 1); // sparse
        }
        LoadedDataset loaded = folder.load();
        assertEquals(Map.of(Kind.UNREADABLE_ANNOTATION, 1), findings(loaded));
        assertTrue(examples(loaded, Kind.UNREADABLE_ANNOTATION).get(0).contains("at most 64"));
    }

    @Test
    void theSystemsOwnFilesArePassedOver() throws IOException {
        byte[] appleDouble = {0, 5, 22, 7, 0, 2};
        folder.picture("JPEGImages/a.jpg").text("Annotations/a.xml", xml("a.jpg", object(10)));
        Files.write(root.resolve("Annotations/._a.xml"), appleDouble);
        Files.write(root.resolve("JPEGImages/._a.jpg"), appleDouble);
        folder.text("ImageSets/Main/train.txt", "a\n._a\n");
        LoadedDataset loaded = folder.load();
        assertEquals(Map.of("JPEGImages/a.jpg", List.of("gear 10 20 30 40")), boxes(loaded));
        assertEquals(Map.of(), findings(loaded));
    }

    @Test
    void otherProgramsSpellingsAreRead() throws IOException {
        String latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + xml("a.jpg", object(10));
        folder.picture("JPEGImages/a.jpg", "JPEGImages/b.jpg").text("Annotations/a.xml", "");
        Files.write(
                root.resolve("Annotations/a.xml"),
                latin.replace("gear", "K\u00E4fer").getBytes(StandardCharsets.ISO_8859_1));
        folder.text(
                "Annotations/b.xml",
                "\uFEFF" + xml("b.jpg", object(10)).replace("<annotation>", "<annotation xmlns=\"urn:x\">"));
        assertEquals(
                Map.of(
                        "JPEGImages/a.jpg",
                        List.of("K\u00E4fer 10 20 30 40"),
                        "JPEGImages/b.jpg",
                        List.of("gear 10 20 30 40")),
                boxes(folder.load()));
    }

    @Test
    void aFolderWithoutAnnotationsIsToldSo() throws IOException {
        folder.picture("a.jpg").text("annotations.xml", "<annotations><version>1.1</version></annotations>");
        String asked =
                assertThrows(DataException.class, () -> folder.load("voc")).getMessage();
        assertTrue(asked.contains("has no Pascal VOC annotations"), asked);
        String looked = assertThrows(DataException.class, folder::load).getMessage();
        assertTrue(looked.contains("none of the formats") && looked.contains("CVAT's own format"), looked);
    }
}
