package io.hardmine.mining.run;

import io.hardmine.core.model.TrainedModel;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.coco.CocoWriter;
import io.hardmine.mining.bootstrap.Decisions;
import io.hardmine.mining.bootstrap.HardNegativesFile;
import io.hardmine.mining.bootstrap.Miner;
import io.hardmine.mining.bootstrap.Pool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Searches once for places in the background where a model falsely fires:
 *
 * <pre>{@code
 * try (TrainedModel model = TrainedModel.read(file)) {
 *     MiningRun run = MiningRun.of(model).background(pictures).open();
 *     run.write(run.mine(() -> {}), Path.of("hard"));
 * }
 * }</pre>
 */
public final class MiningRun {
    private final TrainedModel model;
    private final Miner.Search search;
    private final List<Picture> background;
    private final LoadedDataset data;
    private final List<Picture> annotated;
    private final Decisions decisions;
    private final Pool pool;

    private MiningRun(Builder builder) {
        model = builder.model;
        search = builder.search;
        background = builder.background;
        data = builder.data;
        annotated = data == null
                ? List.of()
                : EvaluatedPictures.choose(data, model, builder.choice)
                        .dataset()
                        .pictures();
        decisions = builder.decisions;
        pool = new Pool(
                decisions.ignoring(pictures()), model.description().origin().heldOut());
    }

    /**
     * Mining for a model's false alarms.
     *
     * @param model stays open, and belongs to the caller
     */
    public static Builder of(TrainedModel model) {
        return new Builder(model);
    }

    /** What is searched, and how. */
    public static final class Builder {
        private final TrainedModel model;
        private Miner.Search search = Miner.Search.defaults();
        private List<Picture> background = List.of();
        private LoadedDataset data;
        private EvaluatedPictures.Choice choice;
        private Decisions decisions = new Decisions(List.of());

        private Builder(TrainedModel model) {
            this.model = Objects.requireNonNull(model);
        }

        /** How to search; {@link Miner.Search#defaults()} if it is not given. */
        public Builder search(Miner.Search how) {
            search = Objects.requireNonNull(how);
            return this;
        }

        /** Pictures without objects. */
        public Builder background(List<Picture> pictures) {
            background = List.copyOf(pictures);
            return this;
        }

        /**
         * Annotated pictures, whose background between the boxes is searched.
         *
         * @param which the pictures of the folder to search
         */
        public Builder data(LoadedDataset loaded, EvaluatedPictures.Choice which) {
            data = Objects.requireNonNull(loaded);
            choice = Objects.requireNonNull(which);
            return this;
        }

        /** A person's decisions: no crop is taken from a place that is unclear or an object. */
        public Builder decisions(Decisions made) {
            decisions = Objects.requireNonNull(made);
            return this;
        }

        /**
         * The run. Nothing is searched or written yet.
         *
         * @throws DataException if there is no picture, or the model was validated or tested on one of them
         */
        public MiningRun open() {
            return new MiningRun(this);
        }
    }

    private List<Picture> pictures() {
        List<Picture> pictures = new ArrayList<>(background);
        pictures.addAll(annotated);
        return pictures;
    }

    /** Number of pictures that are searched. */
    public int size() {
        return pool.pictures().size();
    }

    /** A warning, in a sentence, if some decisions are about other pictures; otherwise empty. */
    public Optional<String> warning() {
        return decisions.warning(pictures());
    }

    /**
     * Searches.
     *
     * @param afterPicture called after each picture
     * @throws DataException if a picture cannot be decoded
     */
    public Miner.Mined mine(Runnable afterPicture) {
        return new Miner(model, search).mine(pool, afterPicture);
    }

    /**
     * What a run wrote.
     *
     * @param hardNegatives the list of the places, hardest first
     * @param promoted annotations in COCO's form, with the objects that the decisions name; empty if they name none
     * @param promotedObjects number of objects that were added
     */
    public record Files(Path hardNegatives, Optional<Path> promoted, long promotedObjects) {}

    /**
     * Writes {@code hard-negatives.json}, {@code crops} and, if the decisions name objects, {@code
     * annotations-promoted.json}, in place of those of an earlier run.
     *
     * @param mined by {@link #mine}
     * @param folder created if missing; nothing else may be writing into it
     * @throws DataException if the class of an object is not a category of the data
     */
    public Files write(Miner.Mined mined, Path folder) throws IOException {
        List<String> categories =
                model.description().categories().stream().map(Category::name).toList();
        Map<String, Path> files = new HashMap<>();
        pool.pictures().forEach(p -> files.put(p.name(), p.file()));
        Path list = folder.resolve("hard-negatives.json");
        HardNegativesFile.write(mined.hardest(), categories, files::get, list);
        if (decisions.objects().isEmpty()) {
            return new Files(list, Optional.empty(), 0);
        }
        Path promoted = folder.resolve("annotations-promoted.json");
        Promotion promotion = promotion();
        CocoWriter.write(promotion.dataset(), promoted);
        return new Files(list, Optional.of(promoted), promotion.added());
    }

    private Promotion promotion() {
        return data == null
                ? Promotion.of(decisions, model.description().categories(), background)
                : Promotion.of(decisions, data, annotated, background);
    }
}
