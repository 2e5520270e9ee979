package io.hardmine.datasets.yolo;

import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.file.FileFault;
import io.hardmine.datasets.reading.FileObjects;
import io.hardmine.datasets.reading.RawObject;
import io.hardmine.datasets.reading.TextLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of labels, one row per object: {@code class x y width height}, with the center and the sides of the box as
 * shares of the picture's sides. A row {@code class x y x y x y …} is an outline. A row with keypoints has them after
 * the box.
 */
final class LabelFile {
    private static final String FORM = "a line is 'class x y width height', or 'class x y x y x y …' around it";

    /** Largest absolute value in a box: boxes may stick out of the picture by the picture's side. */
    private static final double LARGEST_OF_BOX = 2;

    /**
     * Largest absolute value in an outline. Corners stick out by less, and the flag 2 of a visible keypoint must not be
     * taken for a corner.
     */
    private static final double LARGEST_OF_OUTLINE = 1.5;

    private final Path file;
    private final YoloClasses classes;

    private LabelFile(Path file, YoloClasses classes) {
        this.file = file;
        this.classes = classes;
    }

    /**
     * Reads all rows.
     *
     * @throws DataException if the file is not a text file
     */
    static FileObjects read(Path file, YoloClasses classes) {
        LabelFile labels = new LabelFile(file, classes);
        List<String> lines = TextLines.of(file);
        List<RawObject> objects = new ArrayList<>();
        List<DataException> faults = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isEmpty()) {
                try {
                    objects.add(labels.object(lines.get(i), "%s, line %d".formatted(file, i + 1)));
                } catch (DataException e) {
                    faults.add(e);
                }
            }
        }
        return new FileObjects(objects, faults);
    }

    /** Whether a file looks like labels: it is empty, or its first row is a class and at least four numbers. */
    static boolean looksLikeOne(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .map(line -> line.matches("\\uFEFF?\\d+(\\s+[-+.\\deE]+){4,}"))
                    .orElse(true);
        } catch (UncheckedIOException e) {
            return false; // not UTF-8
        } catch (IOException e) {
            throw FileFault.of(file, e);
        }
    }

    private RawObject object(String line, String where) {
        if (line.indexOf(',') >= 0 || line.indexOf(';') >= 0) {
            throw new DataException(
                    "%s: commas; separate the fields by blanks, not commas, and write decimals with a point: '0 0.5 0.5 0.2 0.3'"
                            .formatted(where));
        }
        String[] fields = line.split("\\s+");
        boolean isOutline = false;
        int used = fields.length;
        if (fields.length != 5) {
            if (classes.keypointFields() > 0) {
                if (fields.length != 5 + classes.keypointFields()) {
                    throw new DataException(
                            "%s: %d fields; with the keypoints that kpt_shape tells a line has %d, without them 5"
                                    .formatted(where, fields.length, 5 + classes.keypointFields()));
                }
                used = 5;
            } else if (fields.length >= 7 && fields.length % 2 == 1) {
                isOutline = true;
            } else {
                String hint = fields.length == 6 ? "; remove a confidence at its end" : "";
                throw new DataException("%s: %d fields; %s%s".formatted(where, fields.length, FORM, hint));
            }
        }
        double[] numbers = numbers(fields, used, where);
        checkShares(fields, numbers, isOutline, where);
        int index = (int) numbers[0];
        if (index != numbers[0] || index < 0) {
            throw new DataException("%s, field 1: '%s' is no class number".formatted(where, fields[0]));
        }
        Box box = isOutline
                ? outline(numbers)
                : new Box(numbers[1] - numbers[3] / 2, numbers[2] - numbers[4] / 2, numbers[3], numbers[4]);
        return new RawObject(classes.name(index), box, true, Double.NaN, false, false, false, where);
    }

    private static double[] numbers(String[] fields, int used, String where) {
        double[] numbers = new double[used];
        for (int i = 0; i < used; i++) {
            try {
                numbers[i] = Double.parseDouble(fields[i]);
            } catch (NumberFormatException e) {
                throw new DataException("%s, field %d: '%s' is not a number".formatted(where, i + 1, fields[i]), e);
            }
        }
        return numbers;
    }

    private static void checkShares(String[] fields, double[] numbers, boolean isOutline, String where) {
        double largest = isOutline ? LARGEST_OF_OUTLINE : LARGEST_OF_BOX;
        for (int i = 1; i < numbers.length; i++) {
            if (!(Math.abs(numbers[i]) <= largest)) {
                throw new DataException(
                        "%s, field %d: %s is no share of the picture's side; YOLO boxes are in shares from 0 to 1%s"
                                .formatted(
                                        where,
                                        i + 1,
                                        fields[i],
                                        isOutline ? "; rows with keypoints need kpt_shape in data.yaml" : ""));
            }
        }
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
