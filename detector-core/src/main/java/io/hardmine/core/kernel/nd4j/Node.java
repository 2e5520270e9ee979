package io.hardmine.core.kernel.nd4j;

import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An activation as an NHWC array, with the array of its gradient if it has one. */
final class Node implements Tensor {
    private final Shape shape;
    private final INDArray value;
    private final INDArray gradient;
    private boolean written;

    Node(Shape shape, INDArray value, INDArray gradient) {
        this.shape = shape;
        this.value = value;
        this.gradient = gradient;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    INDArray value() {
        return value;
    }

    /** The gradient's array; null for the image and in plans without a backward pass. */
    INDArray gradient() {
        return gradient;
    }

    /** Claims the gradient for a consumer's backward pass; returns whether an earlier consumer had claimed it. */
    boolean claimGradient() {
        boolean before = written;
        written = true;
        return before;
    }
}
