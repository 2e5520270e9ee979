package io.hardmine.datasets.image;

import java.io.IOException;
import java.util.Arrays;

/** A TIFF file: the size of its first page, and whether the strips or tiles of that page lie in the file. */
final class TiffFile {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int CHANNELS = 277;
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;

    private TiffFile() {}

    static boolean isOne(PictureBytes in) throws IOException {
        return Ifd.startsAt(in, 0);
    }

    static PictureHeader header(PictureBytes in) throws IOException {
        Ifd page = Ifd.read(in, 0);
        PictureHeader header =
                PictureHeader.checked(in, page.value(WIDTH, 0), page.value(HEIGHT, 0), page.orientation());
        if (page.value(CHANNELS, 1) > 4 || Arrays.stream(page.values(BITS)).anyMatch(bits -> bits > 16)) {
            throw in.broken("it has more than 4 channels or 16 bits, which is not decoded");
        }
        // a decoder allocates a whole tile
        PictureHeader.checked(in, page.value(TILE_WIDTH, 1), page.value(TILE_HEIGHT, 1), 1);
        long[] strips = page.values(STRIP_OFFSETS);
        requirePixels(
                in,
                strips.length > 0 ? strips : page.values(TILE_OFFSETS),
                strips.length > 0 ? page.values(STRIP_LENGTHS) : page.values(TILE_LENGTHS));
        return header;
    }

    private static void requirePixels(PictureBytes in, long[] offsets, long[] lengths) throws IOException {
        if (offsets.length == 0) {
            throw in.broken("its header does not tell where its pixels lie");
        }
        for (int i = 0; i < offsets.length; i++) {
            in.require(offsets[i], i < lengths.length ? lengths[i] : 1);
        }
    }
}
