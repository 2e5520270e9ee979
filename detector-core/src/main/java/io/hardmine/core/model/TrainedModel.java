package io.hardmine.core.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.detection.Decoding;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A trained detector: the network with its weights, and all that is needed to use it and to know where it comes from.
 *
 * @param description everything but the weights
 * @param network with batch normalisation, so that it can be trained on; {@link RetinaNet#folded} is for detection
 */
public record TrainedModel(Description description, RetinaNet network) implements AutoCloseable {
    private static final String KIND = "hardmine-model";
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /**
     * Everything but the weights.
     *
     * @param architecture shapes of the network
     * @param categories what it finds, in class-index order
     * @param preprocessing how pictures become its input
     * @param anchors of its outputs
     * @param decoding how its outputs become boxes
     * @param thresholds score per class from which a detection is shown by default: F1-best on validation
     * @param provenance data, split, settings, seed, versions and scores: enough to train it again
     */
    public record Description(
            Architecture architecture,
            List<Category> categories,
            Preprocessing preprocessing,
            AnchorShapes anchors,
            Decoding decoding,
            List<Double> thresholds,
            JsonNode provenance) {
        /** Copies the lists and refuses parts that do not fit each other. */
        public Description {
            categories = List.copyOf(categories);
            thresholds = List.copyOf(thresholds);
            if (categories.size() != architecture.classes()) {
                throw new IllegalArgumentException("%d categories for a network of %d classes"
                        .formatted(categories.size(), architecture.classes()));
            }
            if (thresholds.size() != architecture.classes()) {
                throw new IllegalArgumentException("%d thresholds for a network of %d classes"
                        .formatted(thresholds.size(), architecture.classes()));
            }
            if (anchors.perCell() != architecture.anchors()) {
                throw new IllegalArgumentException(
                        "%d anchors a cell for a network of %d".formatted(anchors.perCell(), architecture.anchors()));
            }
        }

        /** The same with other thresholds and provenance. */
        public Description with(List<Double> newThresholds, JsonNode newProvenance) {
            return new Description(
                    architecture, categories, preprocessing, anchors, decoding, newThresholds, newProvenance);
        }
    }

    /** Writes the model file, atomically. */
    public void write(Path file) throws IOException {
        Parameters parameters = network.parameters();
        Map<String, Archive.Numbers> arrays = new LinkedHashMap<>();
        arrays.put("values", () -> parameters.plain(parameters.values()));
        arrays.put("statistics", () -> Stream.of(parameters.statistics()));
        Archive.write(file, KIND, VERSION, JSON.valueToTree(description), arrays);
    }

    /**
     * Reads a model file.
     *
     * @throws DataException where it is missing, damaged, of another version, or its parts do not fit each other
     */
    public static TrainedModel read(Path file) {
        Archive archive = Archive.read(file, KIND, VERSION);
        Description description;
        try {
            description = JSON.treeToValue(archive.description(), Description.class);
        } catch (ValueInstantiationException e) {
            throw new DataException(
                    "%s does not fit together: %s".formatted(file, e.getCause().getMessage()), e);
        } catch (MismatchedInputException e) {
            throw new DataException(
                    "%s: '%s' is missing or of the wrong kind: %s".formatted(file, path(e), e.getOriginalMessage()), e);
        } catch (JsonProcessingException e) {
            throw new DataException("%s cannot be understood: %s".formatted(file, e.getOriginalMessage()), e);
        }
        RetinaNet network = RetinaNet.empty(description.architecture());
        try {
            fill(network.parameters(), archive, file);
        } catch (DataException e) {
            network.close();
            throw e;
        }
        return new TrainedModel(description, network);
    }

    private static void fill(Parameters parameters, Archive archive, Path file) {
        parameters.fill(parameters.values(), stored(file, archive, "values", parameters.count()));
        int statistics = parameters.statistics().length;
        System.arraycopy(stored(file, archive, "statistics", statistics), 0, parameters.statistics(), 0, statistics);
        if (parameters.firstNotFinite() != null) {
            throw new DataException("%s holds weights that are not numbers, in %s"
                    .formatted(file, parameters.firstNotFinite().name()));
        }
    }

    private static String path(MismatchedInputException e) {
        return e.getPath().stream()
                .map(r -> r.getFieldName() == null ? String.valueOf(r.getIndex()) : r.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static float[] stored(Path file, Archive archive, String name, int length) {
        float[] stored = archive.arrays().get(name);
        if (stored == null || stored.length != length) {
            throw new DataException("%s holds %s numbers of '%s', its architecture needs %d"
                    .formatted(file, stored == null ? "no" : stored.length, name, length));
        }
        return stored;
    }

    /** Frees the network; detectors made of it go on. */
    @Override
    public void close() {
        network.close();
    }
}
