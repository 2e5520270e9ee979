package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Shape;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** How a convolution is computed. The choice follows from shapes alone, so that the same training gives the same weights. */
enum ConvolutionAlgorithm {
    /** Multiplies and adds, in the activations' own format. */
    DIRECT(dnnl.algorithm.convolution_direct.value),
    /**
     * F(4×4, 3×3) of Lavin and Gray 2016: a quarter of the multiplications, and transforms of tiles and weights. For
     * stride 1, in single precision only: bf16 activations are converted on the way in and out.
     */
    WINOGRAD(dnnl.algorithm.convolution_winograd.value);

    /** What is computed of a convolution. */
    enum Pass {
        /** The result, with weights that are transformed when they change; few places are not worth four times their memory. */
        INFERENCE(400, 0.5),
        /** The result, with weights that are transformed in each run. */
        TRAINING(200, 0.5),
        /** The gradient by the input. */
        INPUT_GRADIENT(200, 0.5),
        /** The gradient by the weight. */
        WEIGHT_GRADIENT(70, 0.65);

        private final double weightTransform;
        private final double directInBf16;

        Pass(double weightTransform, double directInBf16) {
            this.weightTransform = weightTransform;
            this.directInBf16 = directInBf16;
        }
    }

    private static final int TILE = 4;
    private static final double TILE_SHARE = 0.4;
    private static final double CONVERSION = 3.2;

    private final int value;

    ConvolutionAlgorithm(int value) {
        this.value = value;
    }

    /** oneDNN's number for it. */
    int value() {
        return value;
    }

    /** The format that it computes in. */
    memory.data_type type(memory.data_type ofActivations) {
        return this == WINOGRAD ? memory.data_type.f32 : ofActivations;
    }

    /**
     * The faster one. Costs are in units of one place of a direct single-precision result, fitted to times measured with
     * 32 to 512 channels on 5² to 128² places (Zen 4; docs/performance.md): Winograd computes whole tiles at 0.4 a place,
     * transforms the weights at the cost of so many places, and pays for conversions by the memory that they touch.
     */
    static ConvolutionAlgorithm faster(Pass pass, Convolution convolution, Shape result, memory.data_type activations) {
        if (convolution.kernel() != 3 || convolution.stride() != 1) {
            return DIRECT;
        }
        boolean bf16 = activations == memory.data_type.bf16;
        double places = (double) result.batch() * result.height() * result.width();
        double covered = (double) result.batch() * inTiles(result.height()) * inTiles(result.width());
        double conversion = CONVERSION * (1.0 / convolution.weight().size(2) + 1.0 / convolution.filters());
        double direct = places * (bf16 ? pass.directInBf16 : 1);
        double winograd = covered * TILE_SHARE + pass.weightTransform + (bf16 ? places * conversion : 0);
        return winograd < direct ? WINOGRAD : DIRECT;
    }

    private static int inTiles(int length) {
        return (length + TILE - 1) / TILE * TILE;
    }
}
