package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Normalisation;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/**
 * The parameters in oneDNN's memory: single-precision masters, and of each convolution weight the further layouts and
 * formats that plans asked for, remade from the master after every update. A master of many channels lies in the blocks
 * that most plans use as they are, since oneDNN takes its time to make blocks from plain weights. Safe for plans that are
 * made in several threads.
 */
final class Weights implements AutoCloseable {
    private final Parameters parameters;
    private final engine engine;
    private final stream stream;
    private final Map<Parameter, Tensor> masters = new HashMap<>();
    private final Map<Parameter, List<Form>> forms = new HashMap<>();
    private final Map<Normalisation, ScaleShift> scaleShifts = new HashMap<>();
    private List<ParameterMemory> gradients = List.of();
    private final List<Pointer> owned = new ArrayList<>();

    /** A weight's other form, and what remakes it. */
    private record Form(memory.desc layout, memory tensor, Runnable remake) {}

    /** A master, and how the parameter's numbers get there. */
    private record Tensor(memory tensor, ParameterMemory numbers) {}

    /** Scale and shift of a normalisation in one tensor, one after the other. */
    private record ScaleShift(memory tensor, ParameterMemory scale, ParameterMemory shift) {
        Stream<ParameterMemory.Part> parts() {
            return Stream.concat(scale.parts(), shift.parts());
        }
    }

    Weights(Parameters parameters, engine engine) {
        this.parameters = parameters;
        this.engine = engine;
        stream = new stream(engine);
        owned.add(stream);
    }

    private memory allocate(memory.desc layout) {
        memory tensor = new memory(layout, engine);
        Pointer.memset(tensor.get_data_handle(), 0, layout.get_size());
        owned.add(tensor);
        return tensor;
    }

    /** The master; what vectors are used as. */
    synchronized memory master(Parameter p) {
        return masters.computeIfAbsent(p, key -> {
                    memory tensor = allocate(ParameterMemory.layout(key));
                    ParameterMemory numbers = ParameterMemory.of(key, tensor);
                    numbers.parts().forEach(part -> part.write(parameters.values()));
                    return new Tensor(tensor, numbers);
                })
                .tensor();
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
        Runnable remake = conversion(p, master, tensor);
        remake.run();
        known.add(new Form(new memory.desc(layout), tensor, remake));
        return tensor;
    }

    /** Winograd's transformed weights, a layout that oneDNN keeps to itself, can be made from plain ones only. */
    private Runnable conversion(Parameter p, memory master, memory target) {
        boolean opaque = target.get_desc().data().format_kind() == dnnl.dnnl_format_kind_wino;
        if (!opaque || !ParameterMemory.inBlocks(p)) {
            return copy(master, target);
        }
        memory plain = allocate(ParameterMemory.plain(p));
        Runnable unblock = copy(master, plain);
        Runnable transform = copy(plain, target);
        return () -> {
            unblock.run();
            transform.run();
        };
    }

    private Runnable copy(memory from, memory to) {
        reorder made = new reorder(from, to);
        owned.add(made);
        return () -> made.execute(stream, from, to);
    }

    /** Scale and shift of a normalisation, one after the other. */
    synchronized memory scaleShift(Normalisation n, memory.desc layout) {
        return scaleShifts
                .computeIfAbsent(n, key -> {
                    memory tensor = allocate(layout);
                    ScaleShift made = new ScaleShift(
                            tensor,
                            ParameterMemory.of(key.scale(), tensor, 0),
                            ParameterMemory.of(key.shift(), tensor, key.scale().length()));
                    made.parts().forEach(part -> part.write(parameters.values()));
                    return made;
                })
                .tensor();
    }

    /** Says where a backward pass has left the gradients. */
    synchronized void gradientsLieIn(List<ParameterMemory> places) {
        gradients = places;
    }

    synchronized void upload() {
        Stream.concat(
                        masters.values().stream()
                                .flatMap(tensor -> tensor.numbers().parts()),
                        scaleShifts.values().stream().flatMap(ScaleShift::parts))
                .toList()
                .parallelStream()
                .forEach(part -> part.write(parameters.values()));
        forms.values().forEach(known -> known.forEach(form -> form.remake().run()));
        stream._wait();
    }

    synchronized void download() {
        float[] target = parameters.gradients();
        gradients.stream().flatMap(ParameterMemory::parts).toList().parallelStream()
                .forEach(part -> part.read(target));
    }

    @Override
    public void close() {
        gradients = List.of();
        owned.forEach(Pointer::deallocate);
        owned.clear();
    }
}
