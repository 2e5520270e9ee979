package io.hardmine.core.detection;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.network.FoldedNetwork;
import io.hardmine.core.network.PlannedNetwork;
import io.hardmine.core.network.RawOutputs;
import io.hardmine.datasets.DataException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.opencv.core.Mat;

/** One picture at a time through preprocessing, network, decoding and suppression. For one thread at a time. */
public final class DetectionSession implements AutoCloseable {
    private static final int KEPT_GRIDS = 8;

    private final PlannedNetwork network;
    private final Preprocessing preprocessing;
    private final AnchorShapes anchors;
    private final PostProcessing decoding;
    private final Map<Shape, AnchorGrid> grids = new LinkedHashMap<>(16, 0.75f, true);
    private float[] input = new float[0];

    /** A lane of a network, which is to be closed after it. */
    public DetectionSession(
            FoldedNetwork folded, Preprocessing preprocessing, AnchorShapes anchors, PostProcessing decoding) {
        network = folded.planned();
        this.preprocessing = preprocessing;
        this.anchors = anchors;
        this.decoding = decoding;
    }

    /**
     * Objects in a picture of 8-bit BGR pixels, best first.
     *
     * @throws DataException if there is not enough memory for the network's input of this picture
     */
    public List<Detection> detect(Mat picture) {
        Shape shape = preprocessing.inputShape(1, picture.cols(), picture.rows());
        try {
            return detect(picture, shape);
        } catch (OutOfMemoryError | ArithmeticException e) {
            throw new DataException(
                    "an input of %d × %d pixels needs more memory than there is (%s): give Java more, or train with smaller sides"
                            .formatted(shape.width(), shape.height(), e.getMessage()),
                    e);
        }
    }

    private List<Detection> detect(Mat picture, Shape shape) {
        if (input.length != shape.length()) {
            input = new float[shape.length()];
        }
        ImageTransform transform = preprocessing.place(picture.cols(), picture.rows());
        Preprocessing.write(picture, transform, input, shape, 0);
        RawOutputs outputs = network.forward(input, shape);
        return decoding.decode(grid(shape), outputs, 0, transform);
    }

    private AnchorGrid grid(Shape shape) {
        AnchorGrid known = grids.get(shape);
        if (known == null) {
            if (grids.size() >= KEPT_GRIDS) {
                grids.remove(grids.keySet().iterator().next());
            }
            known = new AnchorGrid(anchors, shape.height(), shape.width());
            grids.put(shape, known);
        }
        return known;
    }

    @Override
    public void close() {
        network.close();
    }
}
