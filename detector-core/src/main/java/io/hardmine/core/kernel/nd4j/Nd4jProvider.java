package io.hardmine.core.kernel.nd4j;

import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.kernel.Kernels;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.kernel.openmp.Binding;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's own operations: the reference, and the fallback if no faster kernels can run. */
public final class Nd4jProvider implements KernelProvider {
    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public Optional<String> obstacle() {
        try {
            Nd4j.getExecutioner();
            Binding.releaseCallingThread();
            return Optional.empty();
        } catch (ExceptionInInitializerError | NoClassDefFoundError | UnsatisfiedLinkError e) {
            return Optional.of(
                    "ND4J has no native library for %s on %s; there are ones for Linux and macOS on x86-64 and ARM, and for Windows on x86-64"
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
        }
    }

    @Override
    public boolean supports(Precision precision) {
        return precision == Precision.F32;
    }

    @Override
    public int block() {
        return 1;
    }

    @Override
    public Kernels open(Parameters parameters, Precision precision) {
        if (!supports(precision)) {
            throw new IllegalArgumentException("ND4J's operations compute in F32 only, not " + precision);
        }
        return new Nd4jKernels(parameters);
    }
}
