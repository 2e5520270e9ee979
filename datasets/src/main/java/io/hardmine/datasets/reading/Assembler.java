package io.hardmine.datasets.reading;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.DataSummary;
import io.hardmine.datasets.DataSummary.Kind;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.image.PictureHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Turns what a reader found into a data set: looks at every picture file, and checks every box. */
public final class Assembler {
    /** Boxes may stick out by so much without a word: rounding of other programs. */
    private static final double ROUNDING = 1;

    private final DataFolder folder;
    private final Findings findings;

    /** For one folder. */
    public Assembler(DataFolder folder, Findings findings) {
        this.folder = folder;
        this.findings = findings;
    }

    private record Found(RawPicture raw, Path file, String name, PictureHeader header, String hash) {}

    /** The data set. */
    public LoadedDataset assemble(String name, RawDataset raw, String format, String how) {
        List<Category> categories = raw.categories().isEmpty() ? named(raw) : raw.categories();
        Map<String, Integer> index = new HashMap<>();
        Set<Integer> ids = new HashSet<>();
        for (Category c : categories) {
            if (c.name().isBlank()) {
                throw new DataException("category %d has no name; give each category one name".formatted(c.id()));
            }
            if (!ids.add(c.id())) {
                throw new DataException(
                        "two categories have the number %d, the second is '%s'; give each its own number"
                                .formatted(c.id(), c.name()));
            }
            if (index.put(c.name(), index.size()) != null) {
                throw new DataException(
                        "the category '%s' is declared twice; give each category one name".formatted(c.name()));
            }
        }
        List<Found> found = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Found f : raw.pictures().parallelStream()
                .map(this::look)
                .flatMap(Optional::stream)
                .toList()) {
            if (names.add(f.name())) {
                found.add(f);
            } else {
                findings.add(Kind.LISTED_TWICE, f.raw().where());
            }
        }
        boolean keepIds = found.stream().allMatch(f -> f.raw().id() >= 0)
                && found.stream().mapToLong(f -> f.raw().id()).distinct().count() == found.size();
        List<Picture> pictures = new ArrayList<>();
        Map<String, Split> splits = new LinkedHashMap<>();
        Map<String, String> hashes = new LinkedHashMap<>();
        Map<String, Found> byHash = new HashMap<>();
        for (Found f : found) {
            long id = keepIds ? f.raw().id() : pictures.size() + 1;
            PictureHeader h = f.header();
            pictures.add(new Picture(id, f.name(), f.file(), h.shownWidth(), h.shownHeight(), annotations(f, index)));
            hashes.put(f.name(), f.hash());
            if (f.raw().split() != null) {
                splits.put(f.name(), f.raw().split());
            }
            noteDuplicate(f, byHash.putIfAbsent(f.hash(), f));
        }
        int empty =
                (int) pictures.stream().filter(p -> p.annotations().isEmpty()).count();
        Dataset dataset = new Dataset(name, categories, pictures);
        DataSummary summary =
                new DataSummary(format, how, pictures.size(), empty, dataset.annotationCount(), findings.all());
        return new LoadedDataset(dataset, splits, hashes, summary);
    }

    private static List<Category> named(RawDataset raw) {
        Set<String> names = new TreeSet<>();
        raw.pictures().forEach(p -> p.objects().forEach(o -> names.add(o.category())));
        List<Category> categories = new ArrayList<>();
        names.forEach(n -> categories.add(new Category(categories.size() + 1, n)));
        return categories;
    }

    private Optional<Found> look(RawPicture raw) {
        if (DataFolder.leadsOut(raw.path())) {
            findings.add(Kind.OUTSIDE_FOLDER, "%s: '%s'".formatted(raw.where(), raw.path()));
            return Optional.empty();
        }
        Optional<Path> file = folder.find(raw.path(), raw.folders());
        if (file.isEmpty()) {
            findings.add(Kind.MISSING_PICTURE, "%s: '%s'".formatted(raw.where(), raw.path()));
            return Optional.empty();
        }
        try {
            PictureHeader header = PictureHeader.read(file.get());
            String hash = ContentHash.of(file.get());
            return Optional.of(new Found(raw, file.get(), folder.nameOf(file.get()), header, hash));
        } catch (DataException e) {
            findings.add(Kind.UNREADABLE_PICTURE, e.getMessage());
        } catch (IOException e) {
            findings.add(Kind.UNREADABLE_PICTURE, "%s: %s".formatted(file.get(), e.getMessage()));
        }
        return Optional.empty();
    }

    private void noteDuplicate(Found f, Found earlier) {
        if (earlier != null) {
            boolean across = f.raw().split() != earlier.raw().split();
            findings.add(
                    across ? Kind.DUPLICATE_ACROSS_SPLITS : Kind.DUPLICATE_PICTURE,
                    "%s and %s".formatted(earlier.name(), f.name()));
        }
    }

    private List<Annotation> annotations(Found f, Map<String, Integer> index) {
        PictureHeader h = f.header();
        RawPicture raw = f.raw();
        boolean inStoredFrame = inStoredFrame(f);
        List<Annotation> kept = new ArrayList<>();
        for (RawObject o : raw.objects()) {
            Integer category = index.get(o.category());
            if (category == null) {
                findings.add(Kind.UNKNOWN_CATEGORY, "%s: '%s'".formatted(o.where(), o.category()));
                continue;
            }
            Box box = o.inShares() ? o.box().scale(h.shownWidth(), h.shownHeight()) : o.box();
            if (box.isEmpty()) {
                findings.add(Kind.EMPTY_BOX, o.where());
                continue;
            }
            Box shown = inStoredFrame && !o.inShares() ? h.toShown(box) : box;
            Box inside = shown.clip(h.shownWidth(), h.shownHeight());
            if (inside.isEmpty()) {
                findings.add(Kind.BOX_OUTSIDE, o.where());
                continue;
            }
            if (inside.width() < shown.width() - ROUNDING || inside.height() < shown.height() - ROUNDING) {
                findings.add(Kind.BOX_CLIPPED, o.where());
            }
            double area = Double.isNaN(o.area()) ? inside.area() : o.area();
            kept.add(new Annotation(inside, category, area, o.crowd(), o.ignore(), o.difficult()));
        }
        return kept;
    }

    /**
     * Whether boxes are in pixels of the picture as it is stored, before its EXIF orientation. The annotated size tells:
     * equal to the stored one they are, equal to the shown one they are not.
     */
    private boolean inStoredFrame(Found f) {
        PictureHeader h = f.header();
        RawPicture raw = f.raw();
        if (raw.width() <= 0 || raw.height() <= 0) {
            if (h.orientation() != 1 && !raw.objects().isEmpty()) {
                findings.add(Kind.UNKNOWN_FRAME, f.name());
            }
            return false;
        }
        boolean stored = raw.width() == h.rawWidth() && raw.height() == h.rawHeight();
        boolean shown = raw.width() == h.shownWidth() && raw.height() == h.shownHeight();
        if (!stored && !shown) {
            findings.add(
                    Kind.OTHER_SIZE,
                    "%s: %d × %d, the picture has %d × %d"
                            .formatted(raw.where(), raw.width(), raw.height(), h.shownWidth(), h.shownHeight()));
        }
        if (stored && shown && h.orientation() != 1 && !raw.objects().isEmpty()) {
            // mirrored, turned by half, or square: the size fits both frames
            findings.add(Kind.UNKNOWN_FRAME, f.name());
        }
        return stored && !shown;
    }
}
