package io.hardmine.core.training;

import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.detection.InputCanvas;
import java.util.List;
import java.util.SplittableRandom;

/** The content of one place of a batch: a picture, a mosaic of crops, or another arrangement of pixels. */
public interface InputContent {
    /**
     * Paints the content on an input that is all padding.
     *
     * @param random source of the augmentation
     * @return the objects and regions that the input shows, in its pixels
     * @throws io.hardmine.datasets.DataException if a picture cannot be decoded
     */
    GroundTruth paintOn(InputCanvas canvas, SplittableRandom random);

    /** Names of the pictures that it shows, for messages. */
    List<String> names();
}
