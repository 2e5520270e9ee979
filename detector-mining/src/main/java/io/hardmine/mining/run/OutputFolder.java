package io.hardmine.mining.run;

import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that a run or a command writes into. That nothing can be written is known before hours are spent. */
public final class OutputFolder {
    private OutputFolder() {}

    /**
     * Makes sure that files can be written into a folder, which need not exist and is not made.
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
}
