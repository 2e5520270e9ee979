package io.hardmine.core.evaluation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.file.AtomicFile;
import io.hardmine.datasets.file.FileFault;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Detections as files in COCO's results form: a list of {@code {"image_id": 7, "category_id": 3, "bbox": [x, y, width,
 * height], "score": 0.9}}, where the ids are those of {@link io.hardmine.datasets.Picture#id()} and {@link
 * Category#id()}. Other fields are ignored. Files are streamed: only the detections are held in memory.
 *
 * @see <a href="https://cocodataset.org/#format-results">COCO, results format</a>
 */
public final class CocoResults {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private CocoResults() {}

    /**
     * Reads a results file that belongs to a data set.
     *
     * @throws DataException if the file is missing, is not a list of results, or an entry lacks a field, has a value
     *     out of range, or names a picture or category that the data set does not have
     */
    public static PictureDetections read(Path file, Dataset dataset) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                JsonParser parser = JSON.createParser(in)) {
            return new Reader(file, dataset, parser).read();
        } catch (NoSuchFileException e) {
            throw new DataException(file + ": there is no such file. Give a COCO results file.", e);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : ", line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new DataException(file + where + ": this is not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw FileFault.of(file, e);
        }
    }

    /**
     * Writes detections with the ids of a data set, numbers unrounded, one entry a line.
     *
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException on a class index that the data set does not have
     */
    public static void write(Path file, PictureDetections detections, Dataset dataset) throws IOException {
        detections.requireWithin(dataset);
        AtomicFile.write(file, out -> {
            try (JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
                write(json, detections, dataset);
            }
        });
    }

    private static void write(JsonGenerator json, PictureDetections detections, Dataset dataset) throws IOException {
        json.writeStartArray();
        for (Map.Entry<Long, List<Detection>> picture : detections.byPicture().entrySet()) {
            for (Detection detection : picture.getValue()) {
                json.writeRaw('\n');
                write(json, picture.getKey(), detection, dataset);
            }
        }
        json.writeRaw('\n');
        json.writeEndArray();
        json.writeRaw('\n');
    }

    private static void write(JsonGenerator json, long picture, Detection detection, Dataset dataset)
            throws IOException {
        Box box = detection.box();
        json.writeStartObject();
        json.writeNumberField("image_id", picture);
        json.writeNumberField(
                "category_id", dataset.categories().get(detection.category()).id());
        json.writeFieldName("bbox");
        json.writeArray(new double[] {box.x(), box.y(), box.width(), box.height()}, 0, 4);
        json.writeNumberField("score", detection.score());
        json.writeEndObject();
    }

    /** Reads one file once, and knows the position for messages. */
    private static final class Reader {
        private final Path file;
        private final Dataset dataset;
        private final JsonParser parser;
        private final Map<Long, List<Detection>> found = new HashMap<>();
        private final Map<Long, Integer> indexOfCategory = new HashMap<>();
        private int entry;
        private int line;

        Reader(Path file, Dataset dataset, JsonParser parser) {
            this.file = file;
            this.dataset = dataset;
            this.parser = parser;
            dataset.pictures().forEach(picture -> found.put(picture.id(), new ArrayList<>()));
            for (Category category : dataset.categories()) {
                indexOfCategory.put((long) category.id(), indexOfCategory.size());
            }
        }

        PictureDetections read() throws IOException {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_ARRAY) {
                String what = first == null
                        ? "the file is empty"
                        : first == JsonToken.START_OBJECT ? "this is one JSON object" : "this is a single value";
                throw new DataException(file + ": " + what
                        + ", but COCO results are a list [{\"image_id\": …, \"category_id\": …, \"bbox\": [x, y, width,"
                        + " height], \"score\": …}, …]. Give the detections here, not the annotations.");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                entry++;
                line = parser.currentTokenLocation().getLineNr();
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw mistake("is not an object {…} but " + parser.currentToken());
                }
                readEntry();
            }
            if (parser.nextToken() != null) {
                throw new DataException(file + ", line "
                        + parser.currentTokenLocation().getLineNr()
                        + ": something follows the end of the list. The file must hold one list only.");
            }
            found.values().removeIf(List::isEmpty);
            return PictureDetections.of(found);
        }

        private void readEntry() throws IOException {
            Long picture = null;
            Long category = null;
            Box box = null;
            Double score = null;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "image_id" -> picture = wholeNumber(field);
                    case "category_id" -> category = wholeNumber(field);
                    case "bbox" -> box = box();
                    case "score" -> score = number(field);
                    default -> parser.skipChildren();
                }
            }
            List<Detection> here = found.get(required(picture, "image_id"));
            if (here == null) {
                throw mistake("field image_id: " + dataset.name() + " has no picture with id " + picture
                        + ". Were these detections made on another data set or split?");
            }
            Integer index = indexOfCategory.get(required(category, "category_id"));
            if (index == null) {
                throw mistake("field category_id: " + dataset.name() + " has no category with id " + category
                        + "; it has " + categoryIds() + ".");
            }
            here.add(new Detection(required(box, "bbox"), index, inRange(required(score, "score"))));
        }

        private String categoryIds() {
            String shown = dataset.categories().stream()
                    .limit(10)
                    .map(c -> c.id() + " (" + c.name() + ")")
                    .collect(Collectors.joining(", "));
            return dataset.categories().size() > 10 ? shown + ", …" : shown;
        }

        private <T> T required(T value, String field) {
            if (value == null) {
                throw mistake("has no field " + field + ".");
            }
            return value;
        }

        private double inRange(double score) {
            if (!(score >= 0 && score <= 1)) {
                throw mistake("field score: " + score + " is not in the range 0 to 1.");
            }
            return score;
        }

        private long wholeNumber(String field) throws IOException {
            boolean fits = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            if (!fits) {
                throw mistake("field " + field + ": expected a whole number, found " + shown() + ".");
            }
            return parser.getLongValue();
        }

        private double number(String field) throws IOException {
            if (!parser.currentToken().isNumeric()) {
                throw mistake("field " + field + ": expected a number, found " + shown() + ".");
            }
            double value = parser.getDoubleValue();
            if (!Double.isFinite(value)) {
                throw mistake("field " + field + ": " + parser.getText() + " is too large for a number.");
            }
            return value;
        }

        private Box box() throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw mistake("field bbox: expected four numbers [x, y, width, height], found " + shown() + ".");
            }
            List<Double> sides = new ArrayList<>(4);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                sides.add(number("bbox"));
            }
            if (sides.size() != 4) {
                throw mistake("field bbox: expected four numbers [x, y, width, height], found " + sides.size() + ".");
            }
            Box box = new Box(sides.get(0), sides.get(1), sides.get(2), sides.get(3));
            if (box.width() < 0 || box.height() < 0) {
                throw mistake("field bbox: width " + box.width() + " and height " + box.height()
                        + " must not be negative. The form is [x, y, width, height], not two corners.");
            }
            return box;
        }

        private String shown() throws IOException {
            return switch (parser.currentToken()) {
                case START_OBJECT -> "an object";
                case START_ARRAY -> "a list";
                case VALUE_NULL -> "null";
                case VALUE_STRING -> "the text \"" + abbreviated(parser.getText()) + "\"";
                default -> abbreviated(parser.getText());
            };
        }

        private static String abbreviated(String text) {
            return text.length() > 40 ? text.substring(0, 40) + "…" : text;
        }

        private DataException mistake(String what) {
            return new DataException(file + ", line " + line + ", entry " + entry + " of the list, " + what);
        }
    }
}
