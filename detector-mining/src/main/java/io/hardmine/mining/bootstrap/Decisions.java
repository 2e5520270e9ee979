package io.hardmine.mining.bootstrap;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Picture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A person's decisions about hard negatives. They take effect as annotations: a place that is not background becomes an
 * object or an ignored region, and no background crop may overlap it at any scale.
 *
 * @param all in the order in which they were written
 */
public record Decisions(List<Decision> all) {
    /** Copies the list. */
    public Decisions {
        all = List.copyOf(all);
    }

    /** The decisions that a place is an object. */
    public List<Decision> objects() {
        return all.stream().filter(d -> d.verdict() == Decision.Verdict.OBJECT).toList();
    }

    /** The decisions about other pictures than these. */
    public List<Decision> elsewhere(Collection<Picture> pictures) {
        Set<String> names = pictures.stream().map(Picture::name).collect(Collectors.toSet());
        return all.stream().filter(d -> !names.contains(d.picture())).toList();
    }

    /** A warning, in a sentence, if some decisions are about other pictures than these; otherwise empty. */
    public Optional<String> warning(Collection<Picture> pictures) {
        List<Decision> elsewhere = elsewhere(pictures);
        return elsewhere.isEmpty()
                ? Optional.empty()
                : Optional.of("%d decisions are about pictures that take no part here, such as %s"
                        .formatted(elsewhere.size(), elsewhere.get(0).picture()));
    }

    /**
     * The pictures, with an ignored region at every place that was decided not to be background and is not annotated.
     */
    public List<Picture> ignoring(List<Picture> pictures) {
        int any = 0;
        List<Decision> notBackground = all.stream()
                .filter(d -> d.verdict() != Decision.Verdict.BACKGROUND)
                .toList();
        return annotated(
                pictures, notBackground, d -> Annotation.of(d.fired(), any).asIgnored());
    }

    /**
     * The pictures, with an object of the detected class at every place that was decided to be an object and is not
     * annotated.
     *
     * @throws DataException if a class is not among the categories
     */
    public List<Picture> promoting(List<Picture> pictures, List<Category> categories) {
        List<String> names = categories.stream().map(Category::name).toList();
        return annotated(pictures, objects(), d -> {
            if (!names.contains(d.category())) {
                throw new DataException("%s: \"class\" '%s' is no category of the data, which has %s"
                        .formatted(d.where(), d.category(), names));
            }
            return Annotation.of(d.fired(), names.indexOf(d.category()));
        });
    }

    private static List<Picture> annotated(
            List<Picture> pictures, List<Decision> decisions, Function<Decision, Annotation> reading) {
        return pictures.stream().map(p -> annotated(p, decisions, reading)).toList();
    }

    private static Picture annotated(
            Picture picture, List<Decision> decisions, Function<Decision, Annotation> reading) {
        List<Annotation> annotations = new ArrayList<>(picture.annotations());
        for (Decision decision : decisions) {
            boolean known = annotations.stream().anyMatch(a -> decision.isAbout(a.box()));
            if (decision.picture().equals(picture.name()) && !known) {
                annotations.add(reading.apply(decision));
            }
        }
        return picture.withAnnotations(annotations);
    }
}
