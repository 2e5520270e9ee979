package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Normalisation;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Parameters;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The parameters in oneDNN's memory: single-precision masters, and of each convolution weight the further layouts and
 * formats that plans asked for, remade from the master after every update. A master of many channels lies in the blocks
 * that most plans use as they are, since oneDNN takes its time to make blocks from plain weights. Safe for plans that are
 * made in several threads.
 */
final class Weights implements AutoCloseable {
    private static final int BLOCK = 16;

    private final Parameters parameters;
    private final engine engine;
    private final stream stream;
    private final Map<Parameter, memory> masters = new HashMap<>();
    private final Map<Parameter, memory> gradients = new HashMap<>();
    private final Map<Parameter, List<Form>> forms = new HashMap<>();
    private final Map<Normalisation, memory> scaleShifts = new HashMap<>();
    private final List<Pointer> owned = new ArrayList<>();

    /** A weight's other form, and what remakes it. */
    private record Form(memory.desc layout, memory tensor, Runnable remake) {}

    Weights(Parameters parameters, engine engine) {
        this.parameters = parameters;
        this.engine = engine;
        stream = new stream(engine);
        owned.add(stream);
    }

    private static memory.desc layout(Parameter p, memory.format_tag ofWeights) {
        if (p.shape().size() == 1) {
            return PlanBuild.vector(p.length());
        }
        long[] outInHeightWidth = {p.size(3), p.size(2), p.size(0), p.size(1)};
        return new memory.desc(outInHeightWidth, memory.data_type.f32, ofWeights);
    }

    private static memory.desc plain(Parameter p) {
        return layout(p, memory.format_tag.hwio);
    }

    private static boolean inBlocks(Parameter p) {
        return p.shape().size() == 4 && p.size(2) % BLOCK == 0 && p.size(3) % BLOCK == 0;
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
            memory tensor = allocate(inBlocks(key) ? layout(key, memory.format_tag.OIhw16i16o) : plain(key));
            writeMaster(key, tensor);
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
        Runnable remake = conversion(p, master, tensor);
        remake.run();
        known.add(new Form(new memory.desc(layout), tensor, remake));
        return tensor;
    }

    /** Winograd's transformed weights, a layout that oneDNN keeps to itself, can be made from plain ones only. */
    private Runnable conversion(Parameter p, memory master, memory target) {
        boolean opaque = target.get_desc().data().format_kind() == dnnl.dnnl_format_kind_wino;
        if (!opaque || !inBlocks(p)) {
            return copy(master, target);
        }
        memory plain = allocate(plain(p));
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
        masters.entrySet().parallelStream().forEach(master -> writeMaster(master.getKey(), master.getValue()));
        scaleShifts.forEach((n, tensor) -> {
            write(tensor, 0, n.scale());
            write(tensor, n.scale().length(), n.shift());
        });
        forms.forEach((p, known) -> {
            known.forEach(form -> form.remake().run());
        });
        stream._wait();
    }

    synchronized void download() {
        gradients.forEach((p, tensor) ->
                new FloatPointer(tensor.get_data_handle()).get(parameters.gradients(), p.offset(), p.length()));
    }

    private void writeMaster(Parameter p, memory tensor) {
        if (inBlocks(p)) {
            writeBlocks(
                    p,
                    new FloatPointer(tensor.get_data_handle())
                            .capacity(p.length())
                            .asBuffer());
        } else {
            write(tensor, 0, p);
        }
    }

    /** From [height, width, in, out] to [out / 16, in / 16, height, width, 16 in, 16 out]. */
    private void writeBlocks(Parameter p, FloatBuffer blocks) {
        int area = p.size(0) * p.size(1);
        int in = p.size(2);
        int out = p.size(3);
        int at = 0;
        for (int o = 0; o < out; o += BLOCK) {
            for (int i = 0; i < in; i += BLOCK) {
                for (int place = 0; place < area; place++) {
                    for (int k = i; k < i + BLOCK; k++) {
                        blocks.put(at, parameters.values(), p.offset() + (place * in + k) * out + o, BLOCK);
                        at += BLOCK;
                    }
                }
            }
        }
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
