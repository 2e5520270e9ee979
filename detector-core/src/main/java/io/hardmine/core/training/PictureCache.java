package io.hardmine.core.training;

import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.KnownPicture;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Bounded cache of decoded pictures, each at the largest size that a run needs. It drops the least recently used
 * pictures first. A picture is reduced in the same way whether it is kept or not, so that the bound never changes a
 * result. Safe for use from several threads.
 */
public final class PictureCache {
    /** The cache holds at most the heap divided by this number, whatever the bound. */
    private static final long HEAP_PART = 4;

    private static final float LOAD_FACTOR = 0.75f;

    private final long bound;
    private final Map<Key, byte[]> kept = new LinkedHashMap<>(16, LOAD_FACTOR, true);
    private long bytes;

    /**
     * An empty cache.
     *
     * @param bound in bytes of pixels, cut to a quarter of the largest heap; 0 to keep nothing
     */
    public PictureCache(long bound) {
        this.bound = Math.min(bound, Runtime.getRuntime().maxMemory() / HEAP_PART);
    }

    private record Key(Path file, int width, int height) {}

    /**
     * A picture's pixels.
     *
     * @param width of the result, at most the picture's
     * @param height of the result, at most the picture's
     * @return 8-bit BGR; the caller releases it
     * @throws io.hardmine.datasets.DataException as {@link KnownPicture#decode}
     */
    Mat pixels(Picture picture, int width, int height) {
        Key key = new Key(picture.file(), width, height);
        byte[] known = get(key);
        if (known != null) {
            Mat pixels = new Mat(height, width, CvType.CV_8UC3);
            pixels.put(0, 0, known);
            return pixels;
        }
        Mat pixels = reduced(KnownPicture.decode(picture), width, height);
        long size = 3L * width * height;
        if (size <= bound) {
            byte[] bgr = new byte[(int) size];
            pixels.get(0, 0, bgr);
            keep(key, bgr);
        }
        return pixels;
    }

    private static Mat reduced(Mat decoded, int width, int height) {
        if (decoded.cols() == width && decoded.rows() == height) {
            return decoded;
        }
        Mat reduced = new Mat();
        try {
            Imgproc.resize(decoded, reduced, new Size(width, height), 0, 0, Imgproc.INTER_AREA);
            return reduced;
        } finally {
            decoded.release();
        }
    }

    private synchronized byte[] get(Key key) {
        return kept.get(key);
    }

    private synchronized void keep(Key key, byte[] bgr) {
        byte[] before = kept.put(key, bgr);
        bytes += bgr.length - (before == null ? 0 : before.length);
        Iterator<byte[]> oldest = kept.values().iterator();
        while (bytes > bound) {
            bytes -= oldest.next().length;
            oldest.remove();
        }
    }

    /** Bytes of pixels that are kept. */
    synchronized long bytes() {
        return bytes;
    }

    /** Whether any size of the picture is kept. */
    synchronized boolean holds(Picture picture) {
        return kept.keySet().stream().anyMatch(k -> k.file().equals(picture.file()));
    }
}
