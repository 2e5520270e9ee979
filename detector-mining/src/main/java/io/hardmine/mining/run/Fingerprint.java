package io.hardmine.mining.run;

import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** One number for a data set's pictures, boxes and categories. */
public final class Fingerprint {
    private Fingerprint() {}

    /** SHA-256 over names, contents and annotations, in the data set's order. */
    public static String of(LoadedDataset loaded) {
        MessageDigest digest = sha256();
        add(digest, loaded.dataset().categories().toString());
        for (Picture picture : loaded.dataset().pictures()) {
            add(digest, picture.name() + loaded.hashes().get(picture.name()) + picture.annotations());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 over names and sizes of the files of a pool; its pictures may be too many to read. */
    public static String of(List<Picture> pool) throws IOException {
        MessageDigest digest = sha256();
        for (Picture picture : pool) {
            add(digest, picture.name() + Files.size(picture.file()));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }
}
