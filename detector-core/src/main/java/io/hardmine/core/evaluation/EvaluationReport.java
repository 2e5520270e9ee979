package io.hardmine.core.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * All results of an evaluation, immutable.
 *
 * @param dataset the data set's name
 * @param categories names in class-index order
 * @param counts what was evaluated
 * @param coco COCO's average precision and recall
 * @param voc Pascal VOC's average precision
 * @param curves recall, precision and false alarms over the threshold
 * @param thresholds lowest score shown of each class, for {@code confusion} and {@code mistakes}
 * @param thresholdSource where the thresholds come from
 * @param confusion counts by annotated class and detected class
 * @param mistakes the worst mistakes
 * @param errors what keeps the detector from a perfect average precision
 * @param provenance the caller's record of model, data and settings; copied into the JSON unchanged
 */
public record EvaluationReport(
        String dataset,
        List<String> categories,
        Counts counts,
        CocoScores coco,
        VocScores voc,
        OperatingCurves curves,
        ScoreThresholds thresholds,
        ThresholdSource thresholdSource,
        ConfusionMatrix confusion,
        Mistakes mistakes,
        ErrorDiagnosis errors,
        JsonNode provenance) {

    /** Copies what could change. */
    public EvaluationReport {
        categories = List.copyOf(categories);
        provenance = provenance.deepCopy();
    }

    /** A copy. */
    @Override
    public JsonNode provenance() {
        return provenance.deepCopy();
    }

    /** Where thresholds come from. */
    public enum ThresholdSource {
        /** The caller gave them, for instance from the model's validation. */
        GIVEN,
        /** The best F1 of each class on the evaluated pictures themselves: results at them are slightly too good. */
        BEST_ON_THESE_PICTURES
    }

    /**
     * How much was evaluated.
     *
     * @param pictures number of pictures
     * @param picturesWithoutObjects those that hold no object to be found
     * @param objects annotations that are to be found, difficult ones too
     * @param difficult how many of the objects are difficult
     * @param crowds crowd regions
     * @param ignored annotations that are neither object nor background
     * @param detections number of detections given
     */
    public record Counts(
            int pictures,
            int picturesWithoutObjects,
            int objects,
            int difficult,
            int crowds,
            int ignored,
            long detections) {

        static Counts of(Dataset dataset, PictureDetections detections) {
            List<Annotation> annotations = dataset.pictures().stream()
                    .flatMap(p -> p.annotations().stream())
                    .toList();
            List<Annotation> objects =
                    annotations.stream().filter(Annotation::isObject).toList();
            return new Counts(
                    dataset.pictures().size(),
                    (int) dataset.pictures().stream()
                            .filter(p -> p.annotations().stream().noneMatch(Annotation::isObject))
                            .count(),
                    objects.size(),
                    (int) objects.stream().filter(Annotation::difficult).count(),
                    (int) annotations.stream().filter(Annotation::crowd).count(),
                    (int) annotations.stream()
                            .filter(a -> a.ignore() && !a.crowd())
                            .count(),
                    detections.count());
        }
    }

    /**
     * Evaluates with thresholds chosen beforehand.
     *
     * @throws IllegalArgumentException on detections for pictures or class indices that the data set does not have, or
     *     if the number of thresholds is not that of classes
     */
    public static EvaluationReport of(
            Dataset dataset, PictureDetections detections, ScoreThresholds thresholds, JsonNode provenance) {
        detections.requireWithin(dataset);
        if (thresholds.byCategory().size() != dataset.categories().size()) {
            throw new IllegalArgumentException(thresholds.byCategory().size() + " thresholds for "
                    + dataset.categories().size() + " categories");
        }
        List<JudgedPicture> judged = JudgedPicture.judge(dataset, detections);
        OperatingCurves curves = OperatingCurves.of(dataset, judged);
        return of(dataset, detections, judged, curves, thresholds, ThresholdSource.GIVEN, provenance);
    }

    /**
     * Evaluates with each class's F1-best threshold on these very pictures.
     *
     * @throws IllegalArgumentException on detections for pictures or class indices that the data set does not have
     */
    public static EvaluationReport of(Dataset dataset, PictureDetections detections, JsonNode provenance) {
        detections.requireWithin(dataset);
        List<JudgedPicture> judged = JudgedPicture.judge(dataset, detections);
        OperatingCurves curves = OperatingCurves.of(dataset, judged);
        return of(
                dataset,
                detections,
                judged,
                curves,
                ScoreThresholds.of(curves),
                ThresholdSource.BEST_ON_THESE_PICTURES,
                provenance);
    }

    private static EvaluationReport of(
            Dataset dataset,
            PictureDetections detections,
            List<JudgedPicture> judged,
            OperatingCurves curves,
            ScoreThresholds thresholds,
            ThresholdSource source,
            JsonNode provenance) {
        List<List<ClassInPicture>> byClass = ClassInPicture.group(dataset, detections);
        return new EvaluationReport(
                dataset.name(),
                dataset.categoryNames(),
                Counts.of(dataset, detections),
                CocoEvaluation.evaluate(dataset, byClass),
                VocEvaluation.evaluate(dataset, byClass),
                curves,
                thresholds,
                source,
                ConfusionMatrix.of(dataset, judged, thresholds),
                Mistakes.of(judged, thresholds),
                ErrorDiagnosis.of(dataset, detections),
                provenance);
    }

    /** The counts at {@link #thresholds()}, over all classes. */
    public OperatingPoint atThresholds() {
        return curves.at(thresholds);
    }

    /** The report in the form of {@code report.json}. */
    public ObjectNode toJson() {
        return new EvaluationJson(this).render();
    }

    /**
     * Writes {@code report.json}.
     *
     * @throws IOException if the file cannot be written
     */
    public void writeJson(Path file) throws IOException {
        String text =
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(toJson());
        AtomicFile.writeString(file, text + System.lineSeparator());
    }
}
