package io.hardmine.cli.command;

import io.hardmine.cli.option.Choices;
import io.hardmine.cli.option.DataOptions;
import io.hardmine.cli.option.DecisionOptions;
import io.hardmine.cli.option.SearchOptions;
import io.hardmine.cli.terminal.Console;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.cli.terminal.Phase;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.training.RunLock;
import io.hardmine.mining.bootstrap.Miner;
import io.hardmine.mining.run.EvaluatedPictures;
import io.hardmine.mining.run.MiningRun;
import io.hardmine.mining.run.OutputFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardmine mine}: searches the background for places where a model fires. */
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
                    + "object that nobody annotated. Give its decisions to --decisions, in mining and training. Mining "
                    + "then writes DIR/annotations-promoted.json: the data's annotations with those objects added, in "
                    + "COCO form. In that file, pictures of the background pool are named background/..."
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
            description = "Pictures of --data to mine: train or all. Default: train.")
    private EvaluatedPictures.Choice split = EvaluatedPictures.Choice.TRAIN;

    @Mixin
    private SearchOptions search;

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
        Miner.Search how = search.search();
        OutputFolder.requireOutside(out, background); // crops in there would be mined the next time
        if (folder != null) {
            OutputFolder.requireOutside(out, folder);
        }
        OutputFolder.require(out);
        RunLock.requireFree(out);
        try (TrainedModel model = TrainedModel.read(modelFile)) {
            MiningRun run = run(model, how);
            run.warning().ifPresent(w -> err().println("warning: " + w));
            err().flush();
            return RunLock.holding(out, () -> mine(run, model));
        }
    }

    private MiningRun run(TrainedModel model, Miner.Search how) throws IOException {
        MiningRun.Builder run = MiningRun.of(model).search(how).background(data.background(background, err()));
        if (folder != null) {
            run.data(data.load(folder, err()), split);
        }
        return run.decisions(decisions.read()).open();
    }

    private int mine(MiningRun run, TrainedModel model) throws IOException {
        MiningPages pages = new MiningPages(modelFile, background, folder, decisions.files(), out, review);
        Miner.Mined mined;
        try (ProgressBar bar = Console.bar("mining", run.size(), !quiet)) {
            mined = run.mine(bar::step);
        }
        MiningRun.Files files = Phase.of("drawing what was found", err(), () -> {
            pages.write(mined, model);
            return run.write(mined, out);
        });
        PrintWriter text = spec.commandLine().getOut();
        files.promoted().ifPresent(f -> text.println("%s: %d objects added".formatted(f, files.promotedObjects())));
        text.println(pages.summary(mined));
        text.println("page: " + pages.page());
        text.println("next: " + pages.next(mined));
        text.flush();
        return ExitCode.OK;
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
