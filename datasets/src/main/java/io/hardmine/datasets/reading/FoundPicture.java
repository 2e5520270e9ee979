package io.hardmine.datasets.reading;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A picture that is there, while its boxes come together: several entries may list it. */
final class FoundPicture {
    private final PictureContent content;
    private final String name;
    private final long listedId;
    private final List<Annotation> annotations = new ArrayList<>();
    private final Set<Drawn> drawn = new HashSet<>();
    private Split split;

    /** What makes two rows the same object. */
    private record Drawn(Box box, int category, boolean crowd, boolean ignore) {}

    /** Of the first entry that lists it. */
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

    /** As its first entry has it; negative if that has none. */
    long listedId() {
        return listedId;
    }

    /** That it is given to; null if none is given. */
    Split split() {
        return split;
    }

    /** What is annotated in it so far. */
    List<Annotation> annotations() {
        return annotations;
    }

    /** Whether no row before had this box. */
    boolean isNew(Box box, int category, boolean crowd, boolean ignore) {
        return drawn.add(new Drawn(box, category, crowd, ignore));
    }

    /**
     * Takes it to another entry's split if that is held back more strictly: test, then validation, then training.
     *
     * @return whether the two entries contradict each other
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
