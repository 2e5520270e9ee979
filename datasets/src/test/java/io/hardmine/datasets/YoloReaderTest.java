package io.hardmine.datasets;

import static io.hardmine.datasets.MadeFolder.boxes;
import static io.hardmine.datasets.MadeFolder.examples;
import static io.hardmine.datasets.MadeFolder.findings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.DataSummary.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** YOLO folders as tools and people write them. */
class YoloReaderTest {
    private static final String ROW = "0 0.5 0.5 0.2 0.3\n";
    private static final List<String> BOX = List.of("gear 80 42 40 36");

    @TempDir
    private Path root;

    private MadeFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new MadeFolder(root);
    }

    private String refusal() {
        return assertThrows(DataException.class, folder::load).getMessage();
    }

    private void assertTold(String told, String... words) {
        for (String word : words) {
            assertTrue(told.contains(word), () -> "'" + word + "' is not in: " + told);
        }
    }

    /** Two pictures with one box each, in images/train and images/val. */
    private MadeFolder trainAndVal() throws IOException {
        return folder.picture("images/train/a.jpg", "images/val/b.jpg")
                .text("labels/train/a.txt", ROW)
                .text("labels/val/b.txt", ROW);
    }

    private void assertBothRead() {
        assertBothRead(folder.load());
        assertBothRead(new MadeFolder(folder.root().resolve(".")).load());
    }

    private static void assertBothRead(LoadedDataset loaded) {
        assertEquals(Map.of("images/train/a.jpg", BOX, "images/val/b.jpg", BOX), boxes(loaded));
        assertEquals(
                Map.of("images/train/a.jpg", Split.TRAIN, "images/val/b.jpg", Split.VALIDATION), loaded.givenSplits());
        assertEquals(Map.of(), findings(loaded));
    }

    @Test
    void everySpellingOfPathIsUnderstood() throws IOException {
        trainAndVal().text("Train.txt", "images/train/a.jpg\n").text("Validation.txt", "./images/val/b.jpg\n");
        for (String path : List.of(
                ".",
                "./",
                "././",
                "",
                "\"\"",
                "../" + root.getFileName(),
                root + "/",
                "/elsewhere/data",
                "../datasets/gears")) {
            folder.text(
                    "data.yaml", "names: {0: gear}\npath: %s\ntrain: Train.txt\nval: Validation.txt\n".formatted(path));
            assertBothRead();
            folder.text(
                    "data.yaml",
                    "names: {0: gear}\npath: %s\ntrain: images/train/\nval: ./images/val\n".formatted(path));
            assertBothRead();
        }
    }

    @Test
    void namesBeginAtThePathIfThereIsSuchAFolder() throws IOException {
        folder.picture("set/images/a.jpg", "images/other.jpg")
                .text("set/labels/a.txt", ROW)
                .text("set/train.txt", "./images/a.jpg\n");
        for (String train : List.of("images", "train.txt")) {
            folder.text("data.yaml", "names: [gear]\npath: set\ntrain: %s\n".formatted(train));
            assertEquals(Map.of("set/images/a.jpg", BOX), boxes(folder.load()), train);
        }
    }

    @Test
    void absoluteNamesInsideTheFolderAreRead() throws IOException {
        trainAndVal().text("val.txt", root.resolve("images/val/b.jpg") + "\n");
        folder.text(
                "data.yaml",
                "names: [gear]\ntrain: %s\nval: %s\n".formatted(root.resolve("images/train"), root.resolve("val.txt")));
        assertBothRead();
        folder.text("val.txt", "../images/val/b.jpg\n");
        assertBothRead();
        folder.text("val.txt", "/elsewhere/b.jpg\n");
        assertTold(refusal(), "val.txt, line 1", "'/elsewhere/b.jpg'", "leads out");
    }

    @Test
    void aMissingValidationOrTestFolderIsToldAndAMissingTrainingFolderRefused() throws IOException {
        trainAndVal()
                .text(
                        "data.yaml",
                        "names: [gear]\ntrain: ../images/train\nval: ../valid/images\ntest: ../test/images\n");
        LoadedDataset loaded = folder.load();
        assertEquals(Map.of("images/train/a.jpg", BOX), boxes(loaded));
        assertEquals(Map.of(Kind.MISSING_SPLIT, 2), findings(loaded));
        assertTold(examples(loaded, Kind.MISSING_SPLIT).toString(), "'../test/images' does not exist");
        assertThrows(DataException.class, folder::loadStrictly);
        folder.text("data.yaml", "names: [gear]\ntrain: train\nval: images/val\n");
        assertTold(refusal(), "'train' does not exist; did you mean", "images/train?");
    }

    @Test
    void oneFolderForTrainingAndValidationIsTrainedOn() throws IOException {
        trainAndVal().text("data.yaml", "names: [gear]\ntrain: images/train\nval: images/train\n");
        LoadedDataset loaded = folder.load();
        assertEquals(Map.of("images/train/a.jpg", Split.TRAIN), loaded.givenSplits());
        assertEquals(Map.of(Kind.SHARED_SPLIT, 1), findings(loaded));
    }

    @Test
    void aPictureOfTwoSplitsStaysOutOfTraining() throws IOException {
        trainAndVal().text("data.yaml", "names: [gear]\ntrain: images\nval: images/val\n");
        LoadedDataset loaded = folder.load();
        assertEquals(
                Map.of("images/train/a.jpg", Split.TRAIN, "images/val/b.jpg", Split.VALIDATION), loaded.givenSplits());
        assertEquals(Map.of(Kind.IN_TWO_SPLITS, 1), findings(loaded));
    }

    @Test
    void keypointsAfterTheBoxAreNoCorners() throws IOException {
        String points = " 0.45 0.45 2 0.55 0.45 2 0.45 0.55 1 0.55 0.55 0\n";
        folder.picture("images/a.jpg", "images/b.jpg")
                .text("labels/a.txt", ROW.strip() + points + ROW.replace("0.5 0.5", "0.2 0.5"))
                .text("labels/b.txt", ROW.strip() + " 0.45 0.45 2\n")
                .text("data.yaml", "kpt_shape: [4, 3]\ntrain: images\nnames: [gear]\n");
        LoadedDataset loaded = folder.load();
        assertEquals(
                Map.of("images/a.jpg", List.of("gear 80 42 40 36", "gear 20 42 40 36"), "images/b.jpg", List.of()),
                boxes(loaded));
        assertEquals(Map.of(Kind.UNUSABLE_OBJECT, 1), findings(loaded));
        assertTold(examples(loaded, Kind.UNUSABLE_OBJECT).get(0), "b.txt, line 1", "8 fields", "has 17");
        folder.text("labels/a.txt", ROW.strip() + " 0.45 0.45 0.55 0.55\n")
                .text("labels/b.txt", "")
                .text("data.yaml", "kpt_shape: [2, 2]\ntrain: images\nnames: [gear]\n");
        assertEquals(BOX, boxes(folder.load()).get("images/a.jpg"));
        folder.text("data.yaml", "kpt_shape: 4\ntrain: images\nnames: [gear]\n");
        assertTold(refusal(), "data.yaml", "'kpt_shape'");
    }

    /** The flag 2 of a visible keypoint would be a corner two pictures away. */
    @Test
    void keypointsThatNothingDeclaresAreRefused() throws IOException {
        folder.picture("images/a.jpg")
                .text("labels/a.txt", ROW.strip() + " 0.45 0.45 2 0.55 0.45 2\n")
                .text("classes.txt", "gear\n");
        assertTold(refusal(), "a.txt, line 1, field 8", "kpt_shape");
    }

    @Test
    void outlinesAndBoxesMayBeMixed() throws IOException {
        folder.picture("images/a.jpg")
                .text("labels/a.txt", "0 0.1 0.1 0.3 0.1 0.3 0.4 0.1 0.4\n0 0.7 0.4 0.2 0.4\n")
                .text("classes.txt", "gear\n");
        assertEquals(Map.of("images/a.jpg", List.of("gear 20 12 40 36", "gear 120 24 40 48")), boxes(folder.load()));
    }

    @Test
    void anOddRowIsDroppedAndCountedAndStopsStrictMode() throws IOException {
        folder.picture("images/a.jpg")
                .text(
                        "labels/a.txt",
                        ROW + "0 0.5 half 0.2 0.3\n0 0.5 0.5 0.2 0.3 0.9\n0 100 60 40 36\n0,0.5,0.5,0.2,0.3\n")
                .text("classes.txt", "gear\n");
        LoadedDataset loaded = folder.load();
        assertEquals(Map.of("images/a.jpg", BOX), boxes(loaded));
        assertEquals(Map.of(Kind.UNUSABLE_OBJECT, 4), findings(loaded));
        List<String> told = examples(loaded, Kind.UNUSABLE_OBJECT);
        assertTold(told.get(0), "a.txt, line 2, field 3: 'half' is not a number");
        assertTold(told.get(1), "line 3: 6 fields", "confidence");
        assertTold(told.get(2), "line 4, field 2", "shares");
        assertTold(told.get(3), "line 5", "blanks, not commas");
        assertThrows(DataException.class, folder::loadStrictly);
    }

    @Test
    void aSetOfOddRowsOnlyIsRefused() throws IOException {
        folder.picture("images/a.jpg").text("classes.txt", "gear\n");
        for (String odd : List.of("0,0.5,0.5,0.2,0.3", "0 0,5 0,5 0,2 0,3", "0;0.5;0.5;0.2;0.3")) {
            folder.text("labels/a.txt", odd + "\n");
            assertTold(refusal(), "a.txt, line 1", "blanks, not commas");
        }
        folder.text("labels/a.txt", "0 100 60 40 36\n");
        assertTold(refusal(), "a.txt, line 1, field 2", "shares");
    }

    @Test
    void labelsOfAnEncodedNameAreFoundAndThoseWithoutAPictureCounted() throws IOException {
        folder.picture("images/Capture_d\u00E9cran 1.jpg", "images/100% wool.jpg", "images/bg.jpg")
                .text("labels/Capture_d%C3%A9cran%201.txt", ROW)
                .text("labels/100% wool.txt", ROW)
                .text("labels/gone.txt", ROW + ROW)
                .text("labels/notes.txt", "drawn in May\n")
                .text("classes.txt", "gear\n");
        LoadedDataset loaded = folder.load();
        assertEquals(
                Map.of(
                        "images/Capture_d\u00E9cran 1.jpg", BOX,
                        "images/100% wool.jpg", BOX,
                        "images/bg.jpg", List.of()),
                boxes(loaded));
        assertEquals(Map.of(Kind.LABELS_WITHOUT_PICTURE, 1), findings(loaded));
        assertTold(examples(loaded, Kind.LABELS_WITHOUT_PICTURE).get(0), "gone.txt");
        assertTold(loaded.summary().text(), "1 × label file without a picture: left out (2 boxes)");
    }

    @Test
    void foldersInsideASplitsFolderAreWalked() throws IOException {
        folder.picture(
                        "images/train/top.jpg",
                        "images/train/cam1/a.jpg",
                        "images/train/test_rig/a.jpg",
                        "images/val/v.jpg")
                .text("labels/train/top.txt", ROW)
                .text("labels/train/cam1/a.txt", ROW)
                .text("labels/train/test_rig/a.txt", ROW)
                .text("labels/val/v.txt", ROW)
                .text("labels/train/cam1/gone.txt", ROW);
        Map<String, Split> splits = Map.of(
                "images/train/top.jpg", Split.TRAIN,
                "images/train/cam1/a.jpg", Split.TRAIN,
                "images/train/test_rig/a.jpg", Split.TRAIN,
                "images/val/v.jpg", Split.VALIDATION);
        for (String description : List.of("data.yaml", "classes.txt")) {
            folder.text(
                    description,
                    description.equals("classes.txt")
                            ? "gear\n"
                            : "names: [gear]\ntrain: images/train\nval: images/val\n");
            LoadedDataset loaded = folder.load();
            assertEquals(splits, loaded.givenSplits(), description);
            assertEquals(4, loaded.dataset().annotationCount());
            assertEquals(Map.of(Kind.LABELS_WITHOUT_PICTURE, 1), findings(loaded));
            Files.delete(root.resolve(description));
        }
    }

    @Test
    void foldersInsideImagesAreWalked() throws IOException {
        folder.picture("images/top.jpg", "images/monday/a.jpg", "images/tuesday/a.jpg")
                .text("labels/top.txt", ROW)
                .text("labels/monday/a.txt", ROW)
                .text("labels/tuesday/a.txt", ROW)
                .text("labels/classes.txt", "gear\n");
        LoadedDataset loaded = folder.load();
        assertEquals(
                Map.of("images/top.jpg", BOX, "images/monday/a.jpg", BOX, "images/tuesday/a.jpg", BOX), boxes(loaded));
        assertEquals(Map.of(), loaded.givenSplits());
    }

    @Test
    void darknetsDescriptionIsRead() throws IOException {
        folder.picture("obj_train_data/a.jpg", "obj_train_data/cam1/b.jpg", "obj_valid_data/v.jpg")
                .text("obj_train_data/a.txt", ROW)
                .text("obj_train_data/cam1/b.txt", "2" + ROW.substring(1))
                .text("obj_valid_data/v.txt", ROW)
                .text("obj.names", "gear\n\nnut\n\n")
                .text(
                        "obj.data",
                        "classes = 3\ntrain = data/train.txt\nvalid = data/valid.txt\nnames = data/obj.names\nbackup = backup/\n")
                .text("train.txt", "data/obj_train_data/a.jpg\nobj_train_data/cam1/b.jpg\n")
                .text("valid.txt", "data/obj_valid_data/v.jpg\n");
        Map<String, List<String>> right = Map.of(
                "obj_train_data/a.jpg", BOX,
                "obj_train_data/cam1/b.jpg", List.of("nut 80 42 40 36"),
                "obj_valid_data/v.jpg", BOX);
        Map<String, Split> splits = Map.of(
                "obj_train_data/a.jpg", Split.TRAIN,
                "obj_train_data/cam1/b.jpg", Split.TRAIN,
                "obj_valid_data/v.jpg", Split.VALIDATION);
        LoadedDataset described = folder.load();
        assertEquals("yolo", described.summary().format());
        assertEquals(right, boxes(described));
        assertEquals(splits, described.givenSplits());
        Files.delete(root.resolve("obj.data"));
        assertEquals(right, boxes(folder.load()));
        assertEquals(splits, folder.load().givenSplits());
    }

    @Test
    void theOnlyYamlWithNamesAndTrainingIsTheDescription() throws IOException {
        trainAndVal()
                .text("gears.yaml", "names: [gear]\ntrain: images/train\nval: images/val\n")
                .text("settings.yml", "train: 3\nepochs: 5\n")
                .text("odd.yaml", "[");
        assertBothRead();
        folder.text("bolts.yaml", "names: [bolt]\ntrain: images/train\n");
        assertTold(refusal(), "bolts.yaml", "gears.yaml", "data.yaml");
    }

    @Test
    void anUnrelatedYamlHidesNoOtherFormat() throws IOException {
        folder.picture("a.jpg")
                .text("dataset.yaml", "version: 3\nlicense: none\n")
                .text(
                        "boxes.json",
                        "{\"categories\":[{\"id\":1,\"name\":\"gear\"}],\"images\":[{\"id\":1,\"file_name\":\"a.jpg\"}],"
                                + "\"annotations\":[{\"image_id\":1,\"category_id\":1,\"bbox\":[10,20,30,40]}]}");
        assertEquals("coco", folder.load().summary().format());
        Files.delete(root.resolve("boxes.json"));
        folder.picture("images/a.jpg").text("labels/a.txt", ROW).text("classes.txt", "gear\n");
        assertEquals(Map.of("images/a.jpg", BOX), boxes(folder.load()));
    }

    @Test
    void labelsMayLieBesideTheirPictures() throws IOException {
        folder.picture("a.jpg", "b.png", "train/c.jpg")
                .text("a.txt", ROW)
                .text("train/c.txt", ROW)
                .text("readme.txt", "drawn in May\n");
        assertTold(refusal(), "none of the formats", "neither data.yaml nor classes.txt");
        folder.text("classes.txt", "gear\n");
        LoadedDataset flat = folder.load();
        assertEquals(Map.of("a.jpg", BOX, "b.png", List.of(), "train/c.jpg", BOX), boxes(flat));
        assertEquals(Map.of("train/c.jpg", Split.TRAIN), flat.givenSplits());
        assertEquals(Map.of(), findings(flat));
        folder.picture("images/d.jpg").text("images/d.txt", ROW);
        assertEquals(Map.of("images/d.jpg", BOX), boxes(folder.load()));
    }

    @Test
    void listsOfClassesBesideLabelsMustAgree() throws IOException {
        folder.picture("train/a.jpg", "valid/b.jpg")
                .text("train/a.txt", ROW)
                .text("valid/b.txt", ROW)
                .text("train/_darknet.labels", "gear\nnut\n")
                .text("valid/_darknet.labels", "gear\nnut\n");
        assertEquals(Map.of("train/a.jpg", BOX, "valid/b.jpg", BOX), boxes(folder.load()));
        folder.text("valid/_darknet.labels", "nut\ngear\n");
        assertTold(refusal(), "train/_darknet.labels and ", "valid/_darknet.labels differ");
    }

    @Test
    void aBlankLineKeepsTheNumbersOfTheClassesAfterIt() throws IOException {
        folder.picture("images/a.jpg")
                .text("labels/a.txt", "0 .2 .2 .1 .1\n2 0.5 0.5 0.2 0.3\n3 .8 .8 .1 .1\n1 .5 .5 .1 .1\n")
                .text("classes.txt", "bolt\n\nnut\nwasher\n\n \n");
        LoadedDataset loaded = folder.load();
        assertEquals(List.of("bolt", "nut", "washer"), loaded.dataset().categoryNames());
        assertEquals(
                Map.of("images/a.jpg", List.of("bolt 30 18 20 12", "nut 80 42 40 36", "washer 150 90 20 12")),
                boxes(loaded));
        assertEquals(Map.of(Kind.UNKNOWN_CATEGORY, 1), findings(loaded));
        assertTold(examples(loaded, Kind.UNKNOWN_CATEGORY).get(0), "a.txt, line 4", "'class 1'");
    }

    @Test
    void theSystemsOwnFilesArePassedOver() throws IOException {
        byte[] appleDouble = {0, 5, 22, 7, 0, (byte) 0xFE};
        trainAndVal().text("data.yaml", "names: [gear]\ntrain: train.txt\nval: images/val\n");
        folder.text("train.txt", "images/train/a.jpg\nimages/train/._a.jpg\n");
        for (String name : List.of(
                "images/val/._b.jpg", "labels/val/._b.txt", "._data.yaml", "._train.txt", "images/train/._a.jpg")) {
            Files.write(root.resolve(name), appleDouble);
        }
        assertBothRead();
    }

    @Test
    void linksAreFollowed() throws IOException {
        MadeFolder store = new MadeFolder(root.resolve("store")).picture("a.jpg", "more/b.jpg");
        folder = new MadeFolder(root.resolve("data"))
                .text("labels/val/b.txt", ROW)
                .text("labels/train/a.txt", ROW);
        Files.createDirectories(folder.root().resolve("images/train"));
        Files.createSymbolicLink(
                folder.root().resolve("images/train/a.jpg"), store.root().resolve("a.jpg"));
        Files.createSymbolicLink(
                folder.root().resolve("images/val"), store.root().resolve("more"));
        folder.text("data.yaml", "names: [gear]\ntrain: images/train\nval: images/val\n");
        assertBothRead();
    }

    @Test
    void picturesThatShareAStemShareTheLabels() throws IOException {
        folder.picture("images/a.jpg", "images/a.png").text("labels/a.txt", ROW).text("classes.txt", "gear\n");
        assertEquals(Map.of("images/a.jpg", BOX, "images/a.png", BOX), boxes(folder.load()));
    }

    @Test
    void labelsThatAreNoTextLeaveTheirPictureOut() throws IOException {
        trainAndVal().text("classes.txt", "gear\n");
        Files.write(root.resolve("labels/val/b.txt"), new byte[] {'0', (byte) 0xFC});
        LoadedDataset loaded = folder.load();
        assertEquals(Map.of("images/train/a.jpg", BOX), boxes(loaded));
        assertEquals(Map.of(Kind.UNREADABLE_ANNOTATION, 1), findings(loaded));
    }

    @Test
    void otherProgramsSpellingsAreRead() throws IOException {
        folder.picture("images/a.JPG", "images/b.jpg")
                .text("labels/a.txt", "\uFEFF0.0\t5e-1 0.5  0.2\t0.3\r\n")
                .text("labels/b.txt", "0 0.95 0.5 0.1002 0.3\n")
                .text("data.yaml", "nc: 3\nnames: [gear, nut]\ntrain: images\n");
        LoadedDataset loaded = folder.load();
        assertEquals(Map.of("images/a.JPG", BOX, "images/b.jpg", List.of("gear 179.98 42 20.02 36")), boxes(loaded));
        assertEquals(Map.of(), findings(loaded));
    }

    @Test
    void aFolderWithoutLabelsIsToldWhatIsMissing() throws IOException {
        folder.picture("images/a.jpg").text("classes.txt", "gear\n");
        String asked =
                assertThrows(DataException.class, () -> folder.load("yolo")).getMessage();
        assertTold(asked, "has no YOLO labels", "no data.yaml");
        assertTold(refusal(), "none of the formats", "has no YOLO labels");
        folder.text("data.yaml", "train: images\n");
        assertTold(refusal(), "data.yaml: field 'names' is missing");
    }

    @Test
    void aFolderOneStepTooHighIsToldWhichToGive() throws IOException {
        folder.picture("export/images/a.jpg").text("export/labels/a.txt", ROW).text("export/classes.txt", "gear\n");
        assertTold(refusal(), "none of the formats", "export looks like yolo; give that folder");
    }
}
