package io.hardmine.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.detection.Detection;
import io.hardmine.core.detection.Detector;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.datasets.BackgroundPool;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Picture;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hardmine detect}. */
@Command(
        name = "detect",
        description = {
            "Finds objects in pictures.",
            "",
            "OUT gets detections.json, COCO's results form with the picture's name and the category's beside their "
                    + "numbers; with --draw, a copy of each picture with the boxes in it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine detect --model runs/first/model.zip --out found picture.jpg holiday/",
            "  hardmine detect --model runs/first/model.zip --out found --threshold 0.2 --draw holiday/"
        })
final class DetectCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "A model.zip.")
    private Path model;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the results.")
    private Path out;

    @Option(
            names = "--threshold",
            paramLabel = "SCORE",
            description =
                    "Show what scores at least so much. Default: for each class what was best on validation (F1).")
    private Double threshold;

    @Option(names = "--draw", description = "Write a copy of each picture with its boxes drawn, as PNG.")
    private boolean draw;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Pictures, or folders of pictures.")
    private List<Path> paths;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter print = spec.commandLine().getOut();
        if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
            throw new DataException("--threshold must lie between 0 and 1, not " + threshold);
        }
        List<Path> pictures = pictures();
        ArrayNode results = new ObjectMapper().createArrayNode();
        int unreadable = 0;
        Detector.Builder builder = Detector.of(TrainedModel.read(model));
        try (Detector detector = threshold == null
                ? builder.open()
                : builder.threshold(threshold).open()) {
            for (int i = 0; i < pictures.size(); i++) {
                try {
                    List<Detection> found = detector.detect(pictures.get(i));
                    for (Detection d : found) {
                        results.add(result(i + 1, pictures.get(i), d, detector));
                    }
                    if (draw) {
                        String name =
                                "%04d-%s.png".formatted(i + 1, pictures.get(i).getFileName());
                        DrawnPicture.write(
                                pictures.get(i),
                                found,
                                detector.categories(),
                                out.resolve("drawn").resolve(name));
                    }
                } catch (DataException e) {
                    print.println("left out: " + e.getMessage());
                    unreadable++;
                }
            }
        }
        Files.createDirectories(out);
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(out.resolve("detections.json").toFile(), results);
        print.printf(
                "%d objects in %d pictures: %s%n",
                results.size(), pictures.size() - unreadable, out.resolve("detections.json"));
        return unreadable == 0 ? ExitCode.OK : ExitCode.DATA;
    }

    private List<Path> pictures() {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                BackgroundPool.read(path).stream().map(Picture::file).forEach(files::add);
            } else {
                files.add(path);
            }
        }
        return files;
    }

    private static ObjectNode result(int number, Path picture, Detection d, Detector detector) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("image_id", number);
        json.put("file_name", picture.toString());
        json.put("category_id", detector.categories().get(d.category()).id());
        json.put("category", detector.categories().get(d.category()).name());
        json.putArray("bbox")
                .add(rounded(d.box().x()))
                .add(rounded(d.box().y()))
                .add(rounded(d.box().width()))
                .add(rounded(d.box().height()));
        return json.put("score", Math.round(d.score() * 1e5) / 1e5);
    }

    private static double rounded(double pixels) {
        return Math.round(pixels * 100) / 100.0;
    }
}
