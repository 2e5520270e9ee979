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

    /** Rank of this provider: among those that can run, the highest is preferred. */
    int preference();

    /** Why the kernels cannot run on this machine, in a sentence for the user; empty if they can. */
    Optional<String> obstacle();

    /** Whether the processor computes in this format without emulating it. */
    boolean supports(Precision precision);

    /**
     * Channels per block of the weight layout that the kernels use in place; 1 for plain weights. Weights in another
     * layout work too, but the kernels copy them.
     */
    int block();

    /**
     * Opens kernels over the parameters with their present values. Close the kernels before the parameters.
     *
     * @throws IllegalArgumentException if the precision is not {@linkplain #supports supported}
     */
    Kernels open(Parameters parameters, Precision precision);

    /** Every implementation on the class path, the preferred ones first. */
    static List<KernelProvider> all() {
        return ServiceLoader.load(KernelProvider.class, KernelProvider.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(KernelProvider::preference).reversed())
                .toList();
    }

    /**
     * The provider that the system property {@code hardmine.kernels} names; without it, the preferred one of those that
     * can run.
     *
     * @throws UnsupportedOperationException if no provider has that name, if the named one cannot run, or if none can;
     *     the message says why
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
