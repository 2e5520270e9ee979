package io.hardmine.cli.explain;

import io.hardmine.cli.explain.Figure.Axis;
import io.hardmine.core.loss.ClassLoss;
import io.hardmine.mining.analysis.AnchorLosses;
import io.hardmine.mining.analysis.LossHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How a model's loss is distributed over the anchors of pictures, under cross-entropy and under focal losses.
 *
 * @param model path of the model, for display
 * @param pictures which pictures were used, for display
 * @param gamma focusing parameter of the focal loss in the sentences
 * @param results distribution of the losses under each of {@link #losses} for this γ, in that order
 */
public record Measurement(String model, String pictures, double gamma, List<AnchorLosses> results) {
    private static final double[] GAMMAS = {0, 0.5, 1, 2};

    /** Share of the background anchors that have at most the median loss of the easiest half. */
    private static final double EASY = 0.25;

    private static final double HARD = 0.999;

    /** Percentages from 0.01 to 100, with fifty per decade. */
    private static final double[] PERCENTS = IntStream.rangeClosed(-100, 100)
            .mapToDouble(i -> Math.pow(10, i / 50.0))
            .toArray();

    /** Copies the list. */
    public Measurement {
        results = List.copyOf(results);
    }

    /**
     * The losses to measure: cross-entropy, then focal loss for γ = 0, 0.5, 1, 2 and the given γ, in ascending order.
     */
    public static List<ClassLoss> losses(double alpha, double gamma) {
        List<ClassLoss> losses = new ArrayList<>();
        losses.add(new ClassLoss.CrossEntropy());
        DoubleStream.concat(DoubleStream.of(GAMMAS), DoubleStream.of(gamma))
                .sorted()
                .distinct()
                .forEach(g -> losses.add(new ClassLoss.FocalLoss(alpha, g)));
        return losses;
    }

    /** Plain cross-entropy. */
    AnchorLosses crossEntropy() {
        return results.get(0);
    }

    /** All focal losses, by ascending γ. */
    List<AnchorLosses> focalLosses() {
        return results.subList(1, results.size());
    }

    /** The focal loss with the focusing parameter {@code gamma}. */
    AnchorLosses focal() {
        return focalLosses().stream()
                .filter(r -> gammaOf(r) == gamma)
                .findFirst()
                .orElseThrow();
    }

    static double gammaOf(AnchorLosses result) {
        return ((ClassLoss.FocalLoss) result.loss()).gamma();
    }

    /**
     * Number of easy background anchors (with the median loss of the easiest half) whose loss adds up to that of one
     * hard background anchor (at the 99.9th percentile). Not finite if the easy anchor has no loss.
     */
    static double easyForOneHard(AnchorLosses result) {
        LossHistogram background = result.background();
        return background.quantile(HARD) / background.quantile(EASY);
    }

    /**
     * Number of hard background anchors (at the 99.9th percentile) whose loss adds up to that of the easiest half of
     * the background anchors. Not finite if the hard anchor has no loss.
     */
    static double hardInEasiestHalf(AnchorLosses result) {
        LossHistogram background = result.background();
        return (1 - background.carriedByHardest(0.5)) * background.total() / background.quantile(HARD);
    }

    /** Figure 4 of the focal loss paper (Lin et al. 2017), but with the hardest anchors first. */
    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(cumulative("background", AnchorLosses::background));
        if (crossEntropy().objects().count() > 0) {
            figures.add(cumulative("object", AnchorLosses::objects));
        }
        return figures;
    }

    private Figure cumulative(String kind, Function<AnchorLosses, LossHistogram> ofKind) {
        return new Figure(
                "cumulative-" + kind,
                "What the hardest %s anchors carry".formatted(kind),
                Axis.logarithmic("hardest %s anchors, %% of all".formatted(kind), PERCENTS[0], 100),
                Axis.linear("% of the whole loss of such anchors", 0, 100),
                focalLosses().stream()
                        .map(r -> Line.of(
                                lineName(r),
                                PERCENTS,
                                percent -> 100 * ofKind.apply(r).carriedByHardest(Math.min(1, percent / 100))))
                        .toList());
    }

    private static String lineName(AnchorLosses result) {
        double g = gammaOf(result);
        return g == 0 ? "γ = 0 (cross-entropy)" : "γ = " + Words.parameter(g);
    }

    /** The results in sentences. */
    public List<String> sentences() {
        AnchorLosses plain = crossEntropy();
        AnchorLosses focal = focal();
        List<String> sentences = new ArrayList<>();
        long objects = plain.objects().count();
        long background = plain.background().count();
        sentences.add(String.format(
                Locale.ROOT,
                "%s: %,d background anchors and %,d object anchors%s.",
                pictures,
                background,
                objects,
                objects == 0 ? "" : " (" + Words.count((double) background / objects) + " to 1)"));
        sentences.add(
                "The hardest 1 %% of background anchors carry %s of background's cross-entropy and %s of its focal loss (%s)."
                        .formatted(
                                Words.percent(plain.background().carriedByHardest(0.01)),
                                Words.percent(focal.background().carriedByHardest(0.01)),
                                parameters()));
        if (objects > 0) {
            sentences.add(
                    "The hardest 10 %% of object anchors carry %s of the objects' cross-entropy and %s of their focal loss."
                            .formatted(
                                    Words.percent(plain.objects().carriedByHardest(0.1)),
                                    Words.percent(focal.objects().carriedByHardest(0.1))));
            sentences.add("Of the whole loss, background makes up %s under cross-entropy and %s under focal loss."
                    .formatted(Words.percent(plain.backgroundShare()), Words.percent(focal.backgroundShare())));
        }
        sentences.add(
                ("It takes %s easy background anchors (the median of their easiest half) to outweigh one hard one (the"
                                + " 99.9th percentile) under cross-entropy, and %s under focal loss.")
                        .formatted(Words.count(easyForOneHard(plain)), Words.count(easyForOneHard(focal))));
        sentences.add(("Counted in such hard ones, the easiest half of all background anchors together costs %s under"
                        + " cross-entropy and %s under focal loss.")
                .formatted(Words.count(hardInEasiestHalf(plain)), Words.count(hardInEasiestHalf(focal))));
        return sentences;
    }

    private String parameters() {
        ClassLoss.FocalLoss loss = (ClassLoss.FocalLoss) focal().loss();
        return "α = %s, γ = %s".formatted(Words.parameter(loss.alpha()), Words.parameter(loss.gamma()));
    }
}
