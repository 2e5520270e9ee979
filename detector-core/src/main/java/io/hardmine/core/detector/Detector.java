package io.hardmine.core.detector;

import io.hardmine.core.detection.Detection;
import io.hardmine.core.detection.DetectionSession;
import io.hardmine.core.detection.PostProcessing;
import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.Bounds;
import io.hardmine.core.network.FoldedNetwork;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.image.OpenCv;
import io.hardmine.datasets.image.PictureDecoder;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * Finds objects in pictures.
 *
 * <pre>{@code
 * try (Detector detector = Detector.load(Path.of("model.zip"))) {
 *     List<Detection> found = detector.detect(Path.of("picture.jpg"));
 * }
 * }</pre>
 *
 * <p>Safe from many threads. A fixed number of {@linkplain Builder#sessions(int) sessions}, each with memory of its own, do
 * the work; further callers wait for one.
 */
public final class Detector implements AutoCloseable {
    /** More than any machine's cores can work on; each takes the memory of a network's activations. */
    private static final int MOST_SESSIONS = 256;

    private final List<Category> categories;
    private final List<Double> thresholds;
    private final FoldedNetwork network;
    private final List<DetectionSession> all;
    private final Semaphore permits;
    private final Queue<DetectionSession> free;
    private boolean closed;
    private boolean freed;

    private Detector(Builder builder) {
        OpenCv.load();
        TrainedModel.Description description = builder.model.description();
        categories = description.categories();
        thresholds = List.copyOf(builder.thresholds);
        KernelProvider kernels = builder.kernels == null ? KernelProvider.best() : builder.kernels;
        network = FoldedNetwork.of(builder.model.network(), kernels, builder.precision);
        all = IntStream.range(0, builder.sessions)
                .mapToObj(i -> new DetectionSession(
                        network, description.preprocessing(), description.anchors(), builder.decoding))
                .toList();
        free = new ArrayDeque<>(all);
        permits = new Semaphore(builder.sessions, true);
    }

    /**
     * Loads a detector from a model file. It shows the detections whose score reaches the model's threshold of their
     * class.
     *
     * @param model the file, or the folder of a finished training
     * @throws io.hardmine.datasets.DataException if the file is missing, damaged or of another version, or if OpenCV's
     *     native library cannot be loaded
     * @throws UnsupportedOperationException if no kernels can run here
     */
    public static Detector load(Path model) {
        try (TrainedModel read = TrainedModel.read(model)) {
            return of(read).open();
        }
    }

    /** A detector to be configured. It takes a copy of the model's network, which may be closed once it is open. */
    public static Builder of(TrainedModel model) {
        return new Builder(model);
    }

    /** Settings of a detector; each has a default. */
    public static final class Builder {
        private final TrainedModel model;
        private PostProcessing decoding;
        private List<Double> thresholds;
        private int sessions = 1;
        private KernelProvider kernels;
        private Precision precision = Precision.F32;

        private Builder(TrainedModel model) {
            this.model = model;
            decoding = model.description().decoding();
            thresholds = model.description().thresholds();
        }

        /** How raw outputs become boxes; the model's own by default. */
        public Builder decoding(PostProcessing chosen) {
            decoding = chosen;
            return this;
        }

        /**
         * The score, in [0, 1], from which detections of all classes are shown; by default each class has the threshold
         * of the model.
         */
        public Builder threshold(double score) {
            Bounds.require("the threshold", score, 0.0, 1.0);
            thresholds =
                    model.description().categories().stream().map(c -> score).toList();
            return this;
        }

        /** Shows all that scores are measured on: post-processing for measuring, and no threshold beyond its floor. */
        public Builder measuring() {
            return decoding(decoding.measuring()).threshold(0);
        }

        /**
         * How many pictures may be worked on at once, each on all cores; 1 by default, at most 256. Each takes memory.
         */
        public Builder sessions(int count) {
            Bounds.require("the sessions of a detector", count, 1, MOST_SESSIONS);
            sessions = count;
            return this;
        }

        /**
         * The kernels that run the network; by default the {@linkplain KernelProvider#best() best that can run here}.
         */
        public Builder kernels(KernelProvider chosen) {
            kernels = Bounds.present("the kernels of a detector", chosen);
            return this;
        }

        /** The number format inside the convolutions; single precision by default. */
        public Builder precision(Precision chosen) {
            precision = Bounds.present("the precision of a detector", chosen);
            return this;
        }

        /**
         * The detector. Close it after use.
         *
         * @throws UnsupportedOperationException if no kernels can run here, or the chosen ones cannot
         * @throws IllegalArgumentException if the kernels do not support the precision
         * @throws io.hardmine.datasets.DataException if OpenCV's native library cannot be loaded
         */
        public Detector open() {
            return new Detector(this);
        }
    }

    /** The classes that it finds; {@link Detection#category()} is an index into this list. */
    public List<Category> categories() {
        return categories;
    }

    /** The kernels that run it and their number format, to show to users, such as {@code onednn f32}. */
    public String implementation() {
        return network.implementation();
    }

    /**
     * Objects in a picture file, best first.
     *
     * @throws io.hardmine.datasets.DataException if the file cannot be read as a picture, or if there is not enough
     *     memory for the network's input of this picture
     * @throws IllegalStateException if the detector is closed, or if the thread is interrupted and no lane is free
     */
    public List<Detection> detect(Path picture) {
        Mat pixels = PictureDecoder.decode(picture);
        try {
            return detect(pixels);
        } finally {
            pixels.release();
        }
    }

    /**
     * Objects in a picture, best first. Transparency is ignored.
     *
     * @throws io.hardmine.datasets.DataException if there is not enough memory for the network's input of this picture
     * @throws IllegalStateException if the detector is closed, or if the thread is interrupted and no lane is free
     */
    public List<Detection> detect(BufferedImage picture) {
        BufferedImage bgr = opaque(picture);
        Mat pixels = new Mat(bgr.getHeight(), bgr.getWidth(), CvType.CV_8UC3);
        try {
            pixels.put(0, 0, ((DataBufferByte) bgr.getRaster().getDataBuffer()).getData());
            return detect(pixels);
        } finally {
            pixels.release();
        }
    }

    /**
     * The colors without transparency, as in {@link PictureDecoder}: drawing would lay transparent pixels over black.
     */
    private static BufferedImage opaque(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        BufferedImage bgr = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        if (picture.getColorModel().hasAlpha()) {
            bgr.setRGB(0, 0, width, height, picture.getRGB(0, 0, width, height, null, 0, width), 0, width);
        } else {
            Graphics2D pen = bgr.createGraphics();
            pen.drawImage(picture, 0, 0, null);
            pen.dispose();
        }
        return bgr;
    }

    /**
     * Objects in a picture of 8-bit BGR pixels, in OpenCV's layout, best first. The caller keeps the matrix.
     *
     * @throws IllegalStateException if the detector is closed, or if the thread is interrupted and no lane is free
     * @throws IllegalArgumentException if the matrix is empty, or is not two-dimensional with 8-bit BGR pixels
     * @throws io.hardmine.datasets.DataException if there is not enough memory for the network's input of this picture
     */
    public List<Detection> detect(Mat picture) {
        requirePicture(picture);
        acquire();
        try {
            DetectionSession lane = takeLane();
            try {
                return lane.detect(picture).stream()
                        .filter(d -> d.score() >= thresholds.get(d.category()))
                        .toList();
            } finally {
                giveBack(lane);
            }
        } finally {
            permits.release();
        }
    }

    private static void requirePicture(Mat picture) {
        if (picture.dims() != 2 || picture.empty() || picture.type() != CvType.CV_8UC3) {
            String found = picture.empty()
                    ? "an empty matrix"
                    : "%s in %d dimensions".formatted(CvType.typeToString(picture.type()), picture.dims());
            throw new IllegalArgumentException(
                    "need 8-bit pixels in three channels (BGR), rows by columns, not " + found);
        }
    }

    /** An interrupted thread may still take a lane that is free: it need not wait. */
    private void acquire() {
        try {
            if (!permits.tryAcquire()) {
                permits.acquire();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a free lane", e);
        }
    }

    private synchronized DetectionSession takeLane() {
        if (closed) {
            throw new IllegalStateException("this detector is closed");
        }
        return free.remove();
    }

    private synchronized void giveBack(DetectionSession lane) {
        free.add(lane);
    }

    /**
     * Waits for running detections, even in an interrupted thread, and frees the memory. Calls that still wait, and
     * later ones, throw IllegalStateException.
     */
    @Override
    public void close() {
        refuseNew();
        permits.acquireUninterruptibly(all.size());
        try {
            free();
        } finally {
            permits.release(all.size());
        }
    }

    private synchronized void refuseNew() {
        closed = true;
    }

    private synchronized void free() {
        if (!freed) {
            freed = true;
            all.forEach(DetectionSession::close);
            network.close();
        }
    }
}
