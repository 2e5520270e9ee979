package io.hardmine.datasets;

import java.util.List;

/**
 * An annotated set of pictures, immutable.
 *
 * @param name for display: usually the folder's name
 * @param categories in class-index order
 * @param pictures in a stable order
 */
public record Dataset(String name, List<Category> categories, List<Picture> pictures) {
    /** Copies the lists. */
    public Dataset {
        categories = List.copyOf(categories);
        pictures = List.copyOf(pictures);
    }

    /** The same categories over other pictures. */
    public Dataset withPictures(List<Picture> subset) {
        return new Dataset(name, categories, subset);
    }

    /** Names in class-index order. */
    public List<String> categoryNames() {
        return categories.stream().map(Category::name).toList();
    }

    /** Number of annotations, crowd and ignored ones included. */
    public long annotationCount() {
        return pictures.stream().mapToLong(p -> p.annotations().size()).sum();
    }

    /** Whether any annotation is an object: neither crowd nor ignored. */
    public boolean hasObjects() {
        return pictures.stream().flatMap(p -> p.annotations().stream()).anyMatch(Annotation::isObject);
    }
}
