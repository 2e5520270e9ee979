package io.hardmine.datasets.image;

import static io.hardmine.datasets.image.PictureFiles.HEIGHT;
import static io.hardmine.datasets.image.PictureFiles.WIDTH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

class PictureDecoderTest {
    private static final int TOLERANCE = 3;

    @TempDir
    private Path folder;

    /** Corners of what is shown, row by row, from the EXIF standard's table. */
    @ParameterizedTest
    @CsvSource({"1, RGBW", "2, GRWB", "3, WBGR", "4, BWRG", "5, RBGW", "6, BRWG", "7, WGBR", "8, GWRB"})
    void turnsPicturesAsTheirOrientationAsks(int orientation, String corners) throws IOException {
        assertShown(PictureFiles.write(folder, "a.jpg", PictureFiles.jpeg(orientation)), orientation, corners);
        assertShown(PictureFiles.write(folder, "a.png", PictureFiles.png(orientation)), orientation, corners);
        assertShown(PictureFiles.write(folder, "a.tiff", PictureFiles.tiff(orientation)), orientation, corners);
    }

    private static void assertShown(Path file, int orientation, String corners) {
        PictureHeader header = PictureHeader.read(file);
        assertEquals(new PictureHeader(WIDTH, HEIGHT, orientation), header);
        assertEquals(orientation >= 5 ? HEIGHT : WIDTH, header.shownWidth());
        assertEquals(orientation >= 5 ? WIDTH : HEIGHT, header.shownHeight());
        Mat shown = PictureDecoder.decode(file);
        try {
            assertEquals(CvType.CV_8UC3, shown.type());
            assertEquals(header.shownWidth(), shown.cols());
            assertEquals(header.shownHeight(), shown.rows());
            assertEquals(corners, corners(shown));
            // a box around the red field stays around it
            Box red = header.toShown(new Box(0, 0, WIDTH / 2.0, HEIGHT / 2.0));
            assertEquals("R", letter(shown, (int) red.centerX(), (int) red.centerY()));
            assertEquals(shown.cols() / 2.0, red.width());
            assertEquals(shown.rows() / 2.0, red.height());
            assertEquals(red, red.clip(shown.cols(), shown.rows()));
        } finally {
            shown.release();
        }
    }

    private static String corners(Mat picture) {
        int right = picture.cols() - 6;
        int bottom = picture.rows() - 6;
        return letter(picture, 5, 5)
                + letter(picture, right, 5)
                + letter(picture, 5, bottom)
                + letter(picture, right, bottom);
    }

    private static String letter(Mat picture, int x, int y) {
        double[] bgr = picture.get(y, x);
        int bright = (bgr[2] > 128 ? 4 : 0) + (bgr[1] > 128 ? 2 : 0) + (bgr[0] > 128 ? 1 : 0);
        return String.valueOf("KBGCRMYW".charAt(bright));
    }

    private static void assertPixel(Mat picture, int x, int y, int red, int green, int blue) {
        assertArrayEquals(new double[] {blue, green, red}, picture.get(y, x), TOLERANCE);
    }

