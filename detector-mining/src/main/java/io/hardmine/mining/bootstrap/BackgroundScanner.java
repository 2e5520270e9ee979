package io.hardmine.mining.bootstrap;

import io.hardmine.core.detection.Detection;
import io.hardmine.core.detection.DetectionSession;
import io.hardmine.core.detection.PostProcessing;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.FoldedNetwork;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.KnownPicture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.opencv.core.Mat;

/**
 * Runs a detector over the background of pictures, each at several sizes. At each size one forward pass over the whole
 * picture scores all its crops. Memory does not grow with the pool: only one picture is decoded ahead of the network.
 */
final class BackgroundScanner implements AutoCloseable {
    /**
     * Detections with at least this share of the lowest threshold are kept, so that members on which the detector
     * hardly fires still get a score.
     */
    private static final double FLOOR = 0.1;

    private static final int CANDIDATES = 200;
    private static final int DETECTIONS = 100;
    private static final double SUPPRESSION_IOU = 0.5;

    private final Scan scan;
    private final FoldedNetwork network;
    private final List<Preprocessing> sizes;
    private final List<DetectionSession> sessions;
    private final List<Double> thresholds;

    /** Scans with a model's averaged weights and one score for all classes. */
    BackgroundScanner(TrainedModel model, Scan scan, double score) {
        this(model, scan, Collections.nCopies(model.description().categories().size(), score));
    }

    /**
     * Scans with a model's averaged weights.
     *
     * @param thresholds lowest score of a false alarm for each class; used instead of the scan's score
     */
    BackgroundScanner(TrainedModel model, Scan scan, List<Double> thresholds) {
        this.scan = scan;
        this.thresholds = thresholds;
        network = FoldedNetwork.of(model.network());
        TrainedModel.Description description = model.description();
        sizes = scan.scales().stream().map(description.preprocessing()::scaled).toList();
        PostProcessing decoding =
                new PostProcessing(FLOOR * Collections.min(thresholds), CANDIDATES, SUPPRESSION_IOU, false, DETECTIONS);
        sessions = sizes.stream()
                .map(size -> new DetectionSession(network, size, description.anchors(), decoding))
                .toList();
    }

    /**
     * Scans the pictures in order, each when the iterator gets to it.
     *
     * @param set hard examples, which are scored again
     */
    Iterator<PictureScan> scan(List<Picture> pictures, HardExampleSet set, ExecutorService decoder) {
        return new Iterator<>() {
            private int next;
            private Future<Mat> ahead = decode(0);

            private Future<Mat> decode(int i) {
                return i < pictures.size() ? decoder.submit(() -> KnownPicture.decode(pictures.get(i))) : null;
            }

            @Override
            public boolean hasNext() {
                return next < pictures.size();
            }

            @Override
            public PictureScan next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Mat pixels = await(ahead);
                Picture picture = pictures.get(next);
                next++;
                ahead = decode(next);
                try {
                    return scan(picture, pixels, set);
                } finally {
                    pixels.release();
                }
            }
        };
    }

    /** A thread that decodes ahead. */
    static ExecutorService decoder() {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "background-decoder");
            thread.setDaemon(true);
            return thread;
        });
    }

    private PictureScan scan(Picture picture, Mat pixels, HardExampleSet set) {
        BackgroundArea area = new BackgroundArea(picture, scan.margin());
        List<HardExample> members = set.members().stream()
                .filter(m -> m.picture().equals(picture.name()))
                .toList();
        double[] present = new double[members.size()];
        List<FalsePositive> falsePositives = new ArrayList<>();
        int crops = 0;
        for (int i = 0; i < sessions.size(); i++) {
            BackgroundView view = new BackgroundView(picture, View.of(picture, sizes.get(i)), area, scan.crop());
            List<Detection> detections = sessions.get(i).detect(pixels);
            crops += view.crops();
            falsePositives.addAll(view.falseAlarms(detections, thresholds));
            for (int m = 0; m < present.length; m++) {
                if (view.isScaleOf(members.get(m))) {
                    present[m] = highest(detections, members.get(m).region());
                }
            }
        }
        return new PictureScan(
                picture.name(),
                crops,
                falsePositives,
                Arrays.stream(present).boxed().toList());
    }

    private static double highest(List<Detection> detections, Box region) {
        return detections.stream()
                .filter(d -> region.contains(new Box(d.box().centerX(), d.box().centerY(), 0, 0)))
                .mapToDouble(Detection::score)
                .max()
                .orElse(0);
    }

    @Override
    public void close() {
        sessions.forEach(DetectionSession::close);
        network.close();
    }

    private static Mat await(Future<Mat> ahead) {
        try {
            return ahead.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("decoding failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a picture", e);
        }
    }
}
