package io.hardmine.cli.option;

import io.hardmine.mining.run.TrainingRun;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long a training may take. */
public final class BudgetOption {
    @Option(
            names = "--budget",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description =
                    "How long the training may take, such as 30m or 1h30m. A step is timed, and the number of steps "
                            + "follows from it; it replaces that of a settings file. The preset follows too, if none is "
                            + "given.")
    private Duration budget;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * Sets the time budget of a training, if one is given.
     *
     * @param resumes whether the training goes on from a checkpoint
     * @throws ParameterException if a budget is given, and {@code resumes} is true or the budget is too short
     */
    public void apply(TrainingRun.Builder run, boolean resumes) {
        if (budget == null) {
            return;
        }
        if (resumes) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--resume goes on to the length that the run was begun with; leave --budget out");
        }
        try {
            run.budget(budget);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--budget " + text(budget) + ": " + e.getMessage(), e);
        }
    }

    private static String text(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT); // ISO 8601's PT5S becomes 5s
    }
}