    private Mat decode(String name, byte[] bytes) throws IOException {
        return PictureDecoder.decode(PictureFiles.write(folder, name, bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "bmp", "tiff"})
    void decodesEveryFormatToBgr(String format) throws IOException {
        Mat picture =
                decode("a." + format, PictureFiles.encode(PictureFiles.image(BufferedImage.TYPE_3BYTE_BGR), format));
        assertEquals("RGBW", corners(picture));
        picture.release();
    }

    @Test
    void decodesWebP() throws IOException {
        OpenCv.load();
        Mat green = new Mat(20, 30, CvType.CV_8UC3, new Scalar(10, 200, 30));
        MatOfByte encoded = new MatOfByte();
        Imgcodecs.imencode(".webp", green, encoded);
        Path file = PictureFiles.write(folder, "a.webp", encoded.toArray());
        assertEquals(new PictureHeader(30, 20, 1), PictureHeader.read(file));
        Mat picture = PictureDecoder.decode(file);
        assertPixel(picture, 15, 10, 30, 200, 10);
        picture.release();
        green.release();
        encoded.release();
    }

    @Test
    void greyPicturesGetThreeEqualChannels() throws IOException {
        BufferedImage gray = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        gray.getRaster().setSample(3, 2, 0, 77);
        Mat picture = decode("gray.png", PictureFiles.encode(gray, "png"));
        assertPixel(picture, 3, 2, 77, 77, 77);
        assertPixel(picture, 0, 0, 0, 0, 0);
        picture.release();
    }

    @Test
    void sixteenBitsKeepTheUpperEight() throws IOException {
        BufferedImage deep = new BufferedImage(8, 8, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setSample(3, 2, 0, 200 * 256 + 17);
        for (String format : new String[] {"png", "tiff"}) {
            Mat picture = decode("deep." + format, PictureFiles.encode(deep, format));
            assertEquals(CvType.CV_8UC3, picture.type());
            assertPixel(picture, 3, 2, 200, 200, 200);
            picture.release();
        }
    }

    @Test
    void decodesOneBitPng() throws IOException {
        BufferedImage bits = new BufferedImage(13, 5, BufferedImage.TYPE_BYTE_BINARY);
        bits.setRGB(12, 4, 0xFFFFFFFF);
        Mat picture = decode("bits.png", PictureFiles.encode(bits, "png"));
        assertPixel(picture, 12, 4, 255, 255, 255);
        assertPixel(picture, 11, 4, 0, 0, 0);
        picture.release();
    }

    @Test
    void dropsTransparency() throws IOException {
        BufferedImage clear = new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB);
        clear.setRGB(1, 1, 0x00C86432);
        Mat picture = decode("clear.png", PictureFiles.encode(clear, "png"));
        assertPixel(picture, 1, 1, 0xC8, 0x64, 0x32);
        picture.release();
    }

    @Test
    void turnsCmykToBgr() throws IOException {
        Mat picture = decode("cmyk.jpg", cmykJpeg(0, 200, 200, 0));
        assertEquals(CvType.CV_8UC3, picture.type());
        assertPixel(picture, 8, 8, 255, 55, 55);
        picture.release();
    }

    /** With inks inverted, as most programs write them since Adobe's. */
    private static byte[] cmykJpeg(int... inks) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(0, 16, 16, 4, null);
        int[] stored = Arrays.stream(inks).map(ink -> 255 - ink).toArray();
        for (int i = 0; i < 256; i++) {
            raster.setPixel(i % 16, i / 16, stored);
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    @Test
    void readsNamesBeyondAscii() throws IOException {
        Mat picture =
                decode("Bücher 写真 🙂.png", PictureFiles.encode(PictureFiles.image(BufferedImage.TYPE_INT_RGB), "png"));
        assertEquals("RGBW", corners(picture));
        picture.release();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "bmp", "tiff"})
    void refusesFilesThatAreCutShort(String format) throws IOException {
        byte[] whole = PictureFiles.encode(PictureFiles.image(BufferedImage.TYPE_3BYTE_BGR), format);
        Path file = PictureFiles.write(folder, "half." + format, Arrays.copyOf(whole, whole.length / 2));
        DataException e = assertThrows(DataException.class, () -> PictureDecoder.decode(file));
        assertTrue(e.getMessage().startsWith("Picture " + file + " is "), e.getMessage());
        assertTrue(e.getMessage().contains("take it out of the data"), e.getMessage());
    }

    @Test
    void anEndMarkerInsideAThumbnailDoesNotHideACut() throws IOException {
        byte[] jpeg = PictureFiles.jpeg(1);
        jpeg[20] = (byte) 0xFF;
        jpeg[21] = (byte) 0xD9;
        Path file = PictureFiles.write(folder, "cut.jpg", Arrays.copyOf(jpeg, jpeg.length - 9));
        DataException e = assertThrows(DataException.class, () -> PictureDecoder.decode(file));
        assertTrue(e.getMessage().contains("it is cut short"), e.getMessage());
    }

    @Test
    void bytesAfterThePictureDoNoHarm() throws IOException {
        byte[] jpeg = PictureFiles.jpeg(6);
        Mat picture = decode("long.jpg", Arrays.copyOf(jpeg, jpeg.length + 1000));
        assertEquals("BRWG", corners(picture));
        picture.release();
    }

    @Test
    void saysThatAFileIsMissing() {
        Path file = folder.resolve("gone.jpg");
        assertMessage(file, "Picture " + file + " does not exist. Check its path, or take it out of the data.");
    }

    @Test
    void saysThatAFileIsAFolder() {
        assertMessage(folder, "Picture " + folder + " is not a file. Give the path of a picture.");
    }

    @Test
    void saysThatAFileIsEmpty() throws IOException {
        Path file = PictureFiles.write(folder, "empty.jpg", new byte[0]);
        assertMessage(
                file,
                "Picture " + file + " is broken: it is empty (0 bytes). Fetch it again, or take it out of the data.");
    }

    @Test
    void saysThatAFileIsNoPicture() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.jpg"), "<html>404 not found</html>");
        assertMessage(
                file,
                "Picture " + file
                        + " is none of JPEG, PNG, BMP, TIFF and WebP. Convert it, or take it out of the data.");
    }

    @Test
    void refusesMorePixelsThanMemoryBears() throws IOException {
        byte[] png = PictureFiles.encode(PictureFiles.image(BufferedImage.TYPE_INT_RGB), "png");
        System.arraycopy(new byte[] {0, 1, 0, 0, 0, 1, 0, 0}, 0, png, 16, 8); // 65536 x 65536
        Path file = PictureFiles.write(folder, "bomb.png", png);
        DataException e = assertThrows(DataException.class, () -> PictureDecoder.decode(file));
        assertTrue(e.getMessage().contains("65536x65536 pixels, more than the 134217728"), e.getMessage());
    }

    private static void assertMessage(Path file, String message) {
        assertEquals(
                message,
                assertThrows(DataException.class, () -> PictureDecoder.decode(file))
                        .getMessage());
        assertEquals(
                message,
                assertThrows(DataException.class, () -> PictureHeader.read(file))
                        .getMessage());
    }
}
