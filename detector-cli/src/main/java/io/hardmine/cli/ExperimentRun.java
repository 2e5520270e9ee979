package io.hardmine.cli;

import io.hardmine.core.training.RunFolder;
import io.hardmine.mining.experiment.Arm;
import io.hardmine.mining.experiment.RunResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * One arm with one seed: {@code hardmine train} and {@code hardmine evaluate}, as a user would type them, in a folder of
 * its own. What is there already is not done again.
 *
 * @param arm which arm
 * @param seed of everything random
 * @param files where they lie
 */
record ExperimentRun(Arm arm, long seed, RunFolder files) {
    /** The run's place in an experiment's folder. */
    static ExperimentRun in(Path experiment, Arm arm, long seed) {
        return new ExperimentRun(
                arm,
                seed,
                new RunFolder(experiment.resolve("runs").resolve(arm.name()).resolve("seed-" + seed)));
    }

    /** Whether nothing is left to do. */
    boolean isDone() {
        return Files.exists(report("report.json"));
    }

    /** A file of its report. */
    Path report(String name) {
        return files.root().resolve("report").resolve(name);
    }

    /** What the commands said. */
    Path log() {
        return files.root().resolve("log.txt");
    }

    /** What it reached; only of a run that is done. */
    RunResult result() throws IOException {
        return RunResult.read(seed, report("report.json"), files);
    }

    /** The command that trains it, from the start or from where it was stopped. */
    List<String> training(List<String> common, List<String> background) {
        List<String> command =
                new ArrayList<>(List.of("train", "--out", files.root().toString(), "--quiet"));
        command.addAll(common);
        command.addAll(List.of("--seed", String.valueOf(seed)));
        arm.settings().forEach(s -> command.addAll(List.of("--set", s)));
        if (arm.background()) {
            command.addAll(background);
        }
        if (files.hasCheckpoint()) {
            command.add("--resume");
        }
        return command;
    }

    /** Trains it where that is not done; gives the command's exit code. */
    int train(List<String> common, List<String> background) throws IOException {
        return Files.exists(files.model()) ? ExitCode.OK : run(training(common, background));
    }

    /** Evaluates its model; the report appears when it is whole. */
    int evaluate(List<String> data) throws IOException {
        Path unfinished = files.root().resolve("report-unfinished");
        Folders.delete(unfinished);
        List<String> command = new ArrayList<>(
                List.of("evaluate", "--model", files.model().toString(), "--out", unfinished.toString(), "--quiet"));
        command.addAll(data);
        int code = run(command);
        if (code == ExitCode.OK) {
            Files.createDirectories(report("report.json").getParent());
            for (String name : List.of("detections.json", "report.html", "report.json")) {
                Files.move(unfinished.resolve(name), report(name), StandardCopyOption.REPLACE_EXISTING);
            }
            Folders.delete(unfinished);
        }
        return code;
    }

    private int run(List<String> command) throws IOException {
        Files.createDirectories(files.root());
        try (PrintWriter log = new PrintWriter(Files.newBufferedWriter(
                log(), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            log.println("$ hardmine " + String.join(" ", command));
            return Hardmine.run(log, command);
        }
    }

    /** Why the last command failed, in its own words. */
    String reason() throws IOException {
        String mark = "hardmine: ";
        return Files.readAllLines(log()).stream()
                .filter(line -> line.startsWith(mark))
                .reduce((first, last) -> last)
                .map(line -> line.substring(mark.length()))
                .orElse("see " + log());
    }
}
