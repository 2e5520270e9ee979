package io.hardmine.core.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hardmine.core.loss.ExampleSelection;
import io.hardmine.core.model.DataOrigin;
import io.hardmine.core.training.TrainingSettings.BackboneKind;
import io.hardmine.core.training.TrainingSettings.Input;
import io.hardmine.core.training.TrainingSettings.Loss;
import io.hardmine.core.training.TrainingSettings.Network;
import io.hardmine.core.training.TrainingSettings.OptimizerSettings;
import io.hardmine.core.training.TrainingSettings.ScheduleSettings;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.OpenCv;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/** A training that takes seconds: bright squares on dark noise. */
final class TinyTask {
    private TinyTask() {}

    static TrainingSettings settings(int epochs, long seed) {
        Network network = new Network(BackboneKind.TINY, 8, 8, 1, false, 0.01);
        ScheduleSettings schedule = ScheduleSettings.of(epochs).withBatch(2).withWarmupSteps(4);
        return TrainingSettings.of(network, new Input(64, 96), schedule)
                .with(Loss.defaults().withBoxWeight(1))
                .with(OptimizerSettings.defaults().withAveraging(0.9))
                .with(new Augmentation(true, true, 0.2, 0.1))
                .withBackgroundShare(0.3)
                .withValidateEvery(2)
                .withLoaderThreads(2)
                .withSeed(seed);
    }

    static TrainingTask task(Path folder, TrainingSettings settings) throws IOException {
        OpenCv.load();
        Files.createDirectories(folder);
        List<Category> categories = List.of(new Category(1, "light"), new Category(2, "red"));
        Dataset train = new Dataset("tiny", categories, pictures(folder, "train", 9, 1, true));
        Dataset validation = new Dataset("tiny", categories, pictures(folder, "val", 4, 100, true));
        return new TrainingTask(
                train,
                validation,
                new FolderBackground(pictures(folder, "background", 5, -50, false)),
                settings,
                ExampleSelection.ALL,
                RepeatFactors.ONCE,
                Map.of(),
                DataOrigin.UNKNOWN,
                JsonNodeFactory.instance.objectNode());
    }

    private static List<Picture> pictures(Path folder, String name, int count, long firstId, boolean objects)
            throws IOException {
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Random random = new Random(name.hashCode() + i);
            int width = i % 3 == 0 ? 64 : 96;
            int height = 64;
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
            for (int p = 0; p < width * height; p++) {
                image.setRGB(p % width, p / width, random.nextInt(70) * 0x010101);
            }
            List<Annotation> annotations = new ArrayList<>();
            Graphics2D pen = image.createGraphics();
            for (int o = 0; objects && o < 1 + i % 3; o++) {
                int side = 14 + random.nextInt(16);
                int x = random.nextInt(width - side);
                int y = random.nextInt(height - side);
                int category = random.nextInt(2);
                pen.setColor(category == 0 ? Color.WHITE : Color.RED);
                pen.fillRect(x, y, side, side);
                annotations.add(Annotation.of(new Box(x, y, side, side), category));
            }
            pen.dispose();
            Path file = folder.resolve(name + i + ".png");
            ImageIO.write(image, "png", file.toFile());
            pictures.add(new Picture(firstId + i, name + i + ".png", file, width, height, annotations));
        }
        return pictures;
    }
}
