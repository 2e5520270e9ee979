package io.hardmine.datasets.image;

import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.opencv.core.Core;

/**
 * OpenCV's native library. openpnp's own loader unpacks 65 MB to a new temporary folder at each start; here they are
 * unpacked once, to a folder of the user's cache whose name contains version, platform and checksum.
 *
 * <p>The cache is {@code $HARDMINE_CACHE}, else {@code $XDG_CACHE_HOME/hardmine}, else {@code %LOCALAPPDATA%\hardmine}
 * on Windows, else {@code ~/.cache/hardmine}. If it cannot be written, this process uses a temporary folder of its own.
 */
public final class OpenCv {
    private OpenCv() {}

    /**
     * Makes {@code org.opencv} usable. The first call loads the library; calls from any thread are safe.
     *
     * @throws DataException if OpenCV has no native library for this platform, or it cannot be unpacked or loaded
     */
    public static void load() {
        if (Attempt.FAILURE != null) {
            throw new DataException(Attempt.FAILURE.getMessage(), Attempt.FAILURE);
        }
    }

    /** The class initializer runs once, under the JVM's lock; a failure is kept for later callers. */
    private static final class Attempt {
        static final DataException FAILURE = run();

        private static DataException run() {
            try {
                Platform platform = Platform.of(System.getProperty("os.name"), System.getProperty("os.arch"));
                Path library =
                        unpack(platform, cacheFolder(platform, System.getenv(), System.getProperty("user.home")));
                System.load(library.toString());
                return null;
            } catch (DataException e) {
                return e;
            } catch (IOException | UncheckedIOException e) {
                return new DataException(
                        "OpenCV's native library cannot be unpacked: " + e.getMessage()
                                + ". Point HARDMINE_CACHE to a writable folder with 100 MB of free space.",
                        e);
            } catch (UnsatisfiedLinkError e) {
                return new DataException(
                        "OpenCV's native library does not load on this machine: " + e.getMessage()
                                + ". If its folder is mounted without the right to execute, point HARDMINE_CACHE to"
                                + " another one.",
                        e);
            }
        }
    }

    /**
     * Where openpnp keeps a platform's library.
     *
     * @param windows whether file names and cache folder follow Windows
     * @param folder below {@code nu/pattern/opencv}
     * @param file the library's name
     */
    record Platform(boolean windows, String folder, String file) {
        static Platform of(String osName, String osArch) {
            String os = osName.toLowerCase(Locale.ROOT);
            String arch =
                    switch (osArch.toLowerCase(Locale.ROOT)) {
                        case "amd64", "x86_64" -> "x86_64";
                        case "aarch64", "arm64" -> "ARMv8";
                        default -> osArch;
                    };
            String name = Core.NATIVE_LIBRARY_NAME;
            if (os.startsWith("windows")) {
                return new Platform(true, "windows/" + arch, name + ".dll");
            }
            return os.startsWith("mac")
                    ? new Platform(false, "osx/" + arch, "lib" + name + ".dylib")
                    : new Platform(false, os + "/" + arch, "lib" + name + ".so");
        }

        /** The library on the class path. */
        URL resource() {
            URL found = OpenCv.class.getResource("/nu/pattern/opencv/" + folder + "/" + file);
            if (found == null) {
                throw new DataException("OpenCV has no native library for this platform (" + folder
                        + ") on the class path. Hardmine runs on x86_64 Linux, Windows and macOS; build it for this"
                        + " platform, or use a machine of one of these.");
            }
            return found;
        }
    }

    static Path cacheFolder(Platform platform, Map<String, String> environment, String home) {
        String own = environment.getOrDefault("HARDMINE_CACHE", "");
        if (!own.isBlank()) {
            return Path.of(own).toAbsolutePath();
        }
        String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
        if (shared.isBlank() && platform.windows()) {
            shared = environment.getOrDefault("LOCALAPPDATA", "");
        }
        Path base = shared.isBlank() ? Path.of(home, ".cache") : Path.of(shared);
        return base.resolve("hardmine").toAbsolutePath();
    }

    /**
     * The library as a file: the cached one if it is complete, else written to the cache, else to a temporary folder.
     */
    static Path unpack(Platform platform, Path cache) throws IOException {
        URL resource = platform.resource();
        Checksum expected = Checksum.of(resource);
        Path folder = cache.resolve(
                "opencv-" + Core.VERSION + "-" + platform.folder().replace('/', '-') + "-" + expected.hex());
        Path library = folder.resolve(platform.file());
        if (expected.matches(library)) {
            return library;
        }
        try {
            Files.createDirectories(folder);
            return write(resource, expected, library);
        } catch (IOException notWritable) {
            if (expected.matches(library)) {
                return library; // another process was first; Windows refuses to replace a library in use
            }
            Path temporary = Files.createTempDirectory("hardmine-opencv");
            temporary.toFile().deleteOnExit();
            Path once = write(resource, expected, temporary.resolve(platform.file()));
            once.toFile().deleteOnExit();
            return once;
        }
    }

    /** Writes under another name and renames, so readers never see an incomplete library. */
    private static Path write(URL resource, Checksum expected, Path library) throws IOException {
        Path part = Files.createTempFile(library.getParent(), "part", null);
        try {
            try (InputStream in = resource.openStream();
                    OutputStream out = Files.newOutputStream(part)) {
                in.transferTo(out);
            }
            if (!expected.matches(part)) {
                throw new IOException(part + " is not what was written; is the disk full?");
            }
            try {
                Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, library, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
        return library;
    }

    /** Length and CRC-32: known from the jar's directory without unpacking, and enough to detect incomplete files. */
    record Checksum(long length, long crc) {
        static Checksum of(URL resource) throws IOException {
            if (resource.openConnection() instanceof JarURLConnection inJar) {
                JarEntry entry = inJar.getJarEntry();
                return new Checksum(entry.getSize(), entry.getCrc());
            }
            try (InputStream in = resource.openStream()) {
                return of(in);
            }
        }

        static Checksum of(InputStream in) throws IOException {
            CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
            long length = 0;
            byte[] buffer = new byte[1 << 16];
            for (int n = checked.read(buffer); n >= 0; n = checked.read(buffer)) {
                length += n;
            }
            return new Checksum(length, checked.getChecksum().getValue());
        }

        boolean matches(Path file) throws IOException {
            if (!Files.isRegularFile(file) || Files.size(file) != length) {
                return false;
            }
            try (InputStream in = Files.newInputStream(file)) {
                return equals(of(in));
            }
        }

        String hex() {
            return HexFormat.of().toHexDigits((int) crc);
        }
    }
}
