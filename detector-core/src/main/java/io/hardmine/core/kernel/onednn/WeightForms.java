package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Parameter;
import org.bytedeco.dnnl.memory;

/** Where the convolutions of a pass get their weights in the layout and number format that each wants. */
interface WeightForms {
    /** The weight as wanted; valid until the last of its convolutions has been noted as {@link #used}. */
    memory of(Parameter weight, memory.desc wanted);

    /** The weight as {@link WinogradConvolution#transform} makes it; valid as long. */
    memory transformed(Parameter weight, boolean turned);

    /** Says that one of the weight's convolutions has been planned. */
    void used(Parameter weight);
}
