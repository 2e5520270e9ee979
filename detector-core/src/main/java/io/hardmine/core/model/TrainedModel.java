package io.hardmine.core.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.AtssMatcher;
import io.hardmine.core.anchor.IouMatcher;
import io.hardmine.core.anchor.Matcher;
import io.hardmine.core.detection.PostProcessing;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.Bounds;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A trained detector: the network with its weights, and a description of its use and its origin.
 *
 * @param description everything but the weights
 * @param network with batch normalization, so that training can continue; use {@link RetinaNet#folded} for detection
 */
public record TrainedModel(Description description, RetinaNet network) implements AutoCloseable {
    private static final String KIND = "hardmine-model";
    private static final int VERSION = 3;

    /** Oldest version that is read. */
    private static final int FIRST_VERSION = 1;

    private static final String VALUES = "values";
    private static final String STATISTICS = "statistics";

    /**
     * Bound on the weights. Trained weights are far smaller, and larger ones would overflow single precision after a
     * few layers.
     */
    private static final float LARGEST_NUMBER = 1e12f;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addMixIn(Matcher.class, MatcherByKind.class)
            .build();

    /** JSON form of a matcher: its kind and its fields. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "iou", value = IouMatcher.class),
        @JsonSubTypes.Type(name = "atss", value = AtssMatcher.class)
    })
    private interface MatcherByKind {}

    /**
     * Everything but the weights.
     *
     * @param architecture shapes of the network
     * @param categories that it detects, in class-index order
     * @param preprocessing from a picture to the network's input
     * @param anchors of the network's outputs
     * @param matcher that assigned the anchors in training
     * @param decoding post-processing from the network's outputs to detections
     * @param thresholds default score threshold of each class, in [0, 1]: F1-best on validation
     * @param origin data that it was trained on, with the split
     * @param provenance settings, seed, versions and scores, for readers. With the origin they suffice to train it
     *     again
     */
    public record Description(
            Architecture architecture,
            List<Category> categories,
            Preprocessing preprocessing,
            AnchorShapes anchors,
            Matcher matcher,
            PostProcessing decoding,
            List<Double> thresholds,
            DataOrigin origin,
            JsonNode provenance) {
        /** Copies the lists; refuses null, values out of range, and parts that do not fit each other. */
        public Description {
            Bounds.present("architecture", architecture);
            Bounds.present("preprocessing", preprocessing);
            Bounds.present("anchors", anchors);
            Bounds.present("matcher", matcher);
            Bounds.present("decoding", decoding);
            Bounds.present("origin", origin);
            Bounds.present("provenance", provenance);
            categories = Bounds.list("categories", categories, Architecture.MOST_CLASSES);
            thresholds = Bounds.list("thresholds", thresholds, Architecture.MOST_CLASSES);
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
            thresholds.forEach(score -> Bounds.require("each of the thresholds", score, 0.0, 1.0));
            if (!provenance.isObject()) {
                throw new IllegalArgumentException("provenance must be an object, not " + provenance.getNodeType());
            }
            requireDistinct(categories);
        }

        private static void requireDistinct(List<Category> categories) {
            Set<String> names = new HashSet<>();
            Set<Integer> ids = new HashSet<>();
            for (Category category : categories) {
                String name = Bounds.present("the name of a category", category.name());
                if (name.isBlank()) {
                    throw new IllegalArgumentException("the name of category %d is blank".formatted(category.id()));
                }
                if (!names.add(name)) {
                    throw new IllegalArgumentException("two categories have the name '%s'".formatted(name));
                }
                if (!ids.add(category.id())) {
                    throw new IllegalArgumentException("two categories have the id %d".formatted(category.id()));
                }
            }
        }

        /** The same with other thresholds and provenance. */
        public Description with(List<Double> newThresholds, JsonNode newProvenance) {
            return new Description(
                    architecture,
                    categories,
                    preprocessing,
                    anchors,
                    matcher,
                    decoding,
                    newThresholds,
                    origin,
                    newProvenance);
        }
    }

    /** Writes the model file, atomically. */
    public void write(Path file) throws IOException {
        Parameters parameters = network.parameters();
        Map<String, Archive.Numbers> arrays = new LinkedHashMap<>();
        arrays.put(VALUES, () -> parameters.plain(parameters.values()));
        arrays.put(STATISTICS, () -> Stream.of(parameters.statistics()));
        Archive.write(file, KIND, VERSION, JSON.valueToTree(description), arrays);
    }

    /**
     * Finds a model file: the given file itself, or the finished model in the folder of a training.
     *
     * @throws DataException if it is a folder without a finished model
     */
    public static Path file(Path given) {
        if (!Files.isDirectory(given)) {
            return given;
        }
        Path finished = given.resolve("model.zip");
        if (Files.exists(finished)) {
            return finished;
        }
        Path best = given.resolve("checkpoints").resolve("best.zip");
        if (Files.exists(best)) {
            throw new DataException(
                    "%s has no model.zip: its training has not ended; go on with --resume, or take the best so far, %s"
                            .formatted(given, best));
        }
        throw new DataException(
                "%s is a folder without a model.zip; give a model file or the folder of a training".formatted(given));
    }

    /**
     * Reads a model file.
     *
     * @param given the file, or the folder of a finished training
     * @throws DataException if it is missing, damaged, of another version or too large for the memory, or if its parts
     *     do not fit each other
     */
    public static TrainedModel read(Path given) {
        Path file = file(given);
        try (ArchiveReader archive = ArchiveReader.open(file, KIND, FIRST_VERSION, VERSION, "; get a fresh copy")) {
            Description description = description(file, upgraded(archive.description(), archive.version()));
            Parameters.Size size = RetinaNet.size(description.architecture());
            requireArrays(file, archive, size);
            RetinaNet network = RetinaNet.empty(description.architecture(), 1);
            try {
                fill(network.parameters(), archive.array(VALUES), archive.array(STATISTICS), file);
            } catch (RuntimeException e) {
                network.close();
                throw e;
            }
            return new TrainedModel(description, network);
        } catch (DataException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new DataException("%s cannot be used: %s".formatted(file, e.getMessage()), e);
        } catch (OutOfMemoryError e) {
            throw new DataException("%s needs more memory than there is (%s)".formatted(file, e.getMessage()), e);
        }
    }

    /** Converts a description of an older version to today's. */
    private static JsonNode upgraded(JsonNode description, int version) {
        if (version == VERSION) {
            return description;
        }
        ObjectNode json = description.deepCopy();
        if (version < 2) {
            addMatcherAndOrigin(json);
        }
        if (version < 3 && json.get("decoding") instanceof ObjectNode decoding) {
            decoding.put("voting", false);
        }
        return json;
    }

    /**
     * Converts a description of version 1 to version 2: adds the paper's matcher and subnets without normalization, and
     * moves the split from the provenance to the origin.
     */
    private static void addMatcherAndOrigin(ObjectNode json) {
        JsonNode data = json.path("provenance").path("data");
        json.set("matcher", JSON.valueToTree(IouMatcher.paper()));
        if (json.get("architecture") instanceof ObjectNode architecture) {
            architecture.put("head_normalization", false);
        }
        json.set("origin", JSON.valueToTree(DataOrigin.of(data)));
        if (data instanceof ObjectNode object) {
            object.remove("split");
        }
    }

    private static Description description(Path file, JsonNode json) {
        try {
            return JSON.treeToValue(json, Description.class);
        } catch (ValueInstantiationException e) {
            String place = path(e);
            throw new DataException(
                    "%s does not fit together: %s%s"
                            .formatted(
                                    file,
                                    place.isEmpty() ? "" : place + ": ",
                                    e.getCause().getMessage()),
                    e);
        } catch (JsonMappingException e) {
            throw new DataException(
                    "%s: '%s' is missing or of the wrong kind: %s".formatted(file, path(e), e.getOriginalMessage()), e);
        } catch (JsonProcessingException e) {
            throw new DataException("%s cannot be understood: %s".formatted(file, e.getOriginalMessage()), e);
        }
    }

    /** Requires the two arrays of the architecture, with their lengths. Called before memory for them is allocated. */
    private static void requireArrays(Path file, ArchiveReader archive, Parameters.Size size) {
        requireLength(file, archive, VALUES, size.trained());
        requireLength(file, archive, STATISTICS, size.statistics());
        if (archive.arrays().size() != 2) {
            throw archive.damaged("a model has two arrays, values and statistics, not " + archive.arrays());
        }
    }

    private static void requireLength(Path file, ArchiveReader archive, String name, int needed) {
        long there = archive.length(name);
        if (there != needed) {
            throw new DataException("%s holds %s numbers of '%s', its architecture needs %d"
                    .formatted(file, there < 0 ? "no" : there, name, needed));
        }
    }

    private static void fill(Parameters parameters, float[] values, float[] statistics, Path file) {
        int at = 0;
        for (Parameter p : parameters.trained().toList()) {
            requireSensible(file, p, values, at);
            at += p.length();
        }
        for (Parameter p : parameters.all()) {
            if (!p.role().trained()) {
                requireSensible(file, p, statistics, p.offset());
            }
        }
        parameters.fill(parameters.values(), values);
        System.arraycopy(statistics, 0, parameters.statistics(), 0, statistics.length);
    }

    private static void requireSensible(Path file, Parameter p, float[] numbers, int from) {
        float lowest = p.name().endsWith(".variance") ? 0 : -LARGEST_NUMBER;
        int end = from + p.length();
        for (int i = from; i < end; i++) {
            if (!(numbers[i] >= lowest && numbers[i] <= LARGEST_NUMBER)) {
                throw new DataException("%s holds weights that are not numbers from %s to %s, in %s: %s"
                        .formatted(file, lowest, LARGEST_NUMBER, p.name(), numbers[i]));
            }
        }
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(r -> r.getFieldName() == null ? String.valueOf(r.getIndex()) : r.getFieldName())
                .collect(Collectors.joining("."));
    }

    /** Frees the network. Detectors that were made from the model stay usable. */
    @Override
    public void close() {
        network.close();
    }
}
