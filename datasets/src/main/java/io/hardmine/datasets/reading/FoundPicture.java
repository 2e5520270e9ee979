package io.hardmine.datasets.reading;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A picture that exists, while its boxes are collected: several entries may list it. */
final class FoundPicture {
    private final PictureContent content;
    private final String name;
    private final long listedId;
    private final List<Annotation> annotations = new ArrayList<>();
    private final Set<Drawn> drawn = new HashSet<>();
    private Split split;

    /** Two rows with equal values are the same object. */
    private record Drawn(Box box, int category, boolean crowd, boolean ignore) {}

    /** Begins with the first entry that lists the picture. */
    FoundPicture(PictureContent content, String name, RawPicture first) {
        this.content = content;
        this.name = name;
        listedId = first.id();
        split = first.split();
    }

    PictureContent content() {
        return content;
    }

    /** The file's path inside the data folder. */
    String name() {
        return name;
    }

    /** The id in the first entry that lists the picture; negative if it has none. */
    long listedId() {
        return listedId;
    }

    /** The split that the entries assign; null if they assign none. */
    Split split() {
        return split;
    }

    /** What is annotated in it so far. */
    List<Annotation> annotations() {
        return annotations;
    }

    /** Whether no earlier call had this box. */
    boolean isNew(Box box, int category, boolean crowd, boolean ignore) {
        return drawn.add(new Drawn(box, category, crowd, ignore));
    }

    /**
     * Merges the split of another entry. Of two different splits test wins, then validation, then training.
     *
     * @return whether the two splits contradict each other
     */
    boolean join(Split other) {
        boolean contradicts = split != null && other != null && split != other;
        if (split == null || contradicts && other.compareTo(split) > 0) {
            split = other;
        }
        return contradicts;
    }

    Picture picture(long id) {
        return new Picture(
                id,
                name,
                content.file(),
                content.header().shownWidth(),
                content.header().shownHeight(),
                annotations);
    }
}
