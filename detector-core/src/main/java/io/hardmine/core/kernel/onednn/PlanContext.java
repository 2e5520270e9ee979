package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.dnnl.sum;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** A plan in the making: what its operations need to plan themselves. */
final class PlanContext {
    final OneDnnKernels kernels;
    final boolean training;
    final List<Runnable> forward = new ArrayList<>();
    final List<Runnable> backward = new ArrayList<>();
    final List<Pointer> kept = new ArrayList<>();
    private final List<String> implementations = new ArrayList<>();
    final stream stream;
    private final Arena arena;
    private final Allocations loans = new Allocations();
    private final Map<Parameter, Integer> weightUses = new HashMap<>();
    private WeightForms forwardWeights;
    private WeightForms backwardWeights;
    private final Set<Parameter> withGradient = new HashSet<>();

    PlanContext(OneDnnKernels kernels, boolean training, Arena arena) {
        this.kernels = kernels;
        this.training = training;
        this.arena = arena;
        stream = keep(new stream(kernels.engine()));
    }

    engine engine() {
        return kernels.engine();
    }

    /** Counts a use of the weight by a convolution. Call it before planning. */
    void expectUse(Parameter weight) {
        weightUses.merge(weight, 1, Integer::sum);
    }

    /** Weights for the forward pass. */
    WeightForms forwardWeights() {
        if (forwardWeights == null) {
            forwardWeights = training ? new TransientLayouts(this, forward, weightUses) : kernels.weights();
        }
        return forwardWeights;
    }

    /** Weights for the backward pass. */
    WeightForms backwardWeights() {
        if (backwardWeights == null) {
            backwardWeights = new TransientLayouts(this, backward, weightUses);
        }
        return backwardWeights;
    }

    /** The buffer for an operation's part of a parameter's gradient. Pass it to {@link #addGradient} afterwards. */
    Buffer gradientPart(Parameter parameter, memory.desc layout) {
        memory whole = kernels.weights().gradient(parameter);
        boolean inPlace = !withGradient.contains(parameter) && whole.get_desc().equals(layout);
        return inPlace ? Buffer.fixed(whole) : borrow(layout);
    }

    /** Adds a part to the parameter's gradient; the first part replaces the former gradient. Releases the part. */
    void addGradient(Parameter parameter, Buffer part) {
        memory whole = kernels.weights().gradient(parameter);
        if (withGradient.add(parameter)) {
            if (part.memory() != whole) {
                backward.add(copy(part.memory(), whole));
            }
        } else {
            Buffer alike = as(part, whole.get_desc(), backward);
            backward.add(sum(List.of(whole, alike.memory()), whole));
            alike.release();
        }
        part.release();
    }

    /** Keeps an object of oneDNN until the plan is closed. All others are freed when the plan is made. */
    <P extends Pointer> P keep(P pointer) {
        kept.add(pointer.retainReference());
        return pointer;
    }

    /** Blocked activations of a shape, in the kernels' precision. */
    memory.desc activation(Shape s) {
        return blocked(s, kernels.activationType());
    }

    /** Blocked activations of a shape in the given number format. */
    memory.desc blocked(Shape s, memory.data_type type) {
        return new memory.desc(dimensions(s), type, kernels.blocked());
    }

    /** Activations of a shape in a layout that the primitive may choose. */
    static memory.desc any(Shape s, memory.data_type type) {
        return new memory.desc(dimensions(s), type, memory.format_tag.any);
    }

    /** Plain NHWC single-precision numbers of a shape. */
    static memory.desc plain(Shape s) {
        return new memory.desc(dimensions(s), memory.data_type.f32, memory.format_tag.nhwc);
    }

    static memory.desc vector(int length) {
        return new memory.desc(new long[] {length}, memory.data_type.f32, memory.format_tag.x);
    }

    private static long[] dimensions(Shape s) {
        return new long[] {s.batch(), s.channels(), s.height(), s.width()};
    }

    /** Memory for a tensor, from the arena; it has no address before {@link #settle}. */
    Buffer borrow(memory.desc desc) {
        return new Buffer(unsettled(desc), loans.borrow(desc.get_size()));
    }

    /** A tensor that has no address yet. */
    memory unsettled(memory.desc desc) {
        return keep(new memory(desc, engine(), null));
    }

    /** Sets the addresses of all borrowed memory. Nothing may be borrowed afterwards. */
    void settle() {
        arena.settle(loans);
    }

    /** Frees all memory of the plan, which must not run afterwards. */
    void close() {
        arena.release(loans);
        kept.forEach(Pointer::deallocate);
        kept.clear();
    }

