package io.hardmine.cli.option;

import io.hardmine.core.export.Exporter;
import io.hardmine.core.training.Preset;
import io.hardmine.core.training.TrainingSettings.PrecisionChoice;
import io.hardmine.mining.experiment.BuiltInPlan;
import io.hardmine.mining.run.EvaluatedPictures;
import io.hardmine.mining.settings.SettingList;
import io.hardmine.mining.settings.Spelling;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The values that an option accepts, as users write them. Help, messages and completion show them. */
public abstract class Choices implements Iterable<String> {
    private final List<String> words;

    private Choices(List<String> words) {
        this.words = words;
    }

    @Override
    public Iterator<String> iterator() {
        return words.iterator();
    }

    /** Names of all settings, and of their groups. */
    public static List<String> withGroups() {
        List<String> names = names();
        return Stream.concat(
                        names.stream().filter(n -> n.contains(".")).map(n -> n.substring(0, n.indexOf('.'))),
                        names.stream())
                .distinct()
                .toList();
    }

    private static List<String> names() {
        return SettingList.defaults(Preset.BALANCED).stream()
                .map(SettingList.Entry::name)
                .toList();
    }

    /** Presets. */
    public static final class OfPreset extends Choices {
        OfPreset() {
            super(Spelling.smallLetters(Preset.class));
        }
    }

    /** Parts of a data set. */
    public static final class OfSplit extends Choices {
        OfSplit() {
            super(Spelling.smallLetters(EvaluatedPictures.Choice.class));
        }
    }

    /** Plans of an experiment. */
    public static final class OfPlan extends Choices {
        OfPlan() {
            super(Spelling.smallLetters(BuiltInPlan.class));
        }
    }

    /** Number formats. */
    public static final class OfPrecision extends Choices {
        OfPrecision() {
            super(Spelling.smallLetters(PrecisionChoice.class));
        }
    }

    /** Sizes of the sample set. */
    public static final class OfSize extends Choices {
        OfSize() {
            super(Spelling.smallLetters(SampleSize.class));
        }
    }

    /** Settings with an equals sign, such as {@code loss.gamma=}, for completion. */
    public static final class OfAssignment extends Choices {
        OfAssignment() {
            super(names().stream().map(name -> name + "=").toList());
        }
    }

    /** Export formats. */
    public static final class OfExport extends Choices {
        OfExport() {
            super(Exporter.all().stream().map(Exporter::name).toList());
        }
    }

    /** Settings and their groups. */
    public static final class OfGroup extends Choices {
        OfGroup() {
            super(withGroups());
        }
    }
}
