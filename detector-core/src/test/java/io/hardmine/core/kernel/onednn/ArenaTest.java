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
import org.junit.jupiter.api.Test;

class ArenaTest {
    private static final int[][] SIZES = {{64, 96}, {96, 64}, {32, 128}, {64, 64}};

    @Test
    void blocksAreAlignedAndNeverOverlapHoweverTheyAreCutAndJoined() {
        Random random = new Random(3);
        try (engine cpu = new engine(engine.kind.cpu, 0);
                Arena arena = new Arena(cpu)) {
            List<Arena.Block> lent = new ArrayList<>();
            for (int i = 0; i < 4000; i++) {
                if (!lent.isEmpty() && random.nextInt(5) < 2) {
                    lent.remove(random.nextInt(lent.size())).giveBack();
                    continue;
                }
                Arena.Block block = arena.borrow(1 + random.nextInt(1 << (4 + random.nextInt(16))));
                assertEquals(0, block.address().address() % 64);
                long start = block.address().address();
                long end = start + block.length();
                assertTrue(
                        lent.stream()
                                .noneMatch(other -> start < other.address().address() + other.length()
                                        && other.address().address() < end),
                        "a block overlaps one that is lent");
                lent.add(block);
            }
            long size = arena.size();
            lent.forEach(Arena.Block::giveBack);
            arena.borrow(16 << 20); // a whole slab: all of its parts have been joined again
            assertEquals(size, arena.size());
        }
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
                        kernels.download();
                    }
                }
                first = round == 0 ? arena.size() : first;
                assertEquals(first, arena.size(), "the arena grew in round " + round);
            }
        }
    }
}
