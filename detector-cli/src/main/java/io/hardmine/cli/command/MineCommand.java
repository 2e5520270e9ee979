package io.hardmine.cli.command;

import io.hardmine.cli.gallery.GalleryPage;
import io.hardmine.cli.gallery.HardNegativesFile;
import io.hardmine.cli.gallery.ReviewPage;
import io.hardmine.cli.option.Choices;
import io.hardmine.cli.option.DataOptions;
import io.hardmine.cli.option.DecisionOptions;
import io.hardmine.cli.terminal.Console;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.cli.terminal.Phase;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.coco.CocoWriter;
import io.hardmine.mining.bootstrap.Decisions;
import io.hardmine.mining.bootstrap.HardExample;
import io.hardmine.mining.bootstrap.Miner;
import io.hardmine.mining.bootstrap.Pool;
import io.hardmine.mining.run.EvaluatedPictures;
import io.hardmine.mining.run.OutputFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hardmine mine}: where a model falsely fires on background. */
@Command(
        name = "mine",
        description = {
            "Looks for hard negatives: places in the background where a model fires.",
            "",
            "Writes DIR/hard-negatives.json (hardest first), DIR/crops, and DIR/gallery.html and DIR/gallery.png"
                    + " with the 200 hardest. With --data the "
                    + "background between the annotated objects is searched too. Pictures that the model was validated or "
                    + "tested on are refused.",
            "",
            "With --review also DIR/review.html, on which you decide what is background, what is unclear, and what is an "
                    + "object that nobody annotated. Give its decisions to --decisions, here and in training. Here, "
                    + "DIR/annotations-promoted.json then holds the data's annotations with those objects added, in COCO "
                    + "form; there, pictures of the background pool are named background/..."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine mine --model run/model.zip --background empty/ --out hard",
            "  hardmine mine --model run/model.zip --background empty/ --data parts/ --out hard --review",
            "  hardmine mine --model run/model.zip --background empty/ --data parts/ --out hard2 --decisions decisions.json",
            "  hardmine train --data parts/ --background empty/ --out run2 --decisions decisions.json"
        })
final class MineCommand implements Callable<Integer> {
    private static final int MOST = 100_000;

