package io.hardmine.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.core.training.RunLock;
import io.hardmine.datasets.image.PictureDecoder;
import io.hardmine.datasets.sample.SampleDataset;
import io.hardmine.datasets.sample.SampleOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opencv.core.Mat;

/** The commands as a user types them, on a handful of sample pictures and a model that was trained for two epochs. */
class CommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Path data;
    private static Path model;

    @TempDir
    private Path out;

    private static String[] training(Path runFolder, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train", "--data", data.toString(), "--out", runFolder.toString(), "--preset", "fast", "--quiet"));
        for (String setting : List.of(
                "network.width=8",
                "network.pyramid_channels=8",
                "network.prior=0.3", // scores that two epochs of training leave over the floor
                "input.short_side=96",
                "input.long_side=128",
                "schedule.epochs=2")) {
            arguments.add("--set");
            arguments.add(setting);
        }
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @BeforeAll
    static void train() {
        data = folder.resolve("sample set");
        SampleOptions quick = SampleOptions.quick();
        SampleDataset.write(data, new SampleOptions(12, 6, 6, 4, quick.seed(), quick.difficulty()));
        CommandResult said = CommandResult.run(training(
                folder.resolve("run"),
                "--background",
                data.resolve("background").toString()));
        assertEquals(ExitCode.OK, said.code(), said.err());
        model = folder.resolve("run/model.zip");
        assertTrue(Files.exists(model));
    }

    private JsonNode json(Path file) throws Exception {
        return JSON.readTree(file.toFile());
    }

    @Test
    void aRunLeavesItsModelSettingsAndMetrics() throws Exception {
        try (Stream<String> lines = Files.lines(folder.resolve("run/metrics.jsonl"))) {
            List<String> all = lines.toList();
            assertFalse(all.isEmpty());
            for (String line : all) {
                JSON.readTree(line);
            }
        }
        assertTrue(Files.readString(folder.resolve("run/settings.yaml")).contains("short_side: 96"));
    }

    @Test
    void aDryRunChecksAndEstimatesAndTrainsNothing() {
        CommandResult said = CommandResult.run(training(out.resolve("dry"), "--dry-run"));
        assertEquals(ExitCode.OK, said.code(), said.err());
        assertTrue((said.out() + said.err()).contains("steps of"), said::toString);
        assertTrue(said.err().contains("parameters, input 96 x 128, anchors reach"), said.err());
        // the input shrinks parts of 14 to 28 pixels
        assertTrue(said.err().contains("more of them are found"), said.err());
        assertFalse(Files.exists(out.resolve("dry/model.zip")));
    }

    @Test
    void findingARateDrawsAndSuggestsOneAndTrainsNothing() throws Exception {
        Path run = out.resolve("rate");
        CommandResult said = CommandResult.run(training(run, "--find-rate"));
        assertEquals(ExitCode.OK, said.code(), said.err());
        assertTrue(said.err().contains("optimizer.learning_rate="), said.err());
        BufferedImage chart = ImageIO.read(run.resolve("learning-rate.png").toFile());
        assertEquals(1280, chart.getWidth());
        List<String> rows = Files.readAllLines(run.resolve("learning-rate.csv"));
        assertEquals("rate,loss,averaged_loss", rows.get(0));
        assertTrue(rows.get(1).startsWith("1.000e-06,"), rows.get(1));
        assertFalse(Files.exists(run.resolve("model.zip")));
        // the folder is still free for the training itself
        assertEquals(ExitCode.OK, CommandResult.run(training(run, "--dry-run")).code());
    }

    @Test
    void findingARateGoesWithNeitherResumeNorDryRun() {
        for (String other : List.of("--resume", "--dry-run")) {
            CommandResult said = CommandResult.run(training(out.resolve("rate"), "--find-rate", other));
            assertEquals(ExitCode.USAGE, said.code(), said.err());
            assertTrue(said.err().contains("--find-rate"), said.err());
        }
    }

    @Test
    void evaluationReportsWhatScriptsReadOff() throws Exception {
        CommandResult.ok("evaluate", "--model", model, "--data", data, "--out", out, "--quiet");
        JsonNode report = json(out.resolve("report.json"));
        for (String field : List.of("AP", "AP50", "AP75", "APsmall", "APmedium", "APlarge", "AR1", "AR10", "AR100")) {
            assertTrue(report.at("/coco/" + field).isNumber(), field);
        }
        for (String name : List.of("washer", "nut", "screw")) {
            assertTrue(report.at("/coco/per_class/" + name + "/AP50").isNumber(), name);
        }
        assertFalse(report.path("false_alarms").isMissingNode());
        assertTrue(Files.readString(out.resolve("report.html")).contains("<html"));
        JsonNode detections = json(out.resolve("detections.json"));
        assertTrue(detections.isArray());
    }

    /** Of the folder that it was trained on a model knows its own test pictures; of another one, what it has seen of it. */
    @Test
    void evaluationKnowsWhatTheModelHasSeen() throws Exception {
        CommandResult own =
                CommandResult.ok("evaluate", "--model", model, "--data", data, "--out", out.resolve("own"), "--quiet");
        assertTrue(own.err().contains("6 pictures (test split of the model)"), own.err());
        assertFalse(own.err().contains("warning"), own.err());
        CommandResult all = CommandResult.ok(
                "evaluate", "--model", model, "--data", data, "--split", "all", "--out", out.resolve("all"));
        assertTrue(all.err().contains("trained on 12 of these 24 pictures"), all.err());
        Path other = out.resolve("other/annotations");
        SampleOptions quick = SampleOptions.quick();
        SampleDataset.write(out.resolve("other"), new SampleOptions(2, 2, 3, 1, 99, quick.difficulty()));
        Path seen = other.resolveSibling("images/test/00001.png");
        Files.copy(data.resolve("images/train/00001.png"), seen, StandardCopyOption.REPLACE_EXISTING);
        CommandResult foreign = CommandResult.ok(
                "evaluate", "--model", model, "--data", out.resolve("other"), "--out", out.resolve("foreign"));
        assertTrue(foreign.err().contains("3 pictures (test split of the folder)"), foreign.err());
        assertTrue(foreign.err().contains("trained on 1 of these 3 pictures"), foreign.err());
    }

    @Test
    void picturesOfAnyNameAreDrawnAndTheRestIsNamed() throws Exception {
        Path odd = Files.createDirectories(out.resolve("ünüsual näme"));
        Path picture = data.resolve("images/test/00001.png");
        Files.copy(picture, odd.resolve("with space ä.png"));
        Files.copy(picture, odd.resolve("no ending"));
        Files.write(odd.resolve("half.png"), Arrays.copyOf(Files.readAllBytes(picture), 500));
        CommandResult said = CommandResult.run(
                "detect",
                "--model",
                model.toString(),
                "--draw",
                "--out",
                out.resolve("found").toString(),
                odd.toString(),
                odd.resolve("no ending").toString());
        assertEquals(ExitCode.DATA, said.code(), said.err());
        assertTrue(said.err().contains("half.png is broken: it is cut short"), said.err());
        assertTrue(Files.exists(out.resolve("found/drawn/2-with space ä.png")));
        assertTrue(Files.exists(out.resolve("found/drawn/3-no ending.png")));
    }

    @Test
    void nothingThatCanBeReadIsNotCalledDone() throws Exception {
        Path notes = Files.writeString(out.resolve("notes.jpg"), "no picture");
        Path found = out.resolve("found");
        CommandResult said =
                CommandResult.run("detect", "--model", model.toString(), "--out", found.toString(), notes.toString());
        assertEquals(ExitCode.DATA, said.code());
        assertEquals("", said.out());
        assertEquals(
                "warning: Picture " + notes + " is none of JPEG, PNG, BMP, TIFF and WebP. Convert it, or take it out of"
                        + " the data.\nhardmine: the picture cannot be read, so nothing is detected\n",
                said.err().replace(System.lineSeparator(), "\n"));
        assertFalse(Files.exists(found), "no empty folder is left");
    }

    @Test
    void picturesOfOtherFormatsAreCounted() throws Exception {
        Path mixed = Files.createDirectories(out.resolve("mixed"));
        Files.copy(data.resolve("images/test/00001.png"), mixed.resolve("a.png"));
        Files.writeString(mixed.resolve("b.gif"), "GIF89a");
        Files.writeString(mixed.resolve("c.avif"), "avif");
        CommandResult said =
                CommandResult.ok("detect", "--model", model, "--out", out.resolve("found"), "--quiet", mixed);
        assertTrue(
                said.err().contains("warning: " + mixed + ": passed over 2 files of other formats: avif, gif"),
                said.err());
    }

    /** The folder for drawn pictures cannot be made, as on a full disk. */
    @Test
    void detectionsAreKeptIfTheirPictureCannotBeDrawn() throws Exception {
        Path found = Files.createDirectories(out.resolve("found"));
        Files.writeString(found.resolve("drawn"), "in the way");
        Path picture = data.resolve("images/test/00001.png");
        CommandResult said = CommandResult.run(
                "detect",
                "--model",
                model.toString(),
                "--threshold",
                "0.01",
                "--draw",
                "--out",
                found.toString(),
                picture.toString());
        assertEquals(ExitCode.DATA, said.code(), said.err());
        assertTrue(said.err().contains("warning: " + picture + ": its boxes are not drawn. The picture "), said.err());
        assertTrue(json(found.resolve("detections.json")).size() > 0);
        assertEquals(1, json(found.resolve("pictures.json")).path("images").size());
    }

    @Test
    void aBrokenBackgroundPictureIsLeftOutAndCounted() throws Exception {
        Path pool = Files.createDirectories(out.resolve("pool"));
        Files.copy(data.resolve("images/test/00001.png"), pool.resolve("a.png"));
        Files.createFile(pool.resolve("broken.jpg"));
        CommandResult said =
                CommandResult.run(training(out.resolve("dry"), "--dry-run", "--background", pool.toString()));
        assertEquals(ExitCode.OK, said.code(), said.err());
        assertTrue(said.err().contains("1 background pictures"), said.err());
        assertTrue(said.err().contains("1 × unreadable picture: left out"), said.err());
    }

    @Test
    void inspectionSaysThatNothingIsWrongOnlyIfSo() throws Exception {
        Path set = Files.createDirectories(out.resolve("set"));
        Files.copy(data.resolve("images/test/00001.png"), set.resolve("a.png"));
        Files.writeString(set.resolve("boxes.csv"), "filename,xmin,ymin,xmax,ymax,class\na.png,1,1,50,50,nut\n");
        assertTrue(CommandResult.ok("dataset", "inspect", set)
                .out()
                .endsWith("nothing wrong found" + System.lineSeparator()));
        Files.writeString(set.resolve("boxes.csv"), "filename,xmin,ymin,xmax,ymax,class\na.png,0.1,0.1,0.5,0.5,nut\n");
        CommandResult said = CommandResult.ok("dataset", "inspect", set);
        assertFalse(said.out().contains("nothing wrong"), said.out());
        assertTrue(said.err().contains("1 × box smaller than a pixel: dropped"), said.err());
        assertTrue(said.err().contains("are they in shares of the sides?"), said.err());
    }

    @Test
    void aFolderThatIsBeingWrittenIsRefused() throws Exception {
        try (RunLock other = RunLock.take(out)) {
            assertNotNull(other);
            String refusal =
                    "hardmine: %s is being written by this process: wait until that has ended, or give another folder%n"
                            .formatted(out);
            CommandResult ofModel =
                    CommandResult.of("evaluate", "--model", model, "--data", data, "--out", out, "--quiet");
            assertEquals(ExitCode.DATA, ofModel.code());
            assertEquals(refusal, ofModel.err());
            CommandResult ofFiles = CommandResult.of(
                    "evaluate",
                    "--annotations",
                    data.resolve("annotations/instances_test.json"),
                    "--detections",
                    out.resolve("none.json"),
                    "--out",
                    out);
            assertEquals(ExitCode.DATA, ofFiles.code());
            assertEquals(refusal, ofFiles.err());
        }
        assertFalse(Files.exists(out.resolve("report.json")));
        CommandResult.ok("evaluate", "--model", model, "--data", data, "--out", out, "--quiet");
    }

    @Test
    void picturesWithoutAnyBoxLeaveNothingToScore() throws Exception {
        JsonNode truth = json(data.resolve("annotations/instances_test.json"));
        ((ObjectNode) truth).putArray("annotations");
        Path empty = out.resolve("empty.json");
        JSON.writeValue(empty.toFile(), truth);
        ObjectNode found = JSON.createObjectNode();
        found.set("image_id", truth.at("/images/0/id"));
        found.set("category_id", truth.at("/categories/0/id"));
        found.putArray("bbox").add(1).add(2).add(30).add(40);
        found.put("score", 0.75);
        Path detections = out.resolve("found.json");
        JSON.writeValue(detections.toFile(), List.of(found));
        CommandResult said = CommandResult.ok(
                "evaluate", "--annotations", empty, "--detections", detections, "--out", out.resolve("report"));
        assertEquals(
                "There is nothing to score: the pictures hold no objects. The report has the false alarms.%nreport: %s%n"
                        .formatted(out.resolve("report/report.html")),
                said.out());
        assertEquals(-1, json(out.resolve("report/report.json")).at("/coco/AP").asDouble());
    }

    @Test
    void aBenchmarkOfTheEvaluationPrintsWhatItTimed() {
        CommandResult said = CommandResult.ok("benchmark", "--evaluation");
        String timed = said.out().lines().findFirst().orElseThrow();
        assertEquals(
                "COCO's scores # s (# s of processors), whole report # s (# s); AP 0.235392",
                timed.replaceAll("\\d+\\.\\d\\d s", "# s"));
    }

    @Test
    void detectionsEvaluatedAloneGiveTheSameScores() throws Exception {
        CommandResult.ok("evaluate", "--model", model, "--data", data, "--out", out.resolve("a"), "--quiet");
        CommandResult.ok(
                "evaluate",
                "--annotations",
                data.resolve("annotations/instances_test.json"),
                "--detections",
                out.resolve("a/detections.json"),
                "--out",
                out.resolve("b"),
                "--quiet");
        assertEquals(
                json(out.resolve("a/report.json")).at("/coco/AP").asDouble(),
                json(out.resolve("b/report.json")).at("/coco/AP").asDouble(),
                1e-9);
    }

    @Test
    void detectionsHaveCocosForm() throws Exception {
        CommandResult.ok(
                "detect",
                "--model",
                model,
                "--out",
                out,
                "--threshold",
                "0.01",
                "--draw",
                "--quiet",
                data.resolve("images/test"));
        JsonNode detections = json(out.resolve("detections.json"));
        JsonNode list = detections.isArray() ? detections : detections.path("annotations");
        assertTrue(list.size() > 0);
        for (JsonNode d : list) {
            assertTrue(d.path("category_id").isInt());
            assertEquals(4, d.path("bbox").size());
            assertTrue(d.path("score").isNumber());
            assertFalse(d.path("image_id").isMissingNode());
        }
        try (Stream<Path> drawn = Files.walk(out.resolve("drawn"))) {
            assertEquals(6, drawn.filter(Files::isRegularFile).count());
        }
    }

    @Test
    void modelsAreDescribedAndExported() throws Exception {
        assertTrue(CommandResult.ok("model", "info", model).out().contains("washer"));
        assertTrue(
                JSON.readTree(CommandResult.ok("model", "info", model, "--json").out())
                        .has("provenance"));
        Path graph = out.resolve("graph.zip");
        CommandResult said =
                CommandResult.ok("model", "export", model, "--format", "dl4j", "--out", graph, "--size", "192x160");
        List<String> lines = said.out().lines().toList();
        assertEquals("graph: " + graph, lines.get(0));
        assertTrue(lines.get(1).startsWith("input: [pictures, 3, 96, 128], "), said::out);
        assertEquals("read it with: ComputationGraph.load(new File(\"%s\"), false)".formatted(graph), lines.get(4));
        assertEquals(5, lines.size());
        assertTrue(Files.size(graph) > 1000);
    }

    @Test
    void dataSetsAreInspectedConvertedAndSplit() throws Exception {
        JsonNode inspected = JSON.readTree(
                CommandResult.ok("dataset", "inspect", data, "--json").out());
        assertFalse(inspected.isEmpty());
        CommandResult.ok("dataset", "convert", data, "--out", out.resolve("converted"));
        CommandResult.ok("dataset", "split", data, "--out", out.resolve("split"), "--anew", "--seed", "3");
        assertTrue(CommandResult.ok("dataset", "inspect", out.resolve("converted"))
                .out()
                .contains("washer"));
    }

    @Test
    void theInputsOfATrainingAreDrawn() throws Exception {
        Path sheet = out.resolve("augmented.png");
        String said = CommandResult.ok(
                        "dataset",
                        "augment",
                        "--data",
                        data,
                        "--sheet",
                        sheet,
                        "--count",
                        "3",
                        "--set",
                        "augmentation.mosaic=1")
                .err();
        assertTrue(said.contains("contact sheet: " + sheet), said);
        Mat drawn = PictureDecoder.decode(sheet);
        assertEquals(8 + 3 * 408, drawn.cols(), "three cells of 400 pixels with gaps of 8");
        drawn.release();
    }

    /** A settings file may be given as in a training; an option lies over it. */
    @Test
    void inputsAreDrawnWithASettingsFile() throws Exception {
        Path settings = Files.writeString(out.resolve("mine.yaml"), "augmentation: {value: 1, mosaic: 1}");
        List<byte[]> drawn = new ArrayList<>();
        for (List<String> more : List.of(
                List.<String>of(),
                List.of("--settings", settings.toString()),
                List.of("--settings", settings.toString(), "--set", "augmentation.mosaic=0"),
                List.of("--set", "augmentation.value=1"))) {
            Path sheet = out.resolve("sheet.png");
            List<Object> command =
                    new ArrayList<>(List.of("dataset", "augment", "--data", data, "--sheet", sheet, "--count", "2"));
            command.addAll(more);
            CommandResult.ok(command.toArray());
            drawn.add(Files.readAllBytes(sheet));
        }
        assertFalse(Arrays.equals(drawn.get(0), drawn.get(1)), "the file changes the inputs");
        assertFalse(Arrays.equals(drawn.get(1), drawn.get(2)), "the option lies over the file");
        assertArrayEquals(drawn.get(3), drawn.get(2));
    }

    @Test
    void theDoctorLooksAtTheMachine() throws Exception {
        JsonNode checks = JSON.readTree(CommandResult.ok("doctor", "--json").out());
        assertTrue(checks.size() > 4);
        assertTrue(CommandResult.ok("doctor")
                .out()
                .toLowerCase(java.util.Locale.ROOT)
                .contains("kernels"));
    }

    @Test
    void theLossIsExplainedWithoutAModel() throws Exception {
        CommandResult.ok("explain", "loss", "--out", out, "--alpha", "0.3", "--gamma", "1.5");
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(6, files.filter(f -> f.toString().endsWith(".png")).count());
        }
        JsonNode numbers = json(out.resolve("explain.json"));
        assertEquals(0.3, numbers.path("alpha").asDouble());
        assertTrue(numbers.path("measured").isMissingNode());
        String page = Files.readString(out.resolve("explain.html"));
        assertTrue(page.contains("\"alpha\":0.3,\"gamma\":1.5"), page);
        assertFalse(page.contains("id=\"measured\""));
    }

    @Test
    void aModelsLossIsSpreadOverItsAnchors() throws Exception {
        CommandResult said = CommandResult.ok(
                "explain", "loss", "--out", out, "--gamma", "3", "--model", model, "--data", data, "--split", "all");
        JsonNode measured = json(out.resolve("explain.json")).path("measured");
        JsonNode plain = measured.path("cross_entropy");
        long background = plain.at("/background/anchors").asLong();
        assertTrue(background > 10 * plain.at("/objects/anchors").asLong(), plain::toString);
        assertTrue(plain.at("/objects/anchors").asLong() > 0);
        double carriedBefore = 0;
        List<Double> gammas = new ArrayList<>();
        for (JsonNode focal : measured.path("focal_loss")) {
            gammas.add(focal.path("gamma").asDouble());
            assertEquals(background, focal.at("/background/anchors").asLong());
            double carried = focal.at("/background/carried_by_hardest/0.1").asDouble();
            assertTrue(carried > carriedBefore, "focusing leaves the loss to fewer anchors: " + measured);
            carriedBefore = carried;
        }
        assertEquals(List.of(0.0, 0.5, 1.0, 2.0, 3.0), gammas);
        assertTrue(Files.size(out.resolve("cumulative-background.png")) > 1000);
        assertTrue(Files.size(out.resolve("cumulative-object.png")) > 1000);
        assertTrue(said.out().contains(measured.at("/sentences/1").asText()), said::out);
    }

    @Test
    void everyCommandExplainsItself() {
        for (String command : List.of(
                "train",
                "evaluate",
                "detect",
                "mine",
                "dataset",
                "model",
                "explain",
                "experiment",
                "doctor",
                "benchmark")) {
            CommandResult said = CommandResult.ok(command, "--help");
            assertTrue(said.out().contains("Usage: hardmine " + command), said::out);
        }
    }

    @Test
    void theHelpListsAllCommandsWhateverStandsBesideIt() {
        String help = CommandResult.ok("--help").out();
        assertEquals(help, CommandResult.ok("--help", "train").out());
        assertTrue(help.contains("  benchmark "), help);
        assertFalse(help.contains("  generate-completion "), help);
    }

    @Test
    void argumentsMayComeFromAFile() throws IOException {
        Path arguments = Files.writeString(out.resolve("arguments"), "settings loss.gamma");
        assertEquals(
                CommandResult.ok("settings", "loss.gamma").out(),
                CommandResult.ok("@" + arguments).out());
    }

    @Test
    void aMisspeltCommandIsGuessedEvenIfAnotherFollows() {
        CommandResult said = CommandResult.run("trian", "settings");
        assertEquals(ExitCode.USAGE, said.code());
        assertTrue(said.err().contains("did you mean train?"), said.err());
    }

    /** What a user gets wrong, the exit code, and words that the one message must hold. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trian                                                        | 2 | unknown command 'trian'; did you mean train?",
                "trian --data DATA                                            | 2 | unknown command 'trian'; did you mean train?",
                "train --dta DATA --out RUN                                   | 2 | unknown option '--dta'; did you mean --data?",
                "train --dta=DATA                                             | 2 | unknown option '--dta'; did you mean --data?",
                "detect --modl MODEL --out RUN DATA                           | 2 | unknown option '--modl'; did you mean --model?",
                "evaluate --outt RUN                                          | 2 | unknown option '--outt'; did you mean --out?",
                "dataset inspekt DATA                                         | 2 | unknown command 'inspekt'; did you mean inspect?",
                "dataset augment --data DATA --sheet RUN/a.png --count 0      | 2 | --count must lie in [1, 400], not 0",
                "dataset augment --data DATA --sheet RUN/a.png --set augmentation.mosaic=2 | 3 | augmentation.mosaic must lie in [0, 1], not 2.0",
                "dataset inspect DATA DATA                                    | 2 | is one argument too many",
                "train --out RUN                                              | 2 | train needs --data DIR",
                "train                                                        | 2 | train needs --data DIR and --out RUN",
                "train --data DATA --out RUN --epochs 3                       | 2 | unknown option '--epochs'; did you mean --set schedule.epochs=…?",
                "train --data DATA --out RUN --preset huge                    | 2 | --preset takes one of fast, balanced, accurate, paper, not 'huge'",
                "train --data GONE --out RUN                                  | 3 | GONE",
                "train --data DATA --out RUN --set loss.gama=2                | 3 | unknown field 'loss.gama', did you mean 'loss.gamma'?",
                "train --data DATA --out RUN --set gamma=2                    | 3 | unknown field 'gamma', did you mean 'loss.gamma'?",
                "train --data DATA --out RUN --set loss.gamma=-2              | 3 | gamma",
                "train --data DATA --out RUN --settings GONE                  | 3 | GONE",
                "train --data DATA --out RUN --background GONE                | 3 | GONE",
                "train --data DATA --out RUN --resume                         | 3 | checkpoint",
                "train --data EMPTY --out RUN                                 | 3 | EMPTY",
                "evaluate --model GONE --data DATA --out RUN                  | 3 | GONE",
                "evaluate --model TEXT --data DATA --out RUN                  | 3 | notes.txt",
                "evaluate --model MODEL --data DATA --split best --out RUN    | 2 | --split takes one of test, validation, train, all, not 'best'",
                "evaluate --data DATA --out RUN                               | 2 | evaluate needs a model and pictures (--model",
                "train --data DATA --mine --set bootstrap.source=none --out RUN | 2 | leave one of them out",
                "evaluate --out RUN                                           | 2 | or annotations and detections (--annotations GT.json --detections DT.json)",
                "evaluate --model MODEL --annotations TEXT --out RUN          | 2 | evaluate needs a model and pictures",
                "evaluate --annotations TEXT --detections TEXT --out RUN      | 3 | notes.txt",
                "detect --model MODEL --out RUN GONE                          | 3 | GONE",
                "detect --model MODEL --out RUN TEXT                          | 3 | notes.txt",
                "model info TEXT                                              | 3 | notes.txt",
                "model export MODEL --format onnx --out RUN                   | 2 | --format takes one of dl4j, not 'onnx'",
                "model export MODEL --format dl4j --size big --out RUN        | 2 | 640x480",
                "model export MODEL --format dl4j --out FOLDER                | 3 | EMPTY",
                "evaluate --model MODEL --data DATA --out TEXT                | 3 | notes.txt",
                "evaluate --model MODEL --data DATA --out TEXT/in             | 3 | notes.txt",
                "dataset inspect GONE                                         | 3 | GONE",
                "dataset inspect DATA --format json                           | 3 | coco",
                "explain                                                      | 2 | name a command: loss",
                "settings los.gamma                                           | 3 | no setting begins with 'los.gamma'; did you mean loss.gamma?",
                "explain loss --alpha 1 --out RUN                             | 2 | alpha",
                "explain loss --gamma -1 --out RUN                            | 2 | gamma",
                "explain loss --model MODEL --out RUN                         | 2 | and --data DIR",
                "explain loss --model TEXT --data DATA --out RUN              | 3 | notes.txt",
                "explain loss --out TEXT                                      | 3 | notes.txt",
                "benchmark --size 20                                          | 2 | size",
                "experiment --data DATA --out RUN --plan all                  | 2 | --plan takes one of losses, background, recipe, not 'all'",
                "experiment --data DATA --out RUN --steps many                | 2 | --steps takes a whole number, not 'many'",
                "experiment --data DATA --out RUN --steps 0                   | 2 | steps",
                "experiment --data DATA --out RUN --seeds 1,1                 | 2 | seeds",
                "experiment --data DATA --out RUN --arms TEXT                 | 3 | notes.txt",
                "experiment --data DATA --out RUN --plan background           | 3 | --background",
                "experiment --data DATA --out RUN --report-only               | 3 | no experiment",
            })
    void mistakesAreNamedWithoutAStackTrace(String line, int code, String word) throws Exception {
        Path text = Files.writeString(out.resolve("notes.txt"), "no model, no picture");
        Path empty = Files.createDirectories(out.resolve("EMPTY"));
        String[] arguments = Arrays.stream(line.strip().split(" +"))
                .map(a -> switch (a) {
                    case "DATA" -> data.toString();
                    case "MODEL" -> model.toString();
                    case "TEXT" -> text.toString();
                    case "EMPTY", "FOLDER" -> empty.toString();
                    case "TEXT/in" -> text.resolve("in").toString();
                    case "RUN", "GONE" -> out.resolve(a).toString();
                    default -> a;
                })
                .toArray(String[]::new);
        CommandResult said = CommandResult.run(arguments);
        assertEquals(code, said.code(), said.err());
        assertTrue(said.err().contains(word), said.err());
        assertFalse(said.err().contains("\tat "), said.err());
        assertFalse(said.err().contains("Exception"), said.err());
        assertFalse(said.err().contains("Error:"), said.err());
        boolean wholeOrPart = line.startsWith("detect"); // pictures that it can read are done all the same
        assertFalse(!wholeOrPart && Files.exists(out.resolve("RUN")), "a refused command leaves no folder");
    }

    @Test
    void settingsAreListedWithDefaultValuesAndMeaning() {
        String loss = CommandResult.ok("settings", "loss.gamma").out();
        assertEquals(
                "loss.gamma  2  0 to 10%n    focusing parameter of the focal losses; with 0 focal is the balanced loss%n"
                        .formatted(),
                loss);
        assertTrue(CommandResult.ok("settings", "network.backbone", "--preset", "paper")
                .out()
                .startsWith("network.backbone  resnet50  tiny, resnet18, resnet34, resnet50"));
        assertTrue(CommandResult.ok("settings", "--markdown")
                .out()
                .contains("| `input.short_side` | from the data | 32 to 4096 |"));
    }

    @Test
    void settingsAreCompleted() {
        String script = CommandResult.ok("generate-completion").out();
        assertTrue(script.contains("\"loss.gamma=\""), "names of settings");
        assertTrue(script.contains("\"fast\" \"balanced\" \"accurate\" \"paper\""), "small letters");
        assertFalse(script.contains("\"BALANCED\""), "no capitals");
    }

    @Test
    void theFirstLineSaysWhatWasReadInShort() {
        String err = CommandResult.ok("dataset", "inspect", data).err();
        assertTrue(err.contains("sample set: COCO, 24 pictures, 0 of them without objects, "), err);
    }

    @Test
    void aModelIsExplainedInWords() {
        assertTrue(CommandResult.ok("model", "info", model)
                .out()
                .contains("input: short side 96 pixels, long side at most 128"));
    }
}
