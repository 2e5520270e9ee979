package io.hardmine.mining.experiment;

import io.hardmine.core.evaluation.WeightedEvaluation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * The paired bootstrap over test pictures. Each draw takes n of the n pictures with repetition, the same ones for every
 * run, and the difference between two arms is computed on each draw. Both arms use the same pictures, so the difficulty
 * of the pictures cancels out, and smaller differences become visible.
 *
 * <p>A recall that is not reached counts as infinitely many false alarms; two arms that both miss it are equal.
 *
 * @see <a href="https://doi.org/10.1201/9780429246593">Efron and Tibshirani 1993, An Introduction to the Bootstrap</a>
 */
public final class PairedBootstrap {
    /** The measures that are resampled. */
    public static final List<Measure> MEASURES = List.of(Measure.AP50, Measure.ALARMS_AT_80, Measure.ALARMS_AT_90);

    private static final double[] RECALLS = {0.8, 0.9};

    private final long[] draws;

    /** Fixes the draws by a seed. */
    public PairedBootstrap(int resamples, long seed) {
        draws = new SplittableRandom(seed).longs(resamples).toArray();
    }

    /**
     * One run's measures.
     *
     * @param once measures on the pictures as they are
     * @param resampled measures on each draw
     */
    public record Scores(Map<Measure, Double> once, Map<Measure, double[]> resampled) {}

    /** How often each picture counts in each draw; the same for every run on the same number of pictures. */
    private static int[] copies(long draw, int pictures) {
        SplittableRandom random = new SplittableRandom(draw);
        int[] copies = new int[pictures];
        for (int i = 0; i < pictures; i++) {
            copies[random.nextInt(pictures)]++;
        }
        return copies;
    }

    /** Scores one run on the pictures and on all draws. */
    public Scores scores(WeightedEvaluation run) {
        Map<Measure, Double> once = new EnumMap<>(Measure.class);
        Map<Measure, double[]> resampled = new EnumMap<>(Measure.class);
        double[] asTheyAre =
                measure(run, IntStream.generate(() -> 1).limit(run.pictures()).toArray());
        double[][] drawn = IntStream.range(0, draws.length)
                .parallel()
                .mapToObj(d -> measure(run, copies(draws[d], run.pictures())))
                .toArray(double[][]::new);
        for (int m = 0; m < MEASURES.size(); m++) {
            int measure = m;
            once.put(MEASURES.get(m), asTheyAre[m]);
            resampled.put(
                    MEASURES.get(m),
                    IntStream.range(0, drawn.length)
                            .mapToDouble(d -> drawn[d][measure])
                            .toArray());
        }
        return new Scores(once, resampled);
    }

    private static double[] measure(WeightedEvaluation run, int[] copies) {
        double[] alarms = run.falseAlarms(copies, RECALLS);
        return new double[] {run.ap50(copies), alarms[0], alarms[1]};
    }

    /**
     * Compares an arm with a reference, by their means over the seeds.
     *
     * @param arm runs of the arm
     * @param reference runs of the reference, with the same seeds
     */
    public static Comparison compare(String name, List<Scores> arm, String other, List<Scores> reference, Measure of) {
        return new Comparison(
                name,
                other,
                of,
                mean(arm, s -> s.once().get(of)),
                mean(reference, s -> s.once().get(of)),
                interval(arm, reference, of, PairedBootstrap::difference),
                interval(arm, reference, of, PairedBootstrap::change));
    }

    private static Interval interval(
            List<Scores> arm, List<Scores> reference, Measure of, DoubleBinaryOperator compared) {
        int draws = arm.get(0).resampled().get(of).length;
        return Interval.of(
                compared.applyAsDouble(mean(arm, s -> s.once().get(of)), mean(reference, s -> s.once()
                        .get(of))),
                IntStream.range(0, draws)
                        .mapToDouble(d -> compared.applyAsDouble(
                                mean(arm, s -> s.resampled().get(of)[d]),
                                mean(reference, s -> s.resampled().get(of)[d])))
                        .toArray());
    }

    private static double mean(List<Scores> runs, java.util.function.ToDoubleFunction<Scores> value) {
        double sum = 0;
        for (Scores run : runs) {
            sum += value.applyAsDouble(run);
        }
        return sum / runs.size();
    }

    private static double difference(double arm, double reference) {
        return arm == reference ? 0 : arm - reference;
    }

    /** The difference as a share of the reference. */
    private static double change(double arm, double reference) {
        return arm == reference ? 0 : arm / reference - 1;
    }
}
