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
 * Which pictures each batch of each epoch holds. All of it follows from the seed: any batch can be worked out without the
 * ones before it. Pictures of a batch share a canvas, of which there are few, since each costs a plan of the network.
 */
public final class BatchSampler {
    private static final int MOST_CANVASES = 3;

    private final List<Picture> annotated;
    private final Map<Shape, List<Picture>> background = new LinkedHashMap<>();
    private final Map<Shape, Integer> backgroundQuota = new LinkedHashMap<>();
    private final int backgroundPerEpoch;
    private final int openPerEpoch;
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
     * @param background pictures without annotations, of which every epoch draws some
     * @param backgroundShare how much of an epoch may be background pictures
     * @param repetition how often each annotated picture is shown, by {@code losses}
     * @param chosen whether background inputs are chosen when a batch is made, not drawn here; there are then always as
     *     many as {@code backgroundShare} says, spread evenly, so that no batch holds many
     */
    public BatchSampler(
            List<Picture> annotated,
            List<Picture> background,
            double backgroundShare,
            boolean chosen,
            int batch,
            long seed,
            Preprocessing preprocessing,
            RepeatFactors repetition,
            ImageLossHistory losses) {
        this.annotated = List.copyOf(annotated);
        this.batch = batch;
        this.seed = seed;
        this.preprocessing = preprocessing;
        int wanted = (int) Math.round(annotated.size() * backgroundShare / (1 - backgroundShare));
        openPerEpoch = chosen ? wanted : 0;
        List<Picture> drawn = chosen ? List.of() : background;
        backgroundPerEpoch = chosen ? wanted : Math.min(background.size(), wanted);
        canvases = chooseCanvases(drawn);
        drawn.forEach(p -> this.background
                .computeIfAbsent(canvas(p), c -> new ArrayList<>())
                .add(p));
        shareOut(drawn.size());
        this.repetition = repetition;
        this.losses = losses;
        stepsPerEpoch = plan(0).size();
    }

    /** The same number of each canvas's background in every epoch, so that all epochs have as many steps. */
    private void shareOut(int all) {
        int seen = 0;
        for (Map.Entry<Shape, List<Picture>> group : background.entrySet()) {
            long before = Math.round((double) backgroundPerEpoch * seen / all);
            seen += group.getValue().size();
            long after = Math.round((double) backgroundPerEpoch * seen / all);
            backgroundQuota.put(group.getKey(), (int) (after - before));
        }
    }

    /** The few shapes that batches have, the most frequent first. */
    public List<Shape> canvases() {
        return canvases;
    }

    /** Background inputs in every epoch. */
    public int backgroundPerEpoch() {
        return backgroundPerEpoch;
    }

    /** The most frequent padded sizes, and one that holds every picture. */
    private List<Shape> chooseCanvases(List<Picture> background) {
        Map<Shape, Integer> frequency = new LinkedHashMap<>();
        int height = 1;
        int width = 1;
        for (List<Picture> pictures : List.of(annotated, background)) {
            for (Picture p : pictures) {
                Shape shape = preprocessing.inputShape(batch, p.width(), p.height());
                frequency.merge(shape, 1, Integer::sum);
                height = Math.max(height, shape.height());
                width = Math.max(width, shape.width());
            }
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
     * @param pictures its pictures; empty where background is to be chosen
     * @param places each one's place in the epoch, which its randomness follows from
     */
    record Slot(Shape canvas, List<Optional<Picture>> pictures, List<Integer> places) {
        /** Randomness of the i-th input; one that fills up a batch gets other than at its first showing. */
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

    /** The annotated pictures, some background; batches that are not full are filled up from their own canvas. */
    private List<Slot> plan(long epoch) {
        SplittableRandom random = Randomness.of(seed, epoch, -1);
        List<Picture> order = repeated(epoch);
        background.forEach(
                (canvas, pictures) -> order.addAll(shuffled(pictures, random).subList(0, backgroundQuota.get(canvas))));
        List<Optional<Picture>> mixed = withOpenPlaces(shuffled(order, random));
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

    /** The annotated pictures as often as they are shown; those of a canvas stay as many, so that all epochs are as long. */
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

    /** The pictures with the places of chosen background evenly between them. */
    private List<Optional<Picture>> withOpenPlaces(List<Picture> pictures) {
        List<Optional<Picture>> all = new ArrayList<>();
        int size = pictures.size() + openPerEpoch;
        int taken = 0;
        for (int place = 0; place < size; place++) {
            boolean isOpen = (long) (place + 1) * openPerEpoch / size > (long) place * openPerEpoch / size;
            all.add(isOpen ? Optional.empty() : Optional.of(pictures.get(taken++)));
        }
        return all;
    }

    private static Slot slot(Shape canvas, List<Integer> places, List<Optional<Picture>> order) {
        return new Slot(canvas, places.stream().map(order::get).toList(), List.copyOf(places));
    }

    private static List<Picture> shuffled(List<Picture> pictures, SplittableRandom random) {
        List<Picture> mixed = new ArrayList<>(pictures);
        Shuffle.inPlace(mixed, random);
        return mixed;
    }
}
