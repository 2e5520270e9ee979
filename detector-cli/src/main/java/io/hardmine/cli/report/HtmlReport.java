package io.hardmine.cli.report;

import io.hardmine.cli.page.PageTemplate;
import io.hardmine.core.evaluation.EvaluationReport;
import io.hardmine.datasets.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code report.html}: an evaluation in one file that needs no network and runs no script. Names from the data are
 * escaped, and a content security policy also keeps the browser from loading or running anything.
 */
public final class HtmlReport {
    private HtmlReport() {}

    /**
     * Writes the page. Crops of pictures are taken from {@link io.hardmine.datasets.Picture#file()}; if they cannot be
     * read, the page says so and leaves the crops out.
     *
     * @throws IOException if the file cannot be written
     */
    public static void write(EvaluationReport report, Path file) throws IOException {
        AtomicFile.writeString(file, render(report));
    }

    static String render(EvaluationReport report) throws IOException {
        ReportPage page = ReportPage.of(report, Charts.of(report), Gallery.of(report));
        return PageTemplate.render("report/report.jte", page);
    }
}
