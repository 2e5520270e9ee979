package io.hardmine.datasets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256 of content that comes in pieces. For one thread. */
public final class Sha256 {
    private final MessageDigest digest;

    /** A digest of no bytes yet. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Adds a piece. */
    public Sha256 add(byte[] piece) {
        digest.update(piece);
        return this;
    }

    /** Adds the first {@code count} bytes of a piece. */
    public Sha256 add(byte[] piece, int count) {
        digest.update(piece, 0, count);
        return this;
    }

    /** Adds a text in UTF-8. */
    public Sha256 add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The digest in hexadecimal. Resets the content to no bytes. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * The digest in base 64, the form in which a content security policy names scripts. Resets the content to no bytes.
     */
    public String base64() {
        return Base64.getEncoder().encodeToString(digest.digest());
    }
}