    /** On pages; more of them nobody looks through. */
    private static final int SHOWN = 200;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL|RUN",
            description = "Model file, or folder of a run.")
    private Path modelFile;

    @Option(
            names = "--background",
            required = true,
            paramLabel = "DIR|LIST",
            description = "Pictures that hold no object, a folder or a list file.")
    private Path background;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for what is found.")
    private Path out;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of annotated pictures, to be mined too.")
    private Path folder;

    @Option(
            names = "--split",
            paramLabel = "S",
            completionCandidates = Choices.OfSplit.class,
            description = "Which of them: train or all. Default: train.")
    private EvaluatedPictures.Choice split = EvaluatedPictures.Choice.TRAIN;

    @Option(
            names = "--score",
            paramLabel = "S",
            description =
                    "A detection that scores at least S is a false alarm. Default: the model's threshold of each class.")
    private Double score;

    @Option(names = "--limit", paramLabel = "N", description = "Keep the N hardest. Default: ${DEFAULT-VALUE}.")
    private int limit = Miner.Look.standard().limit();

    @Option(
            names = "--scales",
            paramLabel = "X",
            split = ",",
            description = "Sizes at which pictures are searched, as multiples of the model's own. Default: 1,0.7.")
    private List<Double> scales = Miner.Look.standard().scales();

    @Option(names = "--review", description = "Write DIR/review.html too.")
    private boolean review;

    @Option(names = "--quiet", description = "No progress bar.")
    private boolean quiet;

    @Mixin
    private DecisionOptions decisions;

    @Mixin
    private DataOptions data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        require(limit >= 1 && limit <= MOST, "--limit must lie in [1, %d], not %d".formatted(MOST, limit));
        require(score == null || score > 0 && score < 1, "--score must lie between 0 and 1, not " + score);
        require(
                !scales.isEmpty() && scales.stream().allMatch(s -> s >= 0.1 && s <= 4),
                "--scales takes numbers in [0.1, 4], not "
                        + scales.stream().map(String::valueOf).collect(Collectors.joining(",")));
        requireOwnFolder();
        try (TrainedModel model = TrainedModel.read(modelFile)) {
            mine(model);
        }
        return ExitCode.OK;
    }

    private void mine(TrainedModel model) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        List<Picture> empty = background();
        LoadedDataset loaded = folder == null ? null : data.load(folder, err);
        List<Picture> annotated = loaded == null
                ? List.of()
                : EvaluatedPictures.choose(loaded, model, split).dataset().pictures();
        List<Picture> pictures = new ArrayList<>(empty);
        pictures.addAll(annotated);
        Decisions decided = decisions.read(pictures, err);
        err.flush();
        Pool pool = new Pool(
                decided.ignoring(pictures), model.description().origin().heldOut());
        Miner.Mined mined = look(model, pool);
        Phase.during("drawing what was found", err, () -> write(mined, pool, model));
        PrintWriter text = spec.commandLine().getOut();
        if (!decided.objects().isEmpty()) {
            Promotion promotion = loaded == null
                    ? Promotion.of(decided, model.description().categories(), empty)
                    : Promotion.of(decided, loaded, annotated, empty);
            Path file = out.resolve("annotations-promoted.json");
            CocoWriter.write(promotion.dataset(), file);
            text.println("%s: %d objects added".formatted(file, promotion.added()));
        }
        text.println(summary(mined));
        text.println("page: " + out.resolve(review ? "review.html" : "gallery.html"));
        text.println("next: " + next(mined));
        text.flush();
    }

    private Miner.Mined look(TrainedModel model, Pool pool) {
        try (ProgressBar bar = Console.bar("mining", pool.pictures().size(), !quiet)) {
            return new Miner(model, new Miner.Look(limit, scales, score)).mine(pool, bar::step);
        }
    }

    private List<Picture> background() throws IOException {
        return Phase.of(
                "reading " + background,
                spec.commandLine().getErr(),
                () -> data.background(background, spec.commandLine().getErr()));
    }

    private void write(Miner.Mined mined, Pool pool, TrainedModel model) throws IOException {
        List<String> categories =
                model.description().categories().stream().map(Category::name).toList();
        List<HardExample> hardest = mined.hardest();
        Map<String, Path> files = new HashMap<>();
        pool.pictures().forEach(p -> files.put(p.name(), p.file()));
        Files.createDirectories(out);
        HardNegativesFile.write(hardest, categories, files::get, out);
        List<HardExample> shown = hardest.subList(0, Math.min(SHOWN, hardest.size()));
        GalleryPage.write("Hard negatives of " + modelFile.getFileName(), summary(mined), shown, categories, out);
        if (review) {
            Path saved = Path.of("decisions.json");
            List<ReviewPage.Step> next = List.of(
                    new ReviewPage.Step("Train again without what is no background:", trainCommand(List.of(saved))),
                    new ReviewPage.Step(
                            "Add what is an object to the annotations, and mine again:",
                            mineCommand(Path.of(out + "-2"), List.of(saved))));
            ReviewPage.write(shown, categories, next, out.resolve("review.html"));
        }
    }

    /** What to do with what was found, with this command's own paths. */
    private String next(Miner.Mined mined) {
        if (mined.hardest().isEmpty()) {
            return "nothing; the model fires nowhere in this background";
        }
        return review
                ? "decide on the page, save decisions.json, then: " + trainCommand(List.of(Path.of("decisions.json")))
                : "look at the page; to train on such places: " + trainCommand(List.of());
    }

    private String trainCommand(List<Path> more) {
        return "hardmine train --data %s --background %s --set bootstrap.source=mined%s --out RUN"
                .formatted(
                        folder == null ? "DIR" : Console.quoted(folder),
                        Console.quoted(background),
                        withDecisions(more));
    }

    private String mineCommand(Path to, List<Path> more) {
        return "hardmine mine --model %s --background %s%s%s --out %s"
                .formatted(
                        Console.quoted(modelFile),
                        Console.quoted(background),
                        folder == null ? "" : " --data " + Console.quoted(folder),
                        withDecisions(more),
                        Console.quoted(to));
    }

    private String withDecisions(List<Path> more) {
        return Stream.concat(decisions.files().stream(), more.stream())
                .map(file -> " --decisions " + Console.quoted(file))
                .collect(Collectors.joining());
    }

    private static String summary(Miner.Mined mined) {
        return Console.text(
                "%d pictures, %d crops scored, %d false alarms (%.1f in 1000 crops), the %d hardest kept; %.1f pictures/s",
                mined.pictures(),
                mined.cropsScored(),
                mined.falseAlarms(),
                mined.perThousand(),
                mined.hardest().size(),
                mined.pictures() / mined.seconds());
    }

    /** Crops among the pictures would be mined the next time, and data is never written to. */
    private void requireOwnFolder() {
        for (Path source : folder == null ? List.of(background) : List.of(background, folder)) {
            if (out.toAbsolutePath()
                    .normalize()
                    .startsWith(source.toAbsolutePath().normalize())) {
                throw new DataException(
                        "%s lies in %s, which is only read: give --out a folder of its own".formatted(out, source));
            }
        }
        OutputFolder.require(out);
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }
}
