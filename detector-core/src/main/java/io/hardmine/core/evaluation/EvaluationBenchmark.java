package io.hardmine.core.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Times the scoring of synthetic detections in a synthetic data set of COCO's size. */
public final class EvaluationBenchmark {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final double SHORTEST_SIDE = 8;
    private static final double LONGEST_SIDE = 300;
    private static final double JITTER = 0.25;
    private static final double RIGHT_CLASS = 0.9;

    private EvaluationBenchmark() {}

    /**
     * Size of the synthetic data set.
     *
     * @param pictures number of pictures
     * @param detections number of detections in each picture
     * @param classes number of classes
     * @param objects number of objects in all pictures together
     * @param seed of all random draws
     */
    public record Setup(int pictures, int detections, int classes, int objects, long seed) {
        /** The size of COCO's validation set, with the number of detections that its evaluator reads. */
        public static Setup coco() {
            return new Setup(5000, 100, 80, 36_000, 1);
        }
    }

    /**
     * Times of one run each, without a warm-up.
     *
     * @param coco COCO's scores alone: matching and accumulation
     * @param report the whole report with COCO's scores, and its JSON
     * @param ap COCO's average precision, in [0, 1]; the same for the same setup
     */
    public record Result(Times coco, Times report, double ap) {}

    /**
     * Times in seconds.
     *
     * @param wall from start to end
     * @param processor CPU time of all threads of the process, including the JIT compiler and the garbage collector; 0
     *     if the system does not report it
     */
    public record Times(double wall, double processor) {}

    /** Makes the set and scores it. */
    public static Result run(Setup setup) {
        SplittableRandom random = new SplittableRandom(setup.seed());
        Dataset dataset = dataset(setup, random);
        PictureDetections detections = detections(setup, dataset, random);
        Timed<CocoScores> coco = Timed.of(() -> CocoEvaluation.evaluate(dataset, detections));
        Timed<String> report =
                Timed.of(() -> EvaluationReport.of(dataset, detections, JsonNodeFactory.instance.objectNode())
                        .toJson()
                        .toString());
        return new Result(coco.times, report.times, coco.value.ap());
    }

    private record Timed<T>(T value, Times times) {
        static <T> Timed<T> of(Supplier<T> work) {
            long start = System.nanoTime();
            double before = processorSeconds();
            T value = work.get();
            return new Timed<>(value, new Times((System.nanoTime() - start) / 1e9, processorSeconds() - before));
        }

        private static double processorSeconds() {
            return ProcessHandle.current()
                            .info()
                            .totalCpuDuration()
                            .orElse(Duration.ZERO)
                            .toNanos()
                    / 1e9;
        }
    }

    /** Pictures with objects of all sizes; about every fifth object is of the first class, as persons are in COCO. */
    static Dataset dataset(Setup setup, SplittableRandom random) {
        List<List<Annotation>> annotations = IntStream.range(0, setup.pictures())
                .<List<Annotation>>mapToObj(p -> new ArrayList<>())
                .toList();
        for (int o = 0; o < setup.objects(); o++) {
            int category = random.nextInt(5) == 0 ? 0 : random.nextInt(setup.classes());
            annotations.get(random.nextInt(setup.pictures())).add(Annotation.of(box(random), category));
        }
        List<Picture> pictures = new ArrayList<>();
        for (int p = 0; p < setup.pictures(); p++) {
            String name = p + ".jpg";
            pictures.add(new Picture(p, name, Path.of(name), WIDTH, HEIGHT, annotations.get(p)));
        }
        List<Category> categories = IntStream.rangeClosed(1, setup.classes())
                .mapToObj(id -> new Category(id, "class " + id))
                .toList();
        return new Dataset("made up", categories, pictures);
    }

    /** A few detections near every object, most of them of its class, and weaker ones anywhere. */
    static PictureDetections detections(Setup setup, Dataset dataset, SplittableRandom random) {
        TreeMap<Long, List<Detection>> found = new TreeMap<>();
        for (Picture picture : dataset.pictures()) {
            List<Detection> here = new ArrayList<>();
            for (Annotation object : picture.annotations()) {
                for (int i = random.nextInt(4); i > 0 && here.size() < setup.detections(); i--) {
                    boolean right = random.nextDouble() < RIGHT_CLASS;
                    int category = right ? object.category() : random.nextInt(setup.classes());
                    here.add(new Detection(moved(object.box(), random), category, random.nextDouble()));
                }
            }
            while (here.size() < setup.detections()) {
                double score = 0.5 * random.nextDouble() * random.nextDouble();
                here.add(new Detection(box(random), random.nextInt(setup.classes()), score));
            }
            found.put(picture.id(), here);
        }
        return new PictureDetections(found);
    }

    private static Box box(SplittableRandom random) {
        double width = side(random);
        double height = side(random);
        return new Box(random.nextDouble() * (WIDTH - width), random.nextDouble() * (HEIGHT - height), width, height);
    }

    private static double side(SplittableRandom random) {
        return SHORTEST_SIDE * Math.pow(LONGEST_SIDE / SHORTEST_SIDE, random.nextDouble());
    }

    private static Box moved(Box box, SplittableRandom random) {
        return new Box(
                box.x() + JITTER * (random.nextDouble() - 0.5) * box.width(),
                box.y() + JITTER * (random.nextDouble() - 0.5) * box.height(),
                box.width() * (1 + JITTER * (random.nextDouble() - 0.5)),
                box.height() * (1 + JITTER * (random.nextDouble() - 0.5)));
    }
}
