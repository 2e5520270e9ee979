package io.hardmine.core.kernel.openmp;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The processor of a thread that runs a plan, if OpenMP binds its threads (environment variable {@code OMP_PROC_BIND};
 * Linux). OpenMP's first thread is the calling one. It has to be on the first processor while it runs a plan: on the
 * processor of another thread of the team, both would wait for each other.
 *
 * <p>OpenMP binds the calling thread for good. Threads that it starts would inherit its processor, and Java would count
 * one processor. Therefore the calling thread is bound only while it runs a plan.
 */
public final class Binding {
    private static final String VARIABLE = "OMP_PROC_BIND";

    /** Bytes of a set of processors, one bit each; for more processors than Linux supports. */
    private static final int BYTES = 1024;

    private static final int CALLING_THREAD = 0;

    private final Function setAffinity;
    private final Memory first = new Memory(BYTES);
    private final Memory all = new Memory(BYTES);

    private Binding(OpenMp openMp, NativeLibrary system) {
        setAffinity = system.getFunction("sched_setaffinity");
        first.clear();
        for (int processor : openMp.firstPlace()) {
            int at = processor / Byte.SIZE;
            first.setByte(at, (byte) (first.getByte(at) | 1 << processor % Byte.SIZE));
        }
        all.clear();
        // the process's first thread, which only waits for Java's main thread, keeps the processors of the process
        int process = Math.toIntExact(ProcessHandle.current().pid());
        system.getFunction("sched_getaffinity").invokeInt(new Object[] {process, (long) BYTES, all});
    }

    /**
     * Runs the passes of plans on the calling thread: on the first processor if OpenMP binds its threads, else where the
     * thread is. The native library that computes must be loaded.
     */
    public static Executor passes() {
        return present().<Executor>map(binding -> binding::during).orElse(Runnable::run);
    }

    /**
     * Lets the calling thread run on all processors of the process again if OpenMP has bound it. The native library that
     * computes must be loaded.
     */
    public static void releaseCallingThread() {
        present().ifPresent(Binding::release);
    }

    private static Optional<Binding> present() {
        String wanted = System.getenv(VARIABLE);
        if (wanted == null || !System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        return OpenMp.loaded().filter(OpenMp::binds).map(openMp -> new Binding(openMp, NativeLibrary.getProcess()));
    }

    private void release() {
        set(all);
    }

    private void during(Runnable work) {
        set(first);
        try {
            work.run();
        } finally {
            release();
        }
    }

    private void set(Pointer processors) {
        setAffinity.invokeInt(new Object[] {CALLING_THREAD, (long) BYTES, processors});
    }
}
