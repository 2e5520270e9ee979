package io.hardmine.datasets.loading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.DataSummary;
import io.hardmine.datasets.DataSummary.Kind;
import io.hardmine.datasets.LoadOptions;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.coco.CocoAnnotations;
import io.hardmine.datasets.coco.CocoWriter;
import io.hardmine.datasets.image.PictureFiles;
import io.hardmine.datasets.reading.SplitNames;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The four formats, on small folders made here, and what is said of broken ones. */
class DatasetLoaderTest {
    @TempDir
    private Path root;

    private static void picture(Path file, int width, int height, int seed) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(seed);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, random.nextInt(1 << 24));
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private static void text(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static final String COCO =
            """
            {"categories": [{"id": 3, "name": "cat"}, {"id": 8, "name": "dog"}],
             "images": [{"id": 10, "file_name": "a.png", "width": 40, "height": 30},
                        {"id": 11, "file_name": "b.png", "width": 40, "height": 30}],
             "annotations": [
               {"id": 1, "image_id": 10, "category_id": 8, "bbox": [1, 2, 10, 20], "area": 77, "iscrowd": 0},
               {"id": 2, "image_id": 10, "category_id": 3, "bbox": [5, 5, 10, 10], "iscrowd": 1}]}
            """;

    private Path coco(String json) throws IOException {
        picture(root.resolve("images/a.png"), 40, 30, 1);
        picture(root.resolve("images/b.png"), 40, 30, 2);
        text(root.resolve("annotations/all.json"), json);
        return root;
    }

    private static final String VOC =
            """
            <annotation>
              <filename>a.png</filename>
              <size><width>40</width><height>30</height><depth>3</depth></size>
              <object>
                <name>cat</name><difficult>1</difficult>
                <bndbox><xmin>1</xmin><ymin>1</ymin><xmax>40</xmax><ymax>30</ymax></bndbox>
                <part><name>head</name><bndbox><xmin>2</xmin><ymin>2</ymin><xmax>3</xmax><ymax>3</ymax></bndbox></part>
              </object>
            </annotation>
            """;

    private Path voc(String xml) throws IOException {
        picture(root.resolve("JPEGImages/a.png"), 40, 30, 1);
        text(root.resolve("Annotations/a.xml"), xml);
        return root;
    }

    private Path yolo(String labels) throws IOException {
        picture(root.resolve("images/a.png"), 40, 30, 1);
        picture(root.resolve("images/b.png"), 40, 30, 2);
        text(root.resolve("labels/a.txt"), labels);
        text(root.resolve("classes.txt"), "cat\ndog\n");
        return root;
    }

    private Path csv(String table) throws IOException {
        picture(root.resolve("a.png"), 40, 30, 1);
        picture(root.resolve("b.png"), 40, 30, 2);
        text(root.resolve("boxes.csv"), table);
        return root;
    }

    private static LoadedDataset load(Path folder) {
        return DatasetLoader.load(folder, LoadOptions.defaults());
    }

    @Test
    void cocoKeepsIdsAreasAndCrowds() throws IOException {
        LoadedDataset loaded = load(coco(COCO));
        assertEquals("coco", loaded.summary().format());
        assertEquals(List.of("cat", "dog"), loaded.dataset().categoryNames());
        assertEquals(
                List.of(10L, 11L),
                loaded.dataset().pictures().stream().map(Picture::id).toList());
        assertEquals(
                List.of(
                        new Annotation(new Box(1, 2, 10, 20), 1, 77, false, false, false),
                        new Annotation(new Box(5, 5, 10, 10), 0, 100, true, false, false)),
                loaded.dataset().pictures().get(0).annotations());
        assertEquals(List.of(), loaded.dataset().pictures().get(1).annotations());
        assertTrue(loaded.givenSplits().isEmpty());
    }

    @Test
    void cocoFilesOfSplitsAreToldByTheirNames() throws IOException {
        picture(root.resolve("train/a.png"), 40, 30, 1);
        picture(root.resolve("test/b.png"), 40, 30, 2);
        String one = "{\"categories\":[{\"id\":1,\"name\":\"x\"}],\"images\":[{\"id\":1,\"file_name\":\"%s\"}],"
                + "\"annotations\":[{\"image_id\":1,\"category_id\":1,\"bbox\":[0,0,5,5]}]}";
        text(root.resolve("train/_annotations.coco.json"), one.formatted("a.png"));
        text(root.resolve("test/_annotations.coco.json"), one.formatted("b.png"));
        LoadedDataset loaded = load(root);
        assertEquals(Map.of("train/a.png", Split.TRAIN, "test/b.png", Split.TEST), loaded.givenSplits());
        assertEquals(
                2,
                loaded.dataset().pictures().stream()
                        .mapToLong(Picture::id)
                        .distinct()
                        .count());
    }

    @Test
    void vocCountsPixelsFromOneAndLeavesPartsOut() throws IOException {
        LoadedDataset loaded = load(voc(VOC));
        assertEquals("voc", loaded.summary().format());
        Annotation only = loaded.dataset().pictures().get(0).annotations().get(0);
        assertEquals(new Box(0, 0, 40, 30), only.box());
        assertTrue(only.difficult());
        assertEquals(1, loaded.dataset().annotationCount());
        assertEquals(List.of("cat"), loaded.dataset().categoryNames());
    }

    @Test
    void vocImageSetsGiveTheSplit() throws IOException {
        voc(VOC);
        picture(root.resolve("JPEGImages/b.png"), 40, 30, 2);
        picture(root.resolve("JPEGImages/c.png"), 40, 30, 3);
        text(root.resolve("Annotations/b.xml"), VOC.replace("a.png", "b.png"));
        text(root.resolve("Annotations/c.xml"), VOC.replace("a.png", "c.png"));
        text(root.resolve("ImageSets/Main/train.txt"), "a\n");
        text(root.resolve("ImageSets/Main/trainval.txt"), "a\nb\n");
        text(root.resolve("ImageSets/Main/val.txt"), "b\n");
        text(root.resolve("ImageSets/Main/test.txt"), "c\nmissing\n");
        LoadedDataset loaded = load(root);
        assertEquals(
                Map.of(
                        "JPEGImages/a.png", Split.TRAIN,
                        "JPEGImages/b.png", Split.VALIDATION,
                        "JPEGImages/c.png", Split.TEST),
                loaded.givenSplits());
        assertEquals(Kind.MISSING_PICTURE, loaded.summary().findings().get(0).kind());
    }

    @Test
    void yoloBoxesAreSharesAroundTheirCentres() throws IOException {
        LoadedDataset loaded = load(yolo("1 0.5 0.5 0.25 0.5\n0 0.1 0.1 0.1 0.1 0.3 0.2 0.2 0.3\n"));
        assertEquals("yolo", loaded.summary().format());
        Picture a = loaded.dataset().pictures().get(0);
        assertEquals(new Box(15, 7.5, 10, 15), a.annotations().get(0).box());
        assertEquals(1, a.annotations().get(0).category());
        assertEquals(4, a.annotations().get(1).box().x(), 1e-9);
        assertTrue(loaded.dataset().pictures().get(1).annotations().isEmpty());
    }

    @Test
    void yoloYamlNamesClassesAndFolders() throws IOException {
        picture(root.resolve("train/images/a.png"), 40, 30, 1);
        picture(root.resolve("valid/images/b.png"), 40, 30, 2);
        text(root.resolve("train/labels/a.txt"), "0 0.5 0.5 0.5 0.5\n");
        text(root.resolve("data.yaml"), "train: ../train/images\nval: ../valid/images\nnc: 1\nnames: {0: bird}\n");
        LoadedDataset loaded = load(root);
        assertEquals(List.of("bird"), loaded.dataset().categoryNames());
        assertEquals(
                Map.of("train/images/a.png", Split.TRAIN, "valid/images/b.png", Split.VALIDATION),
                loaded.givenSplits());
    }

    @Test
    void yoloListsOfPicturesMayStandForFolders() throws IOException {
        yolo("1 0.5 0.5 0.25 0.5\n");
        text(root.resolve("data.yaml"), "train: train.txt\nval: val.txt\nnames: [cat, dog]\n");
        text(root.resolve("train.txt"), "./images/a.png\n\n");
        text(root.resolve("val.txt"), "images/b.png\n");
        LoadedDataset loaded = load(root);
        assertEquals(Map.of("images/a.png", Split.TRAIN, "images/b.png", Split.VALIDATION), loaded.givenSplits());
        assertEquals(1, loaded.dataset().annotationCount());
    }

    /** What the folders above the data are called says nothing about the data. */
    @Test
    void foldersAroundTheDataDecideNothing() throws IOException {
        Path data = root.resolve("images/test");
        picture(data.resolve("images/a.png"), 40, 30, 1);
        text(data.resolve("labels/a.txt"), "0 0.5 0.5 0.5 0.5\n");
        text(data.resolve("classes.txt"), "cat\n");
        assertTrue(load(data).givenSplits().isEmpty());
        Path beside = root.resolve("images/beside");
        picture(beside.resolve("train/a.png"), 40, 30, 1);
        text(beside.resolve("train/a.txt"), "0 0.5 0.5 0.5 0.5\n");
        text(beside.resolve("data.yaml"), "train: train\nnames: [cat]\n");
        assertEquals(1, load(beside).dataset().annotationCount());
    }

    @Test
    void splitsAreToldFromWholeWords() {
        Map<String, Split> named = Map.of(
                "instances_train2017.json", Split.TRAIN,
                "trainval.txt", Split.TRAIN,
                "labels_val.csv", Split.VALIDATION,
                "Validation-Images", Split.VALIDATION,
                "valid", Split.VALIDATION,
                "TestSet", Split.TEST,
                "VOC2007_test", Split.TEST);
        named.forEach((name, split) -> assertEquals(Optional.of(split), SplitNames.of(name), name));
        for (String name : List.of("latest.json", "interval.csv", "contest", "oval.json", "strainer", "images")) {
            assertEquals(Optional.empty(), SplitNames.of(name), name);
        }
    }

    @Test
    void aListOfTrainingAndValidationIsCoveredByOneOfTrainingAlone() {
        List<String> all = List.of("instances_trainval.json", "Instances_Train.json", "instances_val.json");
        assertTrue(SplitNames.isCovered("instances_trainval.json", all));
        assertTrue(SplitNames.isCovered("Instances_TrainVal.json", all));
        assertFalse(SplitNames.isCovered("Instances_Train.json", all));
        assertFalse(SplitNames.isCovered("instances_val.json", all));
        // without it, the pictures of training are in no other list
        assertFalse(SplitNames.isCovered("trainval.txt", List.of("trainval.txt", "val.txt", "TRAINVAL.csv")));
    }

    /** Spreadsheets and some editors begin a file with a byte order mark. */
    @Test
    void aByteOrderMarkIsNoPartOfTheFirstField() throws IOException {
        LoadedDataset table = load(csv("\uFEFFfilename,class,xmin,ymin,xmax,ymax\na.png,dog,1,1,5,5\n"));
        assertEquals(List.of("dog"), table.dataset().categoryNames());
        clear();
        text(yolo("\uFEFF0 0.5 0.5 0.5 0.5\n").resolve("classes.txt"), "\uFEFFcat\n");
        assertEquals(List.of("cat"), load(root).dataset().categoryNames());
        clear();
        assertEquals(2, load(coco("\uFEFF" + COCO)).dataset().annotationCount());
        clear();
        assertEquals(1, load(voc("\uFEFF" + VOC)).dataset().annotationCount());
    }

    @Test
    void aPictureListedTwiceCountsOnceAndStopsStrictMode() throws IOException {
        Path folder = coco(COCO.replace("b.png", "a.png"));
        LoadedDataset loaded = load(folder);
        assertEquals(1, loaded.dataset().pictures().size());
        assertEquals(Kind.LISTED_TWICE, loaded.summary().findings().get(0).kind());
        assertThrows(DataException.class, () -> DatasetLoader.load(folder, new LoadOptions(null, true)));
    }

    /** A picture of 96 × 64 pixels that is shown turned, as 64 × 96: the annotated size tells which of both boxes are in. */
    @Test
    void boxesTurnWithThePictureWhereTheyWereDrawnOnTheStoredOne() throws IOException {
        String json =
                COCO.replace("b.png", "a.png").replace("a.png", "a.jpg").replaceAll(",\\s*\\{\"id\": 11[^}]*}", "");
        Files.createDirectories(root.resolve("images"));
        Files.write(root.resolve("images/a.jpg"), PictureFiles.jpeg(6));
        Map<String, Box> byAnnotatedSize = Map.of(
                "\"width\": 96, \"height\": 64", new Box(64 - 22, 1, 20, 10),
                "\"width\": 64, \"height\": 96", new Box(1, 2, 10, 20),
                "\"width\": 0, \"height\": 0", new Box(1, 2, 10, 20));
        for (Map.Entry<String, Box> e : byAnnotatedSize.entrySet()) {
            text(root.resolve("annotations/all.json"), json.replace("\"width\": 40, \"height\": 30", e.getKey()));
            LoadedDataset loaded = load(root);
            Picture a = loaded.dataset().pictures().get(0);
            assertEquals(64, a.width());
            assertEquals(e.getValue(), a.annotations().get(0).box(), e.getKey());
            List<Kind> warned = loaded.summary().findings().stream()
                    .map(DataSummary.Finding::kind)
                    .toList();
            assertEquals(e.getKey().contains(" 0") ? List.of(Kind.UNKNOWN_FRAME) : List.of(), warned);
        }
    }

    @Test
    void difficultObjectsStaySoInCoco() throws IOException {
        LoadedDataset voc = load(voc(VOC));
        Path written = root.resolve("coco");
        CocoWriter.write(voc.dataset(), written.resolve("all.json"));
        picture(written.resolve("JPEGImages/a.png"), 40, 30, 1);
        assertEquals(
                voc.dataset().pictures().get(0).annotations(),
                load(written).dataset().pictures().get(0).annotations());
    }

    @Test
    void tablesWithAndWithoutHeader() throws IOException {
        LoadedDataset plain = load(csv("a.png,1,2,11,22,dog\na.png,0,0,5,5,cat\nb.png,,,,,\n"));
        assertEquals("csv", plain.summary().format());
        assertEquals(List.of("cat", "dog"), plain.dataset().categoryNames());
        assertEquals(
                new Box(1, 2, 10, 20),
                plain.dataset().pictures().get(0).annotations().get(0).box());
        assertEquals(1, plain.summary().withoutBoxes());
        LoadedDataset headed = load(
                csv(
                        "filename,width,height,class,xmin,ymin,xmax,ymax,split\na.png,40,30,dog,1,2,11,22,train\nb.png,40,30,cat,0,0,5,5,test\n"));
        assertEquals(
                new Box(1, 2, 10, 20),
                headed.dataset().pictures().get(0).annotations().get(0).box());
        assertEquals(Map.of("a.png", Split.TRAIN, "b.png", Split.TEST), headed.givenSplits());
    }

    @Test
    void annotationsPerPictureComeBeforeTables() throws IOException {
        csv("a.png,1,2,11,22,dog\n");
        coco(COCO);
        voc(VOC);
        LoadedDataset loaded = load(root);
        assertEquals("voc", loaded.summary().format());
        assertTrue(
                loaded.summary().how().contains("also fits: coco, csv"),
                loaded.summary().how());
        assertEquals(
                "csv",
                DatasetLoader.load(root, new LoadOptions("CSV", false))
                        .summary()
                        .format());
    }

    @Test
    void doubtfulPartsAreCountedAndStrictModeFails() throws IOException {
        Path folder = csv(
                """
                a.png,30,20,60,50,dog
                a.png,5,5,5,9,dog
                a.png,9,9,2,2,dog
                a.png,50,50,60,60,dog
                missing.png,1,1,5,5,dog
                ../outside.png,1,1,5,5,dog
                b.png,1,1,5,5,dog
                """);
        Files.write(root.resolve("b.png"), new byte[0]);
        LoadedDataset loaded = load(folder);
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        loaded.summary().findings().forEach(f -> counts.put(f.kind(), f.count()));
        assertEquals(
                Map.of(
                        Kind.BOX_CLIPPED, 1,
                        Kind.EMPTY_BOX, 2,
                        Kind.BOX_OUTSIDE, 1,
                        Kind.MISSING_PICTURE, 1,
                        Kind.OUTSIDE_FOLDER, 1,
                        Kind.UNREADABLE_PICTURE, 1),
                counts);
        assertEquals(
                List.of(new Box(30, 20, 10, 10)),
                loaded.dataset().pictures().get(0).annotations().stream()
                        .map(Annotation::box)
                        .toList());
        DataException e =
                assertThrows(DataException.class, () -> DatasetLoader.load(folder, new LoadOptions(null, true)));
        assertTrue(e.getMessage().contains("strict mode"), e.getMessage());
    }

    /** Whoever puts a link into the data folder means what it points to. */
    @Test
    void aLinkOutOfTheFolderIsFollowed() throws IOException {
        Path data = root.resolve("data");
        picture(root.resolve("store.png"), 40, 30, 9);
        picture(data.resolve("a.png"), 40, 30, 1);
        text(data.resolve("boxes.csv"), "a.png,1,1,5,5,x\nlink.png,1,1,5,5,x\n");
        Files.createSymbolicLink(data.resolve("link.png"), root.resolve("store.png"));
        LoadedDataset loaded = load(data);
        assertEquals(
                List.of("a.png", "link.png"),
                loaded.dataset().pictures().stream().map(Picture::name).toList());
        assertEquals(List.of(), loaded.summary().findings());
    }

    /** Evaluation reads annotations without their pictures; where there are any, it looks for them in one folder only. */
    @Test
    void annotationsAloneNameNoPictureOutsideEither() throws IOException {
        Path file = root.resolve("gt.json");
        Path images = root.resolve("images");
        text(file, COCO.replace("a.png", "../../secret/a.png").replace("b.png", "/etc/b.png"));
        assertEquals(
                List.of(images.resolve("a.png"), images.resolve("b.png")),
                CocoAnnotations.read(file, images).pictures().stream()
                        .map(Picture::file)
                        .toList());
        text(file, COCO.replace("a.png", "a\\u0000.png"));
        DataException e = assertThrows(DataException.class, () -> CocoAnnotations.read(file, images));
        assertTrue(e.getMessage().contains("images[0]: \"file_name\""), e.getMessage());
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        LoadedDataset first = load(coco(COCO));
        Path copy = root.resolve("annotations/all.json");
        CocoWriter.write(first.dataset(), copy);
        assertEquals(first.dataset().pictures(), load(root).dataset().pictures());
        assertEquals(first.dataset().categories(), load(root).dataset().categories());
    }

    @Test
    void aLinkToNothingIsNamedIfThereIsNothingElse() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("boxes.csv"), root.resolve("gone"));
        DataException e = assertThrows(DataException.class, () -> DatasetLoader.load(root, LoadOptions.defaults()));
        assertTrue(
                e.getMessage()
                        .contains(link + " is no regular file but a pipe, a device or a link to nothing; give a file"),
                e.getMessage());
    }

    private interface Folder {
        Path make() throws IOException;
    }

    private record Broken(String name, Folder folder, String... words) {}

    /** What a user is told: the file, the line or field, and what is wrong. */
    @TestFactory
    List<DynamicTest> brokenFilesAreNamed() {
        List<Broken> all = List.of(
                new Broken("no folder", () -> root.resolve("nowhere"), "nowhere", "is not a folder"),
                new Broken("an empty folder", () -> root, "none of the formats", "Annotations/*.xml"),
                new Broken("JSON cut off", () -> coco(COCO.substring(0, 200)), "all.json", "line 3", "broken JSON"),
                new Broken(
                        "JSON with a stray comma",
                        () -> coco(COCO.replace("8}", "8,}").replace("\"dog\"}", "\"dog\",}")),
                        "all.json",
                        "line 1",
                        "broken JSON"),
                new Broken(
                        "two images of one id",
                        () -> coco(COCO.replace("\"id\": 11", "\"id\": 10")),
                        "images[1]",
                        "taken by another picture"),
                new Broken(
                        "two categories of one id",
                        () -> coco(COCO.replace("\"id\": 8", "\"id\": 3")),
                        "categories[1]",
                        "taken by another category"),
                new Broken(
                        "two categories of one name",
                        () -> coco(COCO.replace("\"dog\"", "\"cat\"")),
                        "'cat' is declared twice"),
                new Broken(
                        "images that are no list",
                        () -> coco(COCO.replaceAll("(?s)\"images\": \\[.*?\\],", "\"images\": 3,")),
                        "all.json",
                        "\"images\" must be a list"),
                new Broken(
                        "JSON nested a thousand deep",
                        () -> coco("{\"images\": [], \"annotations\": [" + "[".repeat(2000) + "]}"),
                        "all.json"),
                new Broken("XML cut off", () -> voc(VOC.substring(0, 160)), "a.xml", "line ", "broken XML"),
                new Broken("XML with another root", () -> voc("<html></html>"), "a.xml, line 1", "<html>"),
                new Broken(
                        "an external entity",
                        () -> voc("<!DOCTYPE annotation [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                                + VOC.replace("cat", "&x;")),
                        "a.xml",
                        "line "),
                new Broken(
                        "a billion laughs",
                        () -> voc("<!DOCTYPE annotation [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>"
                                + VOC.replace("cat", "&b;")),
                        "a.xml",
                        "line "),
                new Broken(
                        "an object without name",
                        () -> voc(VOC.replace("<name>cat</name>", "")),
                        "a.xml, line 4",
                        "<name>"),
                new Broken(
                        "an object without xmax",
                        () -> voc(VOC.replace("<xmax>40</xmax>", "")),
                        "a.xml, line 4",
                        "'cat'",
                        "<xmax>"),
                new Broken(
                        "a corner that is text",
                        () -> voc(VOC.replace("<xmin>1<", "<xmin>left<")),
                        "a.xml, line 6",
                        "<xmin>",
                        "'left', not a number"),
                new Broken(
                        "XML in another encoding than it says",
                        () -> {
                            Path folder = voc(VOC);
                            Files.write(
                                    root.resolve("Annotations/a.xml"),
                                    VOC.replace("cat", "K\u00E4tzchen").getBytes(StandardCharsets.ISO_8859_1));
                            return folder;
                        },
                        "a.xml",
                        "not UTF-8",
                        "UTF-8"),
                new Broken("no XML at all", () -> voc("hello"), "a.xml, line 1"),
                new Broken(
                        "labels of four fields",
                        () -> yolo("0 0.5 0.5 0.5\n"),
                        "a.txt, line 1",
                        "4 fields",
                        "class x y width height"),
                new Broken(
                        "labels with text", () -> yolo("\n0 0.5 half 0.5 0.5\n"), "a.txt, line 2, field 3", "'half'"),
                new Broken(
                        "detections for labels",
                        () -> yolo("0 0.5 0.5 0.25 0.5 0.9\n"),
                        "a.txt, line 1",
                        "6 fields",
                        "class x y width height"),
                new Broken(
                        "labels in another encoding",
                        () -> {
                            Path folder = yolo("");
                            Files.write(root.resolve("classes.txt"), new byte[] {'N', (byte) 0xFC, 's', 's', 'e'});
                            return folder;
                        },
                        "classes.txt",
                        "UTF-8"),
                new Broken(
                        "a list that leads out",
                        () -> {
                            Path folder = yaml("train: train.txt\nnames: [a]\n");
                            text(root.resolve("train.txt"), "images/a.png\nimages/../../secret.png\n");
                            return folder;
                        },
                        "train.txt, line 2",
                        "leads out"),
                new Broken("labels in pixels", () -> yolo("0 120 80 40 30\n"), "a.txt, line 1, field 2", "shares"),
                new Broken(
                        "a class number with a fraction",
                        () -> yolo("0.5 0.5 0.5 0.5 0.5\n"),
                        "a.txt, line 1, field 1",
                        "class number"),
                new Broken(
                        "labels without names",
                        () -> {
                            Path folder = yolo("0 0.5 0.5 0.5 0.5\n");
                            Files.delete(root.resolve("classes.txt"));
                            return folder;
                        },
                        "neither data.yaml nor classes.txt"),
                new Broken("broken YAML", () -> yaml("train: [images\nnames: x"), "data.yaml, line", "broken YAML"),
                new Broken("YAML without names", () -> yaml("train: images\n"), "data.yaml", "'names'"),
                new Broken("YAML without train", () -> yaml("names: [a]\n"), "data.yaml", "'train'"),
                new Broken(
                        "YAML with a gap in the names",
                        () -> yaml("train: images\nnames: {0: a, 2: b}\n"),
                        "data.yaml",
                        "class 1 is missing"),
                new Broken(
                        "YAML that leads out",
                        () -> yaml("train: images/../../x\nnames: [a]\n"),
                        "data.yaml",
                        "leads out"),
                new Broken(
                        "YAML with a folder that is not there",
                        () -> yaml("train: pictures\nnames: [a]\n"),
                        "data.yaml",
                        "'pictures' does not exist"),
                new Broken("a table of five fields", () -> csv("a.png,1,2,3,4\n"), "boxes.csv, line 1", "5 fields"),
                new Broken("a table without a picture", () -> csv(",1,2,3,4,dog\n"), "boxes.csv, line 1", "no picture"),
                new Broken(
                        "a header without xmax",
                        () -> csv("filename,class,xmin,ymin,ymax\n"),
                        "boxes.csv, line 1",
                        "'xmax' is missing"),
                new Broken(
                        "a row shorter than its header",
                        () -> csv("filename,class,xmin,ymin,xmax,ymax\na.png,dog,1\n"),
                        "boxes.csv, line 2",
                        "3 fields"),
                new Broken(
                        "a split of no such name",
                        () -> csv("filename,class,xmin,ymin,xmax,ymax,split\na.png,dog,1,1,5,5,late\n"),
                        "boxes.csv, line 2, split",
                        "'late'"),
                new Broken("quotes that do not end", () -> csv("a.png,1,2,3,4,\"dog\n"), "boxes.csv"),
                new Broken(
                        "only missing pictures",
                        () -> csv("x.png,1,2,3,4,dog\n"),
                        "no picture that can be used",
                        "x.png"));
        List<DynamicTest> tests = new ArrayList<>();
        for (Broken broken : all) {
            tests.add(DynamicTest.dynamicTest(broken.name(), () -> {
                clear();
                Path folder = broken.folder().make();
                String message =
                        assertThrows(DataException.class, () -> load(folder)).getMessage();
                for (String word : broken.words()) {
                    assertTrue(message.contains(word), () -> "'" + word + "' is not in: " + message);
                }
            }));
        }
        return tests;
    }

    /** One entry of several is left out and counted; a strict reader names it. */
    @TestFactory
    List<DynamicTest> entriesThatCannotBeUsedAreNamedByAStrictReader() {
        List<Broken> all = List.of(
                new Broken(
                        "an image without id",
                        () -> coco(COCO.replace("\"id\": 10, ", "")),
                        "all.json, line 2, images[0]",
                        "\"id\" is missing"),
                new Broken(
                        "an image id that is text",
                        () -> coco(COCO.replace("\"id\": 10", "\"id\": \"ten\"")),
                        "images[0]",
                        "'ten', not an integer"),
                new Broken(
                        "an image without file_name",
                        () -> coco(COCO.replace("\"file_name\": \"a.png\", ", "")),
                        "images[0]",
                        "file_name"),
                new Broken(
                        "a category without name",
                        () -> coco(COCO.replace("\"dog\"", "\"\"")),
                        "categories[1]",
                        "\"name\""),
                new Broken(
                        "a table with text",
                        () -> csv("a.png,1,2,11,22,dog\na.png,1,two,3,4,dog\n"),
                        "boxes.csv, line 2, ymin",
                        "'two'"));
        return all.stream()
                .map(broken -> DynamicTest.dynamicTest(broken.name(), () -> {
                    clear();
                    Path folder = broken.folder().make();
                    assertEquals(1, load(folder).summary().findings().get(0).count());
                    String message = assertThrows(
                                    DataException.class, () -> DatasetLoader.load(folder, new LoadOptions(null, true)))
                            .getMessage();
                    for (String word : broken.words()) {
                        assertTrue(message.contains(word), () -> "'" + word + "' is not in: " + message);
                    }
                }))
                .toList();
    }

    private Path yaml(String content) throws IOException {
        picture(root.resolve("images/a.png"), 40, 30, 1);
        text(root.resolve("labels/a.txt"), "0 0.5 0.5 0.5 0.5\n");
        text(root.resolve("data.yaml"), content);
        return root;
    }

    private void clear() throws IOException {
        try (var files = Files.walk(root)) {
            for (Path f : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!f.equals(root)) {
                    Files.delete(f);
                }
            }
        }
    }

    /** Whatever becomes of a file on its way, the reader says so or reads on; it never falls over. */
    @Test
    void damagedFilesNeverCauseAnythingButADataException() throws IOException {
        Random random = new Random(4);
        List<Map.Entry<Folder, String>> formats = List.of(
                Map.entry(() -> coco(COCO), "annotations/all.json"),
                Map.entry(() -> voc(VOC), "Annotations/a.xml"),
                Map.entry(() -> yolo("1 0.5 0.5 0.25 0.5\n"), "labels/a.txt"),
                Map.entry(() -> yaml("train: images\nnames: {0: a}\n"), "data.yaml"),
                Map.entry(() -> csv("a.png,1,2,11,22,dog\nb.png,,,,,\n"), "boxes.csv"));
        for (Map.Entry<Folder, String> format : formats) {
            for (int i = 0; i < 60; i++) {
                clear();
                format.getKey().make();
                Path file = root.resolve(format.getValue());
                byte[] bytes = Files.readAllBytes(file);
                for (int k = 0; k < 1 + i % 4; k++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                Files.write(file, bytes);
                try {
                    load(root);
                } catch (DataException e) {
                    assertTrue(e.getMessage().length() > 10, e.getMessage());
                } catch (RuntimeException e) {
                    throw new AssertionError(
                            format.getValue() + ": " + new String(bytes, StandardCharsets.ISO_8859_1), e);
                }
            }
        }
    }
}
