package io.hardmine.datasets.coco;

import com.fasterxml.jackson.databind.JsonNode;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import java.util.Arrays;

/**
 * Computes the box around COCO's {@code segmentation}: polygons {@code [[x, y, x, y, …], …]} in pixels, or a mask of
 * run lengths {@code {"size": [height, width], "counts": …}}, plain or as compressed text.
 */
final class Segmentation {
    /** Character 0 in compressed run lengths. A character holds five bits and a flag that the number continues. */
    private static final char ZERO = '0';

    private static final int MORE = 0x20;
    private static final int NEGATIVE = 0x10;

    private Segmentation() {}

    /**
     * The box around it.
     *
     * @param where for messages
     * @throws DataException if it is neither form, or encloses nothing
     */
    static Box box(JsonNode segmentation, String where) {
        return segmentation.isObject() ? ofMask(segmentation, where) : ofPolygons(segmentation, where);
    }

    private static Box ofPolygons(JsonNode polygons, String where) {
        Extent extent = new Extent();
        if (polygons.size() > 0 && polygons.get(0).isNumber()) {
            polygon(polygons, extent, where); // some programs leave out the outer list of a single polygon
        } else {
            polygons.forEach(p -> polygon(p, extent, where));
        }
        return extent.box(where);
    }

    private static void polygon(JsonNode numbers, Extent extent, String where) {
        if (!numbers.isArray() || numbers.size() % 2 != 0) {
            throw new DataException("%s: \"segmentation\" must be lists of x, y, x, y, …".formatted(where));
        }
        for (int i = 0; i < numbers.size(); i += 2) {
            extent.add(coordinate(numbers.get(i), where), coordinate(numbers.get(i + 1), where));
        }
    }

    private static double coordinate(JsonNode node, String where) {
        if (!node.isNumber() || !Double.isFinite(node.asDouble())) {
            throw new DataException("%s: \"segmentation\" has '%s', not a number".formatted(where, node.asText()));
        }
        return node.asDouble();
    }

    /** The runs are of background and object in turn, column by column from the left, and downwards in a column. */
    private static Box ofMask(JsonNode mask, String where) {
        long height = mask.path("size").path(0).asLong();
        long width = mask.path("size").path(1).asLong();
        if (height <= 0 || width <= 0 || height > Integer.MAX_VALUE || width > Integer.MAX_VALUE) {
            throw new DataException("%s: \"segmentation\" must have a \"size\" of height and width".formatted(where));
        }
        JsonNode counts = mask.path("counts");
        long[] runs = counts.isTextual() ? decompressed(counts.asText(), where) : plain(counts, where);
        Extent extent = new Extent();
        long at = 0;
        for (int i = 0; i < runs.length; i++) {
            if (runs[i] < 0 || runs[i] > width * height - at) {
                throw new DataException("%s: the \"counts\" of \"segmentation\" do not fit its \"size\", %d × %d"
                        .formatted(where, height, width));
            }
            long end = at + runs[i];
            if (i % 2 == 1 && end > at) {
                long first = at / height;
                long last = (end - 1) / height;
                extent.add(first, first == last ? at % height : 0);
                extent.add(last + 1, first == last ? (end - 1) % height + 1 : height);
            }
            at = end;
        }
        return extent.box(where);
    }

    private static long[] plain(JsonNode counts, String where) {
        long[] runs = new long[counts.size()];
        for (int i = 0; i < runs.length; i++) {
            if (!counts.get(i).isIntegralNumber()) {
                throw new DataException("%s: \"counts\"[%d] of \"segmentation\" is '%s', not an integer"
                        .formatted(where, i, counts.get(i).asText()));
            }
            runs[i] = counts.get(i).asLong();
        }
        return runs;
    }

    /** From the fourth number on, each is stored as the difference to the number two before it. */
    private static long[] decompressed(String text, String where) {
        long[] runs = new long[text.length()];
        int n = 0;
        int at = 0;
        while (at < text.length()) {
            long value = 0;
            int shift = 0;
            int bits;
            do {
                bits = at < text.length() ? text.charAt(at++) - ZERO : -1;
                if (bits < 0 || bits > 63 || shift > 55) {
                    throw new DataException(
                            "%s: the \"counts\" of \"segmentation\" are no compressed run lengths".formatted(where));
                }
                value |= (long) (bits & 0x1F) << shift;
                shift += 5;
            } while ((bits & MORE) != 0);
            if ((bits & NEGATIVE) != 0) {
                value |= -1L << shift;
            }
            runs[n] = n > 2 ? value + runs[n - 2] : value;
            n++;
        }
        return Arrays.copyOf(runs, n);
    }

    /** The box around the points that were added. */
    private static final class Extent {
        private double left = Double.POSITIVE_INFINITY;
        private double top = Double.POSITIVE_INFINITY;
        private double right = Double.NEGATIVE_INFINITY;
        private double bottom = Double.NEGATIVE_INFINITY;

        void add(double x, double y) {
            left = Math.min(left, x);
            top = Math.min(top, y);
            right = Math.max(right, x);
            bottom = Math.max(bottom, y);
        }

        Box box(String where) {
            if (left > right) {
                throw new DataException(
                        "%s: \"bbox\" is missing, and \"segmentation\" encloses nothing".formatted(where));
            }
            return Box.ofCorners(left, top, right, bottom);
        }
    }
}
