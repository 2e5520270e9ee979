package io.hardmine.core.evaluation;

import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Dataset;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The detections in a set of pictures. Immutable. Within a picture the order is kept: of two detections with equal
 * scores the first is matched first.
 *
 * @param byPicture from {@link io.hardmine.datasets.Picture#id()}, ascending, to that picture's detections; a picture
 *     without an entry has none
 */
public record PictureDetections(SortedMap<Long, List<Detection>> byPicture) {
    /** Copies the map and the lists. */
    public PictureDetections {
        SortedMap<Long, List<Detection>> copy = new TreeMap<>();
        byPicture.forEach((id, found) -> copy.put(id, List.copyOf(found)));
        byPicture = Collections.unmodifiableSortedMap(copy);
    }

    /** The detections of some pictures, by picture id. */
    public static PictureDetections of(Map<Long, List<Detection>> byPicture) {
        return new PictureDetections(new TreeMap<>(byPicture));
    }

    /** The detections in one picture, as they were given; empty for a picture that has none. */
    public List<Detection> in(long pictureId) {
        return byPicture.getOrDefault(pictureId, List.of());
    }

    /** How many there are in all pictures. */
    public long count() {
        return byPicture.values().stream().mapToLong(List::size).sum();
    }

    /**
     * Checks that all picture ids and class indices belong to a data set.
     *
     * @throws IllegalArgumentException on a picture id or a class index that the data set does not have
     */
    void requireWithin(Dataset dataset) {
        Set<Long> known = new HashSet<>();
        dataset.pictures().forEach(picture -> known.add(picture.id()));
        int categories = dataset.categories().size();
        byPicture.forEach((id, found) -> {
            if (!known.contains(id)) {
                throw new IllegalArgumentException(
                        "Detections for picture " + id + ", which " + dataset.name() + " does not have");
            }
            for (Detection detection : found) {
                if (detection.category() < 0 || detection.category() >= categories) {
                    throw new IllegalArgumentException("A detection in picture " + id + " has class index "
                            + detection.category() + "; " + dataset.name() + " has " + categories + " categories");
                }
            }
        });
    }
}
