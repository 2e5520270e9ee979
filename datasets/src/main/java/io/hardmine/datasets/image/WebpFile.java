package io.hardmine.datasets.image;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;

/** A WebP file: the size of its bitstream, and whether its chunks lie in the file. */
final class WebpFile {
    private static final int CHUNK_HEADER = 8;
    private static final int ANIMATION = 2;

    private WebpFile() {}

    static boolean isOne(PictureBytes in) throws IOException {
        return in.has(0, "RIFF") && in.has(8, "WEBP");
    }

    static PictureHeader header(PictureBytes in) throws IOException {
        long end = CHUNK_HEADER + in.u32(4, LITTLE_ENDIAN);
        in.require(0, end);
        PictureHeader header = null;
        int orientation = 1;
        for (long at = 12; at + CHUNK_HEADER <= end; ) {
            String name = in.name(at);
            long length = in.u32(at + 4, LITTLE_ENDIAN);
            if (length > end - at - CHUNK_HEADER) {
                throw in.broken("its header does not make sense: a chunk of " + length + " bytes");
            }
            long data = at + CHUNK_HEADER;
            switch (name) {
                case "VP8X" -> requireStill(in, data);
                case "VP8 " -> header = lossy(in, data);
                case "VP8L" -> header = lossless(in, data);
                case "EXIF" -> orientation = Ifd.orientation(in, data);
                default -> {
                    // transparency, color profile, text
                }
            }
            at = data + length + length % 2;
        }
        if (header == null) {
            throw in.broken("it ends before its pixels begin");
        }
        return new PictureHeader(header.rawWidth(), header.rawHeight(), orientation);
    }

    private static void requireStill(PictureBytes in, long data) throws IOException {
        if ((in.u8(data) & ANIMATION) != 0) {
            throw in.broken("it is an animation, which is not decoded");
        }
    }

    private static PictureHeader lossy(PictureBytes in, long data) throws IOException {
        return PictureHeader.checked(
                in, in.u16(data + 6, LITTLE_ENDIAN) & 0x3FFF, in.u16(data + 8, LITTLE_ENDIAN) & 0x3FFF, 1);
    }

    private static PictureHeader lossless(PictureBytes in, long data) throws IOException {
        long bits = in.u32(data + 1, LITTLE_ENDIAN);
        return PictureHeader.checked(in, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, 1);
    }
}
