package io.hardmine.mining.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an experiment's numbers show and do not show, in sentences. */
public final class Interpretation {
    private final ExperimentResult result;

    private Interpretation(ExperimentResult result) {
        this.result = result;
    }

    /**
     * Sentences about one subject.
     *
     * @param title subject of the sentences
     * @param sentences at least one
     */
    public record Group(String title, List<String> sentences) {
        /** Copies the list. */
        public Group {
            sentences = List.copyOf(sentences);
        }
    }

    /** The main result in one sentence. */
    public static String headline(ExperimentResult result) {
        Interpretation reading = new Interpretation(result);
        if (!result.arms().isEmpty() && !result.hasLearnt()) {
            return "No arm has learnt to detect anything yet: after %d steps the highest AP50 is %s. Train for more steps."
                    .formatted(
                            result.plan().steps(),
                            Phrases.value(
                                    Measure.AP50,
                                    result.arms().stream()
                                            .mapToDouble(
                                                    a -> a.spread(Measure.AP50).most())
                                            .max()
                                            .orElse(0)));
        }
        return reading.best(Measure.ALARMS_AT_80)
                .or(() -> reading.best(Measure.AP))
                .map(reading::headline)
                .orElse("Nothing is measured yet.");
    }

    /**
     * All sentences, grouped by subject, the most important first. Arms are not ranked if none has learned anything.
     */
    public static List<Group> groups(ExperimentResult result) {
        Interpretation reading = new Interpretation(result);
        List<Group> groups = new ArrayList<>();
        if (result.hasLearnt()) {
            add(
                    groups,
                    "The best arm in each measure",
                    Stream.of(Measure.values()).map(reading::leader).toList());
            add(
                    groups,
                    "Against " + result.reference(),
                    PairedBootstrap.MEASURES.stream()
                            .map(reading::toldApart)
                            .flatMap(Optional::stream)
                            .toList());
        }
        add(groups, "How sure this is", result.hasLearnt() ? reading.caveats() : List.of());
        add(groups, "Runs that failed", reading.failures());
        return groups;
    }

    private static void add(List<Group> groups, String title, List<String> sentences) {
        if (!sentences.isEmpty()) {
            groups.add(new Group(title, sentences));
        }
    }

    /** An arm and a measure that it may be the best in. */
    private record Leader(ArmResult arm, Measure measure) {
        double median() {
            return arm.spread(measure).median();
        }
    }

    /** The arm with the best median, the first of several equal ones; empty if no arm has a value. */
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
                .formatted(Phrases.sentence(best.measure().best()), name, Phrases.value(best.measure(), best.median()));
        Optional<ArmResult> reference = result.arms().stream()
                .filter(a -> a.arm().name().equals(result.reference()))
                .findFirst();
        if (name.equals(result.reference()) || reference.isEmpty()) {
            return text + (result.arms().size() > 1 ? "; no other arm has a better median." : ".");
        }
        String against = "; %s: %s"
                .formatted(
                        result.reference(),
                        Phrases.value(
                                best.measure(),
                                reference.get().spread(best.measure()).median()));
        return text
                + against
                + comparison(name, best.measure())
                        .map(c -> switch (c.verdict()) {
                            case BETTER, WORSE -> ". The test pictures tell the two apart.";
                            case SAME -> ". That is no practical difference.";
                            case OPEN -> ". The test pictures do not tell the two apart.";
                        })
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
                                Phrases.sentence(measure.best()),
                                leader.arm().arm().name(),
                                Phrases.spread(measure, leader.arm().spread(measure))))
                .orElse("No arm has a median in %s: the recall is not reached.".formatted(measure.title()));
    }

    /** Which arms the test pictures show to differ from the reference, and which they do not. */
    private Optional<String> toldApart(Measure measure) {
        List<Comparison> all = result.comparisons().stream()
                .filter(c -> c.measure() == measure && c.reference().equals(result.reference()))
                .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        add(parts, "better: ", all, Comparison.Verdict.BETTER);
        add(parts, "worse: ", all, Comparison.Verdict.WORSE);
        add(parts, "no practical difference: ", all, Comparison.Verdict.SAME);
        add(parts, "not told apart: ", all, Comparison.Verdict.OPEN);
        return Optional.of("%s: %s.".formatted(Phrases.sentence(measure.title()), String.join("; ", parts)));
    }

    private static void add(List<String> parts, String title, List<Comparison> all, Comparison.Verdict which) {
        String arms = all.stream()
                .filter(c -> c.verdict() == which)
                .map(Comparison::arm)
                .collect(Collectors.joining(", "));
        if (!arms.isEmpty()) {
            parts.add(title + arms);
        }
    }

    private List<String> caveats() {
        List<String> caveats = new ArrayList<>();
        int fewest = result.arms().stream().mapToInt(a -> a.runs().size()).min().orElse(0);
        if (fewest == 1) {
            caveats.add("Some arms have one seed only, so it is unknown how much of a difference is chance in one"
                    + " training. Add more with --seeds.");
        }
        if (!result.comparisons().isEmpty()) {
            caveats.add(
                    "The intervals show how much the choice of the test pictures (%d here) may change the means over these seeds."
                            .formatted(result.pictures()));
            caveats.add("The ranges in brackets show how much the seed changes.");
            caveats.add(
                    "Even between equal arms about 1 of 20 comparisons seems to show a difference; there are %d here."
                            .formatted(result.comparisons().size()));
        }
        return caveats;
    }

    private List<String> failures() {
        return result.failures().stream()
                .map(f -> "Not done: %s, seed %d: %s".formatted(f.arm(), f.seed(), f.reason()))
                .toList();
    }
}
