package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Kernels;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.PlanBuilder;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.Workspace;
import io.hardmine.core.kernel.openmp.Binding;
import io.hardmine.core.kernel.openmp.OpenMp;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;

/** Kernels on oneDNN's primitives. */
final class OneDnnKernels implements Kernels {
    private final Parameters parameters;
    private final Precision precision;
    private final memory.format_tag blocked;
    private final engine engine = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0).retainReference();
    private final Weights weights;
    private final boolean ownWinograd;
    private final Executor passes = Binding.passes();
    private Optional<Team> team;

    /** Kernels whose activations lie in blocks of 8 or 16 channels. */
    OneDnnKernels(Parameters parameters, Precision precision, int block) {
        this.parameters = parameters;
        this.precision = precision;
        blocked = block == 16 ? memory.format_tag.nChw16c : memory.format_tag.nChw8c;
        ownWinograd = block == 8 && precision == Precision.F32;
        weights = new Weights(parameters, engine, this::team);
    }

    @Override
    public String implementation() {
        return "onednn";
    }

    @Override
    public String precision() {
        return precision == Precision.BF16 ? "bf16" : "f32";
    }

    @Override
    public Workspace workspace() {
        return new Arena(engine);
    }

    @Override
    public PlanBuilder planner(Shape image, boolean training, Workspace workspace) {
        return new OneDnnPlanner(new PlanContext(this, training, (Arena) workspace), image);
    }

    @Override
    public void upload() {
        weights.upload();
    }

    engine engine() {
        return engine;
    }

    Parameters parameters() {
        return parameters;
    }

    Weights weights() {
        return weights;
    }

    /**
     * Threads for {@link WinogradConvolution}; empty if it is not used, or if the OpenMP runtime is unknown. It is not
     * used with AVX-512: oneDNN has its own Winograd there, and oneDNN 2.5.2 cannot multiply matrices in two threads at
     * once (wrong numbers, crashes).
     */
    synchronized Optional<Team> team() {
        if (team == null) {
            team = ownWinograd ? OpenMp.loaded().map(Team::new) : Optional.empty();
        }
        return team;
    }

    /** Runs a pass of a plan. */
    void run(Runnable pass) {
        passes.execute(pass);
    }

    /** Number format of activations. */
    memory.data_type activationType() {
        return precision == Precision.BF16 ? memory.data_type.bf16 : memory.data_type.f32;
    }

    /** The layout of activations that the processor's widest kernels use. */
    memory.format_tag blocked() {
        return blocked;
    }

    @Override
    public synchronized void close() {
        weights.close();
        engine.deallocate();
    }
}
