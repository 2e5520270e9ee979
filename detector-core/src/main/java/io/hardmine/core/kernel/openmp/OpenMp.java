package io.hardmine.core.kernel.openmp;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Loader;

/** The OpenMP runtime that native kernels use. Their Java APIs do not expose it. */
public final class OpenMp {
    /** Library names of the runtimes of GCC, Intel and LLVM. */
    private static final List<String> RUNTIMES = List.of("gomp", "iomp5", "omp");

    private final Function mostThreads;
    private final Function setThreads;
    private final Function threadNumber;
    private final Function parallel;
    private final Function binding;
    private final Function placeSize;
    private final Function placeProcessors;

    private OpenMp(String library) {
        mostThreads = Function.getFunction(library, "omp_get_max_threads");
        setThreads = Function.getFunction(library, "omp_set_num_threads");
        threadNumber = Function.getFunction(library, "omp_get_thread_num");
        // GCC's entry for a parallel region; Intel's and LLVM's runtimes have it too
        parallel = Function.getFunction(library, "GOMP_parallel");
        binding = Function.getFunction(library, "omp_get_proc_bind");
        placeSize = Function.getFunction(library, "omp_get_place_num_procs");
        placeProcessors = Function.getFunction(library, "omp_get_place_proc_ids");
    }

    /** What the threads of a parallel region run: C code, which calls Java. */
    public static final class Region {
        private interface Body extends Callback {
            void run(Pointer unused);
        }

        private final Body body;
        private final Pointer code;

        /** {@code work} is given the number of the thread that runs it, from 0. It must not throw. */
        private Region(Function threadNumber, IntConsumer work) {
            body = unused -> work.accept(threadNumber.invokeInt(new Object[0]));
            // a thread of the runtime that has become one of Java's stays one
            Native.setCallbackThreadInitializer(body, new CallbackThreadInitializer(true, false, "hardmine-kernels"));
            code = CallbackReference.getFunctionPointer(body);
        }
    }

    /** Makes a parallel region. {@code work} is given the number of the thread that runs it, from 0. It must not throw. */
    public Region region(IntConsumer work) {
        return new Region(threadNumber, work);
    }

    /**
     * Runs the region in {@code threads} threads at once, or in fewer, and returns when all are done. They are the
     * threads that the calling thread's primitives run on, with the calling thread as number 0.
     */
    public void run(Region region, int threads) {
        parallel.invokeVoid(new Object[] {region.code, Pointer.NULL, threads, 0});
        Reference.reachabilityFence(region);
    }

    /** The runtime that a native library has loaded; empty if it is none of GCC's, Intel's and LLVM's. */
    public static Optional<OpenMp> loaded() {
        Map<String, String> libraries = Loader.getLoadedLibraries();
        for (String runtime : RUNTIMES) {
            for (Map.Entry<String, String> library : libraries.entrySet()) {
                String name = library.getKey();
                if (library.getValue() != null && (name.equals(runtime) || name.startsWith(runtime + "@"))) {
                    return of(library.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<OpenMp> of(String library) {
        try {
            return Optional.of(new OpenMp(library));
        } catch (UnsatisfiedLinkError notThere) {
            return Optional.empty();
        }
    }

    /** How many threads an operation of the calling thread takes. */
    public int threads() {
        return mostThreads.invokeInt(new Object[0]);
    }

    /** Whether each thread is bound to processors of its own. */
    boolean binds() {
        return binding.invokeInt(new Object[0]) != 0;
    }

    /** Numbers of the processors that the first thread is bound to. */
    int[] firstPlace() {
        int[] processors = new int[placeSize.invokeInt(new Object[] {0})];
        placeProcessors.invokeVoid(new Object[] {0, processors});
        return processors;
    }

    /** Runs {@code work}. Meanwhile, operations of the calling thread run on this thread alone. */
    public <T> T withOneThread(Supplier<T> work) {
        int before = threads();
        set(1);
        try {
            return work.get();
        } finally {
            set(before);
        }
    }

    private void set(int threads) {
        setThreads.invokeVoid(new Object[] {threads});
    }
}
