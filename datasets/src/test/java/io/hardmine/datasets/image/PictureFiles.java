package io.hardmine.datasets.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Picture files made without OpenCV: four fields, red and green above blue and white, 96 columns by 64 rows as stored. */
public final class PictureFiles {
    static final int WIDTH = 96;
    static final int HEIGHT = 64;
    static final int[] FIELDS = {0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF};

    private PictureFiles() {}

    static int field(int x, int y) {
        return FIELDS[(y < HEIGHT / 2 ? 0 : 2) + (x < WIDTH / 2 ? 0 : 1)];
    }

    static BufferedImage image(int type) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, 0xFF000000 | field(x, y));
            }
        }
        return image;
    }

    static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("no writer for " + format);
        }
        return out.toByteArray();
    }

    static Path write(Path folder, String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    /** A JPEG with the orientation in an APP1 segment, as cameras write it. */
    public static byte[] jpeg(int orientation) throws IOException {
        byte[] plain = encode(image(BufferedImage.TYPE_INT_RGB), "jpg");
        byte[] exif = concat("Exif\0\0".getBytes(StandardCharsets.US_ASCII), exif(orientation));
        ByteBuffer out = ByteBuffer.allocate(plain.length + exif.length + 4);
        out.put(plain, 0, 2);
        out.putShort((short) 0xFFE1).putShort((short) (exif.length + 2)).put(exif);
        out.put(plain, 2, plain.length - 2);
        return out.array();
    }

    /** A PNG with the orientation in an eXIf chunk after its header. */
    static byte[] png(int orientation) throws IOException {
        byte[] plain = encode(image(BufferedImage.TYPE_INT_RGB), "png");
        int header = 8 + 25;
        byte[] chunk = concat("eXIf".getBytes(StandardCharsets.US_ASCII), exif(orientation));
        CRC32 crc = new CRC32();
        crc.update(chunk);
        ByteBuffer out = ByteBuffer.allocate(plain.length + chunk.length + 8);
        out.put(plain, 0, header);
        out.putInt(chunk.length - 4).put(chunk).putInt((int) crc.getValue());
        out.put(plain, header, plain.length - header);
        return out.array();
    }

    /** An uncompressed TIFF. */
    static byte[] tiff(int orientation) {
        int entries = 10;
        int directory = 2 + entries * 12 + 4;
        int bits = 8 + directory;
        int pixels = bits + 6;
        ByteBuffer out = ByteBuffer.allocate(pixels + WIDTH * HEIGHT * 3).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) entries);
        entry(out, 256, WIDTH);
        entry(out, 257, HEIGHT);
        out.putShort((short) 258).putShort((short) 3).putInt(3).putInt(bits);
        entry(out, 259, 1);
        entry(out, 262, 2);
        entry(out, 273, pixels);
        entry(out, 274, orientation);
        entry(out, 277, 3);
        entry(out, 278, HEIGHT);
        entry(out, 279, WIDTH * HEIGHT * 3);
        out.putInt(0).putShort((short) 8).putShort((short) 8).putShort((short) 8);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int rgb = field(x, y);
                out.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
            }
        }
        return out.array();
    }

    private static byte[] exif(int orientation) {
        ByteBuffer out = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) 1);
        out.putShort((short) 274)
                .putShort((short) 3)
                .putInt(1)
                .putInt(orientation)
                .putInt(0);
        return out.array();
    }

    private static void entry(ByteBuffer out, int tag, int value) {
        out.putShort((short) tag).putShort((short) 4).putInt(1).putInt(value);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
