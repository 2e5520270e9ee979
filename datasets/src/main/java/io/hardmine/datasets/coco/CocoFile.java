package io.hardmine.datasets.coco;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.DataSummary.Kind;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.file.FileFault;
import io.hardmine.datasets.reading.RawObject;
import io.hardmine.datasets.reading.RawPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * One COCO file, read as a stream: besides the result, only one entry is in memory at a time.
 *
 * @param categories as declared, without blanks around their names
 * @param usedCategories numbers of the categories that have objects
 * @param pictures with their objects
 */
record CocoFile(List<Category> categories, Set<Integer> usedCategories, List<RawPicture> pictures) {
    /** In bytes. COCO's own training set has 450 MB, LVIS 1.2 GB. */
    private static final long LARGEST_FILE = 2L << 30;

    /** Python writes NaN, which is not valid JSON; each field checks it on its own. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /**
     * Whether the top level has {@code images} and {@code annotations}. Also true for a broken file, so that reading it
     * reports the fault.
     */
    static boolean looksLikeOne(Path file) {
        boolean images = false;
        boolean annotations = false;
        try {
            FileFault.check(file, LARGEST_FILE);
        } catch (DataException e) {
            return true;
        }
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
            return true;
        }
    }

    /**
     * Reads a file.
     *
     * @param folders in which its pictures may lie, relative to the data folder
     * @param split of all its pictures; null if none is given
     * @param dropped receives each entry that is left out, and the reason; it may throw
     * @throws DataException if the file cannot be read, is not valid JSON, has no {@code images}, or uses a number for
     *     two pictures or categories; or if it has no usable picture or category and an entry is faulty
     */
    static CocoFile read(Path file, List<String> folders, Split split, BiConsumer<Kind, String> dropped) {
        return new Reading(file, folders, split, dropped).run();
    }

    private interface Entry {
        void read(JsonNode node, Place where);
    }

    /** Limits the number of values in an entry, because all of them are in memory at once. */
    private static final class OneEntry extends JsonParserDelegate {
        /** A mask of 4,000 × 2,000 pixels has far fewer runs. */
        private static final int MOST_VALUES = 2_000_000;

        private int values;

        OneEntry(JsonParser parser) {
            super(parser);
        }

        @Override
        public JsonToken nextToken() throws IOException {
            if (++values > MOST_VALUES) {
                throw new StreamConstraintsException(
                        "an entry has more than %d values".formatted(MOST_VALUES), currentLocation());
            }
            return super.nextToken();
        }
    }

    /** The position of an entry, formatted only when it is needed. */
    private record Place(Path file, int line, String field, int number) {
        @Override
        public String toString() {
            return "%s, line %d, %s[%d]".formatted(file, line, field, number);
        }
    }

    /** An annotation before its picture and its category are known. */
    private record Parsed(
            long image,
            int category,
            Box box,
            double area,
            boolean crowd,
            boolean ignore,
            boolean difficult,
            Place where) {}

    /** A picture before its annotations are known. */
    private record Image(String name, int width, int height, Place where) {}

    /** The work on one file. */
    private static final class Reading {
        private final Path file;
        private final Split split;
        private final List<String> folders;
        private final BiConsumer<Kind, String> dropped;
        private final Map<Integer, Category> categories = new LinkedHashMap<>();
        private final Map<Long, Image> images = new LinkedHashMap<>();
        private final List<Parsed> annotations = new ArrayList<>();
        private DataException firstFault;

        Reading(Path file, List<String> folders, Split split, BiConsumer<Kind, String> dropped) {
            this.file = file;
            this.split = split;
            this.folders = folders;
            this.dropped = dropped;
        }

        CocoFile run() {
            FileFault.check(file, LARGEST_FILE);
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
                throw broken(e);
            } catch (IOException e) {
                throw FileFault.of(file, e);
            }
            if (!sawImages) {
                throw new DataException("%s has no \"images\"".formatted(file));
            }
            if (firstFault != null && (images.isEmpty() || categories.isEmpty())) {
                throw firstFault;
            }
            List<RawPicture> pictures = pictures();
            Set<Integer> used = new HashSet<>();
            annotations.forEach(a -> used.add(a.category()));
            return new CocoFile(List.copyOf(categories.values()), used, pictures);
        }

        private DataException broken(JsonProcessingException e) {
            String what;
            if (e instanceof JsonEOFException) {
                what = "the file ends too early; download or export it again";
            } else if (e instanceof StreamConstraintsException) {
                what = "it is nested too deep, or has a text, number or entry that is too long";
            } else {
                // the parser's own advice is for programmers
                what = e.getOriginalMessage().replaceFirst("[:(] ?enable `.*", "");
            }
            boolean located = e.getLocation() != null;
            return new DataException(
                    "%s, line %d, column %d: broken JSON: %s"
                            .formatted(
                                    file,
                                    located ? e.getLocation().getLineNr() : 1,
                                    located ? e.getLocation().getColumnNr() : 1,
                                    what),
                    e);
        }

        private void entries(JsonParser parser, String field, Entry entry) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw new DataException("%s, line %d: \"%s\" must be a list"
                        .formatted(file, parser.currentLocation().getLineNr(), field));
            }
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                Place where = new Place(file, parser.currentLocation().getLineNr(), field, i);
                entry.read(JSON.readTree(new OneEntry(parser)), where);
            }
        }

        private void category(JsonNode node, Place where) {
            Category category;
            try {
                int id = categoryNumber(object(node, where), "id", where);
                category = new Category(id, text(node, "name", where).strip());
            } catch (DataException e) {
                leaveOut(e);
                return;
            }
            int id = category.id();
            String name = category.name();
            Category other = categories.putIfAbsent(id, category);
            if (other != null && !other.name().equals(name)) {
                throw new DataException(
                        "%s: \"id\" %d is taken by another category, '%s'".formatted(where, id, other.name()));
            }
        }

        private void image(JsonNode node, Place where) {
            long id;
            String name;
            try {
                id = integer(object(node, where), "id", where);
                name = text(node, "file_name", where);
            } catch (DataException e) {
                leaveOut(e);
                return;
            }
            Image image = new Image(
                    name, node.path("width").asInt(0), node.path("height").asInt(0), where);
            Image other = images.putIfAbsent(id, image);
            if (other != null && !other.name().equals(name)) {
                throw new DataException(
                        "%s: \"id\" %d is taken by another picture, '%s'".formatted(where, id, other.name()));
            }
            if (other != null) {
                dropped.accept(Kind.LISTED_TWICE, "%s: '%s'".formatted(where, name));
            }
        }

        /**
         * Leaves out an entry that lacks a required field. Two entries of one number are a worse fault: the file is
         * refused.
         */
        private void leaveOut(DataException fault) {
            firstFault = firstFault == null ? fault : firstFault;
            dropped.accept(Kind.UNUSABLE_ENTRY, fault.getMessage());
        }

        private static String text(JsonNode node, String field, Place where) {
            String text = node.path(field).asText("");
            if (text.isBlank()) {
                throw new DataException("%s: \"%s\" is missing or empty".formatted(where, field));
            }
            return text;
        }

        private void annotation(JsonNode node, Place where) {
            try {
                object(node, where);
                annotations.add(new Parsed(
                        integer(node, "image_id", where),
                        categoryNumber(node, "category_id", where),
                        box(node, where),
                        area(node.path("area")),
                        flag(node, "iscrowd"),
                        flag(node, "ignore"),
                        flag(node, "difficult"),
                        where));
            } catch (DataException e) {
                dropped.accept(Kind.UNUSABLE_OBJECT, e.getMessage());
            }
        }

        private List<RawPicture> pictures() {
            Map<Long, List<RawObject>> objects = new LinkedHashMap<>();
            for (Parsed a : annotations) {
                if (images.containsKey(a.image())) {
                    objects.computeIfAbsent(a.image(), k -> new ArrayList<>()).add(raw(a));
                } else {
                    dropped.accept(
                            Kind.STRAY_OBJECT,
                            "%s: \"image_id\" %d is no picture's \"id\"".formatted(a.where(), a.image()));
                }
            }
            List<RawPicture> pictures = new ArrayList<>();
            images.forEach((id, image) -> pictures.add(new RawPicture(
                    id,
                    image.name(),
                    folders,
                    image.width(),
                    image.height(),
                    objects.getOrDefault(id, List.of()),
                    split,
                    image.where().toString())));
            return pictures;
        }

        private RawObject raw(Parsed a) {
            Category category = categories.get(a.category());
            // an unknown category is dropped and counted later, like in every format
            return new RawObject(
                    category == null ? "category_id " + a.category() : category.name(),
                    a.box(),
                    false,
                    a.area(),
                    a.crowd(),
                    a.ignore(),
                    a.difficult(),
                    a.where().toString());
        }

        private static JsonNode object(JsonNode node, Place where) {
            if (node == null || !node.isObject()) {
                throw new DataException("%s: must be an object in braces".formatted(where));
            }
            return node;
        }

        private static Box box(JsonNode node, Place where) {
            JsonNode box = node.path("bbox");
            boolean none = box.isMissingNode() || box.isNull() || box.isArray() && box.isEmpty();
            JsonNode segmentation = node.path("segmentation");
            if (none && segmentation.isContainerNode() && !segmentation.isEmpty()) {
                return Segmentation.box(segmentation, where.toString());
            }
            if (!box.isArray() || box.size() != 4) {
                throw new DataException("%s: \"bbox\" must be [x, y, width, height]".formatted(where));
            }
            double[] numbers = new double[4];
            for (int i = 0; i < 4; i++) {
                if (!box.get(i).isNumber() || !Double.isFinite(box.get(i).asDouble())) {
                    throw new DataException("%s: \"bbox\"[%d] is '%s', not a number"
                            .formatted(where, i, box.get(i).asText()));
                }
                numbers[i] = box.get(i).asDouble();
            }
            return new Box(numbers[0], numbers[1], numbers[2], numbers[3]);
        }

        /** NaN if the area is missing or not finite; the area of the box is used then. */
        private static double area(JsonNode node) {
            return node.isNumber() && Double.isFinite(node.asDouble()) ? node.asDouble() : Double.NaN;
        }

        private static boolean flag(JsonNode node, String field) {
            return node.path(field).asInt(0) != 0;
        }

        private static int categoryNumber(JsonNode node, String field, Place where) {
            long number = integer(node, field, where);
            if (number != (int) number) {
                throw new DataException("%s: \"%s\" is %d; categories are numbered up to %d"
                        .formatted(where, field, number, Integer.MAX_VALUE));
            }
            return (int) number;
        }

        /** An integer; some programs write it as {@code 1.0}. */
        private static long integer(JsonNode node, String field, Place where) {
            JsonNode value = node.path(field);
            boolean whole = value.isIntegralNumber() && value.canConvertToLong()
                    || value.isNumber() && value.canConvertToExactIntegral() && Math.abs(value.asDouble()) < 1L << 53;
            if (!whole) {
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
