package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Normalisation;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The parameters in oneDNN's memory: plain single-precision masters, and of each convolution weight the layouts that
 * plans asked for, remade from the master after every update. Safe for plans that are made in several threads.
 */
final class Weights implements AutoCloseable {
    private final Parameters parameters;
    private final engine engine;
    private final stream stream;
    private final Map<Parameter, memory> masters = new HashMap<>();
    private final Map<Parameter, memory> gradients = new HashMap<>();
    private final Map<Parameter, List<Form>> forms = new HashMap<>();
    private final Map<Normalisation, memory> scaleShifts = new HashMap<>();
    private final List<Pointer> owned = new ArrayList<>();

    private record Form(memory.desc layout, memory tensor, reorder from) {}

    Weights(Parameters parameters, engine engine) {
        this.parameters = parameters;
        this.engine = engine;
        stream = new stream(engine);
        owned.add(stream);
    }

    private static memory.desc plain(Parameter p) {
        if (p.shape().size() == 1) {
            return PlanBuild.vector(p.length());
        }
        long[] outInHeightWidth = {p.size(3), p.size(2), p.size(0), p.size(1)};
        return new memory.desc(outInHeightWidth, memory.data_type.f32, memory.format_tag.hwio);
    }

    private memory allocate(memory.desc layout) {
        memory tensor = new memory(layout, engine);
        Pointer.memset(tensor.get_data_handle(), 0, layout.get_size());
        owned.add(tensor);
        return tensor;
    }

    /** The plain master; what vectors are used as. */
    synchronized memory master(Parameter p) {
        return masters.computeIfAbsent(p, key -> {
            memory tensor = allocate(plain(key));
            write(tensor, 0, key);
            return tensor;
        });
    }

    /** A convolution weight in the given layout. */
    synchronized memory form(Parameter p, memory.desc layout) {
        memory master = master(p);
        if (master.get_desc().equals(layout)) {
            return master;
        }
        List<Form> known = forms.computeIfAbsent(p, key -> new ArrayList<>());
        for (Form form : known) {
            if (form.layout().equals(layout)) {
                return form.tensor();
            }
        }
        memory tensor = allocate(layout);
        reorder from = new reorder(master, tensor);
        owned.add(from);
        from.execute(stream, master, tensor);
        known.add(new Form(new memory.desc(layout), tensor, from));
        return tensor;
    }

    /** Scale and shift of a normalisation, one after the other. */
    synchronized memory scaleShift(Normalisation n, memory.desc layout) {
        return scaleShifts.computeIfAbsent(n, key -> {
            memory tensor = allocate(layout);
            write(tensor, 0, key.scale());
            write(tensor, key.scale().length(), key.shift());
            return tensor;
        });
    }

    /** Where a parameter's gradient lies, plain. */
    synchronized memory gradient(Parameter p) {
        return gradients.computeIfAbsent(p, key -> allocate(plain(key)));
    }

    synchronized void upload() {
        masters.forEach((p, tensor) -> write(tensor, 0, p));
        scaleShifts.forEach((n, tensor) -> {
            write(tensor, 0, n.scale());
            write(tensor, n.scale().length(), n.shift());
        });
        forms.forEach((p, known) -> {
            memory master = masters.get(p);
            known.forEach(form -> form.from().execute(stream, master, form.tensor()));
        });
        stream._wait();
    }

    synchronized void download() {
        gradients.forEach((p, tensor) ->
                new FloatPointer(tensor.get_data_handle()).get(parameters.gradients(), p.offset(), p.length()));
    }

    private void write(memory tensor, int position, Parameter p) {
        new FloatPointer(tensor.get_data_handle()).position(position).put(parameters.array(p), p.offset(), p.length());
    }

    @Override
    public void close() {
        owned.forEach(Pointer::deallocate);
        owned.clear();
    }
}
