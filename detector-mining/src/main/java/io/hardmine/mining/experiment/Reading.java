package io.hardmine.mining.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an experiment's numbers say, and what they do not, in plain words. */
public final class Reading {
    private final ExperimentResult result;

    private Reading(ExperimentResult result) {
        this.result = result;
    }

    /** The one sentence to remember. */
    public static String headline(ExperimentResult result) {
        Reading reading = new Reading(result);
        return reading.best(Measure.ALARMS_AT_80)
                .or(() -> reading.best(Measure.AP))
                .map(reading::headline)
                .orElse("Nothing is measured yet.");
    }

    /** All sentences, the most important first. */
    public static List<String> sentences(ExperimentResult result) {
        Reading reading = new Reading(result);
        List<String> sentences = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            sentences.add(reading.leader(measure));
        }
        for (Measure measure : PairedBootstrap.MEASURES) {
            reading.toldApart(measure).ifPresent(sentences::add);
        }
        sentences.addAll(reading.caveats());
        return sentences;
    }

    /** An arm and what it has in a measure. */
    private record Leader(ArmResult arm, Measure measure) {
        double median() {
            return arm.spread(measure).median();
        }
    }

    /** The arm with the best median, of equals the first; empty where none has any. */
    private Optional<Leader> best(Measure measure) {
        Comparator<Leader> smallestFirst = Comparator.comparingDouble(Leader::median);
        return result.arms().stream()
                .map(arm -> new Leader(arm, measure))
                .filter(leader -> Double.isFinite(leader.median()))
                .min(measure.moreIsBetter() ? smallestFirst.reversed() : smallestFirst);
    }

    private String headline(Leader best) {
        String name = best.arm().arm().name();
        String text = "%s: %s, %s"
                .formatted(Wording.sentence(best.measure().best()), name, Wording.value(best.measure(), best.median()));
        Optional<ArmResult> reference = result.arms().stream()
                .filter(a -> a.arm().name().equals(result.reference()))
                .findFirst();
        if (name.equals(result.reference()) || reference.isEmpty()) {
            return text + (result.arms().size() > 1 ? "; no other arm has a better median." : ".");
        }
        String against = "; %s: %s"
                .formatted(
                        result.reference(),
                        Wording.value(
                                best.measure(),
                                reference.get().spread(best.measure()).median()));
        return text
                + against
                + comparison(name, best.measure())
                        .map(c -> c.isDistinguishable()
                                ? ". The test pictures tell the two apart."
                                : ". The test pictures do not tell the two apart.")
                        .orElse(".");
    }

    private Optional<Comparison> comparison(String arm, Measure measure) {
        return result.comparisons().stream()
                .filter(c -> c.arm().equals(arm) && c.reference().equals(result.reference()) && c.measure() == measure)
                .findFirst();
    }

    private String leader(Measure measure) {
        return best(measure)
                .map(leader -> "%s: %s, %s."
                        .formatted(
                                Wording.sentence(measure.best()),
                                leader.arm().arm().name(),
                                Wording.spread(measure, leader.arm().spread(measure))))
                .orElse("No arm has a median in %s: the recall is not reached.".formatted(measure.title()));
    }

    /** Which arms differ from the reference, and which only seem to. */
    private Optional<String> toldApart(Measure measure) {
        List<Comparison> all = result.comparisons().stream()
                .filter(c -> c.measure() == measure && c.reference().equals(result.reference()))
                .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        add(parts, "better: ", all, c -> c.isDistinguishable() && c.isBetter());
        add(parts, "worse: ", all, c -> c.isDistinguishable() && !c.isBetter());
        add(parts, "not told apart: ", all, c -> !c.isDistinguishable());
        return Optional.of(
                "Against %s in %s: %s.".formatted(result.reference(), measure.title(), String.join("; ", parts)));
    }

    private static void add(
            List<String> parts, String title, List<Comparison> all, java.util.function.Predicate<Comparison> which) {
        String arms = all.stream().filter(which).map(Comparison::arm).collect(Collectors.joining(", "));
        if (!arms.isEmpty()) {
            parts.add(title + arms);
        }
    }

    private List<String> caveats() {
        List<String> caveats = new ArrayList<>();
        int fewest = result.arms().stream().mapToInt(a -> a.runs().size()).min().orElse(0);
        if (fewest == 1) {
            caveats.add("There are arms with one seed only: how much of a difference is the luck of a training is not"
                    + " measured. Add more with --seeds.");
        }
        if (!result.comparisons().isEmpty()) {
            caveats.add(("The intervals say what other test pictures might change (%d here), for the means over these"
                            + " seeds; the ranges say what other seeds might. Of 20 comparisons without any difference"
                            + " about one is told apart by chance; there are %d.")
                    .formatted(result.pictures(), result.comparisons().size()));
        }
        for (Failure failure : result.failures()) {
            caveats.add("Not done: %s, seed %d: %s".formatted(failure.arm(), failure.seed(), failure.reason()));
        }
        return caveats;
    }
}
