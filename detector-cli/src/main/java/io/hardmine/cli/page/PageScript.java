package io.hardmine.cli.page;

import io.hardmine.datasets.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The script of a page.
 *
 * @param text source with {@code \n} as line ends: browsers normalize them before they hash the script
 */
public record PageScript(String text) {
    /**
     * Reads script files and joins them.
     *
     * @param beside class in whose package the files lie
     * @param names of the files, in order
     * @throws IOException if a file cannot be read
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

    /** The hash of the script in the form of a content security policy, which then lets only this script run. */
    public String hash() {
        return "sha256-" + new Sha256().add(text).base64();
    }
}
