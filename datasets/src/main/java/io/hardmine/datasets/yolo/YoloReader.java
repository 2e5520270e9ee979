package io.hardmine.datasets.yolo;

import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.image.PictureFolder;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.DatasetReader;
import io.hardmine.datasets.reading.Findings;
import io.hardmine.datasets.reading.RawDataset;
import io.hardmine.datasets.reading.RawObject;
import io.hardmine.datasets.reading.RawPicture;
import io.hardmine.datasets.reading.SplitNames;
import io.hardmine.datasets.reading.TextLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads YOLO: for each picture in a folder {@code …/images/…} a text file in {@code …/labels/…} with a line {@code class
 * x y width height} an object, centre and sides in shares of the picture's. {@code data.yaml} names the classes and the
 * splits' folders; without it {@code classes.txt} does, and splits follow from the folders' names.
 */
public final class YoloReader implements DatasetReader {
    @Override
    public String format() {
        return "yolo";
    }

    @Override
    public String signs() {
        return "data.yaml with \"names\", or labels/*.txt beside images/";
    }

    @Override
    public boolean fits(Path folder) {
        return YoloYaml.find(folder).isPresent() || folders(folder).stream().anyMatch(f -> hasLabels(folder, f));
    }

    private static boolean hasLabels(Path root, Path pictures) {
        return !DataFolder.files(labelsOf(root, pictures), ".txt").isEmpty();
    }

    /** Folders with pictures, in the two usual arrangements: images/[split] and [split]/images. */
    private static List<Path> folders(Path folder) {
        List<Path> found = new ArrayList<>();
        Path images = folder.resolve("images");
        if (Files.isDirectory(images)) {
            found.add(images);
            found.addAll(splitFolders(images));
        }
        splitFolders(folder).forEach(f -> {
            if (Files.isDirectory(f.resolve("images"))) {
                found.add(f.resolve("images"));
            }
        });
        return found;
    }

    private static List<Path> splitFolders(Path folder) {
        return DataFolder.folders(folder).stream()
                .filter(f -> SplitNames.of(f.getFileName().toString()).isPresent())
                .toList();
    }

    /** The folder of labels: the last {@code images} of the path inside the data folder turned into {@code labels}. */
    private static Path labelsOf(Path root, Path pictures) {
        for (Path at = pictures; at != null && !at.equals(root); at = at.getParent()) {
            if (at.endsWith("images")) {
                return at.resolveSibling("labels").resolve(at.relativize(pictures));
            }
        }
        return pictures; // labels beside the pictures
    }

