package io.hardmine.datasets.image;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.util.Set;

/** A BMP file: the size in its header, and whether the pixels lie in the file. */
final class BmpFile {
    /** Length of the header of OS/2's first version, in which width and height have 16 bits. */
    private static final int SHORT_HEADER = 12;

    private static final int HEADER_AT = 14;
    private static final Set<Integer> DEPTHS = Set.of(1, 4, 8, 16, 24, 32);

    private BmpFile() {}

    static boolean isOne(PictureBytes in) throws IOException {
        return in.has(0, "BM");
    }

    static PictureHeader header(PictureBytes in) throws IOException {
        long pixelsAt = in.u32(10, LITTLE_ENDIAN);
        boolean shortHeader = in.u32(HEADER_AT, LITTLE_ENDIAN) == SHORT_HEADER;
        long width = shortHeader ? in.u16(18, LITTLE_ENDIAN) : in.s32(18, LITTLE_ENDIAN);
        // a negative height means that rows are stored from the top down
        long height = shortHeader ? in.u16(20, LITTLE_ENDIAN) : Math.abs((long) in.s32(22, LITTLE_ENDIAN));
        int bits = in.u16(shortHeader ? 24 : 28, LITTLE_ENDIAN);
        long compression = shortHeader ? 0 : in.u32(30, LITTLE_ENDIAN);
        PictureHeader header = PictureHeader.checked(in, width, height, 1);
        if (!DEPTHS.contains(bits)) {
            throw in.broken("its header does not make sense: " + bits + " bits for a pixel");
        }
        boolean runLengths = compression == 1 || compression == 2;
        long row = (width * bits + 31) / 32 * 4;
        in.require(pixelsAt, runLengths ? 1 : row * height);
        return header;
    }
}
