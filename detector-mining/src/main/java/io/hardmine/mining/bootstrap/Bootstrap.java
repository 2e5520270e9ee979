package io.hardmine.mining.bootstrap;

import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.detector.DetectionRun;
import io.hardmine.core.detector.Detector;
import io.hardmine.core.evaluation.CocoEvaluation;
import io.hardmine.core.evaluation.OperatingCurve;
import io.hardmine.core.evaluation.OperatingCurves;
import io.hardmine.core.evaluation.OperatingPoint;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.training.BackgroundSource;
import io.hardmine.core.training.CropMosaic;
import io.hardmine.core.training.InputContent;
import io.hardmine.core.training.PictureCrop;
import io.hardmine.core.training.RandomPlacement;
import io.hardmine.core.training.WholePicture;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

/**
 * The bootstrapping loop. Training begins with all objects and a few random background crops. In each round the current
 * detector searches the pool, and its false alarms go into a bounded set of hard examples. Mining ends with a round
 * that adds few of them, or with the last round.
 *
 * <p>The set depends on the seed and the detector's weights only, so a killed run that is resumed gets the same set.
 */
public final class Bootstrap implements BackgroundSource {
    private static final double LAST_ROUND = 0.65;

    /**
     * The first round comes this share of the steps after the warm-up: before that, the detector fires on everything.
     */
    private static final double FIRST_ROUND = 0.05;

    /** Members with less than this share of the lowest score of a false alarm are easy. */
    private static final double EASY = 0.5;

    /** Number of offers that are kept in a round, as a multiple of the size of the set. */
    private static final int OFFERS = 2;

    private static final int BINS = 10;

    private final BootstrapSettings settings;
    private final Pool pool;
    private final Dataset validation;
    private final Preprocessing preprocessing;
    private final long seed;
    private final RoundFiles files;
    private final BootstrapListener listener;
    private final CropCutter cutter;
    private volatile HardExampleSet set = HardExampleSet.EMPTY;
    private volatile Map<String, List<Box>> regions = Map.of();
    private volatile List<PictureCrop> objects = List.of();
    private boolean over;

    /**
     * Bootstrapping for a run.
     *
     * @param validation pictures that each round's detector is scored on; may hold none, or none with an object
     * @param preprocessing of the run
     * @param folder for the files of bootstrapping, inside the run's folder
     */
    public Bootstrap(
            BootstrapSettings settings,
            Pool pool,
            Dataset validation,
            Preprocessing preprocessing,
            long seed,
            Path folder,
            BootstrapListener listener) {
        this.settings = settings;
        this.pool = pool;
        this.validation = validation;
        this.preprocessing = preprocessing;
        this.seed = seed;
        files = new RoundFiles(folder);
        this.listener = listener;
        cutter = new CropCutter(pool);
    }

    /** Reads the reports of the rounds from 0 to {@code last} from bootstrapping's folder. */
    public static List<RoundReport> reports(Path folder, int last) {
        return new RoundFiles(folder).reports(last);
    }

    @Override
    public String description() {
        return settings.toString();
    }

    @Override
    public List<Picture> pictures() {
        return pool.pictures();
    }

    @Override
    public List<Long> renewals(long steps, long warmup) {
        long first = Math.max(1, warmup + (long) (FIRST_ROUND * steps));
        long last = Math.max(first, (long) (LAST_ROUND * steps));
        int gaps = Math.max(1, settings.rounds() - 1);
        LongStream rounds = LongStream.range(0, settings.rounds()).map(r -> first + (last - first) * r / gaps);
        return LongStream.concat(LongStream.of(0), rounds)
                .filter(step -> step < steps)
                .distinct()
                .boxed()
                .toList();
    }

    @Override
    public void restore(int renewals) throws IOException {
        if (settings.form() == BootstrapSettings.Form.CROPS) {
            objects = new ObjectCrops(pool, settings.scan(), preprocessing)
                    .cut(settings.entries(), new SplittableRandom(seed));
        }
        if (renewals == 0) {
            files.clear();
        } else {
            take(files.read(renewals - 1));
        }
    }

    private void take(RoundFiles.Round round) {
        set = round.set();
        over = round.report().last();
        Map<String, List<Box>> places = new HashMap<>();
        set.members().forEach(m -> places.computeIfAbsent(m.picture(), name -> new ArrayList<>())
                .add(m.region()));
        regions = places;
    }

    @Override
    public boolean renew(Renewal renewal) throws IOException {
        RoundFiles.Round round;
        if (files.isFinished(renewal.number())) {
            round = files.read(renewal.number());
        } else {
            round = made(renewal);
            if (round == null) {
                return false;
            }
            files.write(round);
        }
        take(round);
        listener.onRound(round.report(), round.set().members());
        return true;
    }

