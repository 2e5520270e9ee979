package io.hardmine.cli.command;

import io.hardmine.cli.option.Choices;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.core.training.Preset;
import io.hardmine.datasets.DataException;
import io.hardmine.mining.settings.SettingList;
import io.hardmine.mining.settings.Spelling;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hardmine settings}: what {@code --set} and a settings file can change. */
@Command(
        name = "settings",
        description = {
            "Lists the settings of a training: name, default, meaning and the values that each takes.",
            "",
            "Change one with --set NAME=VALUE, several with --settings FILE. \"From the data\" means that the default "
                    + "follows from the training pictures; RUN/settings.yaml holds the values that a run has used."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine settings",
            "  hardmine settings loss                # one group",
            "  hardmine settings network --preset accurate",
            "  hardmine train --data parts/ --out run --set loss.gamma=1.5"
        })
final class SettingsCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "PREFIX",
            defaultValue = "",
            completionCandidates = Choices.OfGroup.class,
            description = "Only settings whose names begin with PREFIX, such as loss.")
    private String prefix;

    @Option(
            names = "--preset",
            paramLabel = "P",
            completionCandidates = Choices.OfPreset.class,
            description = "Defaults of this preset: ${COMPLETION-CANDIDATES}. Default: balanced.")
    private Preset preset = Preset.BALANCED;

    @Option(names = "--markdown", description = "Print a table in Markdown.")
    private boolean markdown;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<SettingList.Entry> all = SettingList.defaults(preset);
        List<SettingList.Entry> chosen = SettingList.startingWith(prefix, all);
        if (chosen.isEmpty()) {
            throw new DataException("no setting begins with '%s'%s"
                    .formatted(
                            prefix,
                            Spelling.nearest(prefix, Choices.withGroups())
                                    .map("; did you mean %s?"::formatted)
                                    .orElse("; 'hardmine settings' lists them all")));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(markdown ? SettingList.markdown(chosen) : SettingList.text(chosen));
        out.flush();
        return ExitCode.OK;
    }
}
