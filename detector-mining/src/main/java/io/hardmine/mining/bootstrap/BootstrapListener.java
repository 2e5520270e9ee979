package io.hardmine.mining.bootstrap;

import java.io.IOException;
import java.util.List;

/** Receives the events of bootstrapping, on the run's thread. */
public interface BootstrapListener {
    /** Ignores all events. */
    BootstrapListener SILENT = new BootstrapListener() {};

    /**
     * A round begins to search {@code pictures} pictures; the first {@code done} of them were searched before it was
     * interrupted.
     */
    default void onRoundStart(int round, int pictures, int done) {}

    /** One more picture was searched. */
    default void onPicture() {}

    /**
     * A round is done.
     *
     * @param set all members, hardest first
     */
    default void onRound(RoundReport report, List<HardExample> set) throws IOException {}
}
