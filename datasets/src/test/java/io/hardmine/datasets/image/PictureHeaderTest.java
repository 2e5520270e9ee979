package io.hardmine.datasets.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hardmine.datasets.DataException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/** What is refused before any pixel is decoded, and what is not. */
class PictureHeaderTest {
    private static final PictureHeader UPRIGHT = new PictureHeader(96, 64, 1);

    @TempDir
    private Path folder;

    /** Noise, so that the scans are long. */
    private static byte[] jpeg(boolean progressive) throws IOException {
        BufferedImage image = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 96 * 64; i++) {
            image.setRGB(i % 96, i / 96, i * 7919 ^ i << 9);
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static byte[] png() throws IOException {
        return PictureFiles.encode(PictureFiles.image(BufferedImage.TYPE_INT_RGB), "png");
    }

    private PictureHeader read(byte[] bytes) throws IOException {
        return PictureHeader.read(PictureFiles.write(folder, "a", bytes));
    }

    private void assertRefused(byte[] bytes, String what) throws IOException {
        Path file = PictureFiles.write(folder, "a", bytes);
        String message = assertThrows(DataException.class, () -> PictureHeader.read(file))
                .getMessage();
        assertEquals(
                "Picture " + file + " is broken: " + what + ". Fetch it again, or take it out of the data.", message);
        assertThrows(DataException.class, () -> PictureDecoder.decode(file));
    }

    private void assertCutShort(byte[] bytes, int length) throws IOException {
        assertRefused(Arrays.copyOf(bytes, length), "it is cut short");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aJpegThatLacksPixelsIsCutShort(boolean progressive) throws IOException {
        byte[] whole = jpeg(progressive);
        assertEquals(UPRIGHT, read(whole));
        assertCutShort(whole, whole.length * 2 / 3);
        assertCutShort(whole, whole.length / 3);
        assertCutShort(whole, whole.length - 3);
        // an interrupted copy into a file that had its full length from the start
        assertRefused(Arrays.copyOf(Arrays.copyOf(whole, whole.length * 2 / 3), whole.length), "it is cut short");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aJpegThatLacksOnlyItsEndMarkerIsWhole(boolean progressive) throws IOException {
        byte[] whole = jpeg(progressive);
        Mat expected = PictureDecoder.decode(PictureFiles.write(folder, "whole", whole));
        for (byte[] bytes : new byte[][] {
            Arrays.copyOf(whole, whole.length - 2),
            Arrays.copyOf(whole, whole.length - 1),
            Arrays.copyOf(Arrays.copyOf(whole, whole.length - 2), whole.length + 500)
        }) {
            assertEquals(UPRIGHT, read(bytes));
            Mat decoded = PictureDecoder.decode(folder.resolve("a"));
            assertEquals(0, Core.norm(expected, decoded, Core.NORM_INF));
            decoded.release();
        }
        expected.release();
    }

    @Test
    void aJpegWithTwoSizesIsRefused() throws IOException {
        byte[] whole = jpeg(false);
        int at = 2;
        while (whole[at + 1] != (byte) 0xC0) {
            at += 2 + ByteBuffer.wrap(whole).getShort(at + 2);
        }
        int length = 2 + ByteBuffer.wrap(whole).getShort(at + 2);
        byte[] twice = new byte[whole.length + length];
        System.arraycopy(whole, 0, twice, 0, at + length);
        System.arraycopy(whole, at, twice, at + length, whole.length - at);
        ByteBuffer.wrap(twice).putShort(at + 5, (short) 8).putShort(at + 7, (short) 8);
        assertRefused(twice, "its header states its size twice");
    }

    @Test
    void aJpegOfAKindThatIsNotDecodedIsRefused() throws IOException {
        byte[] lossless = jpeg(false);
        for (int i = 2; i < lossless.length; i++) {
            if (lossless[i] == (byte) 0xFF && lossless[i + 1] == (byte) 0xC0) {
                lossless[i + 1] = (byte) 0xC3;
                break;
            }
        }
        assertRefused(lossless, "it is a lossless, hierarchical or 12-bit JPEG, which is not decoded");
    }

    @Test
    void aPngThatIsCutShortOrHarmedIsRefused() throws IOException {
        byte[] whole = png();
        assertEquals(UPRIGHT, read(whole));
        assertCutShort(whole, whole.length / 2);
        byte[] harmed = whole.clone();
        harmed[whole.length / 2] ^= 1;
        assertRefused(harmed, "the checksum of its IDAT chunk is wrong");
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 9, 1})
    void aPngThatLacksOnlyItsEndIsWhole(int lacking) throws IOException {
        byte[] whole = png();
        Mat expected = PictureDecoder.decode(PictureFiles.write(folder, "whole", whole));
        assertEquals(UPRIGHT, read(Arrays.copyOf(whole, whole.length - lacking)));
        Mat decoded = PictureDecoder.decode(folder.resolve("a"));
        assertEquals(0, Core.norm(expected, decoded, Core.NORM_INF));
        decoded.release();
        expected.release();
    }

    @Test
    void aPngThatLacksAChunkOfItsPixelsIsCutShort() throws IOException {
        byte[] whole = png();
        int data = 33; // behind the signature and the header's chunk
        ByteBuffer bytes = ByteBuffer.wrap(whole);
        int half = bytes.getInt(data) / 2;
        bytes.putInt(data, half);
        CRC32 crc = new CRC32();
        crc.update(whole, data + 4, 4 + half);
        bytes.putInt(data + 8 + half, (int) crc.getValue());
        assertCutShort(whole, data + 12 + half);
    }

    /** A gigabyte of text in a file of a megabyte. Reading it would exceed the tests' memory. */
    @ParameterizedTest
    @ValueSource(strings = {"zTXt", "iTXt"})
    void textInAPngIsNotUnpacked(String name) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes((name.equals("zTXt") ? "k\0\0" : "k\0\1\0\0\0").getBytes(StandardCharsets.US_ASCII));
        try (DeflaterOutputStream packed = new DeflaterOutputStream(data)) {
            for (int i = 0; i < 1024; i++) {
                packed.write(new byte[1 << 20]);
            }
        }
        byte[] chunk = data.toByteArray();
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.US_ASCII));
        crc.update(chunk);
        byte[] plain = png();
        ByteBuffer out = ByteBuffer.allocate(plain.length + chunk.length + 12);
        out.put(plain, 0, 33).putInt(chunk.length).put(name.getBytes(StandardCharsets.US_ASCII));
        out.put(chunk).putInt((int) crc.getValue()).put(plain, 33, plain.length - 33);
        assertEquals(UPRIGHT, read(out.array()));
        Mat decoded = PictureDecoder.decode(folder.resolve("a"));
        assertEquals(96, decoded.cols());
        decoded.release();
    }

    @Test
    void aChunkThatIsLongerThanItsFileIsNotBelieved() throws IOException {
        byte[] webp = webp();
        ByteBuffer claims = ByteBuffer.wrap(Arrays.copyOf(webp, 28)).order(ByteOrder.LITTLE_ENDIAN);
        claims.putInt(4, 20).putInt(16, Integer.MAX_VALUE - 255);
        assertRefused(claims.array(), "its header does not make sense: a chunk of 2147483392 bytes");
        byte[] png = png();
        ByteBuffer.wrap(png).putInt(33, Integer.MAX_VALUE);
        assertRefused(png, "it is cut short");
    }

    private static byte[] webp() {
        OpenCv.load();
        Mat green = new Mat(20, 30, CvType.CV_8UC3, new Scalar(10, 200, 30));
        MatOfByte encoded = new MatOfByte();
        Imgcodecs.imencode(".webp", green, encoded);
        byte[] bytes = encoded.toArray();
        green.release();
        encoded.release();
        return bytes;
    }

    @Test
    void aWebPThatIsCutShortIsRefused() throws IOException {
        byte[] webp = webp();
        assertEquals(new PictureHeader(30, 20, 1), read(webp));
        assertCutShort(webp, webp.length - 3);
    }

    @Test
    void aBmpThatIsCutShortIsRefused() throws IOException {
        byte[] bmp = PictureFiles.encode(PictureFiles.image(BufferedImage.TYPE_3BYTE_BGR), "bmp");
        assertEquals(UPRIGHT, read(bmp));
        assertCutShort(bmp, bmp.length - 1);
    }

    @Test
    void aTiffWhosePixelsAreNotInTheFileIsRefused() throws IOException {
        byte[] tiff = PictureFiles.tiff(1);
        assertEquals(UPRIGHT, read(tiff));
        assertCutShort(tiff, tiff.length - 1);
        byte[] many = tiff.clone();
        ByteBuffer.wrap(many).order(ByteOrder.LITTLE_ENDIAN).putInt(entry(5) + 4, -1); // so many strips
        assertRefused(many, "it is cut short");
    }

    /** libtiff takes the first width, other readers the last. */
    @Test
    void aTiffWithTwoWidthsIsRefused() throws IOException {
        byte[] tiff = PictureFiles.tiff(1);
        ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN).putShort(entry(8), (short) 256);
        assertRefused(tiff, "its header has the tag 256 twice");
    }

    @Test
    void aTiffWhoseTilesExceedMemoryIsRefused() throws IOException {
        byte[] tiff = PictureFiles.tiff(1);
        ByteBuffer tiled = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
        tiled.putShort(entry(7), (short) 322).putInt(entry(7) + 8, 1 << 16);
        tiled.putShort(entry(8), (short) 323).putInt(entry(8) + 8, 1 << 16);
        Path file = PictureFiles.write(folder, "tiles.tiff", tiff);
        assertEquals(
                "Picture " + file + " has 65536x65536 pixels, more than the 134217728 that are decoded."
                        + " Cut it into parts or make it smaller.",
                assertThrows(DataException.class, () -> PictureHeader.read(file))
                        .getMessage());
    }

    private static int entry(int index) {
        return 10 + index * 12;
    }

    @Test
    void aFileTooLongToReadIsRefused() throws IOException {
        Path file = PictureFiles.write(folder, "long.jpg", jpeg(false));
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        assertEquals(
                "Picture " + file + " has 3221225472 bytes, more than the 1074790400 that are read."
                        + " Compress it, or take it out of the data.",
                assertThrows(DataException.class, () -> PictureHeader.read(file))
                        .getMessage());
    }

    @Test
    void aDeviceIsNoPicture() {
        Path device = Path.of("/dev/zero");
        assumeTrue(Files.exists(device));
        assertEquals(
                "Picture /dev/zero is not a file. Give the path of a picture.",
                assertThrows(DataException.class, () -> PictureHeader.read(device))
                        .getMessage());
    }
}
