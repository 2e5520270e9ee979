package io.hardmine.core.kernel.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Fusion;
import io.hardmine.core.kernel.Parameter.Initialization;
import io.hardmine.core.kernel.Parameter.Role;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.Plan;
import io.hardmine.core.kernel.PlanBuilder;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.Tensor;
import io.hardmine.core.kernel.Workspace;
import io.hardmine.core.kernel.openmp.OpenMp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("processor")
@Timeout(60)
class TeamTest {
    private static OpenMp openMp;

    @BeforeAll
    static void anOpenMp() {
        assumeTrue(new OneDnnProvider().obstacle().isEmpty(), "oneDNN does not run here");
        openMp = OpenMp.loaded().orElseThrow();
    }

    @Test
    void everyPartIsDoneOnceAndNoPhaseBeginsBeforeTheOneBeforeIsDone() {
        Team team = new Team(openMp);
        for (int round = 0; round < 2_000; round++) {
            AtomicIntegerArray times = new AtomicIntegerArray(7);
            AtomicInteger done = new AtomicInteger();
            AtomicInteger early = new AtomicInteger();
            team.run(
                    new Team.Phase(7, (thread, member, part) -> {
                        times.incrementAndGet(part);
                        done.incrementAndGet();
                    }),
                    new Team.Phase(0, (thread, member, part) -> early.incrementAndGet()),
                    new Team.Phase(3, (thread, member, part) -> early.addAndGet(done.get() < 7 ? 1 : 0)));
            assertEquals("[1, 1, 1, 1, 1, 1, 1]", times.toString());
            assertEquals(0, early.get());
        }
    }

    @Test
    void aFailedPartFailsTheOperationAndLeavesTheTeamUsable() {
        Team team = new Team(openMp);
        RuntimeException cause = new RuntimeException("part 3");
        IllegalStateException failure = assertThrows(
                IllegalStateException.class,
                () -> team.run(5, (thread, member, part) -> {
                    if (part == 3) {
                        throw cause;
                    }
                }));
        assertSame(cause, failure.getCause());
        AtomicInteger done = new AtomicInteger();
        team.run(5, (thread, member, part) -> done.incrementAndGet());
        assertEquals(5, done.get());
    }

    @Test
    void operationsOfSeveralCallersDoNotMix() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(4);
        Team team = new Team(openMp);
        try {
            List<Future<Integer>> sums = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                sums.add(callers.submit(() -> {
                    AtomicInteger sum = new AtomicInteger();
                    for (int round = 0; round < 500; round++) {
                        team.run(9, (thread, member, part) -> sum.addAndGet(part));
                    }
                    return sum.get();
                }));
            }
            for (Future<Integer> sum : sums) {
                assertEquals(500 * 36, sum.get());
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void theCallersOwnNumberOfThreadsIsAsItWas() {
        int before = openMp.threads();
        Team team = new Team(openMp);
        team.run(64, (thread, member, part) -> assertTrue(thread < before, "thread " + thread));
        assertEquals(1, team.<Integer>make(openMp::threads));
        assertEquals(before, openMp.threads());
    }

    @Test
    void theCallerIsThreadZeroAndTheOthersAreDaemons() {
        assumeTrue(openMp.threads() > 1, "one thread alone");
        Team team = new Team(openMp);
        AtomicReferenceArray<Thread> threads = new AtomicReferenceArray<>(2);
        // each waits for the other, so that two threads take part
        team.run(2, (thread, member, part) -> {
            threads.set(thread, Thread.currentThread());
            while (threads.get(1 - thread) == null) {
                Thread.onSpinWait();
            }
        });
        assertSame(Thread.currentThread(), threads.get(0));
        assertTrue(threads.get(1).isDaemon());
    }

    @Test
    void aPartsProductsRunOnItsThreadAlone() {
        Team team = new Team(openMp);
        AtomicInteger most = new AtomicInteger();
        OpenMp.Region inner = openMp.region(thread -> most.accumulateAndGet(thread + 1, Math::max));
        team.run(2, (thread, member, part) -> openMp.run(inner, 4));
        assertEquals(1, most.get());
    }

    @Test
    void aConvolutionHasTheSameBitsOnAnyNumberOfThreads() {
        assumeTrue(new OneDnnProvider().block() == 8, "with AVX-512, Winograd is oneDNN's");
        List<float[]> one = openMp.withOneThread(TeamTest::outputAndGradients);
        List<float[]> all = outputAndGradients();
        for (int i = 0; i < one.size(); i++) {
            assertArrayEquals(one.get(i), all.get(i), "result " + i);
        }
    }

    /**
     * Of two convolutions that go by way of our own Winograd. The first one, which makes their channels, is oneDNN's: the
     * sum of its gradient depends on the number of threads, and is left out.
     */
    private static List<float[]> outputAndGradients() {
        Parameters.Builder builder = new Parameters.Builder();
        Convolution widen = convolution(builder, "widen", 3, 64);
        Convolution inner = convolution(builder, "inner", 64, 64);
        Convolution outer = convolution(builder, "outer", 64, 64);
        Shape image = new Shape(2, 33, 30, 3);
        try (Parameters parameters = builder.build(8)) {
            parameters.initialize(3);
            try (OneDnnKernels kernels = new OneDnnKernels(parameters, Precision.F32, 8);
                    Workspace workspace = kernels.workspace();
                    Plan plan = plan(kernels.planner(image, true, workspace), List.of(widen, inner, outer))) {
                assertTrue(kernels.team().isPresent());
                kernels.upload();
                plan.writeImage(numbers(image.length(), 5));
                plan.forward();
                List<float[]> results = new ArrayList<>();
                int each = plan.output(0).length() / image.batch();
                for (int picture = 0; picture < image.batch(); picture++) {
                    float[] result = new float[each];
                    plan.readOutput(0, picture, result, 0);
                    results.add(result);
                    plan.writeGradient(0, picture, numbers(each, 7 + picture), 0);
                }
                plan.backward();
                for (Convolution convolution : List.of(inner, outer)) {
                    results.add(parameters.copyOf(convolution.weight(), parameters.gradients()));
                    results.add(parameters.copyOf(convolution.bias(), parameters.gradients()));
                }
                return results;
            }
        }
    }

    private static Plan plan(PlanBuilder planner, List<Convolution> convolutions) {
        Tensor last = planner.image();
        for (Convolution convolution : convolutions) {
            last = planner.convolution(last, convolution, Fusion.RELU);
        }
        return planner.finish(List.of(last));
    }

    private static Convolution convolution(Parameters.Builder p, String name, int in, int out) {
        return new Convolution(
                p.add(name + ".weight", Role.WEIGHT, Initialization.HE, 3, 3, in, out),
                p.add(name + ".bias", Role.BIAS, Initialization.normal(0.4), out),
                1);
    }

    private static float[] numbers(int count, long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }
}
