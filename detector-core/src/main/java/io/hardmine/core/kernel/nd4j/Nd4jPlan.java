package io.hardmine.core.kernel.nd4j;

import io.hardmine.core.kernel.Plan;
import io.hardmine.core.kernel.Shape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;

/** Operations in the order in which they run. */
final class Nd4jPlan implements Plan {
    private final Nd4jKernels kernels;
    private final Memory memory;
    private final List<OpContext> contexts;
    private final Node image;
    private final List<Node> outputs;
    private final List<Runnable> forward;
    private final List<Runnable> backward;

    Nd4jPlan(
            Nd4jKernels kernels,
            Memory memory,
            List<OpContext> contexts,
            Node image,
            List<Node> outputs,
            List<Runnable> forward,
            List<Runnable> backward) {
        this.kernels = kernels;
        this.memory = memory;
        this.contexts = contexts;
        this.image = image;
        this.outputs = outputs;
        this.forward = forward;
        this.backward = backward;
    }

    @Override
    public Shape image() {
        return image.shape();
    }

    @Override
    public int outputs() {
        return outputs.size();
    }

    @Override
    public Shape output(int index) {
        return outputs.get(index).shape();
    }

    @Override
    public void writeImage(float[] nhwc) {
        Memory.write(nhwc, 0, image.shape().length(), image.value(), 0);
    }

    @Override
    public void forward() {
        kernels.run(() -> forward.forEach(Runnable::run));
    }

    @Override
    public void readOutput(int index, int picture, float[] to, int offset) {
        Node output = outputs.get(index);
        int length = output.shape().perPicture();
        Memory.read(output.value(), (long) picture * length, to, offset, length);
    }

    @Override
    public void writeGradient(int index, int picture, float[] from, int offset) {
        Node output = outputs.get(index);
        int length = output.shape().perPicture();
        Memory.write(from, offset, length, output.gradient(), (long) picture * length);
    }

    @Override
    public void backward() {
        if (backward.isEmpty()) {
            throw new IllegalStateException("planned without a backward pass");
        }
        kernels.run(() -> backward.forEach(Runnable::run));
        kernels.publishGradients();
    }

    /** The output's own array, for checks in full precision. */
    INDArray outputArray(int index) {
        return outputs.get(index).value();
    }

    @Override
    public void close() {
        contexts.forEach(OpContext::purge);
        memory.close();
    }
}
