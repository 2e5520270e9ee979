package io.hardmine.cli;

import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One number for a data set's pictures, boxes and categories. */
final class Fingerprint {
    private Fingerprint() {}

    /** SHA-256 over names, contents and annotations, in the data set's order. */
    static String of(LoadedDataset loaded) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, loaded.dataset().categories().toString());
            for (Picture picture : loaded.dataset().pictures()) {
                add(digest, picture.name() + loaded.hashes().get(picture.name()) + picture.annotations());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }
}
