package io.hardmine.mining.bootstrap;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.file.FileFault;
import io.hardmine.datasets.reading.ContentHash;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures from which background may be taken: training pictures outside their boxes, and pictures without objects.
 * Validation and test pictures are refused.
 */
public final class Pool {
    private final Map<String, Picture> pictures = new LinkedHashMap<>();
    private final List<Picture> inOrder;

    /**
     * A pool.
     *
     * @param pictures of training, and background pictures
     * @param heldOut pictures of validation and test, which no crop may come from
     * @throws DataException if there is no picture, or one of them is held out, by name or by content
     */
    public Pool(Collection<Picture> pictures, Collection<Picture> heldOut) {
        this(pictures, hashes(heldOut));
    }

    /**
     * A pool.
     *
     * @param pictures of training, and background pictures
     * @param heldOut SHA-256 of each picture of validation and test, by its name
     * @throws DataException if there is no picture, or one of them is held out, by name or by content
     */
    public Pool(Collection<Picture> pictures, Map<String, String> heldOut) {
        Map<String, String> nameByHash = new HashMap<>();
        heldOut.forEach((name, hash) -> nameByHash.put(hash, name));
        for (Picture picture : pictures) {
            String same = heldOut.containsKey(picture.name()) ? picture.name() : nameByHash.get(hash(picture));
            if (same != null) {
                throw new DataException(
                        "%s is to be mined, but is the held-out picture %s: hard negatives must not come from validation or test; take it out of the pool"
                                .formatted(picture.file(), same));
            }
            this.pictures.put(picture.name(), picture);
        }
        if (this.pictures.isEmpty()) {
            throw new DataException("there is no picture to mine background from");
        }
        inOrder = List.copyOf(this.pictures.values());
    }

    private static Map<String, String> hashes(Collection<Picture> pictures) {
        Map<String, String> hashes = new LinkedHashMap<>();
        pictures.forEach(p -> hashes.put(p.name(), hash(p)));
        return hashes;
    }

    private static String hash(Picture picture) {
        try {
            return ContentHash.of(picture.file());
        } catch (IOException e) {
            throw FileFault.of(picture.file(), e);
        }
    }

    /** All pictures, in a fixed order. */
    public List<Picture> pictures() {
        return inOrder;
    }

    /**
     * The picture with a name.
     *
     * @throws DataException if there is none
     */
    Picture named(String name) {
        Picture picture = pictures.get(name);
        if (picture == null) {
            throw new DataException("the pool no longer holds %s, which a hard example comes from".formatted(name));
        }
        return picture;
    }
}
