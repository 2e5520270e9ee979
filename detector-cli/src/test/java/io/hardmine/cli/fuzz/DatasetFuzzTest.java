package io.hardmine.cli.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.LoadOptions;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.loading.DatasetLoader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The readers of data sets. An input is the texts of a folder, one after the other, parted by lines {@code %%%}. */
class DatasetFuzzTest {
    private static final int MUTATIONS = 250;
    private static final byte[] PART = "\n%%%\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private static Path temporary;

    @FuzzTest
    void coco(byte[] input) throws IOException {
        readOrRefused(input, "coco", List.of("a.png"), List.of("annotations.json"));
    }

    @FuzzTest
    void csv(byte[] input) throws IOException {
        readOrRefused(input, "csv", List.of("a.png"), List.of("boxes.csv", "classes.csv"));
    }

    @FuzzTest
    void voc(byte[] input) throws IOException {
        readOrRefused(
                input, "voc", List.of("JPEGImages/a.png"), List.of("Annotations/a.xml", "ImageSets/Main/train.txt"));
    }

    @FuzzTest
    void yoloOfYaml(byte[] input) throws IOException {
        readOrRefused(input, "yolo", List.of("images/train/a.png"), List.of("data.yaml", "labels/train/a.txt"));
    }

    @FuzzTest
    void yoloOfDarknet(byte[] input) throws IOException {
        readOrRefused(
                input,
                "yolo",
                List.of("obj_train_data/a.png"),
                List.of("obj.data", "obj.names", "train.txt", "obj_train_data/a.txt"));
    }

    @FuzzTest
    void yoloOfLists(byte[] input) throws IOException {
        readOrRefused(input, "yolo", List.of("images/a.png"), List.of("classes.txt", "labels/a.txt"));
    }

    @Test
    void mutatedCocoIsReadOrRefused() throws Exception {
        FuzzTarget.overMutations(getClass(), "coco", MUTATIONS, this::coco);
    }

    @Test
    void mutatedCsvIsReadOrRefused() throws Exception {
        FuzzTarget.overMutations(getClass(), "csv", MUTATIONS, this::csv);
    }

    @Test
    void mutatedVocIsReadOrRefused() throws Exception {
        FuzzTarget.overMutations(getClass(), "voc", MUTATIONS, this::voc);
    }

    @Test
    void mutatedYoloIsReadOrRefused() throws Exception {
        FuzzTarget.overMutations(getClass(), "yoloOfYaml", MUTATIONS, this::yoloOfYaml);
        FuzzTarget.overMutations(getClass(), "yoloOfDarknet", MUTATIONS, this::yoloOfDarknet);
        FuzzTarget.overMutations(getClass(), "yoloOfLists", MUTATIONS, this::yoloOfLists);
    }

    private static void readOrRefused(byte[] input, String format, List<String> pictures, List<String> texts)
            throws IOException {
        Path folder = temporary.resolve(format + texts.size());
        for (String picture : pictures) {
            if (Files.notExists(folder.resolve(picture))) {
                Files.createDirectories(folder.resolve(picture).getParent());
                ImageIO.write(
                        new BufferedImage(20, 12, BufferedImage.TYPE_3BYTE_BGR),
                        "png",
                        folder.resolve(picture).toFile());
            }
        }
        int at = 0;
        for (String text : texts) {
            int end = at > input.length ? -1 : nextPart(input, at);
            Path file = folder.resolve(text);
            Files.createDirectories(file.getParent());
            if (end < 0) {
                Files.deleteIfExists(file);
            } else {
                Files.write(file, Arrays.copyOfRange(input, at, end));
            }
            at = end < 0 ? input.length + 1 : end + PART.length;
        }
        readOrRefused(folder, null);
        readOrRefused(folder, format);
    }

    /** Where a part that begins at a place ends. */
    private static int nextPart(byte[] input, int from) {
        for (int at = from; at + PART.length <= input.length; at++) {
            if (Arrays.equals(input, at, at + PART.length, PART, 0, PART.length)) {
                return at;
            }
        }
        return input.length;
    }

    private static void readOrRefused(Path folder, String format) {
        LoadedDataset loaded;
        try {
            loaded = DatasetLoader.load(folder, new LoadOptions(format, false));
        } catch (DataException e) {
            assertFalse(e.getMessage().isBlank());
            return;
        }
        Set<String> names = new HashSet<>(loaded.dataset().categoryNames());
        assertTrue(names.size() == loaded.dataset().categories().size(), "categories have names of their own");
        for (Picture picture : loaded.dataset().pictures()) {
            for (Annotation annotation : picture.annotations()) {
                Box box = annotation.box();
                assertTrue(annotation.category() >= 0 && annotation.category() < names.size());
                assertTrue(
                        box.x() >= 0
                                && box.y() >= 0
                                && box.width() > 0
                                && box.height() > 0
                                && box.right() <= picture.width() + 1e-6
                                && box.bottom() <= picture.height() + 1e-6
                                && Double.isFinite(annotation.area()),
                        () -> annotation.toString());
            }
        }
        assertFalse(loaded.summary().text().isBlank());
    }
}
