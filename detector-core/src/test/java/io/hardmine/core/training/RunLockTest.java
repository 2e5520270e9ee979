package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    @TempDir
    private Path folder;

    /** Run in a JVM of its own: takes a folder, says so, and waits to be killed. */
    static final class Holder {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            try (RunLock lock = RunLock.take(Path.of(arguments[0]))) {
                System.out.println(lock.guards(Path.of(arguments[0])));
                Thread.sleep(TimeUnit.MINUTES.toMillis(5));
            }
        }
    }

    @Test
    void aFolderThatAnotherProcessWritesIsRefusedUntilThatIsKilled() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = holder.inputReader()) {
            assertEquals("true", out.readLine());
            DataException e = assertThrows(DataException.class, () -> RunLock.take(folder));
            assertEquals(
                    "%s is being written by process %d: wait until that has ended, or give another folder"
                            .formatted(folder, holder.pid()),
                    e.getMessage());
            assertThrows(DataException.class, () -> RunLock.requireFree(folder));
        } finally {
            holder.destroyForcibly();
        }
        assertTrue(holder.waitFor(1, TimeUnit.MINUTES));
        RunLock.take(folder).close();
    }

    @Test
    void oneProcessTakesAFolderOnce() throws IOException {
        try (RunLock lock = RunLock.take(folder)) {
            assertTrue(lock.guards(folder.resolve(".")));
            assertFalse(lock.guards(folder.getParent()));
            assertThrows(DataException.class, () -> RunLock.take(folder));
            assertEquals(String.valueOf(ProcessHandle.current().pid()), Files.readString(folder.resolve(".lock")));
        }
        RunLock.take(folder).close();
    }

    @Test
    void lookingWhetherAFolderIsFreeMakesNothing() throws IOException {
        RunLock.requireFree(folder.resolve("new"));
        assertFalse(Files.exists(folder.resolve("new")));
    }
}
