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
 * Keeps a folder for one writer: a lock of the operating system on {@code .lock}, which names the process. It ends with the
 * process, however that ends; the file may stay.
 */
public final class RunLock implements AutoCloseable {
    private static final String NAME = ".lock";

    /** Apart from the text, which other processes read while it is locked. */
    private static final long LOCKED_BYTE = 1 << 20;

    /**
     * Folders that this process holds. The system frees a process's lock when the process closes the file anywhere, so a
     * locked one must not be opened again; only a list for the whole process can prevent that.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private RunLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes a folder, which is made if it is not there.
     *
     * @throws DataException if it is taken, naming the process
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

    /** What is done while a folder is held. */
    public interface Work<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /**
     * Does work while nobody else may write into a folder, which is made if it is not there.
     *
     * @throws DataException if it is taken, naming the process
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
     * Refuses a folder that is taken at present; makes nothing.
     *
     * @throws DataException if it is taken, naming the process
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

    /** Whether it is this folder's. */
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
