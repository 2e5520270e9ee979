package io.hardmine.core.training;

import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.Picture;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Background pictures drawn from a list, each with the same probability, and shown whole. A picture larger than the
 * canvas is cut off at its edges. The number of background places of an epoch is at most the number of pictures.
 *
 * @param pictures without annotations
 */
public record FolderBackground(List<Picture> pictures) implements BackgroundSource {
    /** Copies the list. */
    public FolderBackground {
        pictures = List.copyOf(pictures);
    }

    @Override
    public String description() {
        return "%d pictures".formatted(pictures.size());
    }

    @Override
    public int perEpoch(int wanted) {
        return Math.min(wanted, pictures.size());
    }

    @Override
    public InputContent draw(Shape canvas, RandomPlacement placement, SplittableRandom random) {
        Picture picture = pictures.get(random.nextInt(pictures.size()));
        return new WholePicture(picture, regions(picture), placement);
    }
}
