package io.hardmine.datasets.image;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A PNG file: the size in its first chunk, and whether all chunks of its pixels are there, unharmed. */
final class PngFile {
    private static final String SIGNATURE = "\u0089PNG\r\n\u001A\n";
    /** Bytes around a chunk's data: length and name before it, a checksum after it. */
    private static final int AROUND = 12;

    /** The end chunk: length 0, name and checksum. */
    private static final byte[] END = {0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xAE, 0x42, 0x60, (byte) 0x82};

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
            if (pixels && in.size() - at < AROUND) {
                if (!isComplete(Files.readAllBytes(in.file()))) {
                    throw new EOFException("the pixels end at byte " + at);
                }
                break;
            }
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

    static boolean isOne(byte[] file) {
        return file.length > AROUND && file[0] == (byte) SIGNATURE.charAt(0) && file[1] == 'P' && file[2] == 'N';
    }

    /**
     * The file's bytes, with an end chunk. If there is none, it is put after the last whole chunk, in place of what
     * follows.
     */
    static byte[] closed(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int at = SIGNATURE.length();
        while (file.length - at >= AROUND && bytes.getInt(at) >= 0 && bytes.getInt(at) <= file.length - at - AROUND) {
            if (isNamed(bytes, at, "IEND")) {
                return file;
            }
            at += bytes.getInt(at) + AROUND;
        }
        byte[] closed = Arrays.copyOf(file, at + END.length);
        System.arraycopy(END, 0, closed, at, END.length);
        return closed;
    }

    /** Whether the stream of compressed pixels is complete, in a file of whole chunks. */
    private static boolean isComplete(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        Inflater inflater = new Inflater();
        byte[] pixels = new byte[1 << 16];
        try {
            for (int at = SIGNATURE.length();
                    file.length - at >= AROUND && !inflater.finished();
                    at += bytes.getInt(at) + AROUND) {
                if (isNamed(bytes, at, "IDAT")) {
                    inflater.setInput(file, at + 8, bytes.getInt(at));
                    while (inflater.inflate(pixels) > 0) {
                        // only the end of the stream counts
                    }
                }
            }
            return inflater.finished();
        } catch (DataFormatException e) {
            return false;
        } finally {
            inflater.end();
        }
    }

    private static boolean isNamed(ByteBuffer bytes, int at, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (bytes.get(at + 4 + i) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
