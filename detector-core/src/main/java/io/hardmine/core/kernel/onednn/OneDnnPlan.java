package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Plan;
import io.hardmine.core.kernel.Shape;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/** Primitives in the order in which they run. */
final class OneDnnPlan implements Plan {
    private final PlanContext build;
    private final Shape image;
    private final Buffer pixels;
    private final List<Shape> shapes;
    private final List<Buffer> results;

    OneDnnPlan(PlanContext build, Node image, List<Node> outputs, List<Buffer> results) {
        this.build = build;
        this.image = image.shape();
        pixels = image.value;
        shapes = outputs.stream().map(Node::shape).toList();
        this.results = List.copyOf(results);
    }

    /** Where a buffer lies now: the arena may move it between two runs. */
    private static FloatPointer numbers(Buffer buffer, long from) {
        return new FloatPointer(buffer.memory().get_data_handle()).position(from);
    }

    @Override
    public Shape image() {
        return image;
    }

    @Override
    public int outputs() {
        return shapes.size();
    }

    @Override
    public Shape output(int index) {
        return shapes.get(index);
    }

    @Override
    public void writeImage(float[] nhwc) {
        numbers(pixels, 0).put(nhwc, 0, image.length());
    }

    @Override
    public void forward() {
        run(build.forward);
    }

    private void run(List<Runnable> pass) {
        build.kernels.run(() -> {
            pass.forEach(Runnable::run);
            build.stream._wait();
        });
    }

    @Override
    public void readOutput(int index, int picture, float[] to, int offset) {
        int length = shapes.get(index).perPicture();
        numbers(results.get(index), (long) picture * length).get(to, offset, length);
    }

    @Override
    public void writeGradient(int index, int picture, float[] from, int offset) {
        int length = shapes.get(index).perPicture();
        numbers(results.get(index), (long) picture * length).put(from, offset, length);
    }

    @Override
    public void backward() {
        if (!build.training) {
            throw new IllegalStateException("planned without a backward pass");
        }
        run(build.backward);
    }

    /** Every primitive it runs, such as {@code convolution_forward jit:avx2}. */
    List<String> implementations() {
        return build.implementations();
    }

    @Override
    public void close() {
        build.close();
    }
}