    @Override
    public RawDataset read(Path folder, Findings findings) {
        Optional<Path> yaml = YoloYaml.find(folder);
        Map<Path, Split> places = new LinkedHashMap<>();
        List<String> names;
        if (yaml.isPresent()) {
            YoloYaml description = YoloYaml.read(yaml.get());
            names = description.names();
            description
                    .folders()
                    .forEach((split, list) -> list.forEach(name -> {
                        Path place = inside(folder, yaml.get(), name);
                        places.putIfAbsent(place, split);
                    }));
        } else {
            names = classNames(folder);
            folders(folder).forEach(f -> places.put(f, SplitNames.of(folder, f).orElse(null)));
        }
        List<RawPicture> pictures = new ArrayList<>();
        places.forEach((place, split) -> pictures.addAll(pictures(folder, place, split, names)));
        List<Category> categories = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            categories.add(new Category(i, names.get(i)));
        }
        return new RawDataset(categories, pictures);
    }

    /** data.yaml's paths may be relative to itself or, as some tools write, lead up from a folder beside the data. */
    private static Path inside(Path folder, Path yaml, String name) {
        String trimmed = trimmed(name, yaml.toString());
        Path place = folder.resolve(trimmed);
        if (Files.isRegularFile(place) && trimmed.endsWith(".txt")) {
            return place; // a list of pictures
        }
        if (!Files.isDirectory(place)) {
            Path withImages = place.resolveSibling("images").resolve(place.getFileName());
            throw new DataException("%s: the folder or list '%s' does not exist%s"
                    .formatted(yaml, name, Files.isDirectory(withImages) ? "; did you mean " + withImages + "?" : ""));
        }
        Path images = place.resolve("images");
        return Files.isDirectory(images) ? images : place;
    }

    private static String trimmed(String name, String where) {
        String trimmed = name.replace('\\', '/').replaceFirst("^(\\.\\./|\\./)+", "");
        if (DataFolder.leadsOut(trimmed)) {
            throw new DataException(
                    "%s: '%s' leads out of the data folder; give a place inside".formatted(where, name));
        }
        return trimmed;
    }

    private static List<String> classNames(Path folder) {
        for (Path file :
                List.of(folder.resolve("classes.txt"), folder.resolve("labels").resolve("classes.txt"))) {
            if (Files.isRegularFile(file)) {
                return TextLines.of(file).stream().filter(s -> !s.isEmpty()).toList();
            }
        }
        throw new DataException(
                "%s has YOLO labels but neither data.yaml nor classes.txt: add classes.txt with one name a line"
                        .formatted(folder));
    }

    private static List<RawPicture> pictures(Path root, Path place, Split split, List<String> names) {
        List<Path> files = Files.isDirectory(place)
                ? DataFolder.files(place, "").stream()
                        .filter(PictureFolder::isPicture)
                        .toList()
                : named(root, place);
        return files.stream().map(f -> picture(root, f, split, names)).toList();
    }

    /** The pictures that a list names, one a line. */
    private static List<Path> named(Path root, Path list) {
        List<String> lines = TextLines.of(list);
        return IntStream.range(0, lines.size())
                .filter(i -> !lines.get(i).isEmpty())
                .mapToObj(i -> root.resolve(trimmed(lines.get(i), "%s, line %d".formatted(list, i + 1))))
                .toList();
    }

    private static RawPicture picture(Path root, Path file, Split split, List<String> names) {
        Path labels = labelsOf(root, file.getParent()).resolve(stem(file) + ".txt");
        List<RawObject> objects = new ArrayList<>();
        if (Files.isRegularFile(labels)) {
            List<String> lines = TextLines.of(labels);
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isEmpty()) {
                    objects.add(object(lines.get(i), "%s, line %d".formatted(labels, i + 1), names));
                }
            }
        }
        return new RawPicture(-1, root.relativize(file).toString(), List.of(""), 0, 0, objects, split, file.toString());
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    private static RawObject object(String line, String where, List<String> names) {
        String[] fields = line.split("\\s+");
        boolean isOutline = fields.length >= 7 && fields.length % 2 == 1;
        if (fields.length != 5 && !isOutline) {
            throw new DataException(
                    "%s: %d fields; a line is 'class x y width height', or 'class x y x y x y …' around it"
                            .formatted(where, fields.length));
        }
        double[] numbers = new double[fields.length];
        for (int i = 0; i < fields.length; i++) {
            try {
                numbers[i] = Double.parseDouble(fields[i]);
            } catch (NumberFormatException e) {
                throw new DataException("%s, field %d: '%s' is not a number".formatted(where, i + 1, fields[i]), e);
            }
        }
        double tooLarge = 2;
        for (int i = 1; i < fields.length; i++) {
            if (!(Math.abs(numbers[i]) <= tooLarge)) {
                throw new DataException(
                        "%s, field %d: %s is no share of the picture's side; YOLO boxes are in shares from 0 to 1"
                                .formatted(where, i + 1, fields[i]));
            }
        }
        int index = (int) numbers[0];
        if (index != numbers[0] || index < 0) {
            throw new DataException("%s, field 1: '%s' is no class number".formatted(where, fields[0]));
        }
        String category = index < names.size() ? names.get(index) : "class " + index;
        Box box = isOutline
                ? outline(numbers)
                : new Box(numbers[1] - numbers[3] / 2, numbers[2] - numbers[4] / 2, numbers[3], numbers[4]);
        return new RawObject(category, box, true, Double.NaN, false, false, false, where);
    }

    /** The box around a segmentation's corners. */
    private static Box outline(double[] numbers) {
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (int i = 1; i + 1 < numbers.length; i += 2) {
            left = Math.min(left, numbers[i]);
            right = Math.max(right, numbers[i]);
            top = Math.min(top, numbers[i + 1]);
            bottom = Math.max(bottom, numbers[i + 1]);
        }
        return Box.ofCorners(left, top, right, bottom);
    }
}
