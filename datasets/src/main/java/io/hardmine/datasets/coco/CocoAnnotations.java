package io.hardmine.datasets.coco;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.RawObject;
import io.hardmine.datasets.reading.RawPicture;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads one COCO file exactly as it stands, for evaluation: no box is clipped or dropped, no picture is looked for. */
public final class CocoAnnotations {
    private CocoAnnotations() {}

    /**
     * The annotations of a file.
     *
     * @param file in COCO's form
     * @param images folder that {@code file_name}s are relative to; the pictures need not be there. Of a name that leads
     *     out of it, the last part alone counts
     * @throws DataException where the file is missing or broken, or names a category that it does not declare
     */
    public static Dataset read(Path file, Path images) {
        if (!Files.isRegularFile(file)) {
            throw new DataException("%s: there is no such file. Give COCO annotations.".formatted(file));
        }
        Path folder = file.toAbsolutePath().getParent();
        CocoFile read = CocoFile.read(folder, file, null);
        Map<String, Integer> index = new HashMap<>();
        for (Category category : read.categories()) {
            if (index.put(category.name(), index.size()) != null) {
                throw new DataException("%s: two categories are named '%s'; give each a name of its own"
                        .formatted(file, category.name()));
            }
        }
        List<Picture> pictures = new ArrayList<>();
        for (RawPicture raw : read.pictures()) {
            List<Annotation> annotations = new ArrayList<>();
            for (RawObject object : raw.objects()) {
                annotations.add(annotation(object, index));
            }
            pictures.add(new Picture(raw.id(), raw.path(), place(images, raw), raw.width(), raw.height(), annotations));
        }
        return new Dataset(file.getFileName().toString(), read.categories(), pictures);
    }

    private static Path place(Path images, RawPicture raw) {
        String name = raw.path().replace('\\', '/');
        try {
            return images.resolve(DataFolder.leadsOut(name) ? name.substring(name.lastIndexOf('/') + 1) : name);
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
