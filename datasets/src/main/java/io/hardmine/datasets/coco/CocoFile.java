package io.hardmine.datasets.coco;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.reading.RawObject;
import io.hardmine.datasets.reading.RawPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One COCO file, read as a stream: no more than one entry is in memory besides what is kept.
 *
 * @param categories as declared
 * @param pictures with their objects
 */
record CocoFile(List<Category> categories, List<RawPicture> pictures) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether the top level has pictures and annotations. */
    static boolean looksLikeOne(Path file) {
        boolean images = false;
        boolean annotations = false;
        try (JsonParser parser = JSON.createParser(file.toFile())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                images |= parser.currentName().equals("images");
                annotations |= parser.currentName().equals("annotations");
                if (images && annotations) {
                    return true;
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return false;
        } catch (IOException e) {
            return true; // broken: reading it will say where
        }
    }

    static CocoFile read(Path folder, Path file, Split split) {
        return new Reading(folder, file, split).run();
    }

    private interface Entry {
        void read(JsonNode node, String where);
    }

    /** The work on one file. */
    private static final class Reading {
        private final Path file;
        private final Split split;
        private final List<String> folders;
        private final Map<Integer, Category> categories = new LinkedHashMap<>();
        private final Map<Long, JsonNode> images = new LinkedHashMap<>();
        private final Map<Long, String> imagePlaces = new LinkedHashMap<>();
        private final List<JsonNode> annotations = new ArrayList<>();
        private final List<String> annotationPlaces = new ArrayList<>();

        Reading(Path folder, Path file, Split split) {
            this.file = file;
            this.split = split;
            folders = folders(folder, file, split);
        }

        /** Where pictures may lie: beside the file, at the top, in images/, or in a folder named as the split. */
        private static List<String> folders(Path folder, Path file, Split split) {
            String own = folder.toAbsolutePath()
                    .normalize()
                    .relativize(file.toAbsolutePath().normalize().getParent())
                    .toString();
            String stem =
                    file.getFileName().toString().replaceFirst("\\.json$", "").replaceFirst("^instances_", "");
            Set<String> places =
                    new LinkedHashSet<>(List.of("", own, "images", own + "/images", stem, "images/" + stem));
            if (split != null) {
                for (String name : split == Split.VALIDATION
                        ? List.of("val", "valid", "validation")
                        : List.of(split == Split.TRAIN ? "train" : "test")) {
                    places.add(name);
                    places.add("images/" + name);
                }
            }
            return places.stream()
                    .map(p -> p.startsWith("/") ? p.substring(1) : p)
                    .toList();
        }

        CocoFile run() {
            boolean sawImages = false;
            try (JsonParser parser = JSON.createParser(file.toFile())) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new DataException("%s, line 1: a COCO file begins with '{'".formatted(file));
                }
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    parser.nextToken();
                    switch (field) {
                        case "images" -> {
                            sawImages = true;
                            entries(parser, field, this::image);
                        }
                        case "annotations" -> entries(parser, field, this::annotation);
                        case "categories" -> entries(parser, field, this::category);
                        default -> parser.skipChildren();
                    }
                }
            } catch (JsonProcessingException e) {
                JsonLocation at = e.getLocation();
                throw new DataException(
                        "%s, line %d, column %d: broken JSON: %s"
                                .formatted(
                                        file,
                                        at == null ? 1 : at.getLineNr(),
                                        at == null ? 1 : at.getColumnNr(),
                                        e.getOriginalMessage()),
                        e);
            } catch (IOException e) {
                throw new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
            }
            if (!sawImages) {
                throw new DataException("%s has no \"images\"".formatted(file));
            }
            return new CocoFile(List.copyOf(categories.values()), pictures());
        }

        private void entries(JsonParser parser, String field, Entry entry) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw new DataException("%s, line %d: \"%s\" must be a list"
                        .formatted(file, parser.currentLocation().getLineNr(), field));
            }
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                String where = "%s, line %d, %s[%d]"
                        .formatted(file, parser.currentLocation().getLineNr(), field, i);
                JsonNode node = JSON.readTree(parser);
                if (node == null || !node.isObject()) {
                    throw new DataException("%s: must be an object in braces".formatted(where));
                }
                entry.read(node, where);
            }
        }

        private void category(JsonNode node, String where) {
            int id = categoryNumber(node, "id", where);
            String name = node.path("name").asText("");
            if (name.isBlank()) {
                throw new DataException("%s: \"name\" is missing or empty".formatted(where));
            }
            if (categories.putIfAbsent(id, new Category(id, name)) != null) {
                throw new DataException("%s: \"id\" %d is taken by another category".formatted(where, id));
            }
        }

        private void image(JsonNode node, String where) {
            long id = integer(node, "id", where);
            if (node.path("file_name").asText("").isBlank()) {
                throw new DataException("%s: \"file_name\" is missing or empty".formatted(where));
            }
            if (images.putIfAbsent(id, node) != null) {
                throw new DataException("%s: \"id\" %d is taken by another picture".formatted(where, id));
            }
            imagePlaces.put(id, where);
        }

        private void annotation(JsonNode node, String where) {
            annotations.add(node);
            annotationPlaces.add(where);
        }

        private List<RawPicture> pictures() {
            Map<Long, List<RawObject>> objects = new LinkedHashMap<>();
            for (int i = 0; i < annotations.size(); i++) {
                String where = annotationPlaces.get(i);
                long image = integer(annotations.get(i), "image_id", where);
                if (!images.containsKey(image)) {
                    throw new DataException("%s: \"image_id\" %d is no picture's \"id\"".formatted(where, image));
                }
                objects.computeIfAbsent(image, k -> new ArrayList<>()).add(object(annotations.get(i), where));
            }
            List<RawPicture> pictures = new ArrayList<>();
            images.forEach((id, node) -> pictures.add(new RawPicture(
                    id,
                    node.path("file_name").asText(),
                    folders,
                    node.path("width").asInt(0),
                    node.path("height").asInt(0),
                    objects.getOrDefault(id, List.of()),
                    split,
                    imagePlaces.get(id))));
            return pictures;
        }

        private RawObject object(JsonNode node, String where) {
            int id = categoryNumber(node, "category_id", where);
            // an unknown category is dropped and counted later, like in every format
            String category = categories.containsKey(id) ? categories.get(id).name() : "category_id " + id;
            JsonNode box = node.path("bbox");
            if (!box.isArray() || box.size() != 4) {
                throw new DataException("%s: \"bbox\" must be [x, y, width, height]".formatted(where));
            }
            double[] numbers = new double[4];
            for (int i = 0; i < 4; i++) {
                if (!box.get(i).isNumber()) {
                    throw new DataException("%s: \"bbox\"[%d] is '%s', not a number"
                            .formatted(where, i, box.get(i).asText()));
                }
                numbers[i] = box.get(i).asDouble();
            }
            double area = node.path("area").isNumber() ? node.path("area").asDouble() : Double.NaN;
            return new RawObject(
                    category,
                    new Box(numbers[0], numbers[1], numbers[2], numbers[3]),
                    false,
                    area,
                    node.path("iscrowd").asInt(0) != 0,
                    node.path("ignore").asInt(0) != 0,
                    node.path("difficult").asInt(0) != 0,
                    where);
        }

        private static int categoryNumber(JsonNode node, String field, String where) {
            long number = integer(node, field, where);
            if (number != (int) number) {
                throw new DataException("%s: \"%s\" is %d; categories are numbered up to %d"
                        .formatted(where, field, number, Integer.MAX_VALUE));
            }
            return (int) number;
        }

        private static long integer(JsonNode node, String field, String where) {
            JsonNode value = node.path(field);
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw new DataException("%s: \"%s\" %s"
                        .formatted(
                                where,
                                field,
                                value.isMissingNode() ? "is missing" : "is '" + value.asText() + "', not an integer"));
            }
            return value.asLong();
        }
    }
}
