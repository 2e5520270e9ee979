package io.hardmine.datasets;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What was read from a data folder, and what is wrong with it.
 *
 * @param format of the annotations
 * @param how name of the folder, and its format; if several formats fit, also why this one was chosen and which option
 *     chooses another
 * @param pictures number of pictures that can be used
 * @param withoutBoxes number of usable pictures without an annotation
 * @param boxes number of annotations
 * @param findings parts of the data that were left out, repaired or are doubtful
 * @param doubts about the data set as a whole, each in a sentence
 */
public record DataSummary(
        String format,
        String how,
        int pictures,
        int withoutBoxes,
        long boxes,
        List<Finding> findings,
        List<String> doubts) {
    /** Copies the lists. */
    public DataSummary {
        findings = List.copyOf(findings);
        doubts = List.copyOf(doubts);
    }

    /** Number of findings of a kind. */
    public int count(Kind kind) {
        return findings.stream()
                .filter(f -> f.kind() == kind)
                .mapToInt(Finding::count)
                .sum();
    }

    /** Kinds of faults and doubts. */
    public enum Kind {
        /** A picture that an annotation names is not in the folder. */
        MISSING_PICTURE("missing picture", "left out", true),
        /** The file cannot be read as a picture. */
        UNREADABLE_PICTURE("unreadable picture", "left out", true),
        /** A file of annotations that cannot be read. */
        UNREADABLE_ANNOTATION("unreadable annotation file", "its picture is left out", true),
        /** An object whose fields are missing or cannot be parsed. */
        UNUSABLE_OBJECT("object that cannot be used", "dropped", true),
        /** An entry of a picture or a category that lacks a required field. */
        UNUSABLE_ENTRY("entry that cannot be used", "left out", true),
        /** No picture has the annotation file's name. */
        LABELS_WITHOUT_PICTURE("label file without a picture", "left out", true),
        /** An annotation file names a picture, but another picture has the file's own name. */
        STALE_NAME("annotation file that names another picture", "the picture of the file's own name is taken", true),
        /** No list of a split names the annotation file. */
        NOT_LISTED("annotation file that no list of a split names", "left out", false),
        /** The folder or list of a split does not exist. */
        MISSING_SPLIT("split whose folder or list does not exist", "left out", true),
        /** Every training picture is in another split too. */
        SHARED_SPLIT("split with the same pictures as training", "the pictures stay in training", true),
        /** The same picture is named in two splits. */
        IN_TWO_SPLITS("picture in two splits", "test comes first, then validation, then training", true),
        /** The same picture is named twice. */
        LISTED_TWICE("picture listed twice", "boxes put together", true),
        /** An object of a picture that the file does not list. */
        STRAY_OBJECT("object of a picture that is not listed", "dropped", true),
        /** A side of the box is zero, negative or not finite. */
        EMPTY_BOX("empty or inverted box", "dropped", true),
        /** A side of the box is shorter than a pixel of the picture. */
        TINY_BOX("box smaller than a pixel", "dropped", true),
        /** The same box of the same category occurs again in the same picture. */
        DUPLICATE_BOX("box that is there twice", "taken once", true),
        /** No pixel of the box is in the picture. */
        BOX_OUTSIDE("box outside of its picture", "dropped", true),
        /** Part of the box is outside the picture. */
        BOX_CLIPPED("box that sticks out of its picture", "clipped", true),
        /** The category of the object is not declared. */
        UNKNOWN_CATEGORY("object of an unknown category", "dropped", true),
        /** The annotated size is neither the picture's stored nor its shown size. */
        OTHER_SIZE("annotated size that is not the picture's", "boxes taken as they are", true),
        /**
         * A picture with an EXIF orientation, whose annotated size does not show whether boxes refer to the stored or
         * the shown picture.
         */
        UNKNOWN_FRAME(
                "turned picture (EXIF) whose annotated size is missing or fits both ways",
                "boxes taken in the picture as shown",
                false),
        /** Two files with the same content. */
        DUPLICATE_PICTURE("picture whose content is there twice", "kept", false),
        /** Two files with the same content in two splits. */
        DUPLICATE_ACROSS_SPLITS("picture whose content is in two splits", "kept out of training", false),
        /** The name of the picture leads out of the data folder. */
        OUTSIDE_FOLDER("picture outside of the data folder", "left out", true),
        /** The extension of the file is that of a picture format that is not read. */
        OTHER_FORMAT("picture of a format that is not read", "left out", false);

        private final String title;
        private final String done;
        private final boolean fault;

        Kind(String title, String done, boolean fault) {
            this.title = title;
            this.done = done;
            this.fault = fault;
        }

        /** Description for messages, in the singular. */
        public String title() {
            return title;
        }

        /** How reading goes on in spite of it, for messages. */
        public String done() {
            return done;
        }

        /** Whether strict mode fails on it. */
        public boolean isFault() {
            return fault;
        }
    }

    /**
     * All findings of one kind.
     *
     * @param kind kind of fault or doubt
     * @param count number of occurrences
     * @param boxes number of boxes in the affected pictures; 0 if the kind does not concern pictures
     * @param examples messages of the first few that were found
     */
    public record Finding(Kind kind, int count, long boxes, List<String> examples) {
        /** Copies the list. */
        public Finding {
            examples = List.copyOf(examples);
        }

        private String text() {
            String ofBoxes = boxes == 0 ? "" : " (%d %s)".formatted(boxes, boxes == 1 ? "box" : "boxes");
            return "  %d × %s: %s%s%n".formatted(count, kind.title(), kind.done(), ofBoxes)
                    + examples.stream().map("      %s%n"::formatted).collect(Collectors.joining())
                    + (count > examples.size() ? "      …%n".formatted() : "");
        }
    }

    /** Whether nothing was left out or repaired, and nothing is doubtful. */
    public boolean isClean() {
        return findings.isEmpty() && doubts.isEmpty();
    }

    /** The summary for display, in several lines. */
    public String text() {
        return String.format(
                        Locale.ROOT,
                        "%s, %,d pictures, %,d of them without objects, %,d boxes%n",
                        how,
                        pictures,
                        withoutBoxes,
                        boxes)
                + text(findings)
                + doubts.stream().map("  %s%n"::formatted).collect(Collectors.joining());
    }

    /** Findings for display, in several lines; empty if there are none. */
    public static String text(List<Finding> findings) {
        return findings.stream().map(Finding::text).collect(Collectors.joining());
    }
}
