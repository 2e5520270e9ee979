package io.hardmine.core.kernel.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.kernel.Kernels;
import io.hardmine.core.kernel.Plan;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.Workspace;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenMP reads its variables when it is loaded, so each case has a JVM of its own. */
@EnabledOnOs(OS.LINUX)
class BindingTest {
    /**
     * Prints the processors of its thread: at the start, with the wanted kernels loaded, after a pass of a plan, and,
     * with oneDNN's, in a pass.
     */
    static final class Program {
        public static void main(String[] arguments) throws IOException {
            List<String> processors = new ArrayList<>(List.of(processors()));
            RetinaNet network =
                    RetinaNet.initialized(new Architecture(1, 1, Architecture.BackboneShape.tiny(16), 16, 1, 0.01), 1);
            KernelProvider provider = KernelProvider.best();
            processors.add(processors());
            try (Kernels kernels = provider.open(network.parameters(), Precision.F32);
                    Workspace workspace = kernels.workspace();
                    Plan plan = network.plan(kernels.planner(new Shape(1, 64, 64, 3), true, workspace))) {
                plan.writeImage(new float[plan.image().length()]);
                plan.forward();
                plan.backward();
                processors.add(processors());
                if (kernels instanceof OneDnnKernels oneDnn) {
                    oneDnn.run(() -> processors.add(processors()));
                }
            }
            System.out.println(String.join(" ", processors));
        }

        private static String processors() {
            try {
                return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                        .filter(line -> line.startsWith("Cpus_allowed_list:"))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll(".*\\s", "");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String[] processors(String kernels, boolean bound) throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dhardmine.kernels=" + kernels,
                Program.class.getName());
        program.environment().put("OMP_PROC_BIND", String.valueOf(bound));
        program.environment().put("OMP_PLACES", "threads");
        program.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process started = program.start();
        String printed = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, started.waitFor());
        return printed.strip().split(" ");
    }

    @Test
    void aThreadIsBoundOnlyWhileItRunsAPlan() throws Exception {
        String[] processors = processors("onednn", true);
        assertEquals(processors[0], processors[1], "when oneDNN is loaded");
        assertEquals(processors[0], processors[2], "after a pass");
        assertTrue(processors[3].matches("\\d+"), "in a pass: " + processors[3]);
        if (Runtime.getRuntime().availableProcessors() > 1) {
            assertNotEquals(processors[0], processors[3]);
        }
    }

    @Test
    void nd4jLeavesAThreadItsProcessorsToo() throws Exception {
        String[] processors = processors("nd4j", true);
        assertEquals(processors[0], processors[1], "when ND4J is loaded");
        assertEquals(processors[0], processors[2], "after a pass");
    }

    @ParameterizedTest
    @ValueSource(strings = {"onednn", "nd4j"})
    void noThreadIsBoundUnlessOpenMpBindsItsOwn(String kernels) throws Exception {
        String[] processors = processors(kernels, false);
        for (String each : processors) {
            assertEquals(processors[0], each);
        }
    }
}
