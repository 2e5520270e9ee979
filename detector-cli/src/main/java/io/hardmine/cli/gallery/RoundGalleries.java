package io.hardmine.cli.gallery;

import io.hardmine.mining.bootstrap.Bootstrap;
import io.hardmine.mining.bootstrap.HardExample;
import io.hardmine.mining.bootstrap.RoundReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes, after each round of bootstrapping, a gallery of the hardest examples and {@code index.html} with all rounds
 * so far.
 */
public final class RoundGalleries {
    private static final int SHOWN = 60;

    private final Path folder;
    private final List<String> categories;

    /**
     * Galleries of a training.
     *
     * @param folder of bootstrapping
     * @param categories names in class-index order
     */
    public RoundGalleries(Path folder, List<String> categories) {
        this.folder = folder;
        this.categories = List.copyOf(categories);
    }

    /**
     * Writes the pages after a round.
     *
     * @param set all hard examples, hardest first
     */
    public void write(RoundReport report, List<HardExample> set) throws IOException {
        Path own = Files.createDirectories(folder.resolve("round-" + report.round()));
        List<HardExample> hardest = set.subList(0, Math.min(SHOWN, set.size()));
        String title = "Round %d, after step %d".formatted(report.round(), report.step());
        String summary = "the %d hardest of %d hard examples".formatted(hardest.size(), set.size());
        GalleryPage.write(title, summary, hardest, categories, own);
        RoundsPage.write(Bootstrap.reports(folder, report.round()), folder.resolve("index.html"));
    }
}
