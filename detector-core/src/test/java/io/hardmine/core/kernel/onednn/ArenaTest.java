package io.hardmine.core.kernel.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Fusion;
import io.hardmine.core.kernel.Kernels;
import io.hardmine.core.kernel.Normalization;
import io.hardmine.core.kernel.Parameter.Initialization;
import io.hardmine.core.kernel.Parameter.Role;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.Plan;
import io.hardmine.core.kernel.PlanBuilder;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.Tensor;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.DataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.junit.jupiter.api.Test;

class ArenaTest {
    private static final int[][] SIZES = {{64, 96}, {96, 64}, {32, 128}, {64, 64}};

    /** What a plan borrowed, and from when until when. */
    private record Borrowed(Allocations loans, List<memory> tensors, List<int[]> lives) {
        void close(Arena arena) {
            arena.release(loans);
            tensors.forEach(memory::close);
        }
    }

    private static void borrow(Borrowed plan, long size, engine cpu) {
        memory tensor =
                new memory(new memory.desc(new long[] {size}, memory.data_type.u8, memory.format_tag.x), cpu, null);
        plan.loans().borrow(size).carry(tensor);
        plan.tensors().add(tensor);
    }

    /** What a plan borrows: at random, given back in any order, some of it never. */
    private static Borrowed random(Random random, engine cpu) {
        Borrowed plan = new Borrowed(new Allocations(), new ArrayList<>(), new ArrayList<>());
        List<Integer> open = new ArrayList<>();
        int moment = 0;
        for (int i = 0; i < 300; i++) {
            moment++;
            if (!open.isEmpty() && random.nextInt(5) < 2) {
                int ended = open.remove(random.nextInt(open.size()));
                plan.loans().all().get(ended).giveBack();
                plan.lives().get(ended)[1] = moment;
                continue;
            }
            borrow(plan, 1 + random.nextInt(1 << (4 + random.nextInt(16))), cpu);
            open.add(plan.lives().size());
            plan.lives().add(new int[] {moment, Integer.MAX_VALUE});
        }
        return plan;
    }

