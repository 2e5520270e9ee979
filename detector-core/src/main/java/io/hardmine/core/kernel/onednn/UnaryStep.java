package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Shape;
import java.util.List;

/** An operation with one input. */
abstract class UnaryStep implements Step {
    /** What it reads. */
    protected final Node in;

    /** What it writes. */
    protected final Node out;

    UnaryStep(Node in, Shape result) {
        this.in = in;
        out = new Node(result);
    }

    @Override
    public final List<Node> inputs() {
        return List.of(in);
    }

    @Override
    public final Node output() {
        return out;
    }
}
