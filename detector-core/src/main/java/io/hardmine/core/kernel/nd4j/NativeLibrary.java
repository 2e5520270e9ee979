package io.hardmine.core.kernel.nd4j;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.hardmine.datasets.DataException;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The native library behind ND4J.
 *
 * @param backend ND4J's name of it: {@code CpuBackend}, or {@code JCublasBackend} on a GPU
 * @param platform operating system and processor, such as {@code linux-x86_64}
 * @param oneDnn whether convolutions run on oneDNN; without it they are ten times slower
 * @param threads OpenMP threads of an operation
 */
public record NativeLibrary(String backend, String platform, boolean oneDnn, int threads) {
    private static final int AVX2 = 2;
    private static final List<String> SUPPORTED =
            List.of("linux-x86_64", "windows-x86_64", "macosx-x86_64", "linux-arm64", "macosx-arm64");

    /**
     * Loads the library, if it is not loaded yet.
     *
     * @throws DataException if the processor has no AVX2 instructions, or no library loads on this machine
     */
    public static NativeLibrary load() {
        String platform = Loader.getPlatform();
        if (vectorLevel() < AVX2) {
            throw new DataException("This processor has no AVX2 instructions, which Hardmine's native libraries need "
                    + "(Intel since 2013, AMD since 2015).");
        }
        try {
            String backend = Nd4j.getBackend().getClass().getSimpleName();
            NativeOps ops = NativeOpsHolder.getInstance().getDeviceNativeOps();
            return new NativeLibrary(
                    backend, platform, ops.buildInfo().contains("HAVE_ONEDNN"), ops.ompGetMaxThreads());
        } catch (LinkageError | RuntimeException e) {
            String why = SUPPORTED.contains(platform)
                    ? "The native library for %s does not load: %s. Is this a build for another system?"
                            .formatted(platform, rootOf(e).getMessage())
                    : "There is no native library for %s. Hardmine runs on %s."
                            .formatted(platform, String.join(", ", SUPPORTED));
            throw new DataException(why, e);
        }
    }

    private static Throwable rootOf(Throwable t) {
        Throwable root = t;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /**
     * The vector instructions that HotSpot found: 0 to 3 for none, AVX, AVX2 and AVX-512. AVX2 is assumed if the JVM
     * does not tell.
     */
    private static int vectorLevel() {
        try {
            return Integer.parseInt(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .getVMOption("UseAVX")
                    .getValue());
        } catch (IllegalArgumentException anotherProcessorOrJvm) {
            return AVX2;
        }
    }
}
