package io.hardmine.datasets.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aWriterThatFailsLeavesTheOldContentAndNothingBeside() throws IOException {
        Path file = folder.resolve("split.json");
        AtomicFile.writeString(file, "old ä");
        assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("disk full");
                }));
        assertEquals("old ä", Files.readString(file));
        assertEquals(List.of("split.json"), names());
    }

    @Test
    void partsOfKilledWritersGoAndNothingElse() throws IOException {
        for (String name : List.of(".last.zip.4711.part", ".hidden", "model.part")) {
            Files.writeString(folder.resolve(name), "x");
        }
        AtomicFile.clearParts(folder);
        assertEquals(List.of(".hidden", "model.part"), names());
        AtomicFile.clearParts(folder.resolve("not there"));
    }
}
