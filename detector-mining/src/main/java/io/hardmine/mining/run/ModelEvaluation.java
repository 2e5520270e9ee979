package io.hardmine.mining.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.detection.Detection;
import io.hardmine.core.detector.Detector;
import io.hardmine.core.evaluation.EvaluationReport;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.core.evaluation.ScoreThresholds;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Scores a model on annotated pictures. Categories of the model and of the data are the same if their names are.
 *
 * <pre>{@code
 * try (TrainedModel model = TrainedModel.read(file)) {
 *     EvaluationReport report = ModelEvaluation.of(model, data).run();
 * }
 * }</pre>
 */
public final class ModelEvaluation {
    private final TrainedModel model;
    private final LoadedDataset data;
    private final EvaluatedPictures chosen;
    private final SharedCategories categories;

    private ModelEvaluation(TrainedModel model, LoadedDataset data, EvaluatedPictures chosen) {
        this.model = model;
        this.data = data;
        this.chosen = chosen;
        categories = SharedCategories.of(model.description().categories(), chosen.dataset());
    }

    /**
     * On the test pictures of the model's own split, if the data holds them.
     *
     * @throws DataException if there are no such pictures, or model and data have no category in common
     */
    public static ModelEvaluation of(TrainedModel model, LoadedDataset data) {
        return of(model, data, EvaluatedPictures.Choice.TEST);
    }

    /**
     * On chosen pictures.
     *
     * @param model stays open, and belongs to the caller
     * @throws DataException if there are no such pictures, or model and data have no category in common
     */
    public static ModelEvaluation of(TrainedModel model, LoadedDataset data, EvaluatedPictures.Choice choice) {
        return new ModelEvaluation(model, data, EvaluatedPictures.choose(data, model, choice));
    }

    /** The pictures that the model is scored on. */
    public EvaluatedPictures pictures() {
        return chosen;
    }

    /** Warnings for the user, each in a sentence. */
    public List<String> warnings() {
        return Stream.concat(chosen.warnings().stream(), categories.warnings().stream())
                .toList();
    }

    /**
     * Detects and scores.
     *
     * @throws DataException if a picture cannot be read
     */
    public EvaluationReport run() {
        String categoryNames =
                model.description().categories().stream().map(Category::name).collect(Collectors.joining(", "));
        return score(
                detect(() -> {}), "model of " + categoryNames, data.dataset().name());
    }

    /**
     * Detects in all pictures, with the class indices of the data. Detections of categories that the data does not have
     * are left out.
     *
     * @param afterPicture called after each picture
     * @throws DataException if a picture cannot be read
     */
    public PictureDetections detect(Runnable afterPicture) {
        Map<Long, List<Detection>> found = new HashMap<>();
        try (Detector detector = Detector.of(model).measuring().open()) {
            for (Picture picture : chosen.dataset().pictures()) {
                found.put(picture.id(), ofData(detector.detect(picture.file())));
                afterPicture.run();
            }
        }
        return PictureDetections.of(found);
    }

    private List<Detection> ofData(List<Detection> detections) {
        Map<Integer, Integer> toData = categories.toData();
        return detections.stream()
                .filter(d -> toData.containsKey(d.category()))
                .map(d -> new Detection(d.box(), toData.get(d.category()), d.score()))
                .toList();
    }

    /**
     * The report on detections, at the thresholds of the model.
     *
     * @param found by {@link #detect}
     * @param modelName name of the model in the report
     * @param dataName name of the data in the report
     */
    public EvaluationReport score(PictureDetections found, String modelName, String dataName) {
        Dataset truth = chosen.dataset();
        ObjectNode provenance = new ObjectMapper().createObjectNode();
        provenance.put("model", modelName);
        provenance.put("data", dataName);
        provenance.put("data_fingerprint", Fingerprint.of(data));
        provenance.put("pictures", chosen.how());
        provenance.put("hardmine", BuildVersion.text());
        return EvaluationReport.of(truth, found, thresholds(truth), provenance);
    }

    private ScoreThresholds thresholds(Dataset truth) {
        double ofUnknown = 1;
        Double[] thresholds = new Double[truth.categories().size()];
        Arrays.fill(thresholds, ofUnknown);
        categories
                .toData()
                .forEach((ofModel, ofData) ->
                        thresholds[ofData] = model.description().thresholds().get(ofModel));
        return new ScoreThresholds(List.of(thresholds));
    }
}
