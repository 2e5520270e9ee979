package io.hardmine.mining.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.evaluation.CocoResults;
import io.hardmine.core.evaluation.EvaluationReport;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.coco.CocoAnnotations;
import java.nio.file.Path;

/**
 * Scores the detections of any detector, which are given as a file of COCO results.
 *
 * @param truth the annotated pictures
 * @param found the detections in these pictures
 * @param provenance stated in the report: where pictures and detections come from
 */
public record DetectionsEvaluation(Dataset truth, PictureDetections found, ObjectNode provenance) {
    /** Copies what could change. */
    public DetectionsEvaluation {
        provenance = provenance.deepCopy();
    }

    /** A copy. */
    @Override
    public ObjectNode provenance() {
        return provenance.deepCopy();
    }

    /**
     * Reads annotations and detections.
     *
     * @param annotations in COCO's form
     * @param detections COCO's results, for the same pictures
     * @param images folder of the pictures; null for the folder of the annotations
     * @throws io.hardmine.datasets.DataException if a file cannot be read, or the two do not belong together
     */
    public static DetectionsEvaluation of(Path annotations, Path detections, Path images) {
        Path folder = images == null ? annotations.toAbsolutePath().getParent() : images;
        Dataset truth = CocoAnnotations.read(annotations, folder);
        ObjectNode provenance = new ObjectMapper().createObjectNode();
        provenance.put("annotations", annotations.toString());
        provenance.put("detections", detections.toString());
        provenance.put("hardmine", BuildVersion.text());
        return new DetectionsEvaluation(truth, CocoResults.read(detections, truth), provenance);
    }

    /** The report. */
    public EvaluationReport score() {
        return EvaluationReport.of(truth, found, provenance);
    }
}
