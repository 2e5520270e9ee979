package io.hardmine.mining.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Arms that differ in the share of background inputs, with one line for each source of the background.
 *
 * @param lines points of each source, by its name, with rising shares; arms without background begin every line
 */
public record BackgroundSweep(Map<String, List<Point>> lines) {
    private static final String SHARE = "background_share";
    private static final String SOURCE = "bootstrap.source";

    /** Copies the map, keeping its order. */
    public BackgroundSweep {
        lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
    }

    /**
     * An arm on a line.
     *
     * @param share of the inputs that are background, in [0, 1)
     * @param result of the arm
     */
    public record Point(double share, ArmResult result) {}

    /** The sweep; empty if some arm sets no share, or no source has two different shares. */
    public static Optional<BackgroundSweep> of(List<ArmResult> arms) {
        List<Point> without = new ArrayList<>();
        Map<String, List<Point>> lines = new LinkedHashMap<>();
        for (ArmResult arm : arms) {
            Optional<Double> share = arm.arm().value(SHARE).map(Double::valueOf);
            if (share.isEmpty()) {
                return Optional.empty();
            }
            if (share.get() == 0) {
                without.add(new Point(0, arm));
            } else {
                lines.computeIfAbsent(arm.arm().value(SOURCE).orElse("background"), s -> new ArrayList<>())
                        .add(new Point(share.get(), arm));
            }
        }
        lines.values().forEach(line -> {
            line.addAll(without);
            line.sort(Comparator.comparingDouble(Point::share));
        });
        boolean swept = lines.values().stream()
                .anyMatch(line ->
                        line.stream().mapToDouble(Point::share).distinct().count() > 1);
        return swept ? Optional.of(new BackgroundSweep(lines)) : Optional.empty();
    }

    /**
     * Maps the name of each arm with mined background to that of the arm with random background and otherwise the same
     * settings, if there is one.
     */
    static Map<String, String> randomOfMined(List<Arm> arms) {
        Map<String, String> random = new LinkedHashMap<>();
        for (Arm arm : arms) {
            arms.stream()
                    .filter(other -> arm.value(SOURCE).equals(Optional.of("mined"))
                            && other.value(SOURCE).equals(Optional.of("random"))
                            && without(arm).equals(without(other)))
                    .findFirst()
                    .ifPresent(other -> random.put(arm.name(), other.name()));
        }
        return random;
    }

    private static List<String> without(Arm arm) {
        return arm.settings().stream().filter(s -> !s.startsWith(SOURCE)).toList();
    }
}
