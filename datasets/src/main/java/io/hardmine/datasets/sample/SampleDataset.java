package io.hardmine.datasets.sample;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.sample.Difficulty.LookAlikes;
import io.hardmine.datasets.sample.Kind.Role;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Generates the sample detection set: washers, nuts and screws of 14 to 28 pixels on cluttered workbenches of 192x160
 * pixels, among look-alikes. Pixels and annotations follow from the options alone, bit for bit on every machine.
 *
 * <p>The folder holds COCO annotations, {@code annotations/instances_{train,val,test}.json}, whose file names are relative
 * to the folder, the pictures as {@code images/{train,val,test}/*.png}, and {@code background/*.png} without any object.
 */
public final class SampleDataset {
    private static final int WIDTH = 192;
    private static final int HEIGHT = 160;

    private final Path folder;
    private final SampleOptions options;

    private SampleDataset(Path folder, SampleOptions options) {
        this.folder = folder;
        this.options = options;
    }

    /**
     * Writes the set.
     *
     * @param folder made if missing
     * @throws DataException where the folder holds something already or cannot be written
     */
    public static void write(Path folder, SampleOptions options) {
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

    /** A picture's part decides its dice, so their order is part of the set. */
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
        Annotations annotations = new Annotations(part, options.seed());
        for (int i = 0; i < count; i++) {
            String name = folderName + "/" + fileName(i);
            Dice dice = Dice.of(options.seed(), part.ordinal(), i);
            Bench bench = new Bench(WIDTH, HEIGHT, dice, options.difficulty());
            write(bench.draw(dice.in(options.difficulty().objects()), lookAlikes), folder.resolve(name));
            annotations.add(i + 1, name, bench.things());
        }
        annotations.write(folder.resolve("annotations/instances_" + part.folderName() + ".json"));
    }

    private void writeBackground(int count) throws IOException {
        Path background = Files.createDirectory(folder.resolve(Part.BACKGROUND.folderName()));
        for (int i = 0; i < count; i++) {
            Dice dice = Dice.of(options.seed(), Part.BACKGROUND.ordinal(), i);
            Bench bench = new Bench(WIDTH, HEIGHT, dice, options.difficulty());
            write(bench.draw(0, options.difficulty().background()), background.resolve(fileName(i)));
        }
    }

    private static String fileName(int index) {
        return String.format(Locale.ROOT, "%05d.png", index + 1);
    }

    private static void write(Raster raster, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            ImageIO.write(raster.toImage(), "png", out);
        }
    }

    /** One COCO file in the making. */
    private static final class Annotations {
        private final ObjectNode root = new ObjectMapper().createObjectNode();
        private final ArrayNode pictures;
        private final ArrayNode boxes;

        Annotations(Part part, long seed) {
            root.putObject("info").put("description", "Hardmine sample set, " + part.folderName() + ", seed " + seed);
            pictures = root.putArray("images");
            boxes = root.putArray("annotations");
            ArrayNode categories = root.putArray("categories");
            for (Kind kind : Kind.of(Role.TARGET)) {
                categories
                        .addObject()
                        .put("id", id(kind))
                        .put("name", kind.name().toLowerCase(Locale.ROOT));
            }
        }

        private static int id(Kind target) {
            return target.ordinal() + 1;
        }

        void add(int pictureId, String name, List<Bench.Thing> things) {
            pictures.addObject()
                    .put("id", pictureId)
                    .put("file_name", name)
                    .put("width", WIDTH)
                    .put("height", HEIGHT);
            things.stream().filter(t -> t.kind().role == Role.TARGET).forEach(t -> add(pictureId, t));
        }

        private void add(int pictureId, Bench.Thing target) {
            Box box = target.box();
            ObjectNode node = boxes.addObject()
                    .put("id", boxes.size())
                    .put("image_id", pictureId)
                    .put("category_id", id(target.kind()));
            node.putArray("bbox")
                    .add((int) box.x())
                    .add((int) box.y())
                    .add((int) box.width())
                    .add((int) box.height());
            node.put("area", (int) box.area()).put("iscrowd", 0);
        }

        void write(Path file) throws IOException {
            Files.writeString(file, root.toString() + "\n");
        }
    }
}
