package io.hardmine.cli.gallery;

import io.hardmine.datasets.Sha256;
import io.hardmine.mining.bootstrap.HardExample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A page on which a reviewer decides about hard negatives. A content security policy names its script's hash and keeps
 * anything else from being loaded or run; the script reads what it needs from attributes, so that no name becomes code.
 *
 * @param script all that may run
 * @param hash the script's, as the policy wants it
 * @param key under which the browser remembers: the same cards, the same key
 * @param next what to do with the decisions
 * @param cards hardest first
 */
public record ReviewPage(String script, String hash, String key, List<Step> next, List<Card> cards) {
    /** Copies the lists. */
    public ReviewPage {
        next = List.copyOf(next);
        cards = List.copyOf(cards);
    }

    /**
     * Something to do next.
     *
     * @param what purpose of the command
     * @param command what to type
     */
    public record Step(String what, String command) {}

    /**
     * Writes the page.
     *
     * @param next what to do with the saved decisions
     */
    public static void write(List<HardExample> examples, List<String> categories, List<Step> next, Path file)
            throws IOException {
        List<Card> cards = Card.of(examples, categories);
        StringBuilder places = new StringBuilder();
        cards.forEach(c -> places.append(c.picture()).append(c.region()).append(c.category()));
        String script = resource();
        Pages.write(
                "review.jte",
                new ReviewPage(script, "sha256-" + base64(script), base64(places.toString()), next, cards),
                file);
    }

    static String resource() throws IOException {
        try (InputStream in = ReviewPage.class.getResourceAsStream("review.js")) {
            // browsers normalize line ends before they hash the script
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }

    private static String base64(String text) {
        return new Sha256().add(text).base64();
    }
}
