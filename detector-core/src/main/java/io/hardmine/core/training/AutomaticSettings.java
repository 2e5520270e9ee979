package io.hardmine.core.training;

import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.loss.LossBalance;
import io.hardmine.core.training.TrainingSettings.Loss;
import io.hardmine.core.training.TrainingSettings.OptimizerSettings;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Computes the settings that are left to a rule. Given numbers stay as they are, except the bound on the gradient's
 * norm: it is multiplied by a computed class weight.
 */
final class AutomaticSettings {
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private AutomaticSettings() {}

    /** The task with a number in every setting that was left to a rule. Both tasks train the same weights. */
    static TrainingTask resolve(TrainingTask task, AnchorShapes anchors) {
        TrainingSettings settings = task.settings();
        if (settings.network().prior() == null || settings.loss().classWeight() == null) {
            settings = balanced(settings, AnchorCensus.of(task, anchors), classes(task));
        }
        return task.with(settings.with(settings.optimizer().resolved(classes(task))));
    }

    private static int classes(TrainingTask task) {
        return task.train().categories().size();
    }

    private static TrainingSettings balanced(TrainingSettings settings, AnchorCensus census, int classes) {
        LossBalance balance = new LossBalance(settings.loss().classLoss(), census.quality());
        Double given = settings.network().prior();
        double prior = given == null ? rounded(balance.restingScore(census.share(classes))) : given;
        TrainingSettings started = settings.with(settings.network().withPrior(prior));
        if (settings.loss().classWeight() != null) {
            return started;
        }
        Loss loss = settings.loss();
        OptimizerSettings optimizer = settings.optimizer();
        double weight = loss.guided() ? 1 : rounded(balance.classWeight(prior));
        return started.with(loss.withClassWeight(weight))
                .with(optimizer.withClipNorm(rounded(weight * optimizer.clipNorm())));
    }

    private static double rounded(double number) {
        return BigDecimal.valueOf(number).round(THREE_DIGITS).doubleValue();
    }
}