    /**
     * Attributes of every primitive: its scratch memory comes from the plan. oneDNN's own scratch memory belongs to the
     * thread that made the primitive; running the primitive in another thread crashes.
     */
    static primitive_attr attributes() {
        primitive_attr attributes = new primitive_attr();
        attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
        return attributes;
    }

    /**
     * A run of a primitive. {@code arguments} are pairs of index and memory. Scratch memory is lent for this run only.
     */
    Runnable execution(primitive_desc_base description, primitive made, Object... arguments) {
        implementations.add(made.getClass().getSimpleName() + " " + implementation(description));
        memory.desc scratch = description.scratchpad_desc();
        if (scratch.get_size() == 0) {
            return execution(made, arguments);
        }
        Buffer lent = borrow(scratch);
        Object[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = dnnl.DNNL_ARG_SCRATCHPAD;
        all[arguments.length + 1] = lent.memory();
        Runnable run = execution(made, all);
        lent.release();
        return run;
    }

    /**
     * oneDNN's name of the code that would run, such as {@code jit:avx2}; it starts with {@code ref} if oneDNN has no
     * vector code.
     */
    static String implementation(primitive_desc_base description) {
        try (BytePointer name = description.impl_info_str()) {
            return name.getString();
        }
    }

    /** Whether oneDNN would run its reference code, plain loops of scalars. */
    static boolean isReference(primitive_desc_base description) {
        return implementation(description).startsWith("ref");
    }

    /** The primitives planned so far, forward and backward, each with its {@link #implementation}. */
    List<String> implementations() {
        return List.copyOf(implementations);
    }

    private Runnable execution(primitive made, Object... arguments) {
        primitive kept = keep(made);
        IntMemoryMap map = keep(new IntMemoryMap());
        for (int i = 0; i < arguments.length; i += 2) {
            map.put((Integer) arguments[i], (memory) arguments[i + 1]);
        }
        return () -> kept.execute(stream, map);
    }

    Runnable copy(memory from, memory to) {
        reorder.primitive_desc description = new reorder.primitive_desc(from, to, attributes(), false);
        return execution(description, new reorder(description), dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to);
    }

    /**
     * The tensor in the layout {@code wanted}: itself, or a copy in borrowed memory, which a step of {@code order}
     * makes. Release it after use in both cases.
     */
    Buffer as(Buffer tensor, memory.desc wanted, List<Runnable> order) {
        if (tensor.memory().get_desc().equals(wanted)) {
            return tensor.share();
        }
        Buffer copy = borrow(wanted);
        order.add(copy(tensor.memory(), copy.memory()));
        return copy;
    }

    /**
     * The buffer for an operation whose result has the layout {@code made}: {@code tensor} itself, or borrowed memory
     * that {@link #convert} copies to {@code tensor}.
     */
    Buffer like(Buffer tensor, memory.desc made) {
        return tensor.memory().get_desc().equals(made) ? tensor.share() : borrow(made);
    }

    /** Copies a buffer from {@link #like} to the tensor, unless they are the same. Releases the buffer. */
    void convert(Buffer written, Buffer tensor, List<Runnable> order) {
        if (written != tensor) {
            order.add(copy(written.memory(), tensor.memory()));
        }
        written.release();
    }

    /** The whole gradient of a node, its consumers' parts added up; the caller owns it. */
    Buffer gradient(Node node) {
        List<Buffer> parts = node.gradients;
        if (parts.isEmpty()) {
            throw new IllegalStateException("an activation has no consumer with a gradient: " + node.shape());
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        Buffer whole = borrow(activation(node.shape()));
        backward.add(sum(parts.stream().map(Buffer::memory).toList(), whole.memory()));
        parts.forEach(Buffer::release);
        return whole;
    }

    /** Adds tensors of one layout. */
    Runnable sum(List<memory> parts, memory whole) {
        float[] ones = new float[parts.size()];
        Arrays.fill(ones, 1);
        memory.desc descriptions = new memory.desc((long) parts.size());
        Object[] arguments = new Object[2 * parts.size() + 2];
        for (int i = 0; i < parts.size(); i++) {
            descriptions.position(i).put(parts.get(i).get_desc());
            arguments[2 * i] = dnnl.DNNL_ARG_MULTIPLE_SRC + i;
            arguments[2 * i + 1] = parts.get(i);
        }
        descriptions.position(0);
        descriptions.limit(parts.size());
        arguments[2 * parts.size()] = dnnl.DNNL_ARG_DST;
        arguments[2 * parts.size() + 1] = whole;
        sum.primitive_desc description =
                new sum.primitive_desc(whole.get_desc(), new FloatPointer(ones), descriptions, engine(), attributes());
        return execution(description, new sum(description), arguments);
    }
}