    @Test
    void loansAreAlignedAndThoseNeededAtTheSameTimeNeverOverlap() {
        Random random = new Random(3);
        try (engine cpu = new engine(engine.kind.cpu, 0);
                Arena arena = new Arena(cpu)) {
            List<Borrowed> plans = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Borrowed plan = random(random, cpu);
                arena.settle(plan.loans());
                plans.add(plan);
                long mostAtOnce = plans.stream()
                        .mapToLong(ArenaTest::requireApart) // earlier plans too: they may have moved
                        .max()
                        .orElseThrow();
                assertTrue(arena.size() < 1.2 * mostAtOnce, "%d for %d".formatted(arena.size(), mostAtOnce));
            }
            plans.forEach(plan -> plan.close(arena));
            assertEquals(0, arena.size());
        }
    }

    /** Gives the bytes that the plan needs at its worst moment. */
    private static long requireApart(Borrowed plan) {
        List<memory> tensors = plan.tensors();
        List<int[]> lives = plan.lives();
        long[] start =
                tensors.stream().mapToLong(t -> t.get_data_handle().address()).toArray();
        long[] size = tensors.stream().mapToLong(t -> t.get_desc().get_size()).toArray();
        long mostAtOnce = 0;
        for (int i = 0; i < start.length; i++) {
            assertEquals(0, start[i] % 64);
            long atOnce = 0;
            for (int k = 0; k < start.length; k++) {
                boolean meet = lives.get(i)[0] < lives.get(k)[1] && lives.get(k)[0] < lives.get(i)[1];
                boolean apart = start[i] + size[i] <= start[k] || start[k] + size[k] <= start[i];
                assertTrue(i == k || !meet || apart, "two overlap");
                boolean present = lives.get(k)[0] <= lives.get(i)[0] && lives.get(i)[0] < lives.get(k)[1];
                atOnce += present ? size[k] + 63 : 0;
            }
            mostAtOnce = Math.max(mostAtOnce, atOnce);
        }
        return mostAtOnce;
    }

    @Test
    void itIsAsLargeAsTheLargestOpenPlanNeedsInWhateverOrderTheyCome() {
        List<Integer> rising = IntStream.rangeClosed(1, 81).boxed().toList();
        List<Integer> falling = new ArrayList<>(rising);
        Collections.reverse(falling);
        List<Integer> mixed = new ArrayList<>(rising);
        Collections.shuffle(mixed, new Random(7));
        try (engine cpu = new engine(engine.kind.cpu, 0)) {
            for (List<Integer> order : List.of(rising, falling, mixed)) {
                try (Arena arena = new Arena(cpu)) {
                    Map<Integer, Borrowed> plans = new TreeMap<>();
                    for (int kilobytes : order) {
                        Borrowed plan = new Borrowed(new Allocations(), new ArrayList<>(), new ArrayList<>());
                        borrow(plan, 1024L * kilobytes, cpu);
                        borrow(plan, 64, cpu);
                        arena.settle(plan.loans());
                        plans.put(kilobytes, plan);
                    }
                    assertEquals(81 * 1024 + 64, arena.size());
                    for (int kilobytes = 81; kilobytes > 41; kilobytes--) {
                        plans.remove(kilobytes).close(arena);
                    }
                    assertEquals(81 * 1024 + 64, arena.size(), "half of it is in use yet");
                    plans.remove(41).close(arena);
                    assertEquals(40 * 1024 + 64, arena.size(), "given back when less than half was needed");
                    plans.values().forEach(plan -> plan.close(arena));
                    assertEquals(0, arena.size());
                }
            }
        }
    }

    @Test
    void aPlanThatNeedsMoreThanTheMachineHasIsRefusedAndTheOthersKeepTheirMemory() {
        try (engine cpu = new engine(engine.kind.cpu, 0);
                Arena arena = new Arena(cpu)) {
            Borrowed plan = new Borrowed(new Allocations(), new ArrayList<>(), new ArrayList<>());
            borrow(plan, 1000, cpu);
            arena.settle(plan.loans());
            long address = plan.tensors().get(0).get_data_handle().address();
            Allocations absurd = new Allocations();
            absurd.borrow(1L << 50);
            String message = assertThrows(DataException.class, () -> arena.settle(absurd))
                    .getMessage();
            assertTrue(message.contains("needs 1073741824 MB"), message);
            assertEquals(1024, arena.size());
            assertEquals(address, plan.tensors().get(0).get_data_handle().address());
            plan.close(arena);
        }
    }

    @Test
    void plansThatAreKeptWorkOnAfterALargerOneMovedThem() {
        RetinaNet network =
                RetinaNet.initialized(new Architecture(3, 9, Architecture.BackboneShape.tiny(16), 16, 2, 0.01), 5);
        try (Kernels kernels = new OneDnnProvider().open(network.parameters(), Precision.F32);
                Arena arena = (Arena) kernels.workspace()) {
            List<Plan> plans = new ArrayList<>();
            List<float[]> outputs = new ArrayList<>();
            for (int side : new int[] {32, 64, 128, 512}) {
                Plan plan = network.plan(kernels.planner(new Shape(1, side, side, 3), true, arena));
                plans.add(plan);
                outputs.add(output(plan));
            }
            for (int i = 0; i < plans.size(); i++) {
                assertArrayEquals(outputs.get(i), output(plans.get(i)));
            }
            long whole = arena.size();
            plans.remove(plans.size() - 1).close();
            assertTrue(arena.size() < whole, "%d of %d".formatted(arena.size(), whole));
            for (int i = 0; i < plans.size(); i++) {
                assertArrayEquals(outputs.get(i), output(plans.get(i)));
                plans.get(i).backward();
            }
            plans.forEach(Plan::close);
            assertEquals(0, arena.size());
        }
    }

    private static float[] output(Plan plan) {
        float[] image = new float[plan.image().length()];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) Math.sin(i);
        }
        plan.writeImage(image);
        plan.forward();
        float[] read = new float[plan.output(0).length()];
        plan.readOutput(0, 0, read, 0);
        return read;
    }

    @Test
    void shapesPlannedOneAfterAnotherShareItsMemory() {
        RetinaNet network =
                RetinaNet.initialized(new Architecture(3, 9, Architecture.BackboneShape.tiny(16), 16, 2, 0.01), 5);
        try (Kernels kernels = new OneDnnProvider().open(network.parameters(), Precision.F32);
                Arena arena = (Arena) kernels.workspace()) {
            long[] first = new long[SIZES.length];
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < SIZES.length; i++) {
                    Shape image = new Shape(2, SIZES[i][0], SIZES[i][1], 3);
                    try (Plan plan = network.plan(kernels.planner(image, true, arena))) {
                        plan.writeImage(new float[image.length()]);
                        plan.forward();
                        plan.backward();
                        first[i] = round == 0 ? arena.size() : first[i];
                        assertEquals(first[i], arena.size(), "the arena grew in round " + round);
                        assertTrue(first[i] > 0);
                    }
                    assertEquals(0, arena.size());
                }
            }
        }
    }

    /**
     * At most two maps of this size are needed at once: the convolution's result, which the backward pass of the
     * normalization reads, and the normalized one until it is pooled, later the gradient, which the normalization
     * overwrites. Two more would be kept if every value lasted until its own backward step.
     */
    @Test
    void mapsThatNoBackwardPassReadsAreLentAgain() {
        int side = 64;
        int channels = 64;
        long map = (long) Float.BYTES * side * side * channels;
        Parameters.Builder builder = new Parameters.Builder();
        Convolution convolution =
                new Convolution(builder.add("weight", Role.WEIGHT, Initialization.HE, 1, 1, 3, channels), null, 1);
        Normalization normalization = new Normalization(
                builder.add("scale", Role.SCALE, Initialization.constant(1), channels),
                builder.add("shift", Role.SHIFT, Initialization.constant(0), channels),
                builder.add("mean", Role.STATISTIC, Initialization.constant(0), channels),
                builder.add("variance", Role.STATISTIC, Initialization.constant(1), channels));
        try (Parameters parameters = builder.build(1);
                Kernels kernels = new OneDnnProvider().open(parameters, Precision.F32);
                Arena arena = (Arena) kernels.workspace()) {
            PlanBuilder planner = kernels.planner(new Shape(1, side, side, 3), true, arena);
            Tensor normalized = planner.normalize(
                    planner.convolution(planner.image(), convolution, Fusion.NONE), normalization, Fusion.RELU);
            try (Plan plan = planner.finish(List.of(planner.maxPool(normalized)))) {
                assertTrue(arena.size() < 3 * map, "%.2f maps".formatted((double) arena.size() / map));
                assertEquals(side / 2, plan.output(0).height());
            }
        }
    }
}
