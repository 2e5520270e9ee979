package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.FloatMemory;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/**
 * The parameters as oneDNN's tensors: values and gradients in place, and copies of convolution weights in the other
 * layouts and formats that plans for inference need. The copies are remade only when the values change. Safe for plans
 * that are made in several threads.
 */
final class Weights implements WeightForms, AutoCloseable {
    private final Parameters parameters;
    private final engine engine;
    private final stream stream;
    private final Map<Parameter, memory> values = new HashMap<>();
    private final Map<Parameter, memory> gradients = new HashMap<>();
    private final Map<Parameter, List<Form>> forms = new HashMap<>();
    private final Map<Parameter, Form> transformed = new HashMap<>();
    private final Supplier<Optional<Team>> team;
    private final List<Pointer> owned = new ArrayList<>();

    /** A copy of a weight in another layout, and the operation that remakes it. */
    private record Form(memory tensor, Runnable remake) {}

    /** The parameters' tensors; the team transforms weights for Winograd's convolution. */
    Weights(Parameters parameters, engine engine, Supplier<Optional<Team>> team) {
        this.team = team;
        this.parameters = parameters;
        this.engine = engine;
        stream = own(new stream(engine));
    }

    private <P extends Pointer> P own(P pointer) {
        owned.add(pointer.retainReference()); // planning frees what nobody retains
        return pointer;
    }

    /** A parameter's values, in place. */
    synchronized memory value(Parameter p) {
        return values.computeIfAbsent(p, key -> tensor(key, parameters.values()));
    }

    /** A parameter's gradient, in place. */
    synchronized memory gradient(Parameter p) {
        return gradients.computeIfAbsent(p, key -> tensor(key, parameters.gradients()));
    }

    private memory tensor(Parameter p, FloatMemory flat) {
        return own(ParameterLayout.tensor(p, parameters.block(p), flat, engine));
    }

    @Override
    public synchronized memory of(Parameter weight, memory.desc wanted) {
        memory value = value(weight);
        if (value.get_desc().equals(wanted)) {
            return value;
        }
        List<Form> known = forms.computeIfAbsent(weight, key -> new ArrayList<>());
        for (Form form : known) {
            if (form.tensor().get_desc().equals(wanted)) {
                return form.tensor();
            }
        }
        memory tensor = allocate(wanted);
        Runnable remake = conversion(weight, value, tensor);
        remake.run();
        stream._wait();
        known.add(new Form(tensor, remake));
        return tensor;
    }

    @Override
    public synchronized memory transformed(Parameter weight, boolean turned) {
        if (turned) {
            throw new IllegalStateException("inference has no gradient by the input");
        }
        return transformed
                .computeIfAbsent(weight, key -> {
                    memory plain = of(weight, WinogradConvolution.plain(weight, false));
                    memory tensor = own(new memory(WinogradConvolution.transformed(weight, false), engine));
                    Runnable remake =
                            WinogradConvolution.transform(team.get().orElseThrow(), weight, plain, tensor, false);
                    remake.run();
                    return new Form(tensor, remake);
                })
                .tensor();
    }

    @Override
    public void used(Parameter weight) {
        // the copy is kept: the next run needs it again
    }

    private memory allocate(memory.desc layout) {
        memory tensor = own(new memory(layout, engine));
        Pointer.memset(tensor.get_data_handle(), 0, layout.get_size());
        return tensor;
    }

    /** oneDNN can make its opaque layout of Winograd's transformed weights from plain weights only. */
    private Runnable conversion(Parameter p, memory value, memory target) {
        boolean opaque = target.get_desc().data().format_kind() == dnnl.dnnl_format_kind_wino;
        if (!opaque || parameters.block(p) == 1) {
            return copy(value, target);
        }
        return () -> {
            try (memory.desc plain = ParameterLayout.plain(p);
                    memory unblocked = new memory(plain, engine);
                    reorder unblock = new reorder(value, unblocked);
                    reorder transform = new reorder(unblocked, target)) {
                unblock.execute(stream, value, unblocked);
                transform.execute(stream, unblocked, target);
                stream._wait();
            }
        };
    }

    private Runnable copy(memory from, memory to) {
        reorder made = own(new reorder(from, to));
        return () -> made.execute(stream, from, to);
    }

    synchronized void upload() {
        forms.values().forEach(known -> known.forEach(form -> form.remake().run()));
        stream._wait();
        transformed.values().forEach(form -> form.remake().run());
    }

    @Override
    public void close() {
        owned.forEach(Pointer::deallocate);
        owned.clear();
    }
}
