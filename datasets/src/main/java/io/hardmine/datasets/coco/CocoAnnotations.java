package io.hardmine.datasets.coco;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.reading.RawObject;
import io.hardmine.datasets.reading.RawPicture;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one COCO file exactly as it stands, for evaluation: no box is clipped or dropped, and no picture file is
 * opened.
 */
public final class CocoAnnotations {
    private CocoAnnotations() {}

    /**
     * The annotations of a file.
     *
     * @param file in COCO's form
     * @param images folder that {@code file_name}s are relative to; the pictures need not exist. If a name leads out of
     *     the folder, only its last part is used
     * @throws DataException if the file is missing or broken, or an object has a category that the file does not
     *     declare
     */
    public static Dataset read(Path file, Path images) {
        if (Files.notExists(file)) {
            throw new DataException("%s: there is no such file. Give COCO annotations.".formatted(file));
        }
        CocoFile read = CocoFile.read(file, List.of(), null, (kind, what) -> {
            throw new DataException("%s: %s".formatted(kind.title(), what));
        });
        CocoCategories declared = new CocoCategories();
        declared.add(file, read);
        List<Category> categories = declared.distinct(leftOut -> {}); // a category without objects changes no score
        Map<String, Integer> index = new HashMap<>();
        categories.forEach(c -> index.put(c.name(), index.size()));
        List<Picture> pictures = new ArrayList<>();
        for (RawPicture raw : read.pictures()) {
            List<Annotation> annotations = new ArrayList<>();
            for (RawObject object : raw.objects()) {
                annotations.add(annotation(object, index));
            }
            pictures.add(new Picture(raw.id(), raw.path(), place(images, raw), raw.width(), raw.height(), annotations));
        }
        return new Dataset(file.getFileName().toString(), categories, pictures);
    }

    private static Path place(Path images, RawPicture raw) {
        String name = raw.path().replace('\\', '/');
        try {
            Path written = Path.of(name).normalize();
            Path absolute = images.toAbsolutePath().normalize();
            if (written.startsWith(absolute)) {
                return written;
            }
            boolean leadsOut = written.isAbsolute() || written.startsWith("..") || name.matches("^[A-Za-z]:.*");
            return images.resolve(leadsOut ? name.substring(name.lastIndexOf('/') + 1) : written.toString());
        } catch (InvalidPathException e) {
            throw new DataException("%s: \"file_name\" '%s' is no name of a file".formatted(raw.where(), name), e);
        }
    }

    private static Annotation annotation(RawObject object, Map<String, Integer> index) {
        Integer category = index.get(object.category());
        if (category == null) {
            throw new DataException(
                    "%s: %s is not among the file's \"categories\"".formatted(object.where(), object.category()));
        }
        double area = Double.isNaN(object.area()) ? object.box().area() : object.area();
        return new Annotation(object.box(), category, area, object.crowd(), object.ignore(), object.difficult());
    }
}
