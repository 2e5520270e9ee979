package io.hardmine.core.training;

import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Shuffle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Decides which pictures each batch of each epoch holds. The decision follows from the seed and from the loss history
 * of the pictures, so that any batch can be computed without the batches before it. The pictures of a batch share a
 * canvas. There are at most three canvases, since each needs a plan of the network.
 */
public final class BatchSampler {
    private static final int MOST_CANVASES = 3;

    private final List<Picture> annotated;
    private final int backgroundPerEpoch;
    private final int batch;
    private final long seed;
    private final Preprocessing preprocessing;
    private final List<Shape> canvases;
    private final RepeatFactors repetition;
    private final ImageLossHistory losses;
    private final int stepsPerEpoch;
    private long plannedEpoch = -1;
    private List<Slot> planned;

    /**
     * A sampler.
     *
     * @param annotated pictures that an epoch holds, once each unless {@code repetition} says otherwise
     * @param backgroundPerEpoch background places in every epoch, spread evenly, so that no batch holds many; they are
     *     filled when a batch is made
     * @param batch pictures of a batch
     * @param repetition how often each annotated picture is shown, by {@code losses}
     */
    public BatchSampler(
            List<Picture> annotated,
            int backgroundPerEpoch,
            int batch,
            long seed,
            Preprocessing preprocessing,
            RepeatFactors repetition,
            ImageLossHistory losses) {
        this.annotated = List.copyOf(annotated);
        this.backgroundPerEpoch = backgroundPerEpoch;
        this.batch = batch;
        this.seed = seed;
        this.preprocessing = preprocessing;
        this.repetition = repetition;
        this.losses = losses;
        canvases = chooseCanvases();
        stepsPerEpoch = plan(0).size();
    }

    /** A sampler that shows each annotated picture once in an epoch, and no background. */
    static BatchSampler ofAnnotated(List<Picture> annotated, TrainingSettings settings, Preprocessing preprocessing) {
        int noBackground = 0;
        return new BatchSampler(
                annotated,
                noBackground,
                settings.schedule().batch(),
                settings.seed(),
                preprocessing,
                RepeatFactors.ONCE,
                new ImageLossHistory(annotated));
    }

    /**
     * Number of background inputs that make up a share of an epoch.
     *
     * @param annotated pictures with annotations in the epoch
     * @param share of the whole epoch, in [0, 1)
     */
    static int background(int annotated, double share) {
        return (int) Math.round(annotated * share / (1 - share));
    }

    /** The shapes of batches, at most three, the most frequent first; the last may be one that holds every picture. */
    public List<Shape> canvases() {
        return canvases;
    }

    /** Background inputs in every epoch. */
    public int backgroundPerEpoch() {
        return backgroundPerEpoch;
    }

    /** The most frequent padded sizes, and one that holds every picture. */
    private List<Shape> chooseCanvases() {
        Map<Shape, Integer> frequency = new LinkedHashMap<>();
        int height = 1;
        int width = 1;
        for (Picture p : annotated) {
            Shape shape = preprocessing.inputShape(batch, p.width(), p.height());
            frequency.merge(shape, 1, Integer::sum);
            height = Math.max(height, shape.height());
            width = Math.max(width, shape.width());
        }
        List<Shape> chosen = new ArrayList<>(frequency.entrySet().stream()
                .sorted(Map.Entry.<Shape, Integer>comparingByValue().reversed())
                .limit(MOST_CANVASES)
                .map(Map.Entry::getKey)
                .toList());
        Shape whole = new Shape(batch, height, width, 3);
        if (chosen.size() < frequency.size() && !chosen.contains(whole)) {
            chosen.set(chosen.size() - 1, whole);
        }
        return chosen;
    }

    /** The smallest canvas that holds the picture. */
    private Shape canvas(Picture p) {
        Shape needed = preprocessing.inputShape(batch, p.width(), p.height());
        Shape best = null;
        for (Shape canvas : canvases) {
            boolean holds = canvas.height() >= needed.height() && canvas.width() >= needed.width();
            if (holds && (best == null || canvas.perPicture() < best.perPicture())) {
                best = canvas;
            }
        }
        return best;
    }

