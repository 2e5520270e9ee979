package io.hardmine.mining.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.model.DataOrigin;
import io.hardmine.core.training.BackgroundSource;
import io.hardmine.core.training.FolderBackground;
import io.hardmine.core.training.TrainingSettings;
import io.hardmine.core.training.TrainingTask;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.file.FileFault;
import io.hardmine.datasets.reading.ContentHash;
import io.hardmine.mining.bootstrap.Bootstrap;
import io.hardmine.mining.bootstrap.BootstrapListener;
import io.hardmine.mining.bootstrap.BootstrapSettings;
import io.hardmine.mining.bootstrap.Decisions;
import io.hardmine.mining.bootstrap.Pool;
import io.hardmine.mining.settings.RunSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The inputs of a run, read and checked.
 *
 * @param loaded all annotated pictures
 * @param partition their split
 * @param train training pictures, with ignored regions from the decisions
 * @param background pictures without objects, with ignored regions from the decisions
 * @param settings of the run
 * @param decisions of a person about hard negatives
 * @param contents SHA-256 of each picture's file; empty if nothing will be written
 */
record PreparedRun(
        LoadedDataset loaded,
        Partition partition,
        Dataset train,
        List<Picture> background,
        RunSettings settings,
        Decisions decisions,
        Map<Path, String> contents) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The same run with other settings. */
    PreparedRun with(RunSettings other) {
        return new PreparedRun(loaded, partition, train, background, other, decisions, contents);
    }

    /** SHA-256 of every annotated picture and every background picture, by file. */
    static Map<Path, String> contents(LoadedDataset loaded, List<Picture> background) {
        Map<Path, String> contents = new ConcurrentHashMap<>();
        loaded.dataset()
                .pictures()
                .forEach(p -> contents.put(p.file(), loaded.hashes().get(p.name())));
        background.parallelStream().forEach(p -> {
            try {
                contents.put(p.file(), ContentHash.of(p.file()));
            } catch (IOException e) {
                throw FileFault.of(p.file(), e);
            }
        });
        return contents;
    }

    /**
     * The task of the trainer.
     *
     * @param rounds folder of the mining rounds
     */
    TrainingTask task(Path rounds, BootstrapListener listener) {
        DataOrigin origin = origin();
        return new TrainingTask(
                train,
                partition.part(Split.VALIDATION),
                source(rounds, listener),
                settings.training(),
                settings.selection().create(settings.training().seed()),
                settings.selection().repetition(),
                contents,
                origin,
                provenance(origin));
    }

    /**
     * The source of background. If the settings ask for bootstrapping, it mines training and background pictures and
     * refuses held-out ones. Otherwise the source is the background pictures, if there are any.
     */
    private BackgroundSource source(Path rounds, BootstrapListener listener) {
        if (settings.bootstrap().source() == BootstrapSettings.Source.NONE) {
            return background.isEmpty() ? BackgroundSource.NONE : new FolderBackground(background);
        }
        List<Picture> pictures = new ArrayList<>(background);
        pictures.addAll(train.pictures());
        List<Picture> heldOut = new ArrayList<>(partition.part(Split.VALIDATION).pictures());
        heldOut.addAll(partition.part(Split.TEST).pictures());
        TrainingSettings.Input input = settings.training().input();
        return new Bootstrap(
                settings.bootstrap(),
                new Pool(pictures, heldOut),
                partition.part(Split.VALIDATION),
                new Preprocessing(input.shortSide(), input.longSide()),
                settings.training().seed(),
                rounds,
                listener);
    }

    private DataOrigin origin() {
        return new DataOrigin(
                loaded.dataset().name(),
                loaded.summary().format(),
                Fingerprint.of(loaded),
                new DataOrigin.PictureSplit(
                        partition.how(), pictures(Split.TRAIN), pictures(Split.VALIDATION), pictures(Split.TEST)));
    }

    private List<DataOrigin.PictureId> pictures(Split split) {
        return partition.part(split).pictures().stream()
                .map(p -> new DataOrigin.PictureId(p.name(), partition.hashes().get(p.name())))
                .toList();
    }

    private ObjectNode provenance(DataOrigin origin) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", origin.name());
        json.put("format", origin.format());
        json.put("pictures", loaded.dataset().pictures().size());
        json.put("background_pictures", background.size());
        json.put("decisions", decisions.all().size());
        json.put("fingerprint", origin.fingerprint());
        json.put("hardmine", BuildVersion.text());
        return json;
    }
}
