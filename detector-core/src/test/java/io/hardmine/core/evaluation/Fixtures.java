package io.hardmine.core.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Small data sets for tests. */
final class Fixtures {
    private Fixtures() {}

    /** Pictures 1, 2, … of 100 x 100 pixels with these annotations, and categories of these names with ids 10, 20, …. */
    static Dataset dataset(List<String> categories, List<List<Annotation>> pictures) {
        List<Category> kinds = new ArrayList<>();
        for (String name : categories) {
            kinds.add(new Category(10 * (kinds.size() + 1), name));
        }
        List<Picture> made = new ArrayList<>();
        for (List<Annotation> annotations : pictures) {
            int id = made.size() + 1;
            made.add(new Picture(id, id + ".png", Path.of(id + ".png"), 100, 100, annotations));
        }
        return new Dataset("small", kinds, made);
    }

    @SafeVarargs
    static PictureDetections detections(List<Detection>... pictures) {
        List<List<Detection>> list = new ArrayList<>();
        for (List<Detection> picture : pictures) {
            list.add(picture);
        }
        return detectionsByPicture(list);
    }

    /** Detections in pictures 1, 2, …. */
    static PictureDetections detectionsByPicture(List<List<Detection>> pictures) {
        Map<Long, List<Detection>> byPicture = new HashMap<>();
        for (int i = 0; i < pictures.size(); i++) {
            byPicture.put(i + 1L, pictures.get(i));
        }
        return PictureDetections.of(byPicture);
    }

    static Annotation object(int category, double x, double y, double width, double height) {
        return Annotation.of(new Box(x, y, width, height), category);
    }

    static Annotation crowd(int category, double x, double y, double width, double height) {
        return new Annotation(new Box(x, y, width, height), category, width * height, true, false, false);
    }

    static Annotation ignored(int category, double x, double y, double width, double height) {
        return new Annotation(new Box(x, y, width, height), category, width * height, false, true, false);
    }

    static Annotation difficult(int category, double x, double y, double width, double height) {
        return new Annotation(new Box(x, y, width, height), category, width * height, false, false, true);
    }

    static Detection found(int category, double score, double x, double y, double width, double height) {
        return new Detection(new Box(x, y, width, height), category, score);
    }

    /** Every annotated object as a detection with score 1. */
    static PictureDetections truthOf(Dataset dataset) {
        Map<Long, List<Detection>> byPicture = new HashMap<>();
        for (Picture picture : dataset.pictures()) {
            byPicture.put(
                    picture.id(),
                    picture.annotations().stream()
                            .filter(Annotation::isObject)
                            .map(a -> new Detection(a.box(), a.category(), 1.0))
                            .toList());
        }
        return PictureDetections.of(byPicture);
    }

    /** Reads a well-formed COCO file, as plainly as possible. */
    static Dataset readCoco(Path file) throws IOException {
        return coco(new ObjectMapper().readTree(file.toFile()));
    }

    static Dataset coco(JsonNode root) {
        List<Category> categories = new ArrayList<>();
        Map<Integer, Integer> index = new HashMap<>();
        for (JsonNode category : root.get("categories")) {
            index.put(category.get("id").asInt(), categories.size());
            categories.add(new Category(
                    category.get("id").asInt(), category.get("name").asText()));
        }
        Map<Long, List<Annotation>> annotations = new HashMap<>();
        for (JsonNode a : root.get("annotations")) {
            JsonNode box = a.get("bbox");
            annotations
                    .computeIfAbsent(a.get("image_id").asLong(), id -> new ArrayList<>())
                    .add(new Annotation(
                            new Box(
                                    box.get(0).asDouble(),
                                    box.get(1).asDouble(),
                                    box.get(2).asDouble(),
                                    box.get(3).asDouble()),
                            index.get(a.get("category_id").asInt()),
                            a.get("area").asDouble(),
                            a.get("iscrowd").asInt() == 1,
                            a.path("ignore").asInt(0) == 1,
                            false));
        }
        List<Picture> pictures = new ArrayList<>();
        for (JsonNode image : root.get("images")) {
            long id = image.get("id").asLong();
            String name = image.get("file_name").asText();
            pictures.add(new Picture(
                    id,
                    name,
                    Path.of(name),
                    image.get("width").asInt(),
                    image.get("height").asInt(),
                    annotations.getOrDefault(id, List.of())));
        }
        return new Dataset("fixture", categories, pictures);
    }
}
