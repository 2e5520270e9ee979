package io.hardmine.cli.gallery;

import io.hardmine.mining.bootstrap.HardExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Hard negatives to look at: a page that needs no network and runs no script, and the same as one picture.
 *
 * @param title of the page
 * @param summary what was found, in a sentence
 * @param cards hardest first
 */
public record GalleryPage(String title, String summary, List<Card> cards) {
    /** Copies the list. */
    public GalleryPage {
        cards = List.copyOf(cards);
    }

    /** Writes {@code gallery.html} and {@code gallery.png} into a folder. */
    public static void write(
            String title, String summary, List<HardExample> examples, List<String> categories, Path folder)
            throws IOException {
        GalleryPage page = new GalleryPage(title, summary, Card.of(examples, categories));
        Pages.write("gallery.jte", page, folder.resolve("gallery.html"));
        GallerySheet.write(examples, categories, title + ": " + summary, folder.resolve("gallery.png"));
    }
}
