package io.hardmine.core.evaluation;

import io.hardmine.core.evaluation.CocoMatches.AreaRange;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Scores of a set of detections with a weight for each picture, for resampling. Detections are judged once; each score
 * for new weights takes one pass over them. If every weight is 1, the scores equal those of {@link OperatingCurve} and
 * {@link CocoEvaluation} to the last bit.
 *
 * <p>Immutable. Weights are given as {@code copies}, in ascending order of picture ids.
 */
public final class WeightedEvaluation {
    private final int[] objects;
    private final MarkedRanking judged;
    private final List<ClassRanking> matched;

    private WeightedEvaluation(int[] objects, MarkedRanking judged, List<ClassRanking> matched) {
        this.objects = objects;
        this.judged = judged;
        this.matched = matched;
    }

    /**
     * Judges detections.
     *
     * @throws IllegalArgumentException on detections for pictures or class indices that the data set does not have
     */
    public static WeightedEvaluation of(Dataset dataset, PictureDetections detections) {
        detections.requireWithin(dataset);
        List<JudgedPicture> pictures = JudgedPicture.judge(dataset, detections);
        int[] objects = pictures.stream()
                .mapToInt(p -> (int) p.picture().annotations().stream()
                        .filter(Annotation::isObject)
                        .count())
                .toArray();
        MarkedRanking judged = MarkedRanking.of(
                IntStream.range(0, objects.length).boxed().flatMap(p -> pictures.get(p).verdicts().stream()
                        .filter(v -> v.outcome() != Outcome.UNCOUNTED)
                        .map(v -> new Ranked(
                                v.detection().score(),
                                p,
                                v.outcome() == Outcome.FOUND,
                                v.outcome().isFalseAlarm()))));
        return new WeightedEvaluation(objects, judged, classes(dataset, detections));
    }

    private static List<ClassRanking> classes(Dataset dataset, PictureDetections detections) {
        int pictures = dataset.pictures().size();
        return ClassInPicture.group(dataset, detections).parallelStream()
                .map(ofClass -> ClassRanking.of(ofClass, pictures))
                .toList();
    }

    /** How many pictures there are. */
    public int pictures() {
        return objects.length;
    }

    /**
     * False alarms per picture at the highest threshold that finds a share of the objects, over all classes.
     *
     * @param copies how often each picture counts, at least 0
     * @param recalls shares in (0, 1], rising
     * @return one number for each recall; positive infinity if no threshold reaches it
     */
    public double[] falseAlarms(int[] copies, double... recalls) {
        long toFind = weighted(objects, copies);
        double pictures = Arrays.stream(copies).asLongStream().sum();
        double[] alarms = new double[recalls.length];
        Arrays.fill(alarms, Double.POSITIVE_INFINITY);
        long found = 0;
        long shown = 0;
        int reached = 0;
        for (int i = 0; i < judged.picture.length && reached < recalls.length && toFind > 0; i++) {
            int weight = copies[judged.picture[i]];
            found += judged.first[i] ? weight : 0;
            shown += judged.second[i] ? weight : 0;
            while (judged.last[i] && reached < recalls.length && found / (double) toFind >= recalls[reached]) {
                alarms[reached++] = shown / pictures;
            }
        }
        return alarms;
    }

    /**
     * COCO's average precision at IoU 0.5, the mean over the classes that have an object.
     *
     * @param copies how often each picture counts, at least 0
     * @return in [0, 1]; -1 if there is no object
     */
    public double ap50(int[] copies) {
        return CocoEvaluation.defined(matched.stream().mapToDouble(c -> c.averagePrecision(copies)));
    }

    private static long weighted(int[] counts, int[] copies) {
        long sum = 0;
        for (int p = 0; p < counts.length; p++) {
            sum += (long) counts[p] * copies[p];
        }
        return sum;
    }

    /** A detection with two flags. */
    private record Ranked(double score, int picture, boolean first, boolean second) {}

    /**
     * Detections, strongest first; entry i of each array belongs to detection i.
     *
     * @param picture index of its picture
     * @param first its first mark
     * @param second its second mark
     * @param last whether no detection of the same score follows
     */
    private record MarkedRanking(int[] picture, boolean[] first, boolean[] second, boolean[] last) {
        static MarkedRanking of(Stream<Ranked> detections) {
            List<Ranked> ranked = detections
                    .sorted((a, b) -> Double.compare(b.score, a.score))
                    .toList();
            int count = ranked.size();
            MarkedRanking ranking =
                    new MarkedRanking(new int[count], new boolean[count], new boolean[count], new boolean[count]);
            for (int i = 0; i < count; i++) {
                Ranked detection = ranked.get(i);
                ranking.picture[i] = detection.picture();
                ranking.first[i] = detection.first();
                ranking.second[i] = detection.second();
                ranking.last[i] = i + 1 == count || ranked.get(i + 1).score() < detection.score();
            }
            return ranking;
        }
    }

    /**
     * One class at IoU 0.5, as COCO matches it.
     *
     * @param objects number of objects in each picture
     * @param ranking its first mark: the detection found an object; its second mark: the detection is counted
     */
    private record ClassRanking(int[] objects, MarkedRanking ranking) {
        static ClassRanking of(List<ClassInPicture> ofClass, int pictures) {
            int[] objects = new int[pictures];
            ofClass.forEach(here -> objects[here.picture()] = (int)
                    here.annotations().stream().filter(AreaRange.ALL::seeks).count());
            CocoMatches matches = CocoMatches.of(ofClass);
            return new ClassRanking(
                    objects,
                    MarkedRanking.of(IntStream.range(0, matches.detections())
                            .mapToObj(d -> new Ranked(
                                    matches.score(d),
                                    matches.picture(d),
                                    matches.isTrue(AreaRange.ALL, d, CocoEvaluation.IOU_50),
                                    matches.counts(AreaRange.ALL, d, CocoEvaluation.IOU_50)))));
        }

        double averagePrecision(int[] copies) {
            long toFind = weighted(objects, copies);
            if (toFind == 0) {
                return -1;
            }
            AveragePrecision precision = new AveragePrecision(toFind);
            for (int i = 0; i < ranking.picture.length; i++) {
                if (ranking.second[i]) {
                    precision.count(ranking.first[i], copies[ranking.picture[i]]);
                }
            }
            return precision.mean(CocoEvaluation.RECALLS);
        }
    }
}
