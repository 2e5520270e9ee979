package io.hardmine.mining.run;

import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** A hash of a data set's pictures, boxes and categories. */
public final class Fingerprint {
    private Fingerprint() {}

    /** SHA-256 over names, contents and annotations, in the data set's order, in hexadecimal. */
    public static String of(LoadedDataset loaded) {
        Sha256 sum = new Sha256();
        sum.add(loaded.dataset().categories().toString());
        for (Picture picture : loaded.dataset().pictures()) {
            sum.add(picture.name() + loaded.hashes().get(picture.name()) + picture.annotations());
        }
        return sum.hex();
    }

    /**
     * SHA-256 over names and sizes of the files of a pool, in hexadecimal. Contents are not read, because a pool may be
     * large.
     */
    public static String of(List<Picture> pool) throws IOException {
        Sha256 sum = new Sha256();
        for (Picture picture : pool) {
            sum.add(picture.name() + Files.size(picture.file()));
        }
        return sum.hex();
    }
}
