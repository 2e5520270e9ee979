package io.hardmine.cli.gallery;

import io.hardmine.cli.page.PageScript;
import io.hardmine.datasets.Sha256;
import io.hardmine.mining.bootstrap.HardExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A page on which a reviewer decides about hard negatives. A content security policy names its script's hash and keeps
 * anything else from being loaded or run; the script reads what it needs from attributes, so that no name becomes code.
 *
 * @param script the only script that may run
 * @param hash of the script, in the form of the policy
 * @param key under which the browser keeps the decisions; the same cards give the same key
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
     * A step to do next.
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
        PageScript script = ownScript();
        String key = new Sha256().add(places.toString()).base64();
        Pages.write("review.jte", new ReviewPage(script.text(), script.hash(), key, next, cards), file);
    }

    static PageScript ownScript() throws IOException {
        return PageScript.of(ReviewPage.class, "review.js");
    }
}
