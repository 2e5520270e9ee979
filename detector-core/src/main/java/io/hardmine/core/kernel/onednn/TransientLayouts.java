package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;

/**
 * Copies, in other layouts or number formats, of weights that change with every training step. A pass makes each copy
 * at its first use, in memory that is lent until the weight's last use. A copy therefore takes memory for a part of the
 * pass only.
 */
final class TransientLayouts implements WeightForms {
    private final PlanContext build;
    private final List<Runnable> order;
    private final Map<Parameter, Integer> usesLeft;
    private final Map<Parameter, List<Buffer>> made = new HashMap<>();
    private final Map<Parameter, Buffer> transformed = new HashMap<>();

    /** Copies for the pass with the operations {@code order}; {@code uses} tells how often it uses each weight. */
    TransientLayouts(PlanContext build, List<Runnable> order, Map<Parameter, Integer> uses) {
        this.build = build;
        this.order = order;
        usesLeft = new HashMap<>(uses);
    }

    @Override
    public memory of(Parameter weight, memory.desc wanted) {
        memory value = build.kernels.weights().value(weight);
        if (value.get_desc().equals(wanted)) {
            return value;
        }
        List<Buffer> known = made.computeIfAbsent(weight, key -> new ArrayList<>());
        for (Buffer form : known) {
            if (form.memory().get_desc().equals(wanted)) {
                return form.memory();
            }
        }
        Buffer form = build.borrow(wanted);
        order.add(build.copy(value, form.memory()));
        known.add(form);
        return form.memory();
    }

    @Override
    public memory transformed(Parameter weight, boolean turned) {
        Buffer known = transformed.get(weight);
        if (known == null) {
            memory value = build.kernels.weights().value(weight);
            Buffer plain = build.borrow(WinogradConvolution.plain(weight, turned));
            known = build.borrow(WinogradConvolution.transformed(weight, turned));
            order.add(build.copy(value, plain.memory()));
            order.add(WinogradConvolution.transform(
                    build.kernels.team().orElseThrow(), weight, plain.memory(), known.memory(), turned));
            plain.release();
            transformed.put(weight, known);
        }
        return known.memory();
    }

    @Override
    public void used(Parameter weight) {
        if (usesLeft.merge(weight, -1, Integer::sum) > 0) {
            return;
        }
        if (made.containsKey(weight)) {
            made.remove(weight).forEach(Buffer::release);
        }
        if (transformed.containsKey(weight)) {
            transformed.remove(weight).release();
        }
    }
}
