package io.hardmine.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.kernel.nd4j.NativeLibrary;
import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/** Checks the machine that this JVM runs on, as the JVM sees it. */
public final class Machine {
    private static final long GIB = 1L << 30;
    private static final int OLDEST_JAVA = 17;
    private static final String ONEDNN = "onednn";

    /** Settings of glibc's allocator without which fresh native memory costs a page fault for each page. */
    private static final List<String> ALLOCATOR =
            List.of("MALLOC_ARENA_MAX", "MALLOC_MMAP_MAX_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_");

    private Machine() {}

    /**
     * Runs the checks, with one finding each. Loads the native library; if that fails, one broken finding takes the
     * place of the checks that need it.
     */
    public static List<Finding> inspect() {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> environment = System.getenv();
        try {
            findings.addAll(
                    computing(NativeLibrary.load(), KernelProvider.all(), System.getProperty("hardmine.kernels", "")));
            openMpRuntimes().ifPresent(findings::add);
        } catch (DataException e) {
            findings.add(Finding.broken("native library", "none", e.getMessage()));
        }
        findings.add(blasThreads(environment));
        findings.add(allocator(environment, System.getProperty("os.name")));
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        findings.add(nativeMemory(Pointer.maxBytes(), Pointer.maxPhysicalBytes(), system.getTotalMemorySize()));
        findings.add(heap(Runtime.getRuntime().maxMemory(), system.getTotalMemorySize()));
        findings.add(java(Runtime.version().feature(), System.getProperty("java.vm.name")));
        return findings;
    }

    /** What computes, and on how many threads; the vector extensions only where oneDNN runs. */
    static List<Finding> computing(NativeLibrary library, List<KernelProvider> providers, String wanted) {
        List<Finding> findings = new ArrayList<>();
        findings.add(library(library));
        findings.add(kernels(providers, wanted));
        if (providers.stream()
                .anyMatch(p -> p.name().equals(ONEDNN) && p.obstacle().isEmpty())) {
            boolean javaVectors =
                    ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
            findings.add(vectorExtensions(dnnl.dnnl_get_effective_cpu_isa(), javaVectors));
        }
        findings.add(threads(library.threads(), Runtime.getRuntime().availableProcessors()));
        return findings;
    }

    static Finding library(NativeLibrary library) {
        String name = library.backend() + ", " + library.platform();
        boolean oneDnnExists = library.platform().endsWith("-x86_64");
        if (library.backend().equals("CpuBackend") && !library.oneDnn() && oneDnnExists) {
            return Finding.slow(
                    "native library",
                    name + ", without oneDNN",
                    "convolutions are about ten times slower; put org.nd4j:nd4j-native with the classifier "
                            + library.platform() + "-onednn-avx2 on the class path, and no other");
        }
        return Finding.good("native library", library.oneDnn() ? name + ", with oneDNN" : name);
    }

    /** The kernels that run, and why they were chosen; broken if none can run. */
    static Finding kernels(List<KernelProvider> providers, String wanted) {
        String check = "kernels";
        StringBuilder skipped = new StringBuilder();
        for (KernelProvider p : providers) {
            Optional<String> obstacle = p.obstacle();
            boolean chosen = wanted.isEmpty() || wanted.equals(p.name());
            if (chosen && obstacle.isEmpty()) {
                String formats = p.supports(Precision.BF16) ? "f32, and bf16 on request" : "f32 only";
                String why = wanted.isEmpty() ? "the fastest that runs here" : "as hardmine.kernels asks";
                return Finding.good(check, "%s, %s (%s)%s".formatted(p.name(), why, formats, skipped));
            }
            skipped.append("; not ")
                    .append(p.name())
                    .append(": ")
                    .append(chosen ? obstacle.orElse("") : "hardmine.kernels asks for " + wanted);
        }
        return Finding.broken(check, "none" + skipped, "unset hardmine.kernels, or see which platforms there are");
    }

