package io.hardmine.core.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.network.Bounds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The data that a model was trained on. Programs use it to decide on which pictures the model may be scored and which
 * must not be mined.
 *
 * @param name of the data set
 * @param format of its annotations
 * @param fingerprint of its pictures and annotations
 * @param split pictures of training, validation and test
 */
public record DataOrigin(String name, String format, String fingerprint, PictureSplit split) {
    private static final int LONGEST_TEXT = 4096;
    private static final int MOST_PICTURES = 1_000_000;
    private static final String MISSING = "unknown";

    /** The origin of a model without this information. */
    public static final DataOrigin UNKNOWN =
            new DataOrigin(MISSING, MISSING, MISSING, new PictureSplit(MISSING, List.of(), List.of(), List.of()));

    /** Refuses null and texts of more than 4096 characters. */
    public DataOrigin {
        Bounds.text("name", name, LONGEST_TEXT);
        Bounds.text("format", format, LONGEST_TEXT);
        Bounds.text("fingerprint", fingerprint, LONGEST_TEXT);
        Bounds.present("split", split);
    }

    /**
     * A picture.
     *
     * @param name in its data set
     * @param sha256 of its file, 64 hexadecimal digits
     */
    public record PictureId(String name, String sha256) {
        /** Refuses null, a name of more than 4096 characters, and a text that is no SHA-256. */
        public PictureId {
            Bounds.text("the name of a picture", name, LONGEST_TEXT);
            Bounds.text("the sha256 of a picture", sha256, LONGEST_TEXT);
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException(
                        "the sha256 of picture '%s' must be 64 hexadecimal digits, not '%s'".formatted(name, sha256));
            }
        }
    }

    /**
     * The pictures by part.
     *
     * @param how rule by which the pictures were split, in a sentence
     * @param train pictures that weights were fitted to
     * @param validation pictures that weights and thresholds were chosen on
     * @param test pictures that were kept apart
     */
    public record PictureSplit(String how, List<PictureId> train, List<PictureId> validation, List<PictureId> test) {
        /** Copies the lists; refuses null, more than a million pictures in a part, and a name that occurs twice. */
        public PictureSplit {
            Bounds.text("how", how, LONGEST_TEXT);
            train = Bounds.list("train", train, MOST_PICTURES);
            validation = Bounds.list("validation", validation, MOST_PICTURES);
            test = Bounds.list("test", test, MOST_PICTURES);
            Set<String> names = new HashSet<>();
            Stream.of(train, validation, test).flatMap(List::stream).forEach(picture -> {
                if (!names.add(picture.name())) {
                    throw new IllegalArgumentException(
                            "the split has two pictures with the name '%s'".formatted(picture.name()));
                }
            });
        }

        /** The split as JSON, in the form that {@link io.hardmine.datasets.Partition#stored} reads. */
        public JsonNode toJson() {
            ObjectNode json = new ObjectMapper().createObjectNode();
            json.put("how", how);
            write(json.putArray("train"), train);
            write(json.putArray("validation"), validation);
            write(json.putArray("test"), test);
            return json;
        }

        private static void write(ArrayNode list, List<PictureId> pictures) {
            pictures.forEach(p -> list.addObject().put("name", p.name()).put("sha256", p.sha256()));
        }
    }

    /** SHA-256 of each picture of validation and test, by name. They must not be used for training and mining. */
    public Map<String, String> heldOut() {
        Map<String, String> hashes = new LinkedHashMap<>();
        Stream.of(split.validation(), split.test())
                .flatMap(List::stream)
                .forEach(p -> hashes.put(p.name(), p.sha256()));
        return hashes;
    }

    /**
     * Reads an origin from the JSON description of a training's data, with {@code name}, {@code format}, {@code
     * fingerprint} and {@code split}, as {@link io.hardmine.datasets.Partition#toJson} writes it. Model files of
     * version 1 hold it as {@code provenance.data}.
     *
     * @param data description; a missing text becomes "unknown", a missing list of pictures becomes empty
     * @throws IllegalArgumentException if the split lists a picture without name or valid SHA-256
     */
    public static DataOrigin of(JsonNode data) {
        JsonNode split = data.path("split");
        return new DataOrigin(
                data.path("name").asText(MISSING),
                data.path("format").asText(MISSING),
                data.path("fingerprint").asText(MISSING),
                new PictureSplit(
                        split.path("how").asText(MISSING),
                        pictures(split.path("train")),
                        pictures(split.path("validation")),
                        pictures(split.path("test"))));
    }

    private static List<PictureId> pictures(JsonNode list) {
        List<PictureId> pictures = new ArrayList<>();
        list.forEach(p -> pictures.add(
                new PictureId(p.path("name").asText(null), p.path("sha256").asText(null))));
        return pictures;
    }
}
