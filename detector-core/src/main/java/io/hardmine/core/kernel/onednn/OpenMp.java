package io.hardmine.core.kernel.onednn;

import com.sun.jna.Function;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Loader;

/** The OpenMP runtime that oneDNN uses. oneDNN's Java API does not expose it. */
final class OpenMp {
    /** Library names of the runtimes of GCC, Intel and LLVM. */
    private static final List<String> RUNTIMES = List.of("gomp", "iomp5", "omp");

    private final Function mostThreads;
    private final Function setThreads;

    private OpenMp(String library) {
        mostThreads = Function.getFunction(library, "omp_get_max_threads");
        setThreads = Function.getFunction(library, "omp_set_num_threads");
    }

    /** The runtime that oneDNN has loaded; empty if it is none of {@link #RUNTIMES}. */
    static Optional<OpenMp> loaded() {
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
    int threads() {
        return mostThreads.invokeInt(new Object[0]);
    }

    /** From now on, operations of the calling thread run on this thread alone. */
    void takeOneThread() {
        set(1);
    }

    /** Runs {@code work}. Meanwhile, operations of the calling thread run on this thread alone. */
    <T> T withOneThread(Supplier<T> work) {
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
