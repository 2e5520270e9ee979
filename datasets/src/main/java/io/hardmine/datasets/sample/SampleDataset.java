package io.hardmine.datasets.sample;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.coco.CocoWriter;
import io.hardmine.datasets.image.OpenCv;
import io.hardmine.datasets.image.PictureEncoder;
import io.hardmine.datasets.sample.Difficulty.LookAlikes;
import io.hardmine.datasets.sample.Kind.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Generates the sample detection set: washers, nuts and screws of 14 to 28 pixels on cluttered workbenches of 192x160
 * pixels, among look-alikes. Pixels and annotations depend on the options only, bit for bit on every machine.
 *
 * <p>The folder holds COCO annotations, {@code annotations/instances_{train,val,test}.json}, whose file names are
 * relative to the folder, the pictures as {@code images/{train,val,test}/*.png}, and {@code background/*.png} without
 * any object.
 */
public final class SampleDataset {
    private static final int WIDTH = 192;
    private static final int HEIGHT = 160;
    private static final List<Category> CATEGORIES = Arrays.stream(Kind.of(Role.TARGET))
            .map(k -> new Category(k.ordinal() + 1, k.name().toLowerCase(Locale.ROOT)))
            .toList();

    private final Path folder;
    private final SampleOptions options;

    private SampleDataset(Path folder, SampleOptions options) {
        this.folder = folder;
        this.options = options;
    }

    /**
     * Writes the set.
     *
     * @param folder created if missing
     * @throws DataException if the folder is not empty or cannot be written, or if OpenCV's native library cannot be
     *     loaded
     */
    public static void write(Path folder, SampleOptions options) {
        OpenCv.load(); // a failure leaves no folder behind
        SampleDataset sample = new SampleDataset(folder, options);
        Difficulty difficulty = options.difficulty();
        try {
            sample.claim();
            sample.writeAnnotated(Part.TRAIN, options.train(), difficulty.training());
            sample.writeAnnotated(Part.VAL, options.validation(), difficulty.use());
            sample.writeAnnotated(Part.TEST, options.test(), difficulty.use());
            sample.writeBackground(options.background());
        } catch (IOException e) {
            throw new DataException(
                    "The sample set cannot be written to " + folder + ": " + e.getMessage()
                            + ". Check permissions and free space, or give another folder.",
                    e);
        }
    }

    /** The ordinal seeds the random numbers of a part, so another order would give another set. */
    private enum Part {
        TRAIN,
        VAL,
        TEST,
        BACKGROUND;

        String folderName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private void claim() throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new DataException(folder + " is a file. Give a folder for the sample set.");
        }
        Files.createDirectories(folder);
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new DataException(
                        folder + " is not empty. Give a new folder for the sample set, or empty this one.");
            }
        }
        Files.createDirectory(folder.resolve("annotations"));
        Files.createDirectory(folder.resolve("images"));
    }

    private void writeAnnotated(Part part, int count, LookAlikes lookAlikes) throws IOException {
        if (count == 0) {
            return;
        }
        String folderName = "images/" + part.folderName();
        Files.createDirectory(folder.resolve(folderName));
        List<Picture> pictures = drawn(count, i -> {
            String name = folderName + "/" + fileName(i);
            Path file = folder.resolve(name);
            Rng dice = Rng.of(options.seed(), part.ordinal(), i);
            SceneRenderer bench = new SceneRenderer(WIDTH, HEIGHT, dice, options.difficulty());
            write(bench.draw(dice.in(options.difficulty().objects()), lookAlikes), file);
            return new Picture(i + 1, name, file, WIDTH, HEIGHT, annotations(bench.things()));
        });
        CocoWriter.write(
                new Dataset(part.folderName(), CATEGORIES, pictures),
                folder.resolve("annotations/instances_" + part.folderName() + ".json"));
    }

    /** Draws one picture. */
    private interface Drawing<T> {
        T draw(int index) throws IOException;
    }

    /**
     * Draws pictures on all cores; results are in the order of the pictures. The threads do not change a picture,
     * because each has its own random numbers.
     */
    private static <T> List<T> drawn(int count, Drawing<T> drawing) throws IOException {
        try {
            return IntStream.range(0, count)
                    .parallel()
                    .mapToObj(i -> {
                        try {
                            return drawing.draw(i);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static List<Annotation> annotations(List<SceneRenderer.Thing> things) {
        return things.stream()
                .filter(t -> t.kind().role == Role.TARGET)
                .map(t -> Annotation.of(t.box(), t.kind().ordinal()))
                .toList();
    }

    private void writeBackground(int count) throws IOException {
        Path background = Files.createDirectory(folder.resolve(Part.BACKGROUND.folderName()));
        drawn(count, i -> {
            Path file = background.resolve(fileName(i));
            Rng dice = Rng.of(options.seed(), Part.BACKGROUND.ordinal(), i);
            write(
                    new SceneRenderer(WIDTH, HEIGHT, dice, options.difficulty())
                            .draw(0, options.difficulty().background()),
                    file);
            return file;
        });
    }

    private static String fileName(int index) {
        return String.format(Locale.ROOT, "%05d.png", index + 1);
    }

    private static void write(Raster raster, Path file) throws IOException {
        Files.write(file, PictureEncoder.encode(raster.width, raster.height, raster.toBgr(), ".png"));
    }
}
