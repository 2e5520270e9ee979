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
 */
public record DataSummary(
        String format, String how, int pictures, int withoutBoxes, long boxes, List<Finding> findings) {
    /** Copies the list. */
    public DataSummary {
        findings = List.copyOf(findings);
    }

    /** What can be wrong. */
    public enum Kind {
        /** Named in an annotation, not in the folder. */
        MISSING_PICTURE("missing picture", "left out", true),
        /** Cannot be read as a picture. */
        UNREADABLE_PICTURE("unreadable picture", "left out", true),
        /** The same picture named twice. */
        LISTED_TWICE("picture listed twice", "the first entry counts", true),
        /** Without width or height. */
        EMPTY_BOX("empty or inverted box", "dropped", true),
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
        OUTSIDE_FOLDER("picture outside of the data folder", "left out", true);

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
     * @param examples the first few
     */
    public record Finding(Kind kind, int count, List<String> examples) {
        /** Copies the list. */
        public Finding {
            examples = List.copyOf(examples);
        }

        private String text() {
            return "  %d × %s: %s%n".formatted(count, kind.title(), kind.done())
                    + examples.stream().map("      %s%n"::formatted).collect(Collectors.joining())
                    + (count > examples.size() ? "      …%n".formatted() : "");
        }
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
                + findings.stream().map(Finding::text).collect(Collectors.joining());
    }
}
