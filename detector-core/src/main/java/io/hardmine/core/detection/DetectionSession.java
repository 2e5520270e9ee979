package io.hardmine.core.detection;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.AnchorGrids;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.network.FoldedNetwork;
import io.hardmine.core.network.PlannedNetwork;
import io.hardmine.core.network.RawOutputs;
import io.hardmine.datasets.DataException;
import java.util.List;
import java.util.function.Supplier;
import org.opencv.core.Mat;

/** Takes one picture at a time through preprocessing, network, decoding and suppression. For one thread at a time. */
public final class DetectionSession implements AutoCloseable {
    private final PlannedNetwork network;
    private final Preprocessing preprocessing;
    private final AnchorGrids grids;
    private final PostProcessing postProcessing;
    private float[] input = new float[0];

    /** A session on a network. Close the session before the network. */
    public DetectionSession(
            FoldedNetwork folded, Preprocessing preprocessing, AnchorShapes anchors, PostProcessing postProcessing) {
        network = folded.planned();
        this.preprocessing = preprocessing;
        this.postProcessing = postProcessing;
        grids = new AnchorGrids(anchors);
    }

    /**
     * The network's outputs for one picture.
     *
     * @param raw logits and offsets of every anchor; valid until the session's next picture
     * @param grid the anchors
     * @param transform of the picture in the network's input
     */
    public record PictureOutputs(RawOutputs raw, AnchorGrid grid, ImageTransform transform) {}

    /**
     * Objects in a picture of 8-bit BGR pixels, best first.
     *
     * @throws DataException if there is not enough memory for the network's input of this picture
     */
    public List<Detection> detect(Mat picture) {
        return inMemory(picture, () -> {
            PictureOutputs outputs = run(picture);
            return postProcessing.decode(outputs.grid(), outputs.raw(), 0, outputs.transform());
        });
    }

    /**
     * The network's outputs for a picture of 8-bit BGR pixels, before post-processing.
     *
     * @throws DataException if there is not enough memory for the network's input of this picture
     */
    public PictureOutputs outputs(Mat picture) {
        return inMemory(picture, () -> run(picture));
    }

    private PictureOutputs run(Mat picture) {
        Shape shape = shape(picture);
        if (input.length != shape.length()) {
            input = new float[shape.length()];
        }
        ImageTransform transform = preprocessing.place(picture.cols(), picture.rows());
        InputCanvas canvas = new InputCanvas(input, shape, 0);
        canvas.clear();
        canvas.paint(picture, transform);
        return new PictureOutputs(network.forward(input, shape), grids.of(shape), transform);
    }

    private Shape shape(Mat picture) {
        return preprocessing.inputShape(1, picture.cols(), picture.rows());
    }

    private <T> T inMemory(Mat picture, Supplier<T> work) {
        try {
            return work.get();
        } catch (OutOfMemoryError | ArithmeticException e) {
            Shape shape = shape(picture);
            throw new DataException(
                    "an input of %d × %d pixels needs more memory than there is (%s): give Java more, or train with smaller sides"
                            .formatted(shape.width(), shape.height(), e.getMessage()),
                    e);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
