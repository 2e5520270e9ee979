package io.hardmine.cli.command;

import io.hardmine.cli.terminal.Console;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.cli.terminal.Phase;
import io.hardmine.core.detection.Detection;
import io.hardmine.core.detector.Detector;
import io.hardmine.core.evaluation.CocoResults;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.coco.CocoWriter;
import io.hardmine.datasets.image.PictureDecoder;
import io.hardmine.datasets.image.PictureEncoder;
import io.hardmine.datasets.image.PictureFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.opencv.core.Mat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hardmine detect}: objects in pictures. */
@Command(
        name = "detect",
        description = {
            "Finds objects in pictures.",
            "",
            "Writes DIR/detections.json in COCO results form and DIR/pictures.json, which says which picture has which "
                    + "image_id (COCO annotations form, without annotations). Detections are shown if they reach the "
                    + "model's threshold for their class, which has the best F1 on the validation pictures."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine detect --model run/model.zip --out found photo.jpg",
            "  hardmine detect --model run/model.zip --out found --draw photos/ more/*.png"
        })
final class DetectCommand implements Callable<Integer> {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL|RUN",
            description = "Model file, or folder of a run.")
    private Path model;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for what is found.")
    private Path out;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Pictures, or folders of pictures.")
    private List<Path> paths;

    @Option(
            names = "--threshold",
            paramLabel = "S",
            description = "Show detections of every class that score at least S, in [0, 1].")
    private Double threshold;

    @Option(names = "--draw", description = "Write copies of the pictures with drawn boxes to DIR/drawn.")
    private boolean draw;

    @Option(names = "--quiet", description = "No progress bar.")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
            throw new ParameterException(spec.commandLine(), "--threshold must lie in [0, 1], not " + threshold);
        }
        List<Path> files = pictures();
        try (TrainedModel trained = model()) {
            return detect(trained, files);
        }
    }

    /** Reads the model. At a terminal it shows that, because reading a large model takes a while. */
    private TrainedModel model() throws IOException {
        return quiet || !Console.isInteractive()
                ? TrainedModel.read(model)
                : Phase.of("reading " + model, spec.commandLine().getErr(), () -> TrainedModel.read(model));
    }

    private int detect(TrainedModel trained, List<Path> files) throws IOException {
        Detector.Builder builder = Detector.of(trained);
        if (threshold != null) {
            builder.threshold(threshold);
        }
        List<Picture> done = new ArrayList<>();
        Map<Long, List<Detection>> found = new HashMap<>();
        boolean allDrawn = true;
        try (Detector detector = builder.open();
                ProgressBar bar = Console.bar("detecting", files.size(), !quiet)) {
            for (int i = 0; i < files.size(); i++) {
                allDrawn &= detect(detector, i + 1L, files.get(i), done, found);
                bar.step();
            }
        }
        if (done.isEmpty()) {
            throw new DataException(
                    files.size() == 1
                            ? "the picture cannot be read, so nothing is detected"
                            : "none of the %d pictures can be read, so nothing is detected".formatted(files.size()));
        }
        Dataset pictures = new Dataset("pictures", trained.description().categories(), done);
        PictureDetections detections = PictureDetections.of(found);
        CocoResults.write(out.resolve("detections.json"), detections, pictures);
        CocoWriter.write(pictures, out.resolve("pictures.json"));
        int left = files.size() - done.size();
        spec.commandLine()
                .getOut()
                .println("%d objects in %d pictures%s: %s"
                        .formatted(
                                detections.count(),
                                done.size(),
                                left == 0 ? "" : ", %d more cannot be read".formatted(left),
                                out.resolve("detections.json")));
        return left == 0 && allDrawn ? ExitCode.OK : ExitCode.DATA;
    }

    /**
     * Detects in one picture, and adds it to {@code done} and its detections to {@code found}. If the picture cannot be
     * read, nothing is added. If it cannot be drawn, its detections are kept.
     *
     * @return false if the picture should have been drawn and could not be
     */
    private boolean detect(
            Detector detector, long id, Path file, List<Picture> done, Map<Long, List<Detection>> found) {
        Mat pixels;
        try {
            pixels = PictureDecoder.decode(file);
        } catch (DataException e) {
            warn(e.getMessage());
            return true;
        }
        try {
            List<Detection> here = detector.detect(pixels);
            String name = file.toString().replace('\\', '/');
            done.add(new Picture(id, name, file, pixels.cols(), pixels.rows(), List.of()));
            found.put(id, here);
            if (draw) {
                Drawing.write(pixels, here, detector.categories(), drawn(id, file));
            }
            return true;
        } catch (DataException e) {
            warn("%s: its boxes are not drawn. %s".formatted(file, e.getMessage()));
            return false;
        } finally {
            pixels.release();
        }
    }

    private Path drawn(long id, Path file) {
        String ending = PictureEncoder.isFormat(file) ? "" : ".png";
        return out.resolve("drawn").resolve("%d-%s%s".formatted(id, file.getFileName(), ending));
    }

    private void warn(String what) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("warning: " + what);
        err.flush();
    }

    private List<Path> pictures() {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isRegularFile(path)) {
                files.add(path);
            } else if (Files.isDirectory(path)) {
                PictureFolder inside = PictureFolder.of(path);
                files.addAll(inside.pictures());
                if (!inside.otherFormats().isEmpty()) {
                    warn("%s: passed over %s".formatted(path, inside.othersInWords()));
                }
            } else {
                throw new DataException(path + ": there is no such picture or folder");
            }
        }
        return files;
    }
}
