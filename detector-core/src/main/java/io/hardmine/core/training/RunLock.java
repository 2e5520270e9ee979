package io.hardmine.core.training;

import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reserves a folder for one writer by an operating system lock on the file {@code .lock}, which holds the process id.
 * The lock ends with the process, also if that is killed. The file may remain without a lock.
 */
public final class RunLock implements AutoCloseable {
    private static final String NAME = ".lock";

    /** Position of the locked byte, beyond the text, which other processes read while the byte is locked. */
    private static final long LOCKED_BYTE = 1 << 20;

    /**
     * Folders that this process holds. The system frees a process's lock when the process closes the file anywhere, so
     * a locked file must not be opened again. Only a static list can prevent that.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private RunLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Locks a folder. Makes the folder if it does not exist.
     *
     * @throws DataException if it is locked already; the message names the process
     */
    public static RunLock take(Path folder) throws IOException {
        Path real = Files.createDirectories(folder).toRealPath();
        if (!HELD.add(real)) {
            throw taken(folder, "this process");
        }
        try {
            return new RunLock(real, lock(folder));
        } catch (IOException | RuntimeException e) {
            HELD.remove(real);
            throw e;
        }
    }

    /** Work to do while a folder is locked. */
    public interface Work<T> {
        /** Does the work. */
        T run() throws IOException;
    }

    /**
     * Does work while it holds the lock of a folder. Makes the folder if it does not exist.
     *
     * @throws DataException if it is locked already; the message names the process
     */
    public static <T> T holding(Path folder, Work<T> work) throws IOException {
        RunLock lock = take(folder);
        try {
            return work.run();
        } finally {
            lock.close();
        }
    }

    /**
     * Refuses a folder that is locked at present. Makes no file or folder.
     *
     * @throws DataException if it is locked; the message names the process
     */
    public static void requireFree(Path folder) throws IOException {
        if (Files.exists(folder.resolve(NAME))) {
            take(folder).close();
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            boolean shared = false;
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, shared);
            if (lock == null) {
                throw taken(folder, "process " + holder(channel));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
    }

    private static DataException taken(Path folder, String by) {
        return new DataException(
                "%s is being written by %s: wait until that has ended, or give another folder".formatted(folder, by));
    }

    /** Whether the lock is on the folder {@code other}; false if that does not exist. */
    boolean guards(Path other) throws IOException {
        return Files.exists(other) && other.toRealPath().equals(folder);
    }

    /** Frees the folder. */
    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(folder);
    }
}
