package io.hardmine.mining.analysis;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.anchor.Matcher;
import io.hardmine.core.anchor.Targets;
import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.loss.BoxQuality;
import io.hardmine.core.loss.ClassLoss;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.FoldedNetwork;
import io.hardmine.core.network.PlannedNetwork;
import io.hardmine.core.network.RawOutputs;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.OpenCv;
import io.hardmine.datasets.image.PictureDecoder;
import java.util.ArrayList;
import java.util.List;
import org.opencv.core.Mat;

/**
 * Runs a trained network over annotated pictures, as detection sees them, and gathers what each anchor costs under several
 * losses (Lin et al. 2017, figure 4). Anchors that take no part in training take none here. For one thread at a time.
 */
public final class LossSurvey implements AutoCloseable {
    private final Preprocessing preprocessing;
    private final AnchorShapes anchors;
    private final Matcher matcher;
    private final List<AnchorLosses> results;
    private final FoldedNetwork folded;
    private final PlannedNetwork network;
    private float[] input = new float[0];
    private float[] unusedGradients = new float[0];
    private AnchorGrid grid;

    /** A survey without pictures yet. Close it after use. */
    public LossSurvey(TrainedModel model, List<ClassLoss> losses) {
        OpenCv.load();
        preprocessing = model.description().preprocessing();
        anchors = model.description().anchors();
        matcher = model.description().matcher();
        results = losses.stream()
                .map(loss -> new AnchorLosses(loss, new LossHistogram(), new LossHistogram()))
                .toList();
        folded = FoldedNetwork.of(model.network());
        network = folded.planned();
    }

    /** What was gathered so far, one for each loss, in their order. */
    public List<AnchorLosses> results() {
        return results;
    }

    /**
     * Takes a picture's anchors in.
     *
     * @param picture whose annotations name the model's class indices
     * @throws io.hardmine.datasets.DataException if it cannot be decoded
     */
    public void add(Picture picture) {
        Mat pixels = PictureDecoder.decode(picture.file());
        try {
            Shape shape = preprocessing.inputShape(1, pixels.cols(), pixels.rows());
            if (input.length != shape.length()) {
                input = new float[shape.length()];
            }
            if (grid == null || grid.height() != shape.height() || grid.width() != shape.width()) {
                grid = new AnchorGrid(anchors, shape.height(), shape.width());
            }
            ImageTransform transform = preprocessing.place(pixels.cols(), pixels.rows());
            Preprocessing.write(pixels, transform, input, shape, 0);
            Targets targets = matcher.match(grid, List.of(scene(picture, transform, shape)));
            gather(network.forward(input, shape), targets);
        } finally {
            pixels.release();
        }
    }

    private static GroundTruth scene(Picture picture, ImageTransform transform, Shape shape) {
        List<Annotation> seen = new ArrayList<>();
        for (Annotation annotation : picture.annotations()) {
            Box box = transform.toInput(annotation.box()).clip(shape.width(), shape.height());
            // what resizing makes smaller than a pixel, training does not see either
            if (box.width() >= 1 && box.height() >= 1) {
                seen.add(annotation.withBox(box));
            }
        }
        return new GroundTruth(seen, transform.area(shape.width(), shape.height()));
    }

    private void gather(RawOutputs outputs, Targets targets) {
        int classes = outputs.classes();
        if (unusedGradients.length != outputs.logits().length) {
            unusedGradients = new float[outputs.logits().length];
        }
        for (AnchorLosses result : results) {
            for (int a = 0; a < targets.anchors(); a++) {
                int label = targets.labels()[a];
                if (label != Targets.IGNORED) {
                    float quality = BoxQuality.of(result.loss(), grid, outputs, targets, a);
                    double loss = result.loss()
                            .evaluate(outputs.logits(), a * classes, classes, label, quality, unusedGradients);
                    (label >= 0 ? result.objects() : result.background()).add(loss);
                }
            }
        }
    }

    @Override
    public void close() {
        network.close();
        folded.close();
    }
}
