package io.hardmine.mining.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.anchor.IouMatcher;
import io.hardmine.core.anchor.Targets;
import io.hardmine.core.detection.PostProcessing;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.loss.ClassLoss;
import io.hardmine.core.model.DataOrigin;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossSurveyTest {
    private static final AnchorShapes SHAPES = new AnchorShapes(4, List.of(1.0), List.of(1.0));
    private static final Annotation OBJECT = Annotation.of(new Box(10, 20, 40, 40), 1);
    private static final Annotation IGNORED =
            Annotation.of(new Box(60, 0, 60, 60), 0).asIgnored();

    @TempDir
    private Path folder;

    /** A network whose weights are all zero says 0 of everything, that is, probability 1/2. */
    private static TrainedModel undecided() {
        Architecture architecture = new Architecture(2, 1, Architecture.BackboneShape.tiny(4), 4, 1, 0.01);
        return new TrainedModel(
                new TrainedModel.Description(
                        architecture,
                        List.of(new Category(1, "nut"), new Category(2, "bolt")),
                        new Preprocessing(128, 256),
                        SHAPES,
                        IouMatcher.paper(),
                        PostProcessing.paper().measuring(),
                        List.of(0.5, 0.5),
                        DataOrigin.UNKNOWN,
                        JsonNodeFactory.instance.objectNode()),
                RetinaNet.empty(architecture, 1));
    }

    private Picture picture(int width, int height, Annotation... annotations) throws IOException {
        Path file = folder.resolve(width + "x" + height + ".png");
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR), "png", file.toFile());
        return new Picture(1, file.getFileName().toString(), file, width, height, List.of(annotations));
    }

    private static Targets targets(Box area, Annotation... annotations) {
        AnchorGrid grid = new AnchorGrid(SHAPES, 128, (int) Math.ceil(area.width() / 128) * 128);
        return IouMatcher.paper().match(grid, List.of(new GroundTruth(List.of(annotations), area)));
    }

    @Test
    void anchorsCostWhatTheirKindCosts() throws Exception {
        List<ClassLoss> losses = List.of(new ClassLoss.CrossEntropy(), new ClassLoss.FocalLoss(0.25, 2));
        // half the input's size: boxes double
        Annotation half = OBJECT.withBox(new Box(5, 10, 20, 20));
        Annotation ignoredHalf = IGNORED.withBox(new Box(30, 0, 30, 30));
        try (LossSurvey survey = new LossSurvey(undecided(), losses)) {
            survey.add(picture(64, 64, half, ignoredHalf));
            survey.add(picture(200, 128));
            Targets first = targets(new Box(0, 0, 128, 128), OBJECT, IGNORED);
            Targets second = targets(new Box(0, 0, 200, 128));
            long objects = first.positives();
            long background = count(first, Targets.BACKGROUND) + count(second, Targets.BACKGROUND);
            assertTrue(objects > 0 && count(first, Targets.IGNORED) > 0 && count(second, Targets.IGNORED) > 0);

            AnchorLosses plain = survey.results().get(0);
            assertEquals(objects, plain.objects().count());
            assertEquals(background, plain.background().count());
            double oneClass = Math.log(2);
            assertEquals(objects * 2 * oneClass, plain.objects().total(), 1e-6 * objects);
            assertEquals(background * 2 * oneClass, plain.background().total(), 1e-6 * background);
            assertEquals((double) background / (objects + background), plain.backgroundShare(), 1e-9);

            AnchorLosses focal = survey.results().get(1);
            // one class present and one absent: (0.25 + 0.75) · (1/2)² · log 2; both absent: 2 · 0.75 · (1/2)² · log 2
            assertEquals(objects * 0.25 * oneClass, focal.objects().total(), 1e-6 * objects);
            assertEquals(background * 0.375 * oneClass, focal.background().total(), 1e-6 * background);
        }
    }

    private static long count(Targets targets, int label) {
        return Arrays.stream(targets.labels()).filter(l -> l == label).count();
    }
}
