package io.hardmine.core.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.evaluation.EvaluationReport.ThresholdSource;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The JSON form of a report. Field names are read by scripts: they stay as they are. */
final class EvaluationJson {
    private static final String NOT_REACHED = "not reached";
    private static final List<Double> RECALLS = List.of(0.8, 0.9);

    private final EvaluationReport report;
    private final JsonNodeFactory nodes = JsonNodeFactory.instance;

    EvaluationJson(EvaluationReport report) {
        this.report = report;
    }

    ObjectNode render() {
        ObjectNode root = nodes.objectNode();
        root.put("dataset", report.dataset());
        root.set("counts", counts());
        root.set("coco", coco());
        root.set("voc", voc());
        root.set("false_alarms", falseAlarms());
        root.set("thresholds", thresholds());
        root.set("confusion", confusion());
        root.set("curves", perCurve(this::precisionRecall));
        root.set("error_diagnosis", errorDiagnosis());
        root.set("mistakes", mistakes());
        root.set("provenance", report.provenance());
        return root;
    }

    private ObjectNode counts() {
        EvaluationReport.Counts counts = report.counts();
        return nodes.objectNode()
                .put("pictures", counts.pictures())
                .put("pictures_without_objects", counts.picturesWithoutObjects())
                .put("objects", counts.objects())
                .put("difficult", counts.difficult())
                .put("crowds", counts.crowds())
                .put("ignored", counts.ignored())
                .put("detections", counts.detections());
    }

    private ObjectNode coco() {
        CocoScores coco = report.coco();
        ObjectNode node = nodes.objectNode()
                .put("AP", coco.ap())
                .put("AP50", coco.ap50())
                .put("AP75", coco.ap75())
                .put("APsmall", coco.apSmall())
                .put("APmedium", coco.apMedium())
                .put("APlarge", coco.apLarge())
                .put("AR1", coco.ar1())
                .put("AR10", coco.ar10())
                .put("AR100", coco.ar100())
                .put("ARsmall", coco.arSmall())
                .put("ARmedium", coco.arMedium())
                .put("ARlarge", coco.arLarge());
        ObjectNode perClass = node.putObject("per_class");
        coco.perClass()
                .forEach((name, scores) ->
                        perClass.putObject(name).put("AP", scores.ap()).put("AP50", scores.ap50()));
        return node;
    }

    private ObjectNode voc() {
        VocScores voc = report.voc();
        ObjectNode node = nodes.objectNode().put("mAP_2007", voc.map2007()).put("mAP_2010", voc.map2010());
        ObjectNode perClass = node.putObject("per_class");
        voc.perClass()
                .forEach((name, scores) ->
                        perClass.putObject(name).put("AP_2007", scores.ap2007()).put("AP_2010", scores.ap2010()));
        return node;
    }

    private ObjectNode falseAlarms() {
        ObjectNode node = nodes.objectNode()
                .put("iou", JudgedPicture.IOU)
                .put("near_iou", JudgedPicture.NEAR_IOU)
                .put("score_floor", JudgedPicture.LEAST_SCORE)
                .put("detections_per_picture", JudgedPicture.MOST_DETECTIONS)
                .put("pictures", report.counts().pictures());
        node.setAll(perCurve(this::falseAlarms));
        return node;
    }

    private ObjectNode falseAlarms(OperatingCurve curve) {
        ObjectNode node =
                nodes.objectNode().put("objects", curve.objects()).put("highest_recall", curve.highestRecall());
        for (double recall : RECALLS) {
            String key = "recall_" + recall;
            curve.atRecall(recall).ifPresentOrElse(point -> node.set(key, alarms(point)), () -> node.putObject(key)
                    .put("false_alarms_per_picture", NOT_REACHED));
        }
        node.put("log_average_miss_rate", curve.logAverageMissRate());
        ArrayNode froc = node.putArray("froc");
        curve.sampled().forEach(point -> froc.add(alarms(point)));
        return node;
    }

    private ObjectNode alarms(OperatingPoint point) {
        return nodes.objectNode()
                .put("false_alarms_per_picture", point.perPicture(point.falseAlarms()))
                .put("of_these_on_another_class", point.perPicture(point.wrongClass()))
                .put("duplicates_per_picture", point.perPicture(point.duplicates()))
                .put("poor_localisation_per_picture", point.perPicture(point.misplaced()))
                .put("recall", point.recall())
                .put("threshold", point.threshold());
    }

