package io.hardmine.mining.bootstrap;

import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.detection.VisibleObjects;
import io.hardmine.core.training.PictureCrop;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.KnownPicture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.opencv.core.Mat;
import org.opencv.core.Rect;

/** Cuts crops out of pictures, with exactly the pixels that the network saw. */
final class CropCutter {
    private final Pool pool;

    CropCutter(Pool pool) {
        this.pool = pool;
    }

    /** Cuts the crops of false positives, as hard examples in the same order. */
    List<HardExample> cut(List<FalsePositive> falsePositives, int round) {
        List<PictureCrop> crops = crops(falsePositives);
        return IntStream.range(0, crops.size())
                .mapToObj(i -> HardExample.found(falsePositives.get(i), round, crops.get(i)))
                .toList();
    }

    /**
     * Cuts the crops of places, in the same order, with the visible objects in each crop. A picture is decoded once.
     */
    List<PictureCrop> crops(List<FalsePositive> places) {
        Map<String, List<Integer>> byPicture = new LinkedHashMap<>();
        for (int i = 0; i < places.size(); i++) {
            byPicture
                    .computeIfAbsent(places.get(i).picture(), name -> new ArrayList<>())
                    .add(i);
        }
        PictureCrop[] crops = new PictureCrop[places.size()];
        byPicture.forEach((name, indices) -> {
            Picture picture = pool.named(name);
            Mat pixels = KnownPicture.decode(picture);
            try {
                for (int i : indices) {
                    crops[i] = cut(picture, pixels, places.get(i));
                }
            } finally {
                pixels.release();
            }
        });
        return List.of(crops);
    }

    private static PictureCrop cut(Picture picture, Mat pixels, FalsePositive falsePositive) {
        int width = Preprocessing.resized(pixels.cols(), falsePositive.scale());
        int height = Preprocessing.resized(pixels.rows(), falsePositive.scale());
        ImageTransform transform = new ImageTransform(pixels.cols(), pixels.rows(), width, height, 0, 0, false, false);
        Box seen = transform.toInput(falsePositive.region());
        int left = (int) Math.round(seen.x());
        int top = (int) Math.round(seen.y());
        int cropWidth = Math.min(width - left, (int) Math.round(seen.width()));
        int cropHeight = Math.min(height - top, (int) Math.round(seen.height()));
        Mat resized = Preprocessing.resized(pixels, transform);
        Mat part = resized.submat(new Rect(left, top, cropWidth, cropHeight));
        Mat dense = part.clone();
        try {
            byte[] bgr = new byte[3 * cropWidth * cropHeight];
            dense.get(0, 0, bgr);
            ImageTransform inCrop =
                    new ImageTransform(pixels.cols(), pixels.rows(), width, height, -left, -top, false, false);
            return new PictureCrop(
                    picture.name(),
                    cropWidth,
                    cropHeight,
                    bgr,
                    VisibleObjects.of(picture.annotations(), inCrop, cropWidth, cropHeight));
        } finally {
            dense.release();
            part.release();
            resized.release();
        }
    }
}
