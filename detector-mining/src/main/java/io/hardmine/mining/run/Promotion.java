package io.hardmine.mining.run;

import io.hardmine.datasets.Category;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.mining.bootstrap.Decisions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Annotations with the objects that a person found among hard negatives.
 *
 * @param dataset annotated pictures, and background pictures that are no longer background
 * @param added number of objects that were added
 */
record Promotion(Dataset dataset, long added) {
    /**
     * Adds objects to a data set. The result holds the parts of the folder's split that the mined pictures belong to.
     *
     * @param mined pictures of the data set that were mined
     */
    static Promotion of(Decisions decisions, LoadedDataset loaded, List<Picture> mined, List<Picture> background) {
        Set<Split> parts = new HashSet<>(); // null if the folder gives none
        mined.forEach(p -> parts.add(loaded.givenSplits().get(p.name())));
        List<Picture> pictures = loaded.dataset().pictures().stream()
                .filter(p -> parts.contains(loaded.givenSplits().get(p.name())))
                .toList();
        return of(decisions, loaded.dataset().withPictures(pictures), background);
    }

    /** Adds objects to background pictures alone. */
    static Promotion of(Decisions decisions, List<Category> categories, List<Picture> background) {
        return of(decisions, new Dataset("background", categories, List.of()), background);
    }

    private static Promotion of(Decisions decisions, Dataset dataset, List<Picture> background) {
        List<Picture> pictures = new ArrayList<>(decisions.promoting(dataset.pictures(), dataset.categories()));
        long id = pictures.stream().mapToLong(Picture::id).max().orElse(0);
        for (Picture picture : decisions.promoting(background, dataset.categories())) {
            if (!picture.annotations().isEmpty()) {
                id++;
                pictures.add(new Picture(
                        id, picture.name(), picture.file(), picture.width(), picture.height(), picture.annotations()));
            }
        }
        Dataset promoted = dataset.withPictures(pictures);
        return new Promotion(promoted, promoted.annotationCount() - dataset.annotationCount());
    }
}
