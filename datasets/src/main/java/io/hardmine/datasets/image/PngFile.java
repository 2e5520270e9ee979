package io.hardmine.datasets.image;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;

/** A PNG file: the size in its first chunk, and whether all chunks of its pixels are there, unharmed. */
final class PngFile {
    private static final String SIGNATURE = "\u0089PNG\r\n\u001A\n";
    /** Length and name before a chunk's data, a checksum after them. */
    private static final int AROUND = 12;

    private PngFile() {}

    static boolean isOne(PictureBytes in) throws IOException {
        return in.has(0, SIGNATURE);
    }

    static PictureHeader header(PictureBytes in) throws IOException {
        long at = SIGNATURE.length();
        if (!in.name(at + 4).equals("IHDR")) {
            throw in.broken("its header ends before the picture's size");
        }
        PictureHeader header = PictureHeader.checked(in, in.u32(at + 8, BIG_ENDIAN), in.u32(at + 12, BIG_ENDIAN), 1);
        int orientation = 1;
        boolean pixels = false;
        String name = "";
        while (!name.equals("IEND")) {
            long length = in.u32(at, BIG_ENDIAN);
            in.require(at, length + AROUND);
            name = in.name(at + 4);
            if (Character.isUpperCase(name.charAt(0))
                    && in.crc(at + 4, length + 4) != in.u32(at + 8 + length, BIG_ENDIAN)) {
                throw in.broken("the checksum of its " + name + " chunk is wrong");
            }
            if (name.equals("eXIf")) {
                orientation = Ifd.orientation(in, at + 8);
            }
            pixels |= name.equals("IDAT");
            at += length + AROUND;
        }
        if (!pixels) {
            throw in.broken("it ends before its pixels begin");
        }
        return new PictureHeader(header.rawWidth(), header.rawHeight(), orientation);
    }
}
