package io.hardmine.datasets.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.Scalar;

class ContactSheetTest {
    private static final List<Category> CATEGORIES = List.of(new Category(1, "écrou"), new Category(2, "vis"));

    @TempDir
    private Path folder;

    private Picture black(int id, Annotation... annotations) throws IOException {
        Path file = folder.resolve(id + ".png");
        ImageIO.write(new BufferedImage(100, 50, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        return new Picture(id, id + ".png", file, 100, 50, List.of(annotations));
    }

    @Test
    void drawsBoxesInTheirCategorysColor() throws IOException {
        Picture annotated = black(1, Annotation.of(new Box(20, 10, 30, 20), 1));
        Path png = folder.resolve("neu/blätter.png");
        ContactSheet.write(new Dataset("d", CATEGORIES, List.of(annotated)), png, new ContactSheet.Options(4, 4, 200));
        BufferedImage sheet = ImageIO.read(png.toFile());
        int top = firstRowOf(sheet, 0x000000, 108); // the picture's, at its middle
        int left = 8;
        assertEquals(0x000000, rgb(sheet, left + 70, top + 40)); // inside the box, at twice the size
        assertEquals(color(1), rgb(sheet, left + 70, top + 18)); // its upper edge is 2 pixels wide, around the object
        assertEquals(color(1), rgb(sheet, left + 38, top + 40));
        assertEquals(0x000000, rgb(sheet, left + 10, top + 40));
    }

    private static int firstRowOf(BufferedImage sheet, int color, int x) {
        return IntStream.range(30, sheet.getHeight())
                .filter(y -> rgb(sheet, x, y) == color && rgb(sheet, x, y + 3) == color)
                .findFirst()
                .orElseThrow();
    }

    private static int rgb(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xFFFFFF;
    }

    private static int color(int category) {
        Scalar bgr = ContactSheet.color(category);
        return (int) bgr.val[2] << 16 | (int) bgr.val[1] << 8 | (int) bgr.val[0];
    }

    /** A name is nearer to its own picture than to the one below it, also below a picture that does not fill its cell. */
    @Test
    void namesStandCloseBelowTheirPictures() throws IOException {
        Path png = folder.resolve("names.png");
        Dataset dataset = new Dataset("d", CATEGORIES, List.of(black(1), black(2)));
        ContactSheet.write(dataset, png, new ContactSheet.Options(2, 1, 200));
        BufferedImage sheet = ImageIO.read(png.toFile());
        int first = firstRowOf(sheet, 0x000000, 108);
        int below = first + 100; // the picture is 200 x 100 on the sheet
        int nextPicture = first + 200 + 8 + 20;
        int lastInk = IntStream.range(below, nextPicture)
                .filter(y -> IntStream.range(8, 60).anyMatch(x -> rgb(sheet, x, y) != 0xFAFAFA))
                .max()
                .orElseThrow();
        assertTrue(lastInk > below + 8 && lastInk < below + 18, (lastInk - below) + " pixels below");
    }

    /** A legend of all of them would need a sheet of gigabytes. */
    @Test
    void theLegendNamesTheShownCategoriesOnly() throws IOException {
        List<Category> many = IntStream.range(0, 500_000)
                .mapToObj(i -> new Category(i, "c" + i))
                .toList();
        Path png = folder.resolve("many.png");
        Picture annotated = black(1, Annotation.of(new Box(20, 10, 30, 20), 499_999));
        ContactSheet.write(new Dataset("d", many, List.of(annotated)), png, new ContactSheet.Options(1, 1, 200));
        assertEquals(2 * 8 + 2 * 20 + 200 + 8 + 20, ImageIO.read(png.toFile()).getHeight());
    }

    @Test
    void coloursDiffer() {
        assertEquals(
                40,
                IntStream.range(0, 40).map(ContactSheetTest::color).distinct().count());
        assertNotEquals(color(0), color(1));
    }

    @Test
    void aPictureThatCannotBeDecodedLeavesItsCellEmpty() throws IOException {
        Picture gone = new Picture(2, "gone.png", folder.resolve("gone.png"), 100, 50, List.of());
        Path png = folder.resolve("sheet.png");
        ContactSheet.write(
                new Dataset("d", CATEGORIES, List.of(black(1), gone)), png, new ContactSheet.Options(4, 4, 64));
        BufferedImage sheet = ImageIO.read(png.toFile());
        assertTrue(sheet.getWidth() >= 2 * 64, "two cells side by side");
    }

    @Test
    void showsNoMoreThanAsked() throws IOException {
        List<Picture> many = List.of(black(1), black(2), black(3), black(4), black(5));
        Path two = folder.resolve("two.png");
        Path five = folder.resolve("five.png");
        Dataset dataset = new Dataset("d", CATEGORIES, many);
        ContactSheet.write(dataset, two, new ContactSheet.Options(2, 1, 64));
        ContactSheet.write(dataset, five, new ContactSheet.Options(9, 1, 64));
        int step = 64 + 8 + 20;
        assertEquals(
                3 * step,
                ImageIO.read(five.toFile()).getHeight()
                        - ImageIO.read(two.toFile()).getHeight());
    }

    @Test
    void refusesASetWithoutPictures() {
        Path png = folder.resolve("none.png");
        Dataset empty = new Dataset("none", CATEGORIES, List.of());
        DataException e = assertThrows(
                DataException.class, () -> ContactSheet.write(empty, png, ContactSheet.Options.standard()));
        assertEquals("Data set none has no pictures to show on a contact sheet.", e.getMessage());
        assertFalse(Files.exists(png));
    }

    @Test
    void saysThatTheSheetCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Dataset dataset = new Dataset("d", CATEGORIES, List.of(black(1)));
        DataException e = assertThrows(
                DataException.class,
                () -> ContactSheet.write(dataset, file.resolve("s.png"), ContactSheet.Options.standard()));
        assertTrue(e.getMessage().startsWith("The picture "), e.getMessage());
    }
}
