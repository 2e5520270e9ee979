package io.hardmine.cli.option;

import io.hardmine.datasets.sample.SampleOptions;

/** How many pictures the sample set has. */
public enum SampleSize {
    /** 240 training pictures. */
    QUICK(SampleOptions.quick()),
    /** 600 training pictures, and 1500 background pictures. */
    FULL(SampleOptions.full());

    private final SampleOptions options;

    SampleSize(SampleOptions options) {
        this.options = options;
    }

    /** What the sample set of this size holds. */
    public SampleOptions options() {
        return options;
    }
}
