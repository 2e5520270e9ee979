package io.hardmine.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hardmine.core.evaluation.CocoScores;
import io.hardmine.core.evaluation.ConfusionMatrix;
import io.hardmine.core.evaluation.ErrorDiagnosis;
import io.hardmine.core.evaluation.EvaluationReport;
import io.hardmine.core.evaluation.EvaluationReport.Counts;
import io.hardmine.core.evaluation.OperatingCurve;
import io.hardmine.core.evaluation.OperatingPoint;
import io.hardmine.core.evaluation.VocScores;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The page's content, as text.
 *
 * @param title of the page
 * @param scope how much was evaluated
 * @param headline the one sentence to remember
 * @param sentences further results
 * @param figures the most important numbers
 * @param charts the drawings
 * @param classes one row per class
 * @param confusion confusion matrix; without rows if there are too many classes for a table
 * @param errors what each kind of error costs
 * @param gallery the worst mistakes
 * @param scores all average precisions and recalls
 * @param provenance the report's provenance, as names and values
 */
public record ReportPage(
        String title,
        String scope,
        String headline,
        List<String> sentences,
        List<Figure> figures,
        List<Chart> charts,
        List<ClassRow> classes,
        ConfusionTable confusion,
        List<ErrorRow> errors,
        Gallery gallery,
        List<Figure> scores,
        List<Figure> provenance) {
    /** More classes would make the table unreadable. */
    private static final int MOST_CONFUSION_CLASSES = 30;

    /**
     * A number and its name.
     *
     * @param name short name
     * @param value as written
     * @param meaning in a few words, possibly empty
     */
    public record Figure(String name, String value, String meaning) {}

    /**
     * A class's numbers.
     *
     * @param name of the class
     * @param cells in the order of the table's columns
     */
    public record ClassRow(String name, List<String> cells) {}

    /**
     * The confusion matrix.
     *
     * @param columns what is detected
     * @param rows what is annotated
     */
    public record ConfusionTable(List<String> columns, List<ConfusionRow> rows) {}

    /**
     * One row of the confusion matrix.
     *
     * @param name what is annotated
     * @param cells counts
     */
    public record ConfusionRow(String name, List<ConfusionCell> cells) {}

    /**
     * One count.
     *
     * @param count as written
     * @param share of the row, in whole percent
     * @param right whether it counts objects that were found
     */
    public record ConfusionCell(String count, int share, boolean right) {}

    /**
     * What a kind of error costs.
     *
     * @param name of the kind
     * @param count number of errors
     * @param gain average precision that correcting them would gain
     * @param share the gain as a share of the largest gain, in whole percent
     */
    public record ErrorRow(String name, String count, String gain, int share) {}

    static ReportPage of(EvaluationReport report, List<Chart> charts, Gallery gallery) {
        Counts counts = report.counts();
        String scope = Numbers.whole(counts.pictures()) + " pictures ("
                + Numbers.whole(counts.picturesWithoutObjects()) + " without objects), "
                + Numbers.whole(counts.objects())
                + " objects of " + report.categories().size() + " classes, " + Numbers.whole(counts.detections())
                + " boxes given";
        return new ReportPage(
                "Evaluation on " + report.dataset(),
                scope,
                Summary.headline(report),
                Summary.sentences(report),
                figures(report),
                charts,
                classes(report),
                confusion(report.confusion()),
                errors(report.errors()),
                gallery,
                scores(report),
                provenance(report.provenance()));
    }

    private static List<Figure> figures(EvaluationReport report) {
        OperatingPoint point = report.atThresholds();
        return List.of(
                new Figure("AP50", Numbers.score(report.coco().ap50()), "average precision at IoU 0.5"),
                new Figure("AP", Numbers.score(report.coco().ap()), "average precision, IoU 0.5 to 0.95"),
                new Figure("Recall", Numbers.score(point.recall()), "share of objects found"),
                new Figure("Precision", Numbers.score(point.precision()), "share of boxes that are right"),
                new Figure(
                        "False alarms",
                        Numbers.perPicture(point.perPicture(point.falseAlarms())),
                        "per picture, at the thresholds"),
                new Figure("At recall 0.8", alarms(report.curves().pooled(), 0.8), "false alarms per picture"));
    }

    private static String alarms(OperatingCurve curve, double recall) {
        return curve.atRecall(recall)
                .map(p -> Numbers.perPicture(p.perPicture(p.falseAlarms())))
                .orElse("not reached");
    }

    private static List<ClassRow> classes(EvaluationReport report) {
        return IntStream.range(0, report.categories().size())
                .mapToObj(c -> {
                    String name = report.categories().get(c);
                    OperatingCurve curve = report.curves().byCategory().get(c);
                    OperatingPoint point = curve.at(report.thresholds().of(c));
                    CocoScores.ClassScores coco = report.coco().perClass().get(name);
                    return new ClassRow(
                            name,
                            List.of(
                                    Numbers.whole(curve.objects()),
                                    Numbers.score(coco.ap()),
                                    Numbers.score(coco.ap50()),
                                    Numbers.score(report.thresholds().of(c)),
                                    Numbers.score(point.recall()),
                                    point.shown() == 0 ? Numbers.UNDEFINED : Numbers.score(point.precision()),
                                    Numbers.perPicture(point.perPicture(point.falseAlarms())),
                                    alarms(curve, 0.8),
                                    alarms(curve, 0.9),
                                    Numbers.score(curve.logAverageMissRate())));
                })
                .toList();
    }

    private static ConfusionTable confusion(ConfusionMatrix matrix) {
        if (matrix.rowLabels().size() > MOST_CONFUSION_CLASSES + 1) {
            return new ConfusionTable(List.of(), List.of());
        }
        int background = matrix.rowLabels().size() - 1;
        List<ConfusionRow> rows = new ArrayList<>();
        for (int r = 0; r <= background; r++) {
            List<Integer> counts = matrix.counts().get(r);
            int row = r;
            int sum = Math.max(1, counts.stream().mapToInt(Integer::intValue).sum());
            rows.add(new ConfusionRow(
                    matrix.rowLabels().get(r),
                    IntStream.rangeClosed(0, background)
                            .mapToObj(c -> new ConfusionCell(
                                    row == background && c == background ? "" : Numbers.whole(counts.get(c)),
                                    Math.round(100f * counts.get(c) / sum),
                                    row == c))
                            .toList()));
        }
        return new ConfusionTable(matrix.columnLabels(), rows);
    }

    private static List<ErrorRow> errors(ErrorDiagnosis errors) {
        double largest = errors.findings().values().stream()
                .mapToDouble(ErrorDiagnosis.Effect::gain)
                .max()
                .orElse(0);
        return errors.findings().entrySet().stream()
                .map(entry -> new ErrorRow(
                        name(entry.getKey()),
                        Numbers.whole(entry.getValue().count()),
                        Numbers.score(entry.getValue().gain()),
                        largest == 0
                                ? 0
                                : (int) Math.round(100 * entry.getValue().gain() / largest)))
                .toList();
    }

    private static String name(ErrorDiagnosis.Kind kind) {
        return switch (kind) {
            case CLASSIFICATION -> "wrong class, well placed";
            case LOCALISATION -> "right class, badly placed";
            case BOTH -> "wrong class and badly placed";
            case DUPLICATE -> "found already";
            case BACKGROUND -> "nothing there";
            case MISSED -> "missed altogether";
        };
    }

    private static List<Figure> scores(EvaluationReport report) {
        CocoScores coco = report.coco();
        VocScores voc = report.voc();
        return List.of(
                new Figure("AP", Numbers.score(coco.ap()), "COCO, mean over IoU 0.50 to 0.95"),
                new Figure("AP50", Numbers.score(coco.ap50()), "COCO, IoU 0.50"),
                new Figure("AP75", Numbers.score(coco.ap75()), "COCO, IoU 0.75"),
                new Figure("APsmall", Numbers.score(coco.apSmall()), "objects up to 32² pixels"),
                new Figure("APmedium", Numbers.score(coco.apMedium()), "objects of 32² to 96² pixels"),
                new Figure("APlarge", Numbers.score(coco.apLarge()), "objects of 96² pixels and more"),
                new Figure("AR1", Numbers.score(coco.ar1()), "recall with 1 box per picture and class"),
                new Figure("AR10", Numbers.score(coco.ar10()), "with 10"),
                new Figure("AR100", Numbers.score(coco.ar100()), "with 100"),
                new Figure("ARsmall", Numbers.score(coco.arSmall()), "with 100, small objects"),
                new Figure("ARmedium", Numbers.score(coco.arMedium()), "with 100, medium objects"),
                new Figure("ARlarge", Numbers.score(coco.arLarge()), "with 100, large objects"),
                new Figure("VOC 2007", Numbers.score(voc.map2007()), "mean of the 11-point average precisions"),
                new Figure("VOC 2010", Numbers.score(voc.map2010()), "mean of the areas under the curves"),
                new Figure(
                        "Miss rate",
                        Numbers.score(report.curves().pooled().logAverageMissRate()),
                        "log-average over 0.01 to 1 mistakes per picture; lower is better"));
    }

    private static List<Figure> provenance(JsonNode node) {
        List<Figure> rows = new ArrayList<>();
        flatten("", node, rows);
        return rows;
    }

    private static void flatten(String name, JsonNode node, List<Figure> rows) {
        if (node.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                flatten(name.isEmpty() ? field.getKey() : name + " / " + field.getKey(), field.getValue(), rows);
            }
        } else {
            String text = node.isValueNode() ? node.asText() : node.toString();
            rows.add(new Figure(name, text.length() > 300 ? text.substring(0, 300) + "…" : text, ""));
        }
    }
}
