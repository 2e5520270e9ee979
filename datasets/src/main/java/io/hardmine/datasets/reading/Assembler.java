package io.hardmine.datasets.reading;

import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.DataSummary;
import io.hardmine.datasets.DataSummary.Kind;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.file.FileFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Turns the entries that a reader found into a data set: reads every picture file, and checks every box. Entries that
 * list the same file are merged.
 */
public final class Assembler {
    private final DataFolder folder;
    private final Findings findings;

    /** For one folder. */
    public Assembler(DataFolder folder, Findings findings) {
        this.folder = folder;
        this.findings = findings;
    }

    /**
     * An entry's picture in the folder.
     *
     * @param file path by the name in the entry; null if there is no such file
     * @param real path with links resolved, equal for all names of a file; null if there is no such file
     * @param fault why there is no file; null if there is one
     */
    private record Place(Path file, Path real, Kind fault) {}

    /**
     * Reads the picture files and builds the data set.
     *
     * @throws DataException if a category has no name, two categories share a name or a number, or, in strict mode,
     *     anything is wrong
     */
    public LoadedDataset assemble(String name, RawDataset raw, String format, String how) {
        List<Category> categories = raw.categories().isEmpty() ? named(raw) : stripped(raw.categories());
        BoxCheck boxes = new BoxCheck(index(name, categories), findings);
        Collection<FoundPicture> found = gather(raw.pictures(), boxes);
        boolean keepIds = found.stream().allMatch(f -> f.listedId() >= 0)
                && found.stream().mapToLong(FoundPicture::listedId).distinct().count() == found.size();
        List<Picture> pictures = new ArrayList<>();
        Map<String, Split> splits = new LinkedHashMap<>();
        Map<String, String> hashes = new LinkedHashMap<>();
        Map<String, FoundPicture> byHash = new HashMap<>();
        for (FoundPicture f : found) {
            pictures.add(f.picture(keepIds ? f.listedId() : pictures.size() + 1));
            String hash = f.content().hash();
            hashes.put(f.name(), hash);
            if (f.split() != null) {
                splits.put(f.name(), f.split());
            }
            byHash.merge(hash, f, this::noteDuplicate);
        }
        CategoryNames.alike(categories).forEach(findings::doubt);
        boxes.doubts(raw.form()).forEach(findings::doubt);
        int empty =
                (int) pictures.stream().filter(p -> p.annotations().isEmpty()).count();
        Dataset dataset = new Dataset(name, categories, pictures);
        DataSummary summary = new DataSummary(
                format, how, pictures.size(), empty, dataset.annotationCount(), findings.all(), findings.doubts());
        return new LoadedDataset(dataset, splits, hashes, summary);
    }

    private static List<Category> named(RawDataset raw) {
        Set<String> names = new TreeSet<>();
        raw.pictures()
                .forEach(p -> p.objects().forEach(o -> names.add(o.category().strip())));
        List<Category> categories = new ArrayList<>();
        names.forEach(n -> categories.add(new Category(categories.size() + 1, n)));
        return categories;
    }

    private static List<Category> stripped(List<Category> declared) {
        return declared.stream()
                .map(c -> new Category(c.id(), c.name().strip()))
                .toList();
    }

    private static Map<String, Integer> index(String name, List<Category> categories) {
        Map<String, Integer> index = new HashMap<>();
        Set<Integer> ids = new HashSet<>();
        for (Category c : categories) {
            if (c.name().isEmpty()) {
                throw new DataException(
                        "%s: category %d has no name; give each category one name".formatted(name, c.id()));
            }
            if (!ids.add(c.id())) {
                throw new DataException(
                        "%s: two categories have the number %d, the second is '%s'; give each its own number"
                                .formatted(name, c.id(), c.name()));
            }
            if (index.put(c.name(), index.size()) != null) {
                throw new DataException("%s: the category '%s' is declared twice; give each category one name"
                        .formatted(name, c.name()));
            }
        }
        return index;
    }

    /** The pictures that exist, each once, with the boxes of all entries that list it. */
    private Collection<FoundPicture> gather(List<RawPicture> entries, BoxCheck boxes) {
        List<Place> places = entries.parallelStream().map(this::place).toList();
        Map<Path, PictureContent> contents = contents(places);
        Map<Path, FoundPicture> found = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            RawPicture entry = entries.get(i);
            Place place = places.get(i);
            if (place.fault() != null) {
                findings.add(
                        place.fault(),
                        "%s: '%s'".formatted(entry.where(), entry.path()),
                        entry.objects().size());
                continue;
            }
            PictureContent content = contents.get(place.real());
            if (content.fault() != null) {
                findings.add(
                        Kind.UNREADABLE_PICTURE,
                        content.fault(),
                        entry.objects().size());
                continue;
            }
            FoundPicture picture = found.get(place.real());
            if (picture == null) {
                picture = new FoundPicture(content, folder.nameOf(content.file()), entry);
                found.put(place.real(), picture);
            } else {
                noteListedTwice(entry, picture);
            }
            boxes.take(entry, picture);
        }
        return found.values();
    }

    private Place place(RawPicture raw) {
        if (folder.inside(raw.path()).isEmpty()) {
            return new Place(null, null, Kind.OUTSIDE_FOLDER);
        }
        Optional<Path> file = folder.find(raw.path(), raw.folders());
        if (file.isEmpty()) {
            return new Place(null, null, Kind.MISSING_PICTURE);
        }
        try {
            return new Place(file.get(), file.get().toRealPath(), null);
        } catch (IOException e) {
            throw FileFault.of(file.get(), e);
        }
    }

    /** The content of each file. A file is read once, even if several entries list it. */
    private static Map<Path, PictureContent> contents(List<Place> places) {
        Map<Path, Path> nameOfReal = new LinkedHashMap<>();
        places.stream().filter(p -> p.fault() == null).forEach(p -> nameOfReal.putIfAbsent(p.real(), p.file()));
        return nameOfReal.entrySet().parallelStream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> PictureContent.read(e.getValue())));
    }

    private void noteListedTwice(RawPicture entry, FoundPicture picture) {
        findings.add(
                Kind.LISTED_TWICE,
                "%s: '%s'".formatted(entry.where(), picture.name()),
                entry.objects().size());
        Split before = picture.split();
        if (picture.join(entry.split())) {
            findings.add(
                    Kind.IN_TWO_SPLITS,
                    "%s: '%s' is in %s and %s".formatted(entry.where(), picture.name(), before, entry.split()));
        }
    }

    /** Gives the picture that later copies are compared with: the earlier one, unless only the other is in a split. */
    private FoundPicture noteDuplicate(FoundPicture earlier, FoundPicture f) {
        boolean across = f.split() != null && earlier.split() != null && f.split() != earlier.split();
        findings.add(
                across ? Kind.DUPLICATE_ACROSS_SPLITS : Kind.DUPLICATE_PICTURE,
                "%s and %s".formatted(earlier.name(), f.name()));
        return earlier.split() == null && f.split() != null ? f : earlier;
    }
}
