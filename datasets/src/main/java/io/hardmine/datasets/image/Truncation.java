package io.hardmine.datasets.image;

/**
 * Tells files that end too early. Decoders do not: they hand out what there is, with grey or black for the rest, and print
 * a line to the error stream.
 */
final class Truncation {
    private static final int PNG_SIGNATURE = 8;

    private Truncation() {}

    /** Whether the file ends before its format says so; only JPEG and PNG say so. */
    static boolean isCutShort(byte[] file) {
        if (starts(file, 0xFF, 0xD8)) {
            return !reachesEndOfImage(file);
        }
        return starts(file, 0x89, 'P', 'N', 'G') && !reachesEndChunk(file);
    }

    private static boolean starts(byte[] file, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= file.length || Byte.toUnsignedInt(file[i]) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** Walks JPEG's markers; thumbnails inside segments have end markers of their own, so a search will not do. */
    private static boolean reachesEndOfImage(byte[] file) {
        int at = 2;
        while (at + 1 < file.length) {
            int marker = Byte.toUnsignedInt(file[at + 1]);
            if (file[at] != (byte) 0xFF || marker == 0xFF) {
                at++; // entropy-coded data, or a fill byte
            } else if (marker == 0xD9) {
                return true;
            } else if (marker <= 0x01 || marker >= 0xD0 && marker <= 0xD8) {
                at += 2; // stuffed byte, restart marker: no length follows
            } else if (at + 3 < file.length) {
                at += 2 + (Byte.toUnsignedInt(file[at + 2]) << 8 | Byte.toUnsignedInt(file[at + 3]));
            } else {
                return false;
            }
        }
        return false;
    }

    private static boolean reachesEndChunk(byte[] file) {
        long at = PNG_SIGNATURE;
        while (at + 12 <= file.length) {
            int start = (int) at;
            long length = Integer.toUnsignedLong(file[start] << 24
                    | (file[start + 1] & 0xFF) << 16
                    | (file[start + 2] & 0xFF) << 8
                    | file[start + 3] & 0xFF);
            if (file[start + 4] == 'I' && file[start + 5] == 'E' && file[start + 6] == 'N' && file[start + 7] == 'D') {
                return true;
            }
            at += 12 + length;
        }
        return false;
    }
}
