package io.hardmine.datasets.image;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.EOFException;
import java.io.IOException;

/** A JPEG file: the size in its frame header, and whether its scans are all there. */
final class JpegFile {
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int APP1 = 0xE1;

    private JpegFile() {}

    static boolean isOne(PictureBytes in) throws IOException {
        return in.has(0, "\u00FF\u00D8\u00FF");
    }

    static PictureHeader header(PictureBytes in) throws IOException {
        PictureHeader header = null;
        int orientation = 1;
        long at = next(in, 2);
        int marker = in.u8(at + 1);
        while (marker != START_OF_SCAN) {
            if (marker == END_OF_IMAGE) {
                throw in.broken("it ends before its pixels begin");
            }
            if (marker == APP1 && orientation == 1 && in.has(at + 4, "Exif\0\0")) {
                orientation = Ifd.orientation(in, at + 4);
            }
            if (isFrame(marker)) {
                if (header != null) {
                    throw in.broken("its header states its size twice");
                }
                header = frame(in, at, marker);
            }
            at = next(in, afterSegment(in, at, marker));
            marker = in.u8(at + 1);
        }
        if (header == null) {
            throw in.broken("its header ends before the picture's size");
        }
        requireAllScans(in, at);
        return new PictureHeader(header.rawWidth(), header.rawHeight(), orientation);
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static PictureHeader frame(PictureBytes in, long at, int marker) throws IOException {
        boolean decoded = marker <= 0xC2 || marker == 0xC9 || marker == 0xCA;
        if (!decoded || in.u8(at + 4) != 8) {
            throw in.broken("it is a lossless, hierarchical or 12-bit JPEG, which is not decoded");
        }
        return PictureHeader.checked(in, in.u16(at + 7, BIG_ENDIAN), in.u16(at + 5, BIG_ENDIAN), 1);
    }

    /**
     * The position of the next marker at or after a position. Like decoders, skips fill bytes and bytes between
     * segments.
     */
    private static long next(PictureBytes in, long from) throws IOException {
        long at = from;
        while (in.u8(at) != 0xFF || in.u8(at + 1) == 0xFF || in.u8(at + 1) == 0) {
            at++;
        }
        return at;
    }

    private static long afterSegment(PictureBytes in, long at, int marker) throws IOException {
        if (marker == 0x01 || marker >= 0xD0 && marker <= 0xD8) {
            return at + 2; // no length follows
        }
        int length = in.u16(at + 2, BIG_ENDIAN);
        if (length < 2) {
            throw in.broken("its header does not make sense: a segment of " + length + " bytes");
        }
        in.require(at + 2, length);
        return at + 2 + length;
    }

    /**
     * Looks for the end marker. Thumbnails inside segments have end markers too, so the search goes from marker to
     * marker. Most files end with it, and in scans it cannot be anything else.
     */
    private static void requireAllScans(PictureBytes in, long scan) throws IOException {
        long afterHeader = afterSegment(in, scan, START_OF_SCAN);
        if (in.size() - 2 >= afterHeader && in.has(in.size() - 2, "\u00FF\u00D9")) {
            return;
        }
        long at = afterHeader;
        while (true) {
            try {
                at = next(in, at);
            } catch (EOFException e) {
                if (JpegScans.areComplete(in.file())) {
                    return; // only the end marker is missing
                }
                throw e;
            }
            int marker = in.u8(at + 1);
            if (marker == END_OF_IMAGE) {
                return;
            }
            at = afterSegment(in, at, marker);
        }
    }
}
