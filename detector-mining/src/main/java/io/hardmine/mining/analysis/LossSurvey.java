package io.hardmine.mining.analysis;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.anchor.Matcher;
import io.hardmine.core.anchor.Targets;
import io.hardmine.core.detection.DetectionSession;
import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.VisibleObjects;
import io.hardmine.core.loss.BoxQuality;
import io.hardmine.core.loss.ClassLoss;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.FoldedNetwork;
import io.hardmine.core.network.RawOutputs;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.OpenCv;
import io.hardmine.datasets.image.PictureDecoder;
import java.util.List;
import org.opencv.core.Mat;

/**
 * Runs a trained network over annotated pictures, prepared as for detection, and collects the loss of each anchor under
 * several loss functions (Lin et al. 2017, figure 4). Ignored anchors are left out. For one thread at a time.
 */
public final class LossSurvey implements AutoCloseable {
    private final Matcher matcher;
    private final List<AnchorLosses> results;
    private final FoldedNetwork folded;
    private final DetectionSession session;
    private float[] unusedGradients = new float[0];

    /** A survey without pictures yet. Close it after use. */
    public LossSurvey(TrainedModel model, List<ClassLoss> losses) {
        OpenCv.load();
        matcher = model.description().matcher();
        results = losses.stream()
                .map(loss -> new AnchorLosses(loss, new LossHistogram(), new LossHistogram()))
                .toList();
        folded = FoldedNetwork.of(model.network());
        TrainedModel.Description description = model.description();
        session = new DetectionSession(
                folded, description.preprocessing(), description.anchors(), description.decoding());
    }

    /** The losses collected so far, one entry for each loss function, in their order. */
    public List<AnchorLosses> results() {
        return results;
    }

    /**
     * Adds the anchors of a picture.
     *
     * @param picture whose annotations name the model's class indices
     * @throws io.hardmine.datasets.DataException if it cannot be decoded
     */
    public void add(Picture picture) {
        Mat pixels = PictureDecoder.decode(picture.file());
        try {
            DetectionSession.PictureOutputs outputs = session.outputs(pixels);
            AnchorGrid grid = outputs.grid();
            ImageTransform transform = outputs.transform();
            GroundTruth truth = new GroundTruth(
                    VisibleObjects.of(picture.annotations(), transform, grid.width(), grid.height()),
                    transform.area(grid.width(), grid.height()));
            gather(grid, outputs.raw(), matcher.match(grid, List.of(truth)));
        } finally {
            pixels.release();
        }
    }

    private void gather(AnchorGrid grid, RawOutputs outputs, Targets targets) {
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
        session.close();
        folded.close();
    }
}
