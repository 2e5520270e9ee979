package io.hardmine.cli.command;

import io.hardmine.cli.option.DataOptions;
import io.hardmine.cli.option.SettingsOptions;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.core.training.AugmentedInputs;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.image.OpenCv;
import io.hardmine.datasets.inspect.ContactSheet;
import io.hardmine.mining.run.SettingLayers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hardmine dataset augment}: draws the training pictures as the network sees them. */
@Command(
        name = "augment",
        description = {
            "Draws training pictures as the network sees them: resized, augmented, with their boxes.",
            "",
            "Gray boxes are ignored: neither object nor background. The settings are those of 'hardmine train'."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine dataset augment --data parts/ --sheet augmented.png",
            "  hardmine dataset augment --data parts/ --sheet mosaic.png \\",
            "      --set augmentation.mosaic=1 --set augmentation.saturation=0.7"
        })
final class DatasetAugmentCommand implements Callable<Integer> {
    private static final int MOST = 400;
    private static final int COLUMNS = 4;
    private static final int CELL = 400;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of annotated pictures.")
    private Path folder;

    @Option(names = "--sheet", required = true, paramLabel = "FILE", description = "Contact sheet to write (PNG).")
    private Path sheet;

    @Mixin
    private SettingsOptions settings;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "16",
            description = "Inputs to draw, 1 to " + MOST + ". Default: ${DEFAULT-VALUE}.")
    private int count;

    @Mixin
    private DataOptions data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (count < 1 || count > MOST) {
            throw new ParameterException(
                    spec.commandLine(), "--count must lie in [1, %d], not %d".formatted(MOST, count));
        }
        PrintWriter err = spec.commandLine().getErr();
        LoadedDataset loaded = data.load(folder, err);
        SettingLayers layers = settings.layers();
        Dataset train = layers.split(loaded).part(Split.TRAIN);
        OpenCv.load();
        draw(train, AugmentedInputs.first(train, layers.of(train).training(), count));
        err.println("contact sheet: " + sheet);
        return ExitCode.OK;
    }

    /** Draws the inputs as the pictures of a data set. The id of each picture is its index in {@code inputs}. */
    private void draw(Dataset train, List<AugmentedInputs.Example> inputs) {
        List<Picture> pictures = new ArrayList<>();
        for (AugmentedInputs.Example input : inputs) {
            String caption = String.join(" + ", input.names());
            pictures.add(new Picture(
                    pictures.size(),
                    caption,
                    sheet,
                    input.width(),
                    input.height(),
                    input.truth().annotations()));
        }
        ContactSheet.Options options = new ContactSheet.Options(inputs.size(), COLUMNS, CELL);
        ContactSheet.write(
                train.withPictures(pictures), sheet, options, picture -> pixels(inputs.get((int) picture.id())));
    }

    private static Mat pixels(AugmentedInputs.Example input) {
        Mat pixels = new Mat(input.height(), input.width(), CvType.CV_8UC3);
        pixels.put(0, 0, input.bgr());
        return pixels;
    }
}
