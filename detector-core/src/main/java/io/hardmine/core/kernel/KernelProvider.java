package io.hardmine.core.kernel;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** One implementation of the kernels, found as a service. */
public interface KernelProvider {
    /** Its name, by which the system property {@code hardmine.kernels} chooses it. */
    String name();

    /** Higher ones are preferred where they can run. */
    int preference();

    /** Why it cannot run here, in a sentence for the user; empty where it can. */
    Optional<String> obstacle();

    /** Whether the processor computes in this format without emulating it. */
    boolean supports(Precision precision);

    /**
     * In blocks of how many channels weights should lie so that the kernels use them in place, 1 for plainly. Kernels take
     * weights in any order, by way of a copy.
     */
    int block();

    /** Kernels over the parameters, under their present values. Close them before the parameters. */
    Kernels open(Parameters parameters, Precision precision);

    /** Every implementation on the class path, the preferred ones first. */
    static List<KernelProvider> all() {
        return ServiceLoader.load(KernelProvider.class, KernelProvider.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(KernelProvider::preference).reversed())
                .toList();
    }

    /**
     * The one that the system property {@code hardmine.kernels} names, else the preferred one that can run.
     *
     * @throws UnsupportedOperationException where none can run, or the one asked for cannot; the message says why
     */
    static KernelProvider best() {
        String wanted = System.getProperty("hardmine.kernels", "");
        List<KernelProvider> candidates = all().stream()
                .filter(p -> wanted.isEmpty() || wanted.equals(p.name()))
                .toList();
        if (candidates.isEmpty()) {
            throw new UnsupportedOperationException("hardmine.kernels=%s names none of the kernels there are: %s"
                    .formatted(wanted, all().stream().map(KernelProvider::name).collect(Collectors.joining(", "))));
        }
        return candidates.stream()
                .filter(p -> p.obstacle().isEmpty())
                .findFirst()
                .orElseThrow(() -> new UnsupportedOperationException(candidates.stream()
                        .map(p -> p.name() + ": " + p.obstacle().orElse(""))
                        .collect(Collectors.joining("; "))));
    }
}
