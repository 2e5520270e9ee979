package io.hardmine.datasets.file;

import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Errors for files that cannot be read. */
public final class FileFault {
    private FileFault() {}

    /** The error for a failure, as a full sentence: the system's own message is often only the path. */
    public static DataException of(Path file, IOException cause) {
        String place = cause instanceof FileSystemException f && f.getFile() != null ? f.getFile() : file.toString();
        if (cause instanceof NoSuchFileException) {
            return new DataException("%s: there is no such file or folder".formatted(place), cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new DataException("%s: no permission to read it".formatted(place), cause);
        }
        String reason = cause instanceof FileSystemException f ? f.getReason() : cause.getMessage();
        return new DataException(
                reason == null
                        ? "%s cannot be read".formatted(place)
                        : "%s cannot be read: %s".formatted(place, reason),
                cause);
    }

    /**
     * Refuses a path that is not a regular file, and a file that is too large, before it is opened: reading from a pipe
     * could block forever.
     *
     * @param limit largest size, in bytes
     * @throws DataException if the file is missing, is not a regular file, or has more than {@code limit} bytes
     */
    public static void check(Path file, long limit) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw new DataException("%s is a folder; give a file".formatted(file));
            }
            if (!attributes.isRegularFile()) {
                throw new DataException("%s is no regular file but a pipe or a device; give a file".formatted(file));
            }
            if (attributes.size() > limit) {
                throw new DataException("%s has %d MB; such a file may have %d MB. Is it the right one?"
                        .formatted(file, attributes.size() >> 20, limit >> 20));
            }
        } catch (IOException e) {
            throw of(file, e);
        }
    }
}
