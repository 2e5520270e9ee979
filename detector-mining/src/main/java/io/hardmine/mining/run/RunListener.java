package io.hardmine.mining.run;

import io.hardmine.core.training.Preset;
import io.hardmine.core.training.TrainingListener;
import io.hardmine.datasets.DataSummary;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.loading.BackgroundPool;
import io.hardmine.mining.bootstrap.BootstrapListener;
import io.hardmine.mining.settings.RunSettings;

/** Receives the events of a run, on the run's thread: reading the data, training and mining. */
public interface RunListener extends TrainingListener, BootstrapListener {
    /** Ignores all events. */
    RunListener SILENT = new RunListener() {};

    /** The annotated pictures are read. */
    default void onData(DataSummary summary) {}

    /** The background pictures are read. */
    default void onBackground(BackgroundPool pool) {}

    /** The pictures are split. */
    default void onSplit(Partition partition) {}

    /** All settings are known. */
    default void onSettings(RunSettings settings) {}

    /** A preset and a number of steps were chosen that fit into the time budget. */
    default void onBudget(Preset size, long steps) {}

    /** Everything is read and checked. From here on the run writes into its folder, and a stop keeps the progress. */
    default void onPrepared() {}
}
