package io.hardmine.datasets.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files that exist whole or not at all, even if the process is killed. The content goes to {@code
 * .NAME.PID.part} in the same folder, is forced to the disk, and gets its name by an atomic move.
 */
public final class AtomicFile {
    private static final String PARTS = ".*.part";

    private AtomicFile() {}

    /** Writes the content of a file; it need not close the stream. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a file. Replaces an existing one; missing folders are created. */
    public static void write(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        // not Files.createTempFile: only the owner may read its files
        Path part = folder.resolve(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Writes a text in UTF-8. */
    public static void writeString(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Deletes the part files that killed writers left in a folder. Nothing else may be writing into it. */
    public static void clearParts(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, PARTS)) {
                for (Path part : parts) {
                    Files.delete(part);
                }
            }
        }
    }
}
