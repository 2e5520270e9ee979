package io.hardmine.core.training;

import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Decides what a place of a batch shows: its picture, a mosaic of it and three others, or background. The decision
 * follows from the random numbers of the place, so that a checkpoint need not save it.
 *
 * @param pictures training pictures, from which mosaics draw the other three
 * @param background source of the content of places without a picture
 * @param placement of the pictures on the input
 * @param mosaicSteps number of first steps whose inputs may show mosaics
 */
record InputChoice(List<Picture> pictures, BackgroundSource background, RandomPlacement placement, long mosaicSteps) {
    /** Copies the list. */
    InputChoice {
        pictures = List.copyOf(pictures);
    }

    /**
     * The choice of a run.
     *
     * @param placement of the run's pictures
     * @param steps of the whole run
     */
    static InputChoice of(TrainingTask task, RandomPlacement placement, long steps) {
        return new InputChoice(task.train().pictures(), task.source(), placement, (long)
                (placement.augmentation().mosaicUntil() * steps));
    }

    /**
     * The content of one place.
     *
     * @param picture of the place; empty for background
     * @param canvas shape of the batch
     * @param step that the batch is for, from 0
     * @param random of the place
     */
    InputContent at(Optional<Picture> picture, Shape canvas, long step, SplittableRandom random) {
        if (picture.isEmpty()) {
            return background.draw(canvas, placement, random);
        }
        Augmentation augmentation = placement.augmentation();
        WholePicture whole = whole(picture.orElseThrow());
        boolean four = step < mosaicSteps && happens(augmentation.mosaic(), random);
        InputContent content = four ? mosaic(whole, random) : whole;
        return happens(augmentation.cutout(), random) ? new CutOut(content, augmentation.visible()) : content;
    }

    /** Draws no random number for a share of 0, so that a disabled augmentation leaves the other draws as they are. */
    private static boolean happens(double share, SplittableRandom random) {
        return share > 0 && random.nextDouble() < share;
    }

    private PictureMosaic mosaic(WholePicture first, SplittableRandom random) {
        List<WholePicture> four = new ArrayList<>(List.of(first));
        while (four.size() < PictureMosaic.TILES) {
            four.add(whole(pictures.get(random.nextInt(pictures.size()))));
        }
        return new PictureMosaic(four);
    }

    private WholePicture whole(Picture picture) {
        return new WholePicture(picture, background.regions(picture), placement);
    }
}
