package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Shape;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/**
 * How a convolution is computed. The choice follows from shapes and number format alone, so that the same training
 * gives the same weights.
 */
enum ConvolutionAlgorithm {
    /** Multiplies and adds, in the activations' own format. */
    DIRECT(dnnl.algorithm.convolution_direct.value),
    /**
     * F(4×4, 3×3) of Lavin and Gray 2016: a quarter of the multiplications, but tiles and weights must be transformed.
     * For stride 1 only. It computes in single precision; bf16 activations are converted before and after.
     */
    WINOGRAD(dnnl.algorithm.convolution_winograd.value);

    /** What is computed of a convolution. */
    enum Pass {
        /**
         * Forward pass at inference: weights are transformed once per change. On small outputs the fourfold weight
         * memory does not pay.
         */
        INFERENCE(400, 0.5),
        /** Forward pass in training: weights are transformed in each run. */
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
     * The faster algorithm. The unit of cost is one place of a direct single-precision result. The constants are fitted
     * to times measured with 32 to 512 channels on 5² to 128² places (Zen 4; docs/performance.md). Winograd costs
     * {@code TILE_SHARE} for each place of whole tiles, and {@code weightTransform} for the transform of the weights.
     * In bf16 the conversions cost in proportion to the memory that they touch.
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
