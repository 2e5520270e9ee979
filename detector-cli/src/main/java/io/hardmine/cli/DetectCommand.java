package io.hardmine.cli;

import io.hardmine.core.detection.Detection;
import io.hardmine.core.detection.Detector;
import io.hardmine.core.evaluation.CocoResults;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.coco.CocoWriter;
import io.hardmine.datasets.image.PictureDecoder;
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
                    + "image_id (COCO annotations form, without annotations). What is shown reaches the model's threshold "
                    + "for its class, the one with the best F1 on its validation pictures."
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
            description = "Show what scores at least S, in [0, 1], of any class.")
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
        try (TrainedModel trained = TrainedModel.read(model)) {
            return detect(trained, files);
        }
    }

    private int detect(TrainedModel trained, List<Path> files) throws IOException {
        Files.createDirectories(out);
        Detector.Builder builder = Detector.of(trained);
        if (threshold != null) {
            builder.threshold(threshold);
        }
        PrintWriter err = spec.commandLine().getErr();
        List<Picture> done = new ArrayList<>();
        Map<Long, List<Detection>> found = new HashMap<>();
        try (Detector detector = builder.open();
                ProgressBar bar = Console.bar("detecting", files.size(), !quiet)) {
            for (int i = 0; i < files.size(); i++) {
                long id = i + 1L;
                try {
                    done.add(detect(detector, id, files.get(i), found));
                } catch (DataException e) {
                    err.println("warning: " + e.getMessage());
                    err.flush();
                }
                bar.step();
            }
        }
        Dataset pictures = new Dataset("pictures", trained.description().categories(), done);
        PictureDetections detections = PictureDetections.of(found);
        CocoResults.write(out.resolve("detections.json"), detections, pictures);
        CocoWriter.write(pictures, out.resolve("pictures.json"));
        spec.commandLine()
                .getOut()
                .println("%d objects in %d pictures: %s"
                        .formatted(detections.count(), done.size(), out.resolve("detections.json")));
        return done.size() == files.size() ? ExitCode.OK : ExitCode.DATA;
    }

    private Picture detect(Detector detector, long id, Path file, Map<Long, List<Detection>> found) {
        Mat pixels = PictureDecoder.decode(file);
        try {
            List<Detection> here = detector.detect(pixels);
            found.put(id, here);
            if (draw) {
                String name = "%d-%s%s".formatted(id, file.getFileName(), PictureFolder.isPicture(file) ? "" : ".png");
                Drawing.write(
                        pixels,
                        here,
                        detector.categories(),
                        out.resolve("drawn").resolve(name));
            }
            return new Picture(id, file.toString().replace('\\', '/'), file, pixels.cols(), pixels.rows(), List.of());
        } finally {
            pixels.release();
        }
    }

    private List<Path> pictures() {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isRegularFile(path)) {
                files.add(path);
            } else if (Files.isDirectory(path)) {
                files.addAll(PictureFolder.pictures(path));
            } else {
                throw new DataException(path + ": there is no such picture or folder");
            }
        }
        return files;
    }
}
