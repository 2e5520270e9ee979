package io.hardmine.cli.experiment;

import io.hardmine.cli.page.PageTemplate;
import io.hardmine.cli.report.Chart;
import io.hardmine.datasets.file.AtomicFile;
import io.hardmine.mining.experiment.ArmResult;
import io.hardmine.mining.experiment.ExperimentFiles;
import io.hardmine.mining.experiment.ExperimentResult;
import io.hardmine.mining.experiment.ExperimentTable;
import io.hardmine.mining.experiment.Interpretation;
import io.hardmine.mining.experiment.Measure;
import io.hardmine.mining.experiment.PairedBootstrap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of an experiment's page, as text.
 *
 * @param title of the page
 * @param scope how much was run
 * @param headline the one sentence to remember
 * @param groups further results, by topic
 * @param runs links to the reports of the runs, arm by arm
 * @param charts the drawings
 * @param arms table with one row for each arm
 * @param differences a table for each measure that is compared
 * @param settings what each arm sets
 * @param notes definitions of the terms
 * @param program version of Hardmine
 */
public record ExperimentPage(
        String title,
        String scope,
        String headline,
        List<Interpretation.Group> groups,
        List<ArmRuns> runs,
        List<Chart> charts,
        ExperimentTable arms,
        List<Titled> differences,
        ExperimentTable settings,
        String notes,
        String program) {

    /**
     * A table with a title.
     *
     * @param title what the table shows
     * @param table the table
     */
    public record Titled(String title, ExperimentTable table) {}

    /**
     * The runs of an arm.
     *
     * @param arm its name
     * @param reports of its runs, by ascending seed
     */
    public record ArmRuns(String arm, List<Link> reports) {
        static ArmRuns of(ArmResult result) {
            String name = result.arm().name();
            return new ArmRuns(
                    name,
                    result.runs().stream()
                            .map(run -> new Link(
                                    "seed " + run.seed(),
                                    "runs/%s/seed-%d/report/report.html".formatted(name, run.seed())))
                            .toList());
        }
    }

    /**
     * A link to another page.
     *
     * @param text of the link
     * @param href relative to the page
     */
    public record Link(String text, String href) {}

    /**
     * Writes the files of a result into a folder: {@code experiment.json}, {@code .csv}, {@code .md}, {@code .png} and
     * {@code .html}. The page is one file that needs no network and runs no script.
     */
    public static void write(ExperimentResult result, Path folder) throws IOException {
        ExperimentFiles.write(result, folder);
        ExperimentCharts.writePng(result, folder.resolve("experiment.png"));
        AtomicFile.writeString(
                folder.resolve("experiment.html"), PageTemplate.render("experiment/experiment.jte", of(result)));
    }

    private static ExperimentPage of(ExperimentResult result) throws IOException {
        List<Titled> differences = new ArrayList<>();
        for (Measure measure : PairedBootstrap.MEASURES) {
            ExperimentTable table = ExperimentTable.comparisons(result, measure);
            if (!table.rows().isEmpty()) {
                differences.add(new Titled("Differences in " + measure.title(), table));
            }
        }
        int runs = result.arms().stream().mapToInt(a -> a.runs().size()).sum();
        return new ExperimentPage(
                "Experiment on " + result.plan().data(),
                "%d arms, %d runs of %d steps, %d test pictures"
                        .formatted(result.arms().size(), runs, result.plan().steps(), result.pictures()),
                Interpretation.headline(result),
                Interpretation.groups(result),
                result.arms().stream().map(ArmRuns::of).toList(),
                ExperimentCharts.of(result),
                ExperimentTable.arms(result),
                differences,
                ExperimentTable.settings(result.plan()),
                ExperimentFiles.NOTES,
                result.program());
    }
}
