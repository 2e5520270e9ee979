package io.hardmine.core.training;

import io.hardmine.core.training.TrainingSettings.BackboneKind;
import io.hardmine.core.training.TrainingSettings.Network;

/** Named sizes of the detector. */
public enum Preset {
    /** For a first look, and for small pictures with few kinds of object. */
    FAST(new Network(BackboneKind.TINY, 24, 48, 2, false, 0.01), 1, 0.4),
    /** The default. */
    BALANCED(new Network(BackboneKind.RESNET18, 32, 64, 4, false, 0.01), 2.6, 1),
    /** Three to four times slower than balanced. */
    ACCURATE(new Network(BackboneKind.RESNET34, 48, 96, 4, false, 0.01), 9, 1.5),
    /** ResNet-50 with 256 channels, as in the paper: for large data sets and long training. */
    PAPER(new Network(BackboneKind.RESNET50, 64, 256, 4, false, 0.01), 60, 2);

    private final Network network;
    private final double gigaflop;
    private final double budgetFactor;

    Preset(Network network, double gigaflop, double budgetFactor) {
        this.network = network;
        this.gigaflop = gigaflop;
        this.budgetFactor = budgetFactor;
    }

    /** The detector's size. */
    public Network network() {
        return network;
    }

    /** Work of one forward pass over 256 × 256 pixels, in 10⁹ floating-point operations, roughly. */
    public double gigaflop() {
        return gigaflop;
    }

    /** Bounds on training time and on picture showings, as a multiple of those of {@link #BALANCED}. */
    public double budgetFactor() {
        return budgetFactor;
    }
}
