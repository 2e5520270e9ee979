package io.hardmine.core.kernel.nd4j;

import io.hardmine.core.kernel.Kernels;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.PlanBuilder;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.Workspace;
import io.hardmine.core.kernel.openmp.Binding;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Kernels on ND4J's operations, in single precision, or in double for exact checks. */
public final class Nd4jKernels implements Kernels {
    private final Parameters parameters;
    private final DataType type;
    private final Memory memory;
    private final Map<Parameter, INDArray> values = new HashMap<>();
    private final Map<Parameter, INDArray> gradients = new HashMap<>();
    private final Executor passes = Binding.passes();

    /** In single precision. */
    public Nd4jKernels(Parameters parameters) {
        this(parameters, DataType.FLOAT);
    }

    /** In the given precision, FLOAT or DOUBLE. */
    public Nd4jKernels(Parameters parameters, DataType type) {
        this.parameters = parameters;
        this.type = type;
        memory = new Memory(type);
        for (Parameter p : parameters.all()) {
            if (p.role().trained()) {
                values.put(p, memory.zeros(shapeOf(p)));
            }
        }
        upload();
    }

    private static long[] shapeOf(Parameter p) {
        return p.shape().stream().mapToLong(Integer::longValue).toArray();
    }

    @Override
    public String implementation() {
        return "nd4j";
    }

    @Override
    public String precision() {
        return type == DataType.FLOAT ? "f32" : "f64";
    }

    @Override
    public Workspace workspace() {
        return () -> {}; // each plan owns its arrays
    }

    @Override
    public PlanBuilder planner(Shape image, boolean training, Workspace workspace) {
        return new Nd4jPlanner(this, type, image, training);
    }

    /** Runs a pass of a plan. */
    void run(Runnable pass) {
        passes.execute(pass);
    }

    /** Present value of a trained parameter. */
    INDArray value(Parameter p) {
        return values.get(p);
    }

    /** Array of a trained parameter's gradient; all plans write to it. */
    INDArray gradient(Parameter p) {
        return gradients.computeIfAbsent(p, key -> memory.zeros(shapeOf(key)));
    }

    Parameters parameters() {
        return parameters;
    }

    @Override
    public void upload() {
        values.forEach((p, array) -> Memory.write(parameters.copyOf(p), 0, p.length(), array, 0));
    }

    /** Copies the gradients to {@link Parameters#gradients()}. */
    void publishGradients() {
        gradients.forEach((p, array) -> {
            float[] plain = new float[p.length()];
            Memory.read(array, 0, plain, 0, plain.length);
            parameters.set(p, plain, parameters.gradients());
        });
    }

    @Override
    public void close() {
        memory.close();
    }
}
