package io.hardmine.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.cli.doctor.Finding.Status;
import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.kernel.Kernels;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.kernel.nd4j.NativeLibrary;
import io.hardmine.core.kernel.nd4j.Nd4jProvider;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.junit.jupiter.api.Test;

class MachineTest {
    @Test
    void avx2AloneIsFastOnlyIfJavaHasVectorsToo() {
        Finding with = Machine.vectorExtensions(dnnl.dnnl_cpu_isa_avx2, true);
        assertEquals(Status.GOOD, with.status());
        assertEquals("AVX2, in Java too", with.found());
        Finding without = Machine.vectorExtensions(dnnl.dnnl_cpu_isa_avx2, false);
        assertEquals(Status.SLOW, without.status());
        assertTrue(without.advice().contains("--add-modules jdk.incubator.vector"), without.advice());
    }

    @Test
    void withAvx512OneDnnNeedsNoVectorsOfJava() {
        Finding found = Machine.vectorExtensions(dnnl.dnnl_cpu_isa_avx512_core, false);
        assertEquals(Status.GOOD, found.status());
        assertEquals("AVX-512", found.found());
    }

    @Test
    void whereOneDnnCannotRunNd4jComputesAndNothingAsksForX86() {
        NativeLibrary library = new NativeLibrary("CpuBackend", "linux-arm64", false, 1);
        List<Finding> found = Machine.computing(library, List.of(new Absent("onednn"), new Nd4jProvider()), "");
        assertEquals(
                List.of("native library", "kernels", "threads"),
                found.stream().map(Finding::check).toList());
        assertEquals(Status.GOOD, found.get(0).status());
        assertEquals(Status.GOOD, found.get(1).status());
        assertTrue(found.get(1).found().startsWith("nd4j, "), found.get(1).found());
    }

    /** Kernels without a library on this machine. None of them may be asked for anything else. */
    private record Absent(String name) implements KernelProvider {
        @Override
        public int preference() {
            return 10;
        }

        @Override
        public Optional<String> obstacle() {
            return Optional.of("there is no library");
        }

        @Override
        public boolean supports(Precision precision) {
            throw new NoClassDefFoundError(name);
        }

        @Override
        public int block() {
            throw new NoClassDefFoundError(name);
        }

        @Override
        public Kernels open(Parameters parameters, Precision precision) {
            throw new NoClassDefFoundError(name);
        }
    }
}