    /**
     * The OpenMP libraries that are loaded. A second one has its own threads, which compete for the cores. Empty on
     * systems other than Linux.
     */
    private static Optional<Finding> openMpRuntimes() {
        Path maps = Path.of("/proc/self/maps");
        if (!Files.isReadable(maps)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(maps)) {
            List<String> runtimes = lines.filter(l -> l.matches(".*/lib(gomp|iomp5|omp)\\b.*"))
                    .map(l -> l.substring(l.indexOf('/')))
                    .distinct() // by path: two copies may have the same name
                    .map(path -> path.substring(path.lastIndexOf('/') + 1))
                    .toList();
            return Optional.of(openMpRuntimes(runtimes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Finding openMpRuntimes(List<String> loaded) {
        String found = loaded.isEmpty() ? "none loaded" : String.join(", ", loaded);
        return loaded.size() > 1
                ? Finding.slow("OpenMP libraries", found, "two pools of threads share the cores: preload one of them")
                : Finding.good("OpenMP libraries", found);
    }

    /**
     * The vector extensions that oneDNN will use.
     *
     * @param isa oneDNN's bit mask, in which each instruction set includes the smaller ones
     * @param javaVectors whether Java has its module for vectors, which Winograd's convolution uses on AVX2
     */
    static Finding vectorExtensions(int isa, boolean javaVectors) {
        String check = "vector extensions";
        if (includes(isa, dnnl.dnnl_cpu_isa_avx512_core_amx)) {
            return Finding.good(check, "AVX-512 with bfloat16, and AMX");
        }
        if (includes(isa, dnnl.dnnl_cpu_isa_avx512_core_bf16)) {
            return Finding.good(check, "AVX-512 with bfloat16");
        }
        if (includes(isa, dnnl.dnnl_cpu_isa_avx512_core)) {
            return Finding.good(check, "AVX-512");
        }
        if (includes(isa, dnnl.dnnl_cpu_isa_avx2)) {
            return javaVectors
                    ? Finding.good(check, "AVX2, in Java too")
                    : Finding.slow(
                            check,
                            "AVX2, not in Java",
                            "start Java with --add-modules jdk.incubator.vector: a training step is up to 15 % faster");
        }
        return Finding.slow(
                check, "less than AVX2", "another processor; or DNNL_MAX_CPU_ISA is set in the environment: unset it");
    }

    private static boolean includes(int isa, int wanted) {
        return (isa & wanted) == wanted;
    }

    static Finding threads(int openMp, int processors) {
        String found = openMp + " OpenMP threads on " + processors + " processors";
        if (openMp > processors) {
            return Finding.slow("threads", found, "more threads than processors: set OMP_NUM_THREADS=" + processors);
        }
        if (openMp * 2 < processors) {
            return Finding.slow(
                    "threads",
                    found,
                    "most of the machine is idle: set OMP_NUM_THREADS to the number of physical cores");
        }
        return Finding.good("threads", found);
    }

    static Finding blasThreads(Map<String, String> environment) {
        String threads = environment.get("OPENBLAS_NUM_THREADS");
        if ("1".equals(threads)) {
            return Finding.good("OpenBLAS threads", "1");
        }
        return Finding.slow(
                "OpenBLAS threads",
                threads == null ? "not set, so one per processor" : threads,
                "they compete with OpenMP's threads for the cores: set OPENBLAS_NUM_THREADS=1");
    }

    static Finding allocator(Map<String, String> environment, String operatingSystem) {
        if (!operatingSystem.equals("Linux")) {
            return Finding.good("memory allocator", "the system's");
        }
        List<String> missing = ALLOCATOR.stream()
                .filter(name -> !environment.containsKey(name))
                .toList();
        if (missing.isEmpty()) {
            return Finding.good(
                    "memory allocator",
                    ALLOCATOR.stream()
                            .map(name -> name + "=" + environment.get(name))
                            .collect(Collectors.joining(" ")));
        }
        String set = ALLOCATOR.stream()
                .filter(environment::containsKey)
                .map(name -> name + "=" + environment.get(name))
                .collect(Collectors.joining(" "));
        return Finding.slow(
                "memory allocator",
                set.isEmpty() ? "default" : set,
                "fresh memory costs page faults: before Java starts, export "
                        + Stream.of(
                                        "MALLOC_ARENA_MAX=1",
                                        "MALLOC_MMAP_MAX_=0",
                                        "MALLOC_TRIM_THRESHOLD_=8589934592",
                                        "MALLOC_TOP_PAD_=67108864")
                                .filter(s -> missing.contains(s.substring(0, s.indexOf('='))))
                                .collect(Collectors.joining(" ")));
    }

    /**
     * Compares JavaCPP's limits with the memory of the machine or its container.
     *
     * @param limit on the memory of tensors, in bytes; 0 for none
     * @param limitInAll on the memory of the process, in bytes; 0 for none
     * @param machine memory in bytes
     */
    static Finding nativeMemory(long limit, long limitInAll, long machine) {
        String found = "%s for tensors, %s in all, of %s".formatted(orNone(limit), orNone(limitInAll), gib(machine));
        if (limit != 0 && limit < machine / 2 || limitInAll != 0 && limitInAll < machine * 3 / 4) {
            return Finding.slow(
                    "native memory",
                    found,
                    "training stops early at these limits: -Dorg.bytedeco.javacpp.maxbytes=%dg -Dorg.bytedeco.javacpp.maxphysicalbytes=%dg"
                            .formatted(Math.max(1, machine * 7 / 10 / GIB), Math.max(1, machine * 9 / 10 / GIB)));
        }
        return Finding.good("native memory", found);
    }

    static Finding heap(long limit, long machine) {
        String found = "%s of %s".formatted(gib(limit), gib(machine));
        if (limit > machine / 2) {
            return Finding.slow(
                    "Java heap", found, "leaves too little for tensors: lower -Xmx to a fifth of the memory");
        }
        if (limit < GIB / 4) {
            return Finding.slow("Java heap", found, "too little for larger data sets: raise it, such as -Xmx1g");
        }
        return Finding.good("Java heap", found);
    }

    static Finding java(int version, String machine) {
        String found = version + ", " + machine;
        return version >= OLDEST_JAVA
                ? Finding.good("Java", found)
                : Finding.broken("Java", found, "install Java 17 or newer");
    }

    private static String orNone(long bytes) {
        return bytes == 0 ? "no limit" : gib(bytes);
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
    }
}
