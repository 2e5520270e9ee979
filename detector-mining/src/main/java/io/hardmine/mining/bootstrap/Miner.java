package io.hardmine.mining.bootstrap;

import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.Bounds;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * Searches a pool once for places in the background where a detector falsely fires, and keeps the hardest. Memory does
 * not grow with the pool.
 */
public final class Miner {
    /** Number of candidates per wanted place, because some show nearly the same. */
    private static final int OFFERS = 2;

    /** Largest number of places to keep. */
    private static final int MOST = 1_000_000;

    private final TrainedModel model;
    private final Search search;

    /** A miner of a model's false alarms. */
    public Miner(TrainedModel model, Search search) {
        this.model = model;
        this.search = search;
    }

    /**
     * How to search.
     *
     * @param limit largest number of places to keep, from 1 to 1,000,000
     * @param scales at which pictures are searched, as multiples of the network's own input size, in [0.1, 4]
     * @param score lowest score of a false alarm, between 0 and 1; null for the model's threshold of each class
     */
    public record Search(int limit, List<Double> scales, Double score) {
        /** Copies the list and refuses values out of range. */
        public Search {
            scales = List.copyOf(scales);
            Bounds.require("limit", limit, 1, MOST);
            scan(scales, score);
        }

        /** 200 places, at the input size of training and at 0.7 of it, with the model's thresholds. */
        public static Search defaults() {
            return new Search(200, Scan.defaults().scales(), null);
        }

        private static Scan scan(List<Double> scales, Double score) {
            Scan scan = Scan.defaults().withScales(scales);
            return score == null ? scan : scan.withScore(score);
        }
    }

    /**
     * The result of a search.
     *
     * @param hardest places, hardest first, no two alike
     * @param pictures number of pictures searched
     * @param cropsScored number of background crops that were scored, over all scales
     * @param falseAlarms number of crops in which the detector fired
     * @param seconds that the search took
     */
    public record Mined(List<HardExample> hardest, int pictures, long cropsScored, long falseAlarms, double seconds) {
        /** Copies the list. */
        public Mined {
            hardest = List.copyOf(hardest);
        }

        /** False alarms per 1000 crops scored; 0 if no crop was scored. */
        public double perThousand() {
            return cropsScored == 0 ? 0 : 1000.0 * falseAlarms / cropsScored;
        }
    }

    /**
     * Searches the whole pool.
     *
     * @param onPicture called after each picture
     * @throws io.hardmine.datasets.DataException if a picture cannot be decoded
     */
    public Mined mine(Pool pool, Runnable onPicture) {
        long start = System.nanoTime();
        Scan scan = Search.scan(search.scales(), search.score());
        List<Double> thresholds = search.score() == null
                ? model.description().thresholds()
                : Collections.nCopies(model.description().categories().size(), search.score());
        TopK offers = new TopK(OFFERS * search.limit());
        long crops = 0;
        long falseAlarms = 0;
        ExecutorService decoder = BackgroundScanner.decoder();
        try (BackgroundScanner scanner = new BackgroundScanner(model, scan, thresholds)) {
            Iterator<PictureScan> scans = scanner.scan(pool.pictures(), HardExampleSet.EMPTY, decoder);
            while (scans.hasNext()) {
                PictureScan found = scans.next();
                crops += found.crops();
                falseAlarms += found.falsePositives().size();
                found.falsePositives().forEach(offers::add);
                onPicture.run();
            }
        } finally {
            decoder.shutdownNow();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Mined(
                unlike(new CropCutter(pool).cut(offers.inOrder(), 0)),
                pool.pictures().size(),
                crops,
                falseAlarms,
                seconds);
    }

    private List<HardExample> unlike(List<HardExample> offers) {
        HardExampleSet.Bounds bounds = new HardExampleSet.Bounds(search.limit(), Long.MAX_VALUE, 0);
        return HardExampleSet.EMPTY.renewed(new double[0], offers, bounds).set().members();
    }
}
