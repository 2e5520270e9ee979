package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * An activation. While planning, it holds its value and the parts of its gradient that consumers have planned so far.
 */
final class Node implements Tensor {
    private final Shape shape;
    final List<Buffer> gradients = new ArrayList<>();
    Buffer value;
    int consumers;

    Node(Shape shape) {
        this.shape = shape;
    }

    @Override
    public Shape shape() {
        return shape;
    }
}
