package io.hardmine.datasets.loading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.DataSummary.Finding;
import io.hardmine.datasets.DataSummary.Kind;
import io.hardmine.datasets.LoadOptions;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.SmallPng;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackgroundPoolTest {
    @TempDir
    private Path folder;

    private Path pool;

    @BeforeEach
    void writePool() throws IOException {
        pool = Files.createDirectories(folder.resolve("pool"));
        byte[] png = SmallPng.bytes(12, 9);
        Files.write(pool.resolve("b.png"), png);
        Files.write(Files.createDirectories(pool.resolve("deep")).resolve("a.PNG"), png);
        Files.writeString(pool.resolve("readme.txt"), "no picture");
    }

    private static List<String> names(BackgroundPool pool) {
        return pool.pictures().stream().map(Picture::name).toList();
    }

    @Test
    void comesFromAFolder() {
        BackgroundPool read = BackgroundPool.read(pool, false);
        assertEquals(List.of("background/b.png", "background/deep/a.PNG"), names(read));
        assertEquals(
                List.of(-1L, -2L), read.pictures().stream().map(Picture::id).toList());
        assertTrue(read.pictures().stream().allMatch(p -> p.width() == 12 && p.height() == 9));
        assertEquals("", read.text());
    }

    @Test
    void comesFromAList() throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "pool/deep/a.PNG\n\n");
        assertEquals(List.of("background/pool/deep/a.PNG"), names(BackgroundPool.read(list, false)));
    }

    @Test
    void comesFromALinkToAFolder() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), pool);
        assertEquals(List.of("background/b.png", "background/deep/a.PNG"), names(BackgroundPool.read(link, false)));
    }

    @Test
    void brokenPicturesAreLeftOutAndCounted() throws IOException {
        Path empty = Files.createFile(pool.resolve("empty.jpg"));
        byte[] png = SmallPng.bytes(12, 9);
        Path half = Files.write(pool.resolve("half.png"), Arrays.copyOf(png, png.length / 2));
        Files.writeString(pool.resolve("moving.gif"), "GIF89a");
        BackgroundPool read = BackgroundPool.read(pool, false);
        assertEquals(List.of("background/b.png", "background/deep/a.PNG"), names(read));
        assertEquals(
                List.of(Kind.UNREADABLE_PICTURE, Kind.OTHER_FORMAT),
                read.findings().stream().map(Finding::kind).toList());
        assertEquals(2, read.findings().get(0).count());
        assertEquals(
                List.of(
                        "Picture " + empty
                                + " is broken: it is empty (0 bytes). Fetch it again, or take it out of the data.",
                        "Picture " + half + " is broken: it is cut short. Fetch it again, or take it out of the data."),
                read.findings().get(0).examples().stream().sorted().toList());
        assertTrue(read.text().startsWith("2 background pictures"), read.text());
        assertThrows(DataException.class, () -> BackgroundPool.read(pool, true));
    }

    @Test
    void listedPicturesThatAreMissingOrNamedTwiceAreLeftOutAndCounted() throws IOException {
        Path list =
                Files.writeString(folder.resolve("list.txt"), "pool/b.png\npool/gone.png\npool/deep\n./pool/b.png\n");
        BackgroundPool read = BackgroundPool.read(list, false);
        assertEquals(List.of("background/pool/b.png"), names(read));
        assertEquals(
                List.of(
                        new Finding(Kind.MISSING_PICTURE, 1, 0, List.of(list + ", line 2: 'pool/gone.png'")),
                        new Finding(
                                Kind.UNREADABLE_PICTURE,
                                1,
                                0,
                                List.of("Picture " + pool.resolve("deep")
                                        + " is not a file. Give the path of a picture.")),
                        new Finding(Kind.LISTED_TWICE, 1, 0, List.of(list + ", line 4: './pool/b.png'"))),
                read.findings());
    }

    @Test
    void aListMayNamePicturesElsewhereButTheirNamesStayInside() throws IOException {
        Path lists = Files.createDirectories(folder.resolve("lists"));
        Path list = Files.writeString(lists.resolve("list.txt"), "../pool/b.png\n" + pool.resolve("deep/a.PNG") + "\n");
        BackgroundPool read = BackgroundPool.read(list, false);
        String whole = pool.subpath(0, pool.getNameCount()).toString().replace('\\', '/');
        assertEquals(List.of("background/" + whole + "/b.png", "background/" + whole + "/deep/a.PNG"), names(read));
    }

    @Test
    void aPoolWithoutAPictureIsRefused() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThrows(DataException.class, () -> BackgroundPool.read(empty, false));
        Path list = Files.writeString(folder.resolve("list.txt"), "pool/gone.png\n");
        String message = assertThrows(DataException.class, () -> BackgroundPool.read(list, false))
                .getMessage();
        assertTrue(message.startsWith("the background " + list + " holds no picture that can be used"), message);
        assertTrue(message.endsWith(list + ", line 1: 'pool/gone.png'"), message);
    }

    @Test
    void aFolderThatIsNotThereIsNamedOnce() {
        Path gone = folder.resolve("nope");
        assertEquals(
                "the background " + gone + " does not exist; give a folder of pictures, or a file that lists some",
                assertThrows(DataException.class, () -> BackgroundPool.read(gone, false))
                        .getMessage());
    }

    /** The same for annotated pictures: one that would stop a training in its middle is left out before it begins. */
    @Test
    void annotatedPicturesThatAreCutShortAreLeftOutAndCounted() throws IOException {
        Path set = Files.createDirectories(folder.resolve("set"));
        byte[] png = SmallPng.bytes(12, 9);
        Files.write(set.resolve("a.png"), png);
        Path half = Files.write(set.resolve("b.png"), Arrays.copyOf(png, png.length * 2 / 3));
        Files.writeString(
                set.resolve("boxes.csv"), "filename,xmin,ymin,xmax,ymax,class\na.png,1,1,5,5,nut\nb.png,1,1,5,5,nut\n");
        LoadedDataset loaded = DatasetLoader.load(set, LoadOptions.defaults());
        assertEquals(
                List.of("a.png"),
                loaded.dataset().pictures().stream().map(Picture::name).toList());
        assertEquals(
                List.of(new Finding(
                        Kind.UNREADABLE_PICTURE,
                        1,
                        1,
                        List.of("Picture " + half
                                + " is broken: it is cut short. Fetch it again, or take it out of the data."))),
                loaded.summary().findings());
    }
}
