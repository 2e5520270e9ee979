package io.hardmine.datasets;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What was read, and what is wrong with it.
 *
 * @param format of the annotations
 * @param how the folder and its format; if several formats fit, by what this one was told and how to choose
 * @param pictures that can be used
 * @param withoutBoxes how many of them have no annotation
 * @param boxes annotations
 * @param findings what was left out, mended or is doubtful
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

    /** How often something of a kind was found. */
    public int count(Kind kind) {
        return findings.stream()
                .filter(f -> f.kind() == kind)
                .mapToInt(Finding::count)
                .sum();
    }

    /** What can be wrong. */
    public enum Kind {
        /** Named in an annotation, not in the folder. */
        MISSING_PICTURE("missing picture", "left out", true),
        /** Cannot be read as a picture. */
        UNREADABLE_PICTURE("unreadable picture", "left out", true),
        /** A file of annotations that cannot be read. */
        UNREADABLE_ANNOTATION("unreadable annotation file", "its picture is left out", true),
        /** An object that is written in a way that makes no sense. */
        UNUSABLE_OBJECT("object that cannot be used", "dropped", true),
        /** An entry of a picture or a category without what is needed of one. */
        UNUSABLE_ENTRY("entry that cannot be used", "left out", true),
        /** No picture of the annotation file's name. */
        LABELS_WITHOUT_PICTURE("label file without a picture", "left out", true),
        /** An annotation that names another picture than the one of its own name. */
        STALE_NAME("annotation file that names another picture", "the picture of the file's own name is taken", true),
        /** Lists of splits name no such annotation. */
        NOT_LISTED("annotation file that no list of a split names", "left out", false),
        /** The folder or list of a split is not there. */
        MISSING_SPLIT("split whose folder or list does not exist", "left out", true),
        /** Every training picture is in another split too. */
        SHARED_SPLIT("split with the same pictures as training", "the pictures stay in training", true),
        /** The same picture named in two splits. */
        IN_TWO_SPLITS("picture in two splits", "test comes first, then validation, then training", true),
        /** The same picture named twice. */
        LISTED_TWICE("picture listed twice", "boxes put together", true),
        /** An object of a picture that the file does not list. */
        STRAY_OBJECT("object of a picture that is not listed", "dropped", true),
        /** Without width or height. */
        EMPTY_BOX("empty or inverted box", "dropped", true),
        /** A side is shorter than a pixel of the picture. */
        TINY_BOX("box smaller than a pixel", "dropped", true),
        /** The same box of the same category, again, in the same picture. */
        DUPLICATE_BOX("box that is there twice", "taken once", true),
        /** No pixel of the box is in the picture. */
        BOX_OUTSIDE("box outside of its picture", "dropped", true),
        /** Part of the box is outside. */
        BOX_CLIPPED("box that sticks out of its picture", "clipped", true),
        /** Of no declared category. */
        UNKNOWN_CATEGORY("object of an unknown category", "dropped", true),
        /** The annotated size is neither the stored nor the shown one. */
        OTHER_SIZE("annotated size that is not the picture's", "boxes taken as they are", true),
        /** A rotated picture, of which the annotations do not tell in which frame they are. */
        UNKNOWN_FRAME("turned picture (EXIF) without an annotated size", "boxes taken in the picture as shown", false),
        /** Two files with the same content. */
        DUPLICATE_PICTURE("picture whose content is there twice", "kept", false),
        /** Two files with the same content in two splits. */
        DUPLICATE_ACROSS_SPLITS("picture whose content is in two splits", "kept out of training", false),
        /** Its name leads out of the data folder. */
        OUTSIDE_FOLDER("picture outside of the data folder", "left out", true),
        /** Of a format that is not read, told by the ending of its name. */
        OTHER_FORMAT("picture of a format that is not read", "passed over", false);

        private final String title;
        private final String done;
        private final boolean fault;

        Kind(String title, String done, boolean fault) {
            this.title = title;
            this.done = done;
            this.fault = fault;
        }

        /** For people. */
        public String title() {
            return title;
        }

        /** What is done about it. */
        public String done() {
            return done;
        }

        /** Whether strict mode fails on it. */
        public boolean isFault() {
            return fault;
        }
    }

    /**
     * One kind of thing that is wrong.
     *
     * @param kind which
     * @param count how often
     * @param boxes how many boxes the pictures in question have; 0 if the kind is not about pictures
     * @param examples the first few, in the order of the files
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

    /** Whether nothing was left out, mended or is doubtful. */
    public boolean isClean() {
        return findings.isEmpty() && doubts.isEmpty();
    }

    /** For people, several lines. */
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

    /** Findings for people, several lines; empty if there are none. */
    public static String text(List<Finding> findings) {
        return findings.stream().map(Finding::text).collect(Collectors.joining());
    }
}
