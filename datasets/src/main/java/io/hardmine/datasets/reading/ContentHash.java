package io.hardmine.datasets.reading;

import io.hardmine.datasets.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** SHA-256 of files. */
public final class ContentHash {
    private ContentHash() {}

    /** Of a whole file, in hexadecimal. */
    public static String of(Path file) throws IOException {
        Sha256 sum = new Sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sum.add(buffer, count);
            }
        }
        return sum.hex();
    }
}