    /** Runs a round; null if it was asked to stop. */
    private RoundFiles.Round made(Renewal renewal) throws IOException {
        long start = System.nanoTime();
        set = shown(renewal.shown());
        return renewal.number() == 0 ? beginning(start) : round(renewal, start);
    }

    /** The set, with the showings of its members counted. */
    private HardExampleSet shown(List<InputContent> showings) {
        Map<PictureCrop, Integer> crops = new IdentityHashMap<>();
        Map<String, Integer> pictures = new HashMap<>();
        for (InputContent showing : showings) {
            if (showing instanceof CropMosaic mosaic) {
                mosaic.tiles().forEach(t -> crops.merge(t.crop(), 1, Integer::sum));
            } else if (showing instanceof WholePicture whole) {
                pictures.merge(whole.picture().name(), 1, Integer::sum);
            }
        }
        return new HardExampleSet(
                set.members().stream()
                        .map(m -> m.trained(crops.getOrDefault(m.crop(), 0) + pictures.getOrDefault(m.picture(), 0)))
                        .toList(),
                set.retired());
    }

    private SplittableRandom random(int round) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < round; i++) {
            random = random.split();
        }
        return random.split();
    }

    /**
     * The set's bounds.
     *
     * @param score lowest score of a false alarm
     */
    private HardExampleSet.Bounds bounds(double score) {
        // random crops have no score, so none of them ever counts as easy
        double easy = settings.source() == BootstrapSettings.Source.RANDOM ? 0 : EASY * score;
        return new HardExampleSet.Bounds(settings.entries(), (long) (settings.megabytes() * 1e6), easy);
    }

    /** Round 0: a small random set. */
    private RoundFiles.Round beginning(long start) {
        List<FalsePositive> drawn =
                new RandomCrops(pool, settings.scan(), preprocessing).draw(settings.initial(), random(0));
        HardExampleSet.Update update = HardExampleSet.EMPTY.renewed(new double[0], cutter.cut(drawn, 0), bounds(0));
        Findings nothing = new Findings(0);
        return new RoundFiles.Round(nothing.report(0, 0, update, false, null, start), update.set());
    }

    /** A mining round, or, after mining has ended, a round that only validates; null if it was asked to stop. */
    private RoundFiles.Round round(Renewal renewal, long start) throws IOException {
        Optional<Scored> validated = Optional.empty();
        if (validation.hasObjects()) {
            validated = validate(renewal.model(), renewal.stopping());
            if (validated.isEmpty()) {
                return null;
            }
        }
        Findings findings = new Findings(ScanScore.of(settings.scan(), validated.map(Scored::curve)));
        HardExampleSet.Update update = new HardExampleSet.Update(set, 0, 0, 0, 0);
        boolean last = true;
        if (!over) {
            if (!scan(renewal.model(), renewal.number(), findings, renewal.stopping())) {
                return null;
            }
            update = update(renewal.number(), findings);
            last = update.added() < settings.enough();
        }
        RoundReport.Validation scores = validated.map(Scored::report).orElse(null);
        return new RoundFiles.Round(
                findings.report(renewal.number(), renewal.step(), update, last, scores, start), update.set());
    }

    private HardExampleSet.Update update(int round, Findings findings) {
        HardExampleSet.Bounds bounds = bounds(findings.score);
        if (settings.source() == BootstrapSettings.Source.RANDOM) {
            int as = (int) Math.min(settings.entries(), findings.fresh);
            List<FalsePositive> drawn = new RandomCrops(pool, settings.scan(), preprocessing).draw(as, random(round));
            double[] unchanged =
                    set.members().stream().mapToDouble(HardExample::scoreNow).toArray();
            return set.renewed(unchanged, cutter.cut(drawn, round), bounds);
        }
        return set.renewed(findings.present(set), cutter.cut(findings.offers.inOrder(), round), bounds);
    }

    /** Searches the whole pool, from where a killed round stopped. Returns false if it was asked to stop. */
    private boolean scan(TrainedModel model, int round, Findings findings, BooleanSupplier stopping)
            throws IOException {
        List<Picture> pictures = pool.pictures();
        List<PictureScan> before = files.journalled(round);
        before.forEach(findings::add);
        listener.onRoundStart(round, pictures.size(), before.size());
        ExecutorService decoder = BackgroundScanner.decoder();
        try (BackgroundScanner scanner = new BackgroundScanner(model, settings.scan(), findings.score);
                BufferedWriter journal = files.journal(round, before)) {
            Iterator<PictureScan> scans = scanner.scan(pictures.subList(before.size(), pictures.size()), set, decoder);
            while (scans.hasNext()) {
                if (stopping.getAsBoolean()) {
                    return false;
                }
                PictureScan scan = scans.next();
                findings.add(scan);
                RoundFiles.append(journal, scan);
                listener.onPicture();
            }
        } finally {
            decoder.shutdownNow();
        }
        return true;
    }

    /**
     * Scores of a round's detector on validation pictures.
     *
     * @param curve over all classes
     * @param report for the round
     */
    private record Scored(OperatingCurve curve, RoundReport.Validation report) {}

    /** Scores a round's detector; empty if it was asked to stop. */
    private Optional<Scored> validate(TrainedModel model, BooleanSupplier stopping) {
        Optional<PictureDetections> found;
        try (Detector detector = Detector.of(model).measuring().open()) {
            found = DetectionRun.over(validation, detector::detect, stopping);
        }
        return found.map(this::scores);
    }

    private Scored scores(PictureDetections detections) {
        OperatingCurve curve = OperatingCurves.of(validation, detections).pooled();
        return new Scored(
                curve,
                new RoundReport.Validation(
                        CocoEvaluation.evaluate(validation, detections).ap(),
                        falseAlarms(curve, 0.8),
                        falseAlarms(curve, 0.9),
                        onBackground(curve.atRecall(0.8).orElseGet(() -> curve.at(0)))));
    }

    private static Double onBackground(OperatingPoint point) {
        return point.falseAlarms() == 0 ? null : (double) point.nothing() / point.falseAlarms();
    }

    private static Double falseAlarms(OperatingCurve curve, double recall) {
        return curve.atRecall(recall)
                .map(point -> point.perPicture(point.falseAlarms()))
                .orElse(null);
    }

    @Override
    public InputContent draw(Shape canvas, RandomPlacement placement, SplittableRandom random) {
        List<HardExample> members = set.members();
        if (members.isEmpty()) {
            return anyPicture(placement, random);
        }
        if (settings.form() != BootstrapSettings.Form.CROPS) {
            return whole(pool.named(members.get(random.nextInt(members.size())).picture()), placement);
        }
        CropMosaic mosaic = MosaicLayout.of(members, objects, canvas.height(), canvas.width(), random);
        return mosaic.tiles().isEmpty() ? anyPicture(placement, random) : mosaic;
    }

    private InputContent anyPicture(RandomPlacement placement, SplittableRandom random) {
        List<Picture> pictures = pool.pictures();
        return whole(pictures.get(random.nextInt(pictures.size())), placement);
    }

    private InputContent whole(Picture picture, RandomPlacement placement) {
        return new WholePicture(picture, regions(picture), placement);
    }

    @Override
    public List<Box> regions(Picture picture) {
        return settings.form() == BootstrapSettings.Form.REGIONS
                ? regions.getOrDefault(picture.name(), List.of())
                : null;
    }

    /** The findings of a round so far. Only the hardest offers are kept, so that memory does not grow with the pool. */
    private final class Findings {
        /** Lowest score of a false alarm. */
        private final double score;

        private final long[] histogram = new long[BINS];
        private final Map<String, List<Double>> scores = new HashMap<>();
        private final TopK offers = new TopK(OFFERS * settings.entries());
        private int pictures;
        private long crops;
        private long falseAlarms;
        private long fresh;
        private int again;

        Findings(double score) {
            this.score = score;
        }

        void add(PictureScan scan) {
            pictures++;
            crops += scan.crops();
            if (!scan.members().isEmpty()) {
                scores.put(scan.picture(), scan.members());
            }
            for (FalsePositive falsePositive : scan.falsePositives()) {
                falseAlarms++;
                histogram[Math.min(BINS - 1, (int) (BINS * falsePositive.score()))]++;
                if (set.knows(falsePositive)) {
                    again++;
                } else {
                    fresh++;
                    offers.add(falsePositive);
                }
            }
        }

        /** Current scores of the set's members, in its order. */
        double[] present(HardExampleSet of) {
            Map<String, Integer> seen = new HashMap<>();
            double[] present = new double[of.members().size()];
            for (int i = 0; i < present.length; i++) {
                String picture = of.members().get(i).picture();
                int index = seen.merge(picture, 1, Integer::sum) - 1;
                present[i] = scores.get(picture).get(index);
            }
            return present;
        }

        RoundReport report(
                int round,
                long step,
                HardExampleSet.Update update,
                boolean last,
                RoundReport.Validation scored,
                long start) {
            boolean searched = pictures > 0;
            return new RoundReport(
                    round,
                    step,
                    pictures,
                    searched ? crops : null,
                    searched ? falseAlarms : null,
                    searched ? (crops == 0 ? 0 : 1000.0 * falseAlarms / crops) : null,
                    searched ? score : null,
                    update.added(),
                    searched ? again : null,
                    update.duplicates(),
                    update.evicted(),
                    update.learnt(),
                    update.set().members().size(),
                    searched ? Arrays.stream(histogram).boxed().toList() : null,
                    last,
                    scored,
                    (System.nanoTime() - start) / 1e9);
        }
    }
}
