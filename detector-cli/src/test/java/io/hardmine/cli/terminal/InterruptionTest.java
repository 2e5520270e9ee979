package io.hardmine.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.cli.CommandResult;
import io.hardmine.cli.Hardmine;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.training.RunLock;
import io.hardmine.datasets.sample.SampleDataset;
import io.hardmine.datasets.sample.SampleOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs that are stopped from outside, each in a JVM of its own, and what a training run can be resumed from. They get
 * TERM, which is heard as Ctrl-C is: a shell lets programs in the background ignore the latter.
 */
@DisabledOnOs(OS.WINDOWS)
class InterruptionTest {
    @TempDir
    private static Path folder;

    private static Path data;
    private static Path whole;

    @BeforeAll
    static void train() throws Exception {
        data = folder.resolve("sample");
        whole = folder.resolve("whole");
        SampleOptions quick = SampleOptions.quick();
        SampleDataset.write(data, new SampleOptions(8, 4, 4, 4, quick.seed(), quick.difficulty()));
        assertEquals(ExitCode.OK, new Child(Hardmine.class, training(whole)).end());
    }

    private static String[] training(Path run, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--data",
                data.toString(),
                "--background",
                data.resolve("background").toString(),
                "--out",
                run.toString(),
                "--preset",
                "fast",
                "--quiet"));
        for (String setting : List.of(
                "network.width=8",
                "network.pyramid_channels=8",
                "network.prior=0.3",
                "input.short_side=96",
                "input.long_side=128",
                "bootstrap.source=mined",
                "schedule.batch=2",
                "schedule.steps=60")) {
            arguments.addAll(List.of("--set", setting));
        }
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    /** A program of the test class path, whose words are read line by line. */
    private static final class Child {
        private final Process process;
        private final BufferedReader said;
        private final List<String> lines = new ArrayList<>();

        Child(Class<?> main, String... arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Djava.awt.headless=true",
                    "-cp",
                    System.getProperty("java.class.path"),
                    main.getName()));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("OMP_NUM_THREADS", "1");
            process = builder.start();
            said = process.inputReader();
        }

        void awaitLine(String part) throws IOException {
            String line = said.readLine();
            while (line != null) {
                lines.add(line);
                if (line.contains(part)) {
                    return;
                }
                line = said.readLine();
            }
            throw new AssertionError("never said: " + part + "\n" + String.join("\n", lines));
        }

        void signal() throws IOException, InterruptedException {
            assertEquals(
                    0,
                    new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid()))
                            .start()
                            .waitFor());
        }

        int end() throws IOException, InterruptedException {
            said.lines().forEach(lines::add);
            assertTrue(process.waitFor(5, TimeUnit.MINUTES));
            return process.exitValue();
        }
    }

    private static float[] weights(Path run) {
        try (TrainedModel model = TrainedModel.read(run.resolve("model.zip"))) {
            return model.network().parameters().values().toArray();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"60 steps of", "mining round 0", "epoch 5 of", "mining round 2"})
    void aTrainingThatIsStoppedGoesOnToTheSameWeights(String moment) throws Exception {
        Path run = folder.resolve("stopped " + moment);
        Child child = new Child(Hardmine.class, training(run));
        child.awaitLine(moment);
        child.signal();
        assertEquals(ExitCode.STOPPED, child.end(), () -> String.join("\n", child.lines));
        assertEquals(
                "stopped; everything so far is kept. To go on: hardmine train --data %s --background %s --out '%s' --resume"
                        .formatted(data, data.resolve("background"), run),
                child.lines.get(child.lines.size() - 1));
        assertFalse(Files.exists(run.resolve("model.zip")));
        Child resumed = new Child(Hardmine.class, training(run, "--resume"));
        assertEquals(ExitCode.OK, resumed.end(), () -> String.join("\n", resumed.lines));
        assertArrayEquals(weights(whole), weights(run));
    }

    /** Waits for signals. */
    static final class Sleeper {
        public static void main(String[] arguments) throws InterruptedException {
            PrintWriter out = new PrintWriter(System.out, true);
            try (Interruption interruption = arguments[0].equals("ending")
                    ? Interruption.ending(out, Interruption.line("train"))
                    : new Interruption(() -> out.println("asked"))) {
                out.println("ready");
                Thread.sleep(TimeUnit.MINUTES.toMillis(5));
                out.println(interruption.isAsked());
            }
        }
    }

    @Test
    void whatHasNothingToSaveSaysALineAndEnds() throws Exception {
        Child child = new Child(Sleeper.class, "ending");
        child.awaitLine("ready");
        child.signal();
        assertEquals(ExitCode.STOPPED, child.end());
        assertEquals(List.of("ready", "stopped; nothing was written"), child.lines);
    }

    @Test
    void theSecondTimeEndsAtOnce() throws Exception {
        Child child = new Child(Sleeper.class, "asking");
        child.awaitLine("ready");
        child.signal();
        child.awaitLine("asked");
        child.signal();
        assertEquals(ExitCode.STOPPED, child.end());
        assertEquals(List.of("ready", "asked"), child.lines);
    }

    /** A copy of the run that was not disturbed. */
    private static Path copy(String name) throws IOException {
        Path copy = folder.resolve(name);
        try (Stream<Path> files = Files.walk(whole)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(whole.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }

    private static void assertRefused(Path run, String why, String... more) {
        CommandResult said = CommandResult.run(training(run, more));
        assertEquals(ExitCode.DATA, said.code(), said.err());
        assertTrue(said.err().contains(why), said.err());
    }

    @Test
    void aRunWhoseSplitOrSettingsAreLostIsRefused() throws IOException {
        Path run = copy("lost");
        byte[] split = Files.readAllBytes(run.resolve("split.json"));
        Files.write(run.resolve("split.json"), Arrays.copyOf(split, split.length / 2));
        assertRefused(run, run.resolve("split.json") + " is damaged", "--resume");
        Files.write(run.resolve("split.json"), new byte[0]);
        assertRefused(run, run.resolve("split.json") + " is damaged", "--resume");
        Files.write(run.resolve("split.json"), split);
        Files.write(run.resolve("settings.yaml"), new byte[0]);
        assertRefused(run, run.resolve("settings.yaml") + " is missing or empty", "--resume");
    }

    @Test
    void anExchangedPictureIsNamed() throws IOException {
        for (String name : List.of("images/train/00003.png", "background/00002.png")) {
            Path picture = data.resolve(name);
            byte[] before = Files.readAllBytes(picture);
            Files.copy(data.resolve("images/test/00001.png"), picture, StandardCopyOption.REPLACE_EXISTING);
            try {
                assertRefused(whole, name + " is another picture now", "--resume");
            } finally {
                Files.write(picture, before);
            }
        }
    }

    @Test
    void aFolderThatATrainingIsWritingIsRefusedAndADryRunIsNot() throws IOException {
        Path run = folder.resolve("locked");
        RunLock lock = RunLock.take(run);
        try {
            assertRefused(run, run + " is being written by this process");
            CommandResult.ok((Object[]) training(run, "--dry-run"));
        } finally {
            lock.close();
        }
    }
}
