package io.hardmine.datasets.image;

import io.hardmine.datasets.DataException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * Random access to the bytes of a picture file through a small buffer: memory does not depend on the sizes that a
 * header claims. Reading beyond the file's end throws an {@link EOFException}.
 */
final class PictureBytes implements Closeable {
    private static final int WINDOW = 1 << 13;

    private final Path file;
    private final SeekableByteChannel channel;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
    private long start;

    private PictureBytes(Path file, SeekableByteChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        size = channel.size();
    }

    static PictureBytes open(Path file) throws IOException {
        PictureFile.requireReadable(file);
        return new PictureBytes(file, Files.newByteChannel(file));
    }

    Path file() {
        return file;
    }

    long size() {
        return size;
    }

    /** The byte at an offset, 0 to 255. */
    int u8(long at) throws IOException {
        require(at, 1);
        if (at < start || at >= start + window.limit()) {
            fill(at);
        }
        return Byte.toUnsignedInt(window.get((int) (at - start)));
    }

    /** Two bytes, 0 to 65535. */
    int u16(long at, ByteOrder order) throws IOException {
        int first = u8(at);
        int second = u8(at + 1);
        return order == ByteOrder.BIG_ENDIAN ? first << 8 | second : second << 8 | first;
    }

    /** Four bytes, 0 to 2^32 - 1. */
    long u32(long at, ByteOrder order) throws IOException {
        long first = u16(at, order);
        long second = u16(at + 2, order);
        return order == ByteOrder.BIG_ENDIAN ? first << 16 | second : second << 16 | first;
    }

    /** Four bytes, with a sign. */
    int s32(long at, ByteOrder order) throws IOException {
        return (int) u32(at, order);
    }

    /** Whether the Latin-1 letters lie at an offset. */
    boolean has(long at, String letters) throws IOException {
        if (at + letters.length() > size) {
            return false;
        }
        for (int i = 0; i < letters.length(); i++) {
            if (u8(at + i) != letters.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The CRC-32 of a range of bytes. */
    long crc(long at, long length) throws IOException {
        require(at, length);
        CRC32 crc = new CRC32();
        long end = at + length;
        for (long place = at; place < end; place = start + window.limit()) {
            u8(place); // brings the window there
            int from = (int) (place - start);
            crc.update(window.array(), from, (int) Math.min(window.limit() - from, end - place));
        }
        return crc.getValue();
    }

    /** Four Latin-1 letters. */
    String name(long at) throws IOException {
        byte[] letters = {(byte) u8(at), (byte) u8(at + 1), (byte) u8(at + 2), (byte) u8(at + 3)};
        return new String(letters, StandardCharsets.ISO_8859_1);
    }

    /** Checks that a range of bytes lies in the file. */
    void require(long at, long length) throws EOFException {
        if (at < 0 || length > size - at) {
            throw new EOFException("byte " + (at + length) + " of " + size);
        }
    }

    DataException broken(String what) {
        return PictureFile.broken(file, what);
    }

    private void fill(long at) throws IOException {
        start = at - at % WINDOW;
        window.clear();
        channel.position(start);
        int read = 0;
        while (read >= 0 && window.hasRemaining()) {
            read = channel.read(window);
        }
        window.flip();
        if (at >= start + window.limit()) {
            throw new EOFException("the file became shorter while it was read");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
