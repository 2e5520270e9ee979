package io.hardmine.cli.page;

import io.hardmine.datasets.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The script of a page.
 *
 * @param text with line ends as browsers normalize them before they hash the script
 */
public record PageScript(String text) {
    /**
     * The scripts beside a class, one after the other.
     *
     * @param beside class in whose package they lie
     * @param names of the files
     */
    public static PageScript of(Class<?> beside, String... names) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            try (InputStream in = beside.getResourceAsStream(name)) {
                text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n"));
            }
        }
        return new PageScript(text.toString());
    }

    /** The hash by which a content security policy lets this script run, and no other. */
    public String hash() {
        return "sha256-" + new Sha256().add(text).base64();
    }
}
