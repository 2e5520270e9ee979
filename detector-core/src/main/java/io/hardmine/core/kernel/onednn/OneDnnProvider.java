package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.kernel.Kernels;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.kernel.openmp.Binding;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/** oneDNN's primitives: the fastest, on x86-64 processors. */
public final class OneDnnProvider implements KernelProvider {
    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public int preference() {
        return 10;
    }

    @Override
    public Optional<String> obstacle() {
        try {
            dnnl.dnnl_get_effective_cpu_isa();
            Binding.releaseCallingThread();
            return Optional.empty();
        } catch (ExceptionInInitializerError | NoClassDefFoundError | UnsatisfiedLinkError e) {
            String platform = Loader.getPlatform();
            return Optional.of(
                    platform.endsWith("-x86_64")
                            ? "oneDNN's library does not load on %s: %s".formatted(platform, e.getMessage())
                            : "there is no library of oneDNN for " + platform);
        }
    }

    @Override
    public boolean supports(Precision precision) {
        int needed = dnnl.dnnl_cpu_isa_avx512_core_bf16;
        return precision == Precision.F32 || (dnnl.dnnl_get_effective_cpu_isa() & needed) == needed;
    }

    /** As many as the processor's widest instructions take at once: 16 with AVX-512, else 8. */
    @Override
    public int block() {
        int wide = dnnl.dnnl_cpu_isa_avx512_core;
        return (dnnl.dnnl_get_effective_cpu_isa() & wide) == wide ? 16 : 8;
    }

    @Override
    public Kernels open(Parameters parameters, Precision precision) {
        if (!supports(precision)) {
            throw new IllegalArgumentException("this processor does not compute in " + precision);
        }
        return new OneDnnKernels(parameters, precision, block());
    }
}