    private ObjectNode thresholds() {
        ObjectNode node = nodes.objectNode()
                .put(
                        "source",
                        report.thresholdSource() == ThresholdSource.GIVEN
                                ? "given"
                                : "best F1 of each class on these pictures");
        ObjectNode perClass = node.putObject("per_class");
        for (int c = 0; c < report.categories().size(); c++) {
            OperatingCurve curve = report.curves().byCategory().get(c);
            OperatingPoint point = curve.at(report.thresholds().of(c));
            ObjectNode here = perClass.putObject(report.categories().get(c));
            here.put("threshold", report.thresholds().of(c))
                    .put("recall", point.recall())
                    .put("precision", point.precision())
                    .put("F1", point.f1())
                    .put("false_alarms_per_picture", point.perPicture(point.falseAlarms()));
            curve.best().ifPresent(best -> here.put("best_threshold", best.threshold())
                    .put("best_F1", best.f1()));
        }
        return node;
    }

    private ObjectNode confusion() {
        ObjectNode node = nodes.objectNode().put("rows", "what is annotated").put("columns", "what is detected");
        report.confusion().rowLabels().forEach(node.putArray("row_labels")::add);
        report.confusion().columnLabels().forEach(node.putArray("column_labels")::add);
        ArrayNode counts = node.putArray("counts");
        report.confusion().counts().forEach(row -> row.forEach(counts.addArray()::add));
        return node;
    }

    private ObjectNode errorDiagnosis() {
        ErrorDiagnosis errors = report.errors();
        ObjectNode node = nodes.objectNode().put("AP50", errors.ap50());
        errors.findings().forEach((kind, finding) -> node.putObject(kind.name().toLowerCase(Locale.ROOT))
                .put("count", finding.count())
                .put("in_crowd_or_ignored_regions", finding.inRegions())
                .put("AP50_gain", finding.gain()));
        node.putObject("false_positives").put("AP50_gain", errors.falsePositives());
        node.putObject("false_negatives").put("AP50_gain", errors.falseNegatives());
        return node;
    }

    private ObjectNode precisionRecall(OperatingCurve curve) {
        ObjectNode node = nodes.objectNode();
        ArrayNode threshold = node.putArray("threshold");
        ArrayNode recall = node.putArray("recall");
        ArrayNode precision = node.putArray("precision");
        for (OperatingPoint point : curve.sampled()) {
            threshold.add(point.threshold());
            recall.add(point.recall());
            precision.add(point.precision());
        }
        return node;
    }

    private ObjectNode perCurve(Function<OperatingCurve, ObjectNode> rendered) {
        ObjectNode node = nodes.objectNode();
        node.set("pooled", rendered.apply(report.curves().pooled()));
        ObjectNode perClass = node.putObject("per_class");
        for (int c = 0; c < report.categories().size(); c++) {
            perClass.set(
                    report.categories().get(c),
                    rendered.apply(report.curves().byCategory().get(c)));
        }
        return node;
    }

    private ObjectNode mistakes() {
        ObjectNode node = nodes.objectNode();
        ArrayNode alarms = node.putArray("false_alarms");
        report.mistakes().falseAlarms().forEach(wrong -> alarms.add(wrong(wrong)));
        ArrayNode confusions = node.putArray("confusions");
        report.mistakes().confusions().forEach(wrong -> confusions.add(wrong(wrong)));
        ArrayNode missed = node.putArray("missed");
        for (Mistakes.Missed miss : report.mistakes().missed()) {
            ObjectNode here = at(miss.picture(), miss.object().box());
            here.put("category", report.categories().get(miss.object().category()));
            miss.tooWeak().ifPresent(weak -> here.put("score_below_threshold", weak.score()));
            missed.add(here);
        }
        return node;
    }

    private ObjectNode wrong(Mistakes.Wrong wrong) {
        ObjectNode here = at(wrong.picture(), wrong.detection().box());
        here.put("category", report.categories().get(wrong.detection().category()));
        here.put("score", wrong.detection().score());
        here.put("outcome", wrong.outcome().name().toLowerCase(Locale.ROOT));
        wrong.object()
                .ifPresent(object ->
                        here.put("annotated_category", report.categories().get(object.category())));
        return here;
    }

    private ObjectNode at(Picture picture, Box box) {
        ObjectNode here = nodes.objectNode().put("image_id", picture.id()).put("file_name", picture.name());
        here.putArray("bbox").add(box.x()).add(box.y()).add(box.width()).add(box.height());
        return here;
    }
}
