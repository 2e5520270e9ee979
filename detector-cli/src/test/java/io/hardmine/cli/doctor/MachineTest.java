package io.hardmine.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.cli.doctor.Finding.Status;
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
}
