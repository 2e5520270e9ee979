package io.hardmine.core.kernel.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.kernel.Kernels;
import io.hardmine.core.kernel.Plan;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.junit.jupiter.api.Test;

class ArenaTest {
    private static final int[][] SIZES = {{64, 96}, {96, 64}, {32, 128}, {64, 64}};

    /** What a plan borrows: at random, given back in any order, some of it never. */
    private static Loans random(Random random, engine cpu, List<memory> tensors, List<int[]> lives) {
        Loans loans = new Loans();
        List<Integer> open = new ArrayList<>();
        int moment = 0;
        for (int i = 0; i < 600; i++) {
            moment++;
            if (!open.isEmpty() && random.nextInt(5) < 2) {
                int ended = open.remove(random.nextInt(open.size()));
                loans.all().get(ended).giveBack();
                lives.get(ended)[1] = moment;
                continue;
            }
            long size = 1 + random.nextInt(1 << (4 + random.nextInt(16)));
            memory tensor =
                    new memory(new memory.desc(new long[] {size}, memory.data_type.u8, memory.format_tag.x), cpu, null);
            loans.borrow(size).carry(tensor);
            tensors.add(tensor);
            open.add(lives.size());
            lives.add(new int[] {moment, Integer.MAX_VALUE});
        }
        return loans;
    }

    @Test
    void loansAreAlignedAndThoseNeededAtTheSameTimeNeverOverlap() {
        Random random = new Random(3);
        try (engine cpu = new engine(engine.kind.cpu, 0);
                Arena arena = new Arena(cpu)) {
            for (int plan = 0; plan < 8; plan++) { // later ones find the stretches of earlier ones
                List<memory> tensors = new ArrayList<>();
                List<int[]> lives = new ArrayList<>();
                Loans loans = random(random, cpu, tensors, lives);
                arena.settle(loans);
                long[] start = tensors.stream()
                        .mapToLong(t -> t.get_data_handle().address())
                        .toArray();
                long mostAtOnce = 0;
                for (int i = 0; i < start.length; i++) {
                    assertEquals(0, start[i] % 64);
                    long atOnce = 0;
                    for (int k = 0; k < start.length; k++) {
                        boolean meet = lives.get(i)[0] < lives.get(k)[1] && lives.get(k)[0] < lives.get(i)[1];
                        boolean apart =
                                start[i] + size(tensors, i) <= start[k] || start[k] + size(tensors, k) <= start[i];
                        assertTrue(i == k || !meet || apart, "two overlap");
                        boolean present = lives.get(k)[0] <= lives.get(i)[0] && lives.get(i)[0] < lives.get(k)[1];
                        atOnce += present ? size(tensors, k) + 63 : 0;
                    }
                    mostAtOnce = Math.max(mostAtOnce, atOnce);
                }
                if (plan == 0) {
                    assertTrue(arena.size() < 1.2 * mostAtOnce, "%d for %d".formatted(arena.size(), mostAtOnce));
                }
                tensors.forEach(memory::close);
            }
        }
    }

    private static long size(List<memory> tensors, int index) {
        return tensors.get(index).get_desc().get_size();
    }

    @Test
    void shapesPlannedOneAfterAnotherShareItsMemory() {
        RetinaNet network =
                RetinaNet.initialised(new Architecture(3, 9, Architecture.Backbone.tiny(16), 16, 2, 0.01), 5);
        try (Kernels kernels = new OneDnnProvider().open(network.parameters(), Precision.F32);
                Arena arena = (Arena) kernels.workspace()) {
            long first = 0;
            for (int round = 0; round < 5; round++) {
                for (int[] size : SIZES) {
                    Shape image = new Shape(2, size[0], size[1], 3);
                    try (Plan plan = network.plan(kernels.planner(image, true, arena))) {
                        plan.writeImage(new float[image.length()]);
                        plan.forward();
                        plan.backward();
                    }
                }
                first = round == 0 ? arena.size() : first;
                assertEquals(first, arena.size(), "the arena grew in round " + round);
            }
        }
    }
}
