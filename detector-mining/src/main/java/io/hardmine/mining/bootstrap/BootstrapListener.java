package io.hardmine.mining.bootstrap;

import java.io.IOException;
import java.util.List;

/** Hears what bootstrapping does, on the run's thread. */
public interface BootstrapListener {
    /** Hears nothing. */
    BootstrapListener SILENT = new BootstrapListener() {};

    /** A round begins to look at so many pictures; the first {@code done} of them were looked at before. */
    default void onRoundStart(int round, int pictures, int done) {}

    /** One more picture was looked at. */
    default void onPicture() {}

    /**
     * A round is done.
     *
     * @param set all members, hardest first
     */
    default void onRound(RoundReport report, List<HardExample> set) throws IOException {}
}
