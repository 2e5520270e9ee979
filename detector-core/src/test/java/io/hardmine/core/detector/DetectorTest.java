package io.hardmine.core.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.IouMatcher;
import io.hardmine.core.detection.Detection;
import io.hardmine.core.detection.PostProcessing;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.model.DataOrigin;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;

@Timeout(60)
class DetectorTest {
    @TempDir
    private Path folder;

    private Path picture;
    private TrainedModel model;

    @BeforeEach
    void make() throws Exception {
        RetinaNet network =
                RetinaNet.initialized(new Architecture(2, 9, Architecture.BackboneShape.tiny(8), 8, 1, 0.3), 3);
        model = new TrainedModel(
                new TrainedModel.Description(
                        network.architecture(),
                        List.of(new Category(1, "nut"), new Category(2, "screw")),
                        new Preprocessing(64, 128),
                        AnchorShapes.paper(),
                        IouMatcher.paper(),
                        PostProcessing.paper(),
                        List.of(0.3, 0.3),
                        DataOrigin.UNKNOWN,
                        new ObjectMapper().createObjectNode()),
                network);
        picture = picture("picture.png", 90, 70, 1);
    }

    private Path picture(String name, int width, int height, long seed) throws Exception {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, random.nextInt(0x1000000));
        }
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    @Test
    void fileImageAndMatrixOfOnePictureGiveTheSame() throws Exception {
        try (Detector detector = Detector.of(model).open()) {
            List<Detection> fromFile = detector.detect(picture);
            assertFalse(fromFile.isEmpty());
            assertEquals(fromFile, detector.detect(ImageIO.read(picture.toFile())));
            Mat matrix = Imgcodecs.imread(picture.toString());
            assertEquals(fromFile, detector.detect(matrix));
            matrix.release();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_BYTE_GRAY})
    void greyAndTransparentImagesAreSeenAsTheirFilesAre(int type) throws Exception {
        BufferedImage image = new BufferedImage(90, 70, type);
        Random random = new Random(5);
        for (int i = 0; i < 90 * 70; i++) {
            image.setRGB(i % 90, i / 90, random.nextInt());
        }
        Path file = folder.resolve("other.png");
        ImageIO.write(image, "png", file.toFile());
        try (Detector detector = Detector.of(model).open()) {
            assertEquals(detector.detect(file), detector.detect(ImageIO.read(file.toFile())));
        }
    }

    @Test
    void detectionsAreOrderedAndReachTheThreshold() {
        List<Detection> all;
        try (Detector detector = Detector.of(model).open()) {
            all = detector.detect(picture);
        }
        List<Double> scores = all.stream().map(Detection::score).toList();
        assertEquals(scores.stream().sorted(Comparator.reverseOrder()).toList(), scores);
        double middle = scores.get(scores.size() / 2);
        List<Detection> reaching = all.stream().filter(d -> d.score() >= middle).toList();
        assertTrue(reaching.size() > 1 && reaching.size() < all.size(), reaching.size() + " of " + all.size());
        try (Detector detector = Detector.of(model).threshold(middle).open()) {
            assertEquals(reaching, detector.detect(picture));
        }
    }

    @Test
    void eightThreadsGetTheSameBoxes() throws Exception {
        List<Path> pictures = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            pictures.add(picture("p" + i + ".png", 60 + 17 * i, 64 + 9 * i, i));
        }
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try (Detector detector = Detector.of(model).sessions(2).open()) {
            List<List<Detection>> alone =
                    pictures.stream().map(detector::detect).toList();
            List<Future<List<Detection>>> answers = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                Path asked = pictures.get(i % pictures.size());
                answers.add(callers.submit(() -> detector.detect(asked)));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertEquals(alone.get(i % pictures.size()), answers.get(i).get());
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void aClosedDetectorSaysSo() {
        Detector detector = Detector.of(model).open();
        detector.close();
        detector.close();
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> detector.detect(picture));
        assertEquals("this detector is closed", e.getMessage());
    }

    @Test
    void closingWhileOthersDetectEndsThemAll() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        Detector detector = Detector.of(model).open();
        List<Future<List<Detection>>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(callers.submit(() -> detector.detect(picture)));
        }
        detector.close();
        callers.shutdown();
        assertTrue(callers.awaitTermination(30, TimeUnit.SECONDS));
        for (Future<List<Detection>> answer : answers) {
            try {
                assertFalse(answer.get().isEmpty());
            } catch (ExecutionException e) {
                assertEquals("this detector is closed", e.getCause().getMessage());
            }
        }
    }

    @Test
    void anInterruptedThreadGetsAFreeLaneAndClosesTheDetector() {
        Mat matrix = Imgcodecs.imread(picture.toString());
        Detector detector = Detector.of(model).open();
        List<Detection> expected = detector.detect(matrix);
        Thread.currentThread().interrupt();
        try {
            assertEquals(expected, detector.detect(matrix));
            detector.close();
        } finally {
            assertTrue(Thread.interrupted(), "the flag is kept");
        }
        String message = assertThrows(IllegalStateException.class, () -> detector.detect(matrix))
                .getMessage();
        assertEquals("this detector is closed", message);
        matrix.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 257, 100_000})
    void sessionsAreBounded(int sessions) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Detector.of(model).sessions(sessions))
                .getMessage();
        assertEquals("the sessions of a detector must be at least 1 and at most 256, not " + sessions, message);
    }

    @Test
    void otherMatricesAreRefusedInOneSentence() {
        try (Detector detector = Detector.of(model).open()) {
            assertRefused(detector, new Mat(), "an empty matrix");
            assertRefused(detector, new Mat(4, 4, CvType.CV_8UC1), "CV_8UC1 in 2 dimensions");
            assertRefused(detector, new Mat(4, 4, CvType.CV_32FC3), "CV_32FC3 in 2 dimensions");
            assertRefused(detector, new Mat(new int[] {2, 4, 4}, CvType.CV_8UC3), "CV_8UC3 in 3 dimensions");
        }
    }

    private static void assertRefused(Detector detector, Mat matrix, String found) {
        String message = assertThrows(IllegalArgumentException.class, () -> detector.detect(matrix))
                .getMessage();
        assertEquals("need 8-bit pixels in three channels (BGR), rows by columns, not " + found, message);
        matrix.release();
    }

    @Test
    void whatIsNoPictureIsNamed() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.png"), "no picture");
        try (Detector detector = Detector.of(model).open()) {
            DataException e = assertThrows(DataException.class, () -> detector.detect(text));
            assertTrue(e.getMessage().contains("notes.png"), e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> detector.detect(new Mat()));
        }
    }
}
