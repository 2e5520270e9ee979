package io.hardmine.cli.command;

import io.hardmine.cli.report.HtmlReport;
import io.hardmine.cli.terminal.Phase;
import io.hardmine.core.evaluation.CocoResults;
import io.hardmine.core.evaluation.EvaluationReport;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.datasets.Dataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of an evaluation: {@code report.json}, {@code detections.json} and {@code report.html}. */
final class EvaluationFiles {
    private EvaluationFiles() {}

    /**
     * Writes the files. {@code report.json} is the last one: if it exists, the others do too.
     *
     * @param truth the annotated pictures
     * @param folder created if it does not exist
     * @param err gets a line on progress
     */
    static void write(EvaluationReport report, PictureDetections found, Dataset truth, Path folder, PrintWriter err)
            throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve("report.json"));
        CocoResults.write(folder.resolve("detections.json"), found, truth);
        Phase.during("drawing the report", err, () -> HtmlReport.write(report, folder.resolve("report.html")));
        report.writeJson(folder.resolve("report.json"));
    }
}
