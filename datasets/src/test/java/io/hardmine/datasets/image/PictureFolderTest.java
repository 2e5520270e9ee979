package io.hardmine.datasets.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {
    @TempDir
    private Path folder;

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "content is not looked at");
    }

    private static List<String> names(Path root, List<Path> files) {
        return files.stream()
                .map(f -> root.relativize(f).toString().replace('\\', '/'))
                .toList();
    }

    @Test
    void takesEveryEndingOfAPicture() throws IOException {
        for (String name :
                List.of("a.JPG", "b.jpeg", "c.jpe", "d.jfif", "e.MPO", "f.png", "g.bmp", "h.webp", "i.tif")) {
            file("x/" + name);
        }
        file("x/readme.txt");
        file("x/jpg");
        assertEquals(
                List.of("a.JPG", "b.jpeg", "c.jpe", "d.jfif", "e.MPO", "f.png", "g.bmp", "h.webp", "i.tif"),
                names(folder.resolve("x"), PictureFolder.of(folder.resolve("x")).pictures()));
    }

    @Test
    void countsPicturesOfOtherFormats() throws IOException {
        file("x/a.jpg");
        file("x/b.gif");
        file("x/c.GIF");
        file("x/deep/d.avif");
        PictureFolder inside = PictureFolder.of(folder.resolve("x"));
        assertEquals(List.of("b.gif", "c.GIF", "deep/d.avif"), names(folder.resolve("x"), inside.otherFormats()));
        assertEquals("3 files of other formats: avif, gif", inside.othersInWords());
    }

    @Test
    void followsLinksToFoldersAndFiles() throws IOException {
        file("real/a.jpg");
        Path linked = Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("real"));
        Path mixed = Files.createDirectory(folder.resolve("mixed"));
        Files.createSymbolicLink(mixed.resolve("sub"), folder.resolve("real"));
        Files.createSymbolicLink(mixed.resolve("b.jpg"), folder.resolve("real/a.jpg"));
        assertEquals(List.of("a.jpg"), names(linked, PictureFolder.of(linked).pictures()));
        assertEquals(
                List.of("b.jpg", "sub/a.jpg"),
                names(mixed, PictureFolder.of(mixed).pictures()));
    }

    @Test
    void refusesALinkInACircle() throws IOException {
        file("x/a.jpg");
        Path link = Files.createSymbolicLink(folder.resolve("x/again"), folder.resolve("x"));
        assertEquals(
                link + " is a link to a folder that it lies in; remove the link",
                assertThrows(DataException.class, () -> PictureFolder.of(folder.resolve("x")))
                        .getMessage());
    }

    @Test
    void passesOverHiddenFilesAndFolders() throws IOException {
        file("x/a.jpg");
        file("x/._a.jpg");
        file("x/.thumbnails/b.jpg");
        assertEquals(
                List.of("a.jpg"),
                names(folder.resolve("x"), PictureFolder.of(folder.resolve("x")).pictures()));
    }

    @Test
    void saysThatThereIsNoPictureButOthers() throws IOException {
        file("x/a.heic");
        assertEquals(
                folder.resolve("x")
                        + " holds no picture (.jpg, .jpeg, .jpe, .jfif, .mpo, .png, .bmp, .webp, .tif, .tiff);"
                        + " 1 file of another format: heic",
                assertThrows(DataException.class, () -> PictureFolder.of(folder.resolve("x")))
                        .getMessage());
    }
}
