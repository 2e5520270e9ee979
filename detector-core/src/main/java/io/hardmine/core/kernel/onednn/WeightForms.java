package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Parameter;
import org.bytedeco.dnnl.memory;

/** Provides the convolutions of a pass with weights in the layout and number format that each needs. */
interface WeightForms {
    /**
     * The weight in the layout {@code wanted}; valid until {@link #used} was called for the last of its convolutions.
     */
    memory of(Parameter weight, memory.desc wanted);

    /** The weight as {@link WinogradConvolution#transform} makes it; valid as long as a result of {@link #of}. */
    memory transformed(Parameter weight, boolean turned);

    /** Says that one of the weight's convolutions has been planned. */
    void used(Parameter weight);
}
