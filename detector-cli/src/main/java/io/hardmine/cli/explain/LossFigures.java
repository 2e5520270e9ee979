package io.hardmine.cli.explain;

import io.hardmine.cli.explain.Figure.Axis;
import io.hardmine.core.loss.ClassLoss;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Figures that lead from cross-entropy to focal loss: a sine that is scaled, the loss that is scaled in the same way,
 * and the resulting losses and gradients. All losses are computed by the classes that Hardmine trains with.
 */
final class LossFigures {
    /** The probabilities at which losses are drawn: 0.005 to 0.995. */
    private static final double[] PROBABILITIES =
            IntStream.range(1, 200).mapToDouble(i -> i / 200.0).toArray();

    /** Two turns of the sine. */
    private static final double TURNS = 4 * Math.PI;

    private static final double[] ANGLES =
            IntStream.rangeClosed(0, 240).mapToDouble(i -> TURNS * i / 240).toArray();

    private static final Axis PROBABILITY = Axis.linear("p: probability of the right answer", 0, 1);
    private static final double HIGHEST_LOSS = 5;

    private final double alpha;
    private final double gamma;
    private final ClassLoss crossEntropy = new ClassLoss.CrossEntropy();
    private final ClassLoss focal;

    private LossFigures(double alpha, double gamma) {
        this.alpha = alpha;
        this.gamma = gamma;
        focal = new ClassLoss.FocalLoss(alpha, gamma);
    }

    /**
     * The figures.
     *
     * @param alpha weight of objects, in (0, 1)
     * @param gamma focusing parameter, at least 0
     */
    static List<Figure> of(double alpha, double gamma) {
        LossFigures figures = new LossFigures(alpha, gamma);
        return List.of(
                figures.crossEntropy(),
                figures.scaledSine(),
                figures.scaledLoss(),
                figures.scalingFactor(),
                figures.focalLoss(),
                figures.gradients());
    }

    private Figure crossEntropy() {
        return new Figure(
                "cross-entropy",
                "Cross-entropy: −log p",
                PROBABILITY,
                loss(),
                List.of(loss("cross-entropy", crossEntropy)));
    }

    private Figure scaledSine() {
        return new Figure(
                "sine-scaled",
                "A curve scaled by a constant, and by a function",
                Axis.linear("x", 0, TURNS),
                Axis.linear("value", -1, 1),
                List.of(
                        Line.of("sin x", ANGLES, Math::sin),
                        Line.of(named("%s · sin x", alpha), ANGLES, x -> alpha * Math.sin(x)),
                        Line.of(
                                named("(1 − x/4π)^%s · sin x", gamma),
                                ANGLES,
                                x -> Math.pow(1 - x / TURNS, gamma) * Math.sin(x))));
    }

    private Figure scaledLoss() {
        ClassLoss byConstant = new ClassLoss.BalancedCrossEntropy(alpha);
        ClassLoss halfByFunction = new ClassLoss.FocalLoss(0.5, gamma); // without α: twice the loss with α = 1/2
        return new Figure(
                "loss-scaled",
                "The loss scaled by a constant, and by a function",
                PROBABILITY,
                loss(),
                List.of(
                        loss("cross-entropy", crossEntropy),
                        loss(named("%s · cross-entropy", alpha), byConstant),
                        probability(
                                named("(1 − p)^%s · cross-entropy", gamma),
                                p -> 2 * Example.object(halfByFunction, p).loss())));
    }

    private Figure scalingFactor() {
        return new Figure(
                "scaling-factor",
                "Cross-entropy, and the factor that it is scaled by",
                PROBABILITY,
                Axis.linear("value", 0, HIGHEST_LOSS),
                List.of(
                        loss("cross-entropy", crossEntropy),
                        probability(named("factor (1 − p)^%s", gamma), p -> Math.pow(1 - p, gamma))));
    }

    private Figure focalLoss() {
        return new Figure(
                "focal-loss",
                named("Focal loss (α = %s, ", alpha) + named("γ = %s) against cross-entropy", gamma),
                PROBABILITY,
                loss(),
                List.of(
                        loss("cross-entropy", crossEntropy),
                        loss("focal loss of an object", focal),
                        probability("focal loss of background", p -> Example.background(focal, p)
                                .loss())));
    }

    private Figure gradients() {
        List<Line> lines = List.of(
                gradient("cross-entropy", crossEntropy),
                gradient("focal loss of an object", focal),
                probability("focal loss of background", p -> Example.background(focal, p)
                        .gradient()));
        double highest = lines.stream()
                .flatMapToDouble(line -> DoubleStream.of(line.y()))
                .max()
                .orElseThrow();
        return new Figure(
                "gradients",
                named("Their gradients (α = %s, ", alpha) + named("γ = %s)", gamma),
                PROBABILITY,
                Axis.linear("amount of the derivative by the logit", 0, Math.max(1, Math.ceil(5 * highest) / 5)),
                lines);
    }

    private static Axis loss() {
        return Axis.linear("loss", 0, HIGHEST_LOSS);
    }

    private static Line loss(String name, ClassLoss loss) {
        return probability(name, p -> Example.object(loss, p).loss());
    }

    private static Line gradient(String name, ClassLoss loss) {
        return probability(name, p -> Example.object(loss, p).gradient());
    }

    private static Line probability(String name, DoubleUnaryOperator function) {
        return Line.of(name, PROBABILITIES, function);
    }

    private static String named(String form, double parameter) {
        return String.format(Locale.ROOT, form, Words.parameter(parameter));
    }
}