    /**
     * One batch of an epoch.
     *
     * @param canvas size of the batch
     * @param pictures its pictures; empty for background, which the run's source chooses
     * @param places place of each picture in the epoch, the seed of its random numbers
     */
    record Slot(Shape canvas, List<Optional<Picture>> pictures, List<Integer> places) {
        /**
         * Random numbers of the i-th input. An input that fills up a batch gets other numbers than at its first
         * showing.
         */
        SplittableRandom randomness(int i, long seed, long epoch) {
            return Randomness.of(seed, epoch, places.get(i) + ((long) i << 32));
        }
    }

    /** Steps of an epoch. */
    public int stepsPerEpoch() {
        return stepsPerEpoch;
    }

    /** The batch of a step, counted from 0 over all epochs. */
    synchronized Slot at(long step) {
        return epoch(step / stepsPerEpoch).get((int) (step % stepsPerEpoch));
    }

    private synchronized List<Slot> epoch(long epoch) {
        if (epoch != plannedEpoch) {
            planned = plan(epoch);
            plannedEpoch = epoch;
        }
        return planned;
    }

    /** The annotated pictures and background places. A batch that is not full repeats pictures of its own canvas. */
    private List<Slot> plan(long epoch) {
        SplittableRandom random = Randomness.of(seed, epoch, -1);
        List<Picture> order = repeated(epoch);
        Shuffle.inPlace(order, random);
        List<Optional<Picture>> mixed = withBackgroundPlaces(order);
        Map<Shape, List<Integer>> open = new HashMap<>();
        List<Slot> slots = new ArrayList<>();
        for (int place = 0; place < mixed.size(); place++) {
            Shape canvas = mixed.get(place).map(this::canvas).orElse(canvases.get(0));
            List<Integer> places = open.computeIfAbsent(canvas, c -> new ArrayList<>());
            places.add(place);
            if (places.size() == batch) {
                slots.add(slot(canvas, places, mixed));
                places.clear();
            }
        }
        for (Shape canvas : canvases) {
            List<Integer> places = open.getOrDefault(canvas, List.of());
            if (!places.isEmpty()) {
                int own = places.size();
                for (int i = 0; places.size() < batch; i++) {
                    places.add(places.get(i % own));
                }
                slots.add(slot(canvas, places, mixed));
            }
        }
        return slots;
    }

    /**
     * The annotated pictures, each as often as it is shown. The number of showings on each canvas stays the same, so
     * that all epochs have the same length.
     */
    private List<Picture> repeated(long epoch) {
        Map<Shape, List<Picture>> groups = new LinkedHashMap<>();
        annotated.forEach(
                p -> groups.computeIfAbsent(canvas(p), c -> new ArrayList<>()).add(p));
        List<Picture> shown = new ArrayList<>();
        int group = 0;
        for (List<Picture> pictures : groups.values()) {
            float[] known = new float[pictures.size()];
            for (int i = 0; i < known.length; i++) {
                known[i] = losses.of(pictures.get(i), epoch);
            }
            group++;
            int[] times = repetition.times(known, Randomness.of(seed, epoch, -1 - group));
            for (int i = 0; i < known.length; i++) {
                shown.addAll(Collections.nCopies(times[i], pictures.get(i)));
            }
        }
        return shown;
    }

    /** The pictures with the background places evenly between them. */
    private List<Optional<Picture>> withBackgroundPlaces(List<Picture> pictures) {
        List<Optional<Picture>> all = new ArrayList<>();
        int size = pictures.size() + backgroundPerEpoch;
        int taken = 0;
        for (int place = 0; place < size; place++) {
            boolean isBackground =
                    (long) (place + 1) * backgroundPerEpoch / size > (long) place * backgroundPerEpoch / size;
            all.add(isBackground ? Optional.empty() : Optional.of(pictures.get(taken++)));
        }
        return all;
    }

    private static Slot slot(Shape canvas, List<Integer> places, List<Optional<Picture>> order) {
        return new Slot(canvas, places.stream().map(order::get).toList(), List.copyOf(places));
    }
}
