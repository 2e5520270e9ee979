package io.hardmine.mining.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.hardmine.core.training.Preset;
import io.hardmine.core.training.TrainingSettings;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.SplitOptions;
import io.hardmine.datasets.Splitter;
import io.hardmine.mining.experiment.Arm;
import io.hardmine.mining.experiment.ArmsFile;
import io.hardmine.mining.experiment.ExperimentPlan;
import io.hardmine.mining.settings.RunSettings;
import io.hardmine.mining.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Several ways to train on the same data, for the same number of steps. The plan is checked before anything is run. */
public final class Experiment {
    /** Splits data that has no split. */
    private static final long COMMON_SEED = 1;

    private static final String STEPS = "schedule.steps";

    private final ExperimentPlan plan;
    private final RunSettings common;

    private Experiment(ExperimentPlan plan, RunSettings common) {
        this.plan = plan;
        this.common = common;
    }

    /** An experiment on these pictures. */
    public static Builder on(ExperimentData data) {
        return new Builder(data);
    }

    /** Gives the arms, with settings that are checked on top of the common ones. */
    private interface Arms {
        List<Arm> over(RunSettings common);
    }

    /** What is compared. */
    public static final class Builder {
        private final ExperimentData data;
        private Preset preset = Preset.BALANCED;
        private Path settingsFile;
        private final List<String> assignments = new ArrayList<>();
        private Arms arms = common -> List.of();
        private Long steps;

        private Builder(ExperimentData data) {
            this.data = Objects.requireNonNull(data);
        }

        /** The preset whose defaults are used; {@link Preset#BALANCED} if none is given. */
        public Builder preset(Preset chosen) {
            preset = Objects.requireNonNull(chosen);
            return this;
        }

        /** A settings file in YAML for all arms, over the defaults; null for none. */
        public Builder settings(Path yaml) {
            settingsFile = yaml;
            return this;
        }

        /** Single settings of all arms, each as {@code name=value}; an arm's own settings override them. */
        public Builder set(List<String> settings) {
            assignments.addAll(settings);
            return this;
        }

        /** The arms. */
        public Builder arms(List<Arm> chosen) {
            List<Arm> copy = List.copyOf(chosen);
            arms = common -> copy;
            return this;
        }

        /** The arms in a YAML file. */
        public Builder arms(Path file) {
            arms = common -> ArmsFile.read(file, settings -> SettingsReader.set(settings, common));
            return this;
        }

        /** Steps of every run, at least 1; null for the number in the settings. */
        public Builder steps(Long number) {
            steps = number;
            return this;
        }

        /**
         * The experiment, if it can be run.
         *
         * @throws DataException if the data has no test picture with an object, or a setting or an arm cannot be used
         */
        public Experiment plan() throws IOException {
            Partition partition = split(data.loaded());
            requireTestPictures(partition.part(Split.TEST));
            Dataset train = partition.part(Split.TRAIN);
            RunSettings settings = new SettingLayers(preset, null, settingsFile, assignments, null).of(train, null);
            List<Arm> chosen = arms.over(settings);
            long length =
                    steps == null ? stepsOfEpochs(train, settings.training().schedule()) : steps;
            RunSettings common = SettingsReader.set(STEPS + "=" + length, settings);
            chosen.forEach(arm -> requireUsable(arm, common));
            JsonNode json = new YAMLMapper().readTree(SettingsReader.write(settings));
            boolean pool = data.backgroundFolder() != null;
            return new Experiment(
                    new ExperimentPlan(
                            data.folder().toString(),
                            Fingerprint.of(data.loaded()),
                            pool ? data.backgroundFolder().toString() : null,
                            pool ? Fingerprint.of(data.background()) : null,
                            length,
                            json,
                            chosen),
                    common);
        }

        private void requireTestPictures(Dataset test) {
            List<Picture> pictures = test.pictures();
            if (pictures.isEmpty()) {
                throw new DataException(
                        "%s has no test pictures, which arms are compared on: make some with 'hardmine dataset split %s --anew'"
                                .formatted(data.folder(), data.folder()));
            }
            if (!test.hasObjects()) {
                throw new DataException(
                        "no test picture of %s has an object, and arms are compared on those".formatted(data.folder()));
            }
        }

        private void requireUsable(Arm arm, RunSettings common) {
            if (arm.background() && data.backgroundFolder() == null) {
                throw new DataException("arm '%s' uses background pictures: give --background".formatted(arm.name()));
            }
            if (arm.value(STEPS).isPresent()) {
                throw new DataException(
                        "arm '%s' sets %s; all arms must train for the same number of steps: use --steps"
                                .formatted(arm.name(), STEPS));
            }
            try {
                SettingsReader.set(arm.settings(), common);
            } catch (DataException e) {
                throw new DataException("arm '%s': %s".formatted(arm.name(), e.getMessage()), e);
            }
        }
    }

    /** The steps in the settings. If they are 0, the steps of their epochs, without background pictures. */
    private static long stepsOfEpochs(Dataset train, TrainingSettings.ScheduleSettings schedule) {
        long perEpoch = (train.pictures().size() + schedule.batch() - 1) / schedule.batch();
        return schedule.steps() > 0 ? schedule.steps() : schedule.epochs() * perEpoch;
    }

    /** The split of all runs, whatever their seed. */
    public static Partition split(LoadedDataset loaded) {
        return Splitter.partition(loaded, SplitOptions.defaults(COMMON_SEED));
    }

    /** What all runs have in common, and how they differ. */
    public ExperimentPlan plan() {
        return plan;
    }

    /** Settings of every run, before those of its arm. */
    public RunSettings common() {
        return common;
    }

    /** A sentence for each group of arms that have the same settings: what they differ in is not what their names say. */
    public List<String> warnings() {
        Map<Trained, List<String>> alike = new LinkedHashMap<>();
        for (Arm arm : plan.arms()) {
            Trained trained = new Trained(SettingsReader.set(arm.settings(), common), arm.background());
            alike.computeIfAbsent(trained, key -> new ArrayList<>()).add(arm.name());
        }
        return alike.values().stream()
                .filter(names -> names.size() > 1)
                .map(names -> "arms %s have the same settings and give the same detectors"
                        .formatted(String.join(", ", names)))
                .toList();
    }

    /** What an arm trains with. */
    private record Trained(RunSettings settings, boolean background) {}
}
