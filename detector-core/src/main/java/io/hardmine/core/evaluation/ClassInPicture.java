package io.hardmine.core.evaluation;

import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The annotations and the detections of one class in one picture.
 *
 * @param picture index of the picture among all, by ascending id
 * @param annotations of the class, in the picture's order
 * @param detections of the class, strongest first; equal scores keep their order
 */
record ClassInPicture(int picture, List<Annotation> annotations, List<Detection> detections) {
    /** Strongest first. Sorting by it keeps the order of equal scores. */
    static final Comparator<Detection> STRONGEST_FIRST = (a, b) -> Double.compare(b.score(), a.score());

    private ClassInPicture(int picture) {
        // most hold one or two detections and no annotation, and there are hundreds of thousands
        this(picture, new ArrayList<>(0), new ArrayList<>(0));
    }

    /**
     * Groups a data set and its detections.
     *
     * @return for each class, in class-index order, the pictures that hold an annotation or a detection of it, by
     *     ascending id
     */
    static List<List<ClassInPicture>> group(Dataset dataset, PictureDetections detections) {
        List<List<ClassInPicture>> byClass = Stream.<List<ClassInPicture>>generate(ArrayList::new)
                .limit(dataset.categories().size())
                .toList();
        List<Picture> pictures = dataset.pictures().stream()
                .sorted(Comparator.comparingLong(Picture::id))
                .toList();
        for (int p = 0; p < pictures.size(); p++) {
            for (Annotation annotation : pictures.get(p).annotations()) {
                in(p, byClass.get(annotation.category())).annotations.add(annotation);
            }
            List<Detection> strongest =
                    new ArrayList<>(detections.in(pictures.get(p).id()));
            strongest.sort(STRONGEST_FIRST);
            for (Detection detection : strongest) {
                in(p, byClass.get(detection.category())).detections.add(detection);
            }
        }
        return byClass;
    }

    /** The entry of a picture, which is the last one if there is one. */
    private static ClassInPicture in(int picture, List<ClassInPicture> ofClass) {
        if (ofClass.isEmpty() || ofClass.get(ofClass.size() - 1).picture != picture) {
            ofClass.add(new ClassInPicture(picture));
        }
        return ofClass.get(ofClass.size() - 1);
    }
}
