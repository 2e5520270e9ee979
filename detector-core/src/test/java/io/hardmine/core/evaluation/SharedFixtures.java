package io.hardmine.core.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Larger fixtures that do not ship; tests that want them are skipped without. */
final class SharedFixtures {
    private SharedFixtures() {}

    static Path folder(String name) {
        String shared = System.getProperty("HARDMINE_SHARED", System.getenv("HARDMINE_SHARED"));
        Assumptions.assumeTrue(shared != null, "HARDMINE_SHARED is not set");
        Path folder = Path.of(shared, "fixtures", name);
        Assumptions.assumeTrue(Files.isDirectory(folder), folder + " is missing");
        return folder;
    }
}
