package io.hardmine.datasets.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.image.OpenCv.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

class OpenCvTest {
    private static final Platform HERE = Platform.of(System.getProperty("os.name"), System.getProperty("os.arch"));

    @TempDir
    private Path cache;

    @Test
    void loadsFromManyThreads() {
        IntStream.range(0, 8).parallel().forEach(i -> OpenCv.load());
        Mat mat = Mat.eye(2, 2, CvType.CV_8U);
        assertEquals(1, mat.get(1, 1)[0]);
        mat.release();
    }

    @Test
    void unpacksOnceAndMendsWhatIsBroken() throws IOException {
        Path library = OpenCv.unpack(HERE, cache);
        long size = Files.size(library);
        assertTrue(library.startsWith(cache), library.toString());
        FileTime old = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(library, old);

        assertEquals(library, OpenCv.unpack(HERE, cache));
        assertEquals(old, Files.getLastModifiedTime(library));

        Files.write(library, new byte[] {1, 2, 3});
        assertEquals(library, OpenCv.unpack(HERE, cache));
        assertEquals(size, Files.size(library));
        assertEquals(List.of(library), files());
    }

    @Test
    void startsAtTheSameTimeDoNotDisturbEachOther() throws IOException {
        Set<Path> libraries = IntStream.range(0, 3)
                .parallel()
                .mapToObj(i -> {
                    try {
                        return OpenCv.unpack(HERE, cache);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .collect(Collectors.toSet());
        assertEquals(libraries, Set.copyOf(files()));
        assertEquals(1, libraries.size());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(cache)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aCacheThatCannotBeWrittenGivesWayToATemporaryFolder() throws IOException {
        Path file = Files.createFile(cache.resolve("file"));
        Path library = OpenCv.unpack(HERE, file.resolve("cache"));
        assertFalse(library.startsWith(cache));
        assertTrue(Files.size(library) > 0);
    }

    @Test
    void aPlatformWithoutLibraryIsToldPlainly() {
        Platform sparc = Platform.of("SunOS", "sparcv9");
        DataException e = assertThrows(DataException.class, () -> OpenCv.unpack(sparc, cache));
        assertTrue(
                e.getMessage().startsWith("OpenCV has no native library for this platform (sunos/sparcv9)"),
                e.getMessage());
    }

    @Test
    void knowsEveryPlatformOfOpenpnp() {
        assertEquals("linux/x86_64", Platform.of("Linux", "amd64").folder());
        assertEquals("linux/ARMv8", Platform.of("Linux", "aarch64").folder());
        assertEquals("windows/x86_64", Platform.of("Windows 11", "amd64").folder());
        assertEquals("osx/ARMv8", Platform.of("Mac OS X", "aarch64").folder());
        for (Platform platform : List.of(
                Platform.of("Linux", "amd64"), Platform.of("Windows 11", "amd64"), Platform.of("Mac OS X", "x86_64"))) {
            assertTrue(platform.resource().toString().endsWith(platform.folder() + "/" + platform.file()));
        }
    }

    @Test
    void theCacheFolderFollowsTheEnvironment() {
        Platform linux = Platform.of("Linux", "amd64");
        Platform windows = Platform.of("Windows 11", "amd64");
        Map<String, String> all = Map.of("HARDMINE_CACHE", "/own", "XDG_CACHE_HOME", "/xdg", "LOCALAPPDATA", "/local");
        Map<String, String> common = Map.of("XDG_CACHE_HOME", "/xdg", "LOCALAPPDATA", "/local");
        Map<String, String> local = Map.of("HARDMINE_CACHE", " ", "LOCALAPPDATA", "/local");
        assertEquals(path("/own"), OpenCv.cacheFolder(linux, all, "/home/me"));
        assertEquals(path("/xdg/hardmine"), OpenCv.cacheFolder(windows, common, "/home/me"));
        assertEquals(path("/local/hardmine"), OpenCv.cacheFolder(windows, local, "/home/me"));
        assertEquals(path("/home/me/.cache/hardmine"), OpenCv.cacheFolder(linux, local, "/home/me"));
    }

    private static Path path(String path) {
        return Path.of(path).toAbsolutePath();
    }
}
