package io.hardmine.mining.run;

import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks the folder that a run or a command will write into, before hours of work are spent. */
public final class OutputFolder {
    private OutputFolder() {}

    /**
     * Makes sure that files can be written into a folder, which need not exist and is not created.
     *
     * @throws DataException if a file has its name, or nothing can be written there
     */
    public static void require(Path folder) {
        Path existing = folder.toAbsolutePath().normalize();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            throw new DataException(existing + " is a file; --out takes a folder");
        }
        try { // permissions alone do not tell
            Files.delete(Files.createTempFile(existing, "hardmine", null));
        } catch (IOException e) {
            throw new DataException("nothing can be written to %s; give another --out".formatted(existing), e);
        }
    }

    /**
     * Makes sure that nothing is written into a folder of pictures, where it would be read the next time.
     *
     * @throws DataException if {@code folder} is {@code source} or lies in it
     */
    public static void requireOutside(Path folder, Path source) {
        if (folder.toAbsolutePath()
                .normalize()
                .startsWith(source.toAbsolutePath().normalize())) {
            throw new DataException(
                    "%s lies in %s, which is only read: give --out a folder of its own".formatted(folder, source));
        }
    }
}
