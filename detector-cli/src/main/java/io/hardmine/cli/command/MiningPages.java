package io.hardmine.cli.command;

import io.hardmine.cli.gallery.GalleryPage;
import io.hardmine.cli.gallery.ReviewPage;
import io.hardmine.cli.terminal.Console;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.datasets.Category;
import io.hardmine.mining.bootstrap.HardExample;
import io.hardmine.mining.bootstrap.Miner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pages of mined places, and the commands for the next step, with the paths that the user gave.
 *
 * @param model file, or folder of a run
 * @param background folder or list of the background pictures
 * @param data folder of annotated pictures; null if none was given
 * @param decisions files with earlier decisions
 * @param out folder of the pages
 * @param review whether to write a page on which the user decides
 */
record MiningPages(Path model, Path background, Path data, List<Path> decisions, Path out, boolean review) {
    /** Largest number of places on a page; more are too many to look through. */
    private static final int SHOWN = 200;

    private static final Path SAVED = Path.of("decisions.json");

    /** Writes {@code gallery.html}, {@code gallery.png} and, if {@code review} is set, {@code review.html}. */
    void write(Miner.Mined mined, TrainedModel trained) throws IOException {
        List<String> categories =
                trained.description().categories().stream().map(Category::name).toList();
        List<HardExample> hardest = mined.hardest();
        List<HardExample> shown = hardest.subList(0, Math.min(SHOWN, hardest.size()));
        GalleryPage.write("Hard negatives of " + model.getFileName(), summary(mined), shown, categories, out);
        if (review) {
            List<ReviewPage.Step> next = List.of(
                    new ReviewPage.Step("Train again without what is no background:", trainCommand(List.of(SAVED))),
                    new ReviewPage.Step(
                            "Add what is an object to the annotations, and mine again:",
                            mineCommand(Path.of(out + "-2"), List.of(SAVED))));
            ReviewPage.write(shown, categories, next, page());
        }
    }

    /** The page to look at. */
    Path page() {
        return out.resolve(review ? "review.html" : "gallery.html");
    }

    /** What was found, in a sentence. */
    String summary(Miner.Mined mined) {
        return Console.text(
                "%d pictures, %d crops scored, %d false alarms (%.1f in 1000 crops), the %d hardest kept; %.1f pictures/s",
                mined.pictures(),
                mined.cropsScored(),
                mined.falseAlarms(),
                mined.perThousand(),
                mined.hardest().size(),
                mined.pictures() / mined.seconds());
    }

    /** What to do next, in a sentence. */
    String next(Miner.Mined mined) {
        if (mined.hardest().isEmpty()) {
            return "nothing; the model fires nowhere in this background";
        }
        return review
                ? "decide on the page, save decisions.json, then: " + trainCommand(List.of(SAVED))
                : "look at the page; to train on such places: " + trainCommand(List.of());
    }

    private String trainCommand(List<Path> more) {
        return "hardmine train --data %s --background %s --mine%s --out RUN"
                .formatted(data == null ? "DIR" : Console.quoted(data), Console.quoted(background), decisions(more));
    }

    private String mineCommand(Path to, List<Path> more) {
        return "hardmine mine --model %s --background %s%s%s --out %s"
                .formatted(
                        Console.quoted(model),
                        Console.quoted(background),
                        data == null ? "" : " --data " + Console.quoted(data),
                        decisions(more),
                        Console.quoted(to));
    }

    private String decisions(List<Path> more) {
        return Stream.concat(decisions.stream(), more.stream())
                .map(file -> " --decisions " + Console.quoted(file))
                .collect(Collectors.joining());
    }
}
