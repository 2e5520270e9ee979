package io.hardmine.core.training;

import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.detection.InputCanvas;
import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The inputs of a training's first steps, for inspection. */
public final class AugmentedInputs {
    private AugmentedInputs() {}

    /**
     * One input as the network sees it.
     *
     * @param width in pixels
     * @param height in pixels
     * @param bgr 8-bit, row by row; padding has the mean color
     * @param truth what it shows, in its pixels
     * @param names of the pictures that it shows
     */
    public record Example(int width, int height, byte[] bgr, GroundTruth truth, List<String> names) {}

    /**
     * The first inputs of a run with these settings, without background and before its mosaics end.
     *
     * @param train training pictures
     * @param count number of inputs, at least 1
     * @throws DataException if there is no picture, or one cannot be decoded
     */
    public static List<Example> first(Dataset train, TrainingSettings settings, int count) {
        List<Picture> pictures = train.pictures();
        if (pictures.isEmpty()) {
            throw new DataException("Data set " + train.name() + " has no training pictures to augment.");
        }
        RandomPlacement placement = RandomPlacement.of(settings);
        BatchSampler sampler = BatchSampler.ofAnnotated(pictures, settings, placement.preprocessing());
        long noEnd = Long.MAX_VALUE;
        InputChoice choice = new InputChoice(pictures, BackgroundSource.NONE, placement, noEnd);
        List<Example> examples = new ArrayList<>();
        for (long step = 0; examples.size() < count; step++) {
            BatchSampler.Slot slot = sampler.at(step);
            long epoch = step / sampler.stepsPerEpoch();
            for (int i = 0; i < slot.pictures().size() && examples.size() < count; i++) {
                SplittableRandom random = slot.randomness(i, settings.seed(), epoch);
                InputContent content = choice.at(slot.pictures().get(i), slot.canvas(), step, random);
                examples.add(painted(content, slot.canvas(), random));
            }
        }
        return List.copyOf(examples);
    }

    private static Example painted(InputContent content, Shape batch, SplittableRandom random) {
        Shape shape = new Shape(1, batch.height(), batch.width(), batch.channels());
        InputCanvas canvas = new InputCanvas(new float[shape.length()], shape, 0);
        GroundTruth truth = content.paintOn(canvas, random);
        return new Example(shape.width(), shape.height(), canvas.bgr(), truth, content.names());
    }
}
