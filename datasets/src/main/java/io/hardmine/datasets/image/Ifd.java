package io.hardmine.datasets.image;

import io.hardmine.datasets.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * The first directory of a TIFF file, or of EXIF data, which has TIFF's form: tags with whole numbers.
 *
 * @see <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0, section 2</a>
 */
final class Ifd {
    static final int ORIENTATION = 274;

    private static final int BYTE = 1;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int ENTRY = 12;

    private final PictureBytes in;
    private final long base;
    private final ByteOrder order;
    private final Map<Integer, Long> entries = new HashMap<>();

    private Ifd(PictureBytes in, long base, ByteOrder order) {
        this.in = in;
        this.base = base;
        this.order = order;
    }

    /** Whether TIFF's first four bytes lie at an offset. */
    static boolean startsAt(PictureBytes in, long base) throws IOException {
        return in.has(base, "II*\0") || in.has(base, "MM\0*");
    }

    /**
     * Reads the tags.
     *
     * @param base where TIFF's first byte lies; offsets count from there
     * @throws DataException if a tag occurs twice: decoders disagree about which one counts
     */
    static Ifd read(PictureBytes in, long base) throws IOException {
        ByteOrder order = in.u8(base) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        Ifd ifd = new Ifd(in, base, order);
        long at = base + in.u32(base + 4, order);
        int count = in.u16(at, order);
        in.require(at + 2, (long) count * ENTRY);
        for (int i = 0; i < count; i++) {
            long entry = at + 2 + (long) i * ENTRY;
            int tag = in.u16(entry, order);
            if (ifd.entries.put(tag, entry) != null) {
                throw in.broken("its header has the tag " + tag + " twice");
            }
        }
        return ifd;
    }

    /** EXIF's orientation, 1 to 8; 1 if the EXIF data that begin at the position have none. */
    static int orientation(PictureBytes in, long at) throws IOException {
        long base = in.has(at, "Exif\0\0") ? at + 6 : at;
        if (!startsAt(in, base)) {
            return 1;
        }
        try {
            return read(in, base).orientation();
        } catch (EOFException | DataException e) {
            return 1; // the picture is whole without its EXIF data
        }
    }

    /** The directory's orientation, 1 to 8; 1 if it has none. */
    int orientation() throws IOException {
        long[] stated = values(ORIENTATION);
        return stated.length == 1 && stated[0] >= 1 && stated[0] <= 8 ? (int) stated[0] : 1;
    }

    /**
     * A tag's single number; {@code orElse} if the tag is missing.
     *
     * @throws DataException if the tag does not hold exactly one whole number
     */
    long value(int tag, long orElse) throws IOException {
        if (!entries.containsKey(tag)) {
            return orElse;
        }
        long[] values = values(tag);
        if (values.length != 1) {
            throw in.broken("its header does not make sense: tag " + tag + " is not one whole number");
        }
        return values[0];
    }

    /** A tag's numbers; none if the tag is missing or holds no whole numbers. */
    long[] values(int tag) throws IOException {
        if (!entries.containsKey(tag)) {
            return new long[0];
        }
        long entry = entries.get(tag);
        int bytes =
                switch (in.u16(entry + 2, order)) {
                    case BYTE -> 1;
                    case SHORT -> 2;
                    case LONG -> 4;
                    default -> 0;
                };
        if (bytes == 0) {
            return new long[0];
        }
        long count = in.u32(entry + 4, order);
        long at = count * bytes <= 4 ? entry + 8 : base + in.u32(entry + 8, order);
        in.require(at, count * bytes);
        long[] values = new long[(int) count]; // fits: the file is not larger than PictureFile lets it
        for (int i = 0; i < values.length; i++) {
            long place = at + (long) i * bytes;
            values[i] = bytes == 1 ? in.u8(place) : bytes == 2 ? in.u16(place, order) : in.u32(place, order);
        }
        return values;
    }
}
