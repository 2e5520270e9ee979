package io.hardmine.cli.report;

import io.hardmine.core.evaluation.EvaluationReport;
import io.hardmine.core.evaluation.EvaluationReport.ThresholdSource;
import io.hardmine.core.evaluation.OperatingCurve;
import io.hardmine.core.evaluation.OperatingPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The results of an evaluation in sentences. */
final class Summary {
    /** With fewer objects than this a score moves by more than a few hundredths when other pictures are taken. */
    private static final int FEW_OBJECTS = 200;

    private Summary() {}

    /** The most important result, in one sentence. */
    static String headline(EvaluationReport report) {
        OperatingPoint point = report.atThresholds();
        if (report.counts().pictures() == 0) {
            return "There are no pictures to evaluate on.";
        }
        String alarms = Numbers.perPicture(point.perPicture(point.falseAlarms()));
        if (point.objects() == 0) {
            return "There are no objects to find in these pictures; the detector gives " + alarms
                    + " false alarms per picture.";
        }
        return "The detector finds " + Numbers.ofTen(point.recall()) + " objects and makes " + alarms
                + " false alarms per picture.";
    }

    /** Further results, in sentences. */
    static List<String> sentences(EvaluationReport report) {
        List<String> sentences = new ArrayList<>();
        OperatingPoint point = report.atThresholds();
        if (point.objects() > 0) {
            sentences.add("It finds " + Numbers.whole(point.found()) + " of " + Numbers.whole(point.objects())
                    + " objects in " + Numbers.whole(point.pictures()) + " pictures and shows "
                    + Numbers.whole(point.shown()) + " boxes"
                    + (point.shown() == 0 ? "." : ", of which " + Numbers.ofTen(point.precision()) + " are right."));
        }
        if (point.mistakes() > 0) {
            sentences.add(mistakes(point));
        }
        if (point.objects() > 0) {
            sentences.add(higherRecall(report.curves().pooled()));
            weakestClass(report, sentences);
        }
        sentences.add(
                report.thresholdSource() == ThresholdSource.GIVEN
                        ? "The thresholds were chosen beforehand, not on these pictures."
                        : "The thresholds are the best for these very pictures, so the results at them are slightly"
                                + " too good. Average precision does not depend on them.");
        if (point.objects() > 0 && point.objects() < FEW_OBJECTS) {
            sentences.add("With only " + point.objects()
                    + " objects, another choice of pictures could change the numbers noticeably.");
        }
        return sentences;
    }

    private static String mistakes(OperatingPoint point) {
        return "Its " + Numbers.whole(point.mistakes()) + " wrong boxes: " + Numbers.whole(point.nothing())
                + " where nothing is annotated, " + Numbers.whole(point.wrongClass())
                + " on an object of another class, "
                + Numbers.whole(point.misplaced()) + " badly placed, " + Numbers.whole(point.duplicates())
                + " on an object that was found already. The first two kinds are false alarms.";
    }

    private static String higherRecall(OperatingCurve curve) {
        return "With one threshold for all classes, finding 8 of 10 " + price(curve, 0.8) + "; finding 9 of 10 "
                + price(curve, 0.9) + ".";
    }

    private static String price(OperatingCurve curve, double recall) {
        return curve.atRecall(recall)
                .map(p -> "costs " + Numbers.perPicture(p.perPicture(p.falseAlarms())) + " false alarms per picture")
                .orElse("is not reached at any threshold");
    }

    private static void weakestClass(EvaluationReport report, List<String> sentences) {
        List<Integer> judged = IntStream.range(0, report.categories().size())
                .filter(c -> report.curves().byCategory().get(c).objects() > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(c -> averagePrecision(report, c)))
                .toList();
        if (judged.size() > 1) {
            int weakest = judged.get(0);
            int strongest = judged.get(judged.size() - 1);
            sentences.add("It does best on " + report.categories().get(strongest) + " (AP50 "
                    + Numbers.score(averagePrecision(report, strongest)) + ") and worst on "
                    + report.categories().get(weakest) + " (" + Numbers.score(averagePrecision(report, weakest))
                    + ").");
        }
    }

    private static double averagePrecision(EvaluationReport report, int category) {
        return report.coco().perClass().get(report.categories().get(category)).ap50();
    }
}
