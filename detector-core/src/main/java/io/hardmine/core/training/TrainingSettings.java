package io.hardmine.core.training;

import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.loss.BoxLoss;
import io.hardmine.core.loss.ClassLoss;
import io.hardmine.core.network.Architecture;

/**
 * Everything that a training run is told. Immutable; the settings file has the same groups and names.
 *
 * @param network the detector's size
 * @param input size of the pictures that it sees
 * @param anchors the anchors; null to fit them to the training boxes
 * @param loss what is minimised
 * @param optimizer how
 * @param schedule for how long, at which rates
 * @param augmentation random changes of the pictures
 * @param precision number format inside the convolutions; AUTO takes what the measurements speak for
 * @param backgroundShare of the inputs of an epoch, at most this share are background pictures without annotations
 * @param validateEvery epochs between two validations; the last one is always validated
 * @param loaderThreads threads that decode and augment
 * @param seed of everything random
 */
public record TrainingSettings(
        Network network,
        Input input,
        AnchorShapes anchors,
        Loss loss,
        OptimizerSettings optimizer,
        ScheduleSettings schedule,
        Augmentation augmentation,
        PrecisionChoice precision,
        double backgroundShare,
        int validateEvery,
        int loaderThreads,
        long seed) {

    /** Refuses values out of range, naming the field. */
    public TrainingSettings {
        require(backgroundShare >= 0 && backgroundShare < 1, "background_share must lie in [0, 1)", backgroundShare);
        require(validateEvery >= 1, "validate_every must be at least 1", validateEvery);
        require(loaderThreads >= 1 && loaderThreads <= 64, "loader_threads must lie in [1, 64]", loaderThreads);
    }

    /** The same with another detector and number format. */
    TrainingSettings with(Network otherNetwork, PrecisionChoice otherPrecision) {
        return new TrainingSettings(
                otherNetwork,
                input,
                anchors,
                loss,
                optimizer,
                schedule,
                augmentation,
                otherPrecision,
                backgroundShare,
                validateEvery,
                loaderThreads,
                seed);
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", not " + value);
        }
    }

    /** Number formats by name. */
    public enum PrecisionChoice {
        /** bf16 where the processor has it, else f32. */
        AUTO,
        /** Single precision. */
        F32,
        /** Brain floating point; refused where the processor would have to emulate it. */
        BF16;

        /** The format to use with kernels of this provider. */
        public Precision on(KernelProvider provider) {
            boolean half = this == BF16 || this == AUTO && provider.supports(Precision.BF16);
            return half ? Precision.BF16 : Precision.F32;
        }
    }

    /** Residual backbones by name. */
    public enum BackboneKind {
        /** One basic block a stage. */
        TINY,
        /** Two basic blocks a stage. */
        RESNET18,
        /** Three, four, six and three basic blocks. */
        RESNET34,
        /** Three, four, six and three bottleneck blocks. */
        RESNET50
    }

    /**
     * The detector's size.
     *
     * @param backbone kind of residual network
     * @param width channels of its stem; 64 in the paper
     * @param pyramidChannels channels of the pyramid and the subnets; 256 in the paper
     * @param headConvolutions convolutions in each subnet before its last; 4 in the paper
     * @param prior score that every anchor starts with; 0.01 in the paper
     */
    public record Network(BackboneKind backbone, int width, int pyramidChannels, int headConvolutions, double prior) {
        /** Refuses values out of range, naming the field. */
        public Network {
            require(width >= 4 && width <= 512, "network.width must lie in [4, 512]", width);
            require(
                    pyramidChannels >= 4 && pyramidChannels <= 1024,
                    "network.pyramid_channels must lie in [4, 1024]",
                    pyramidChannels);
            require(
                    headConvolutions >= 0 && headConvolutions <= 8,
                    "network.head_convolutions must lie in [0, 8]",
                    headConvolutions);
            require(prior > 0 && prior < 1, "network.prior must lie between 0 and 1", prior);
        }

        /** The architecture for so many classes and anchors of a cell. */
        public Architecture architecture(int classes, int anchorsPerCell) {
            Architecture.Backbone shape =
                    switch (backbone) {
                        case TINY -> Architecture.Backbone.tiny(width);
                        case RESNET18 -> Architecture.Backbone.resnet18(width);
                        case RESNET34 -> Architecture.Backbone.resnet34(width);
                        case RESNET50 -> Architecture.Backbone.resnet50(width);
                    };
            return new Architecture(classes, anchorsPerCell, shape, pyramidChannels, headConvolutions, prior);
        }
    }

    /**
     * Size of the pictures as the network sees them.
     *
     * @param shortSide pixels of the short side after resizing
     * @param longSide bound on the long side
     */
    public record Input(int shortSide, int longSide) {
        /** Refuses values out of range, naming the field. */
        public Input {
            require(shortSide >= 32 && shortSide <= 4096, "input.short_side must lie in [32, 4096]", shortSide);
            require(
                    longSide >= shortSide && longSide <= 8192,
                    "input.long_side must lie between input.short_side and 8192",
                    longSide);
        }
    }

    /** Classification losses by name. */
    public enum ClassLossKind {
        /** Sigmoid cross-entropy. */
        CROSS_ENTROPY,
        /** Cross-entropy weighted by α. */
        BALANCED,
        /** Focal loss. */
        FOCAL
    }

    /** Box losses by name. */
    public enum BoxLossKind {
        /** Huber's loss on the offsets. */
        SMOOTH_L1,
        /** 1 − GIoU. */
        GIOU
    }

    /**
     * What is minimised.
     *
     * @param kind classification loss
     * @param alpha weight of objects, for the balanced and the focal loss
     * @param gamma focusing parameter, for the focal loss
     * @param box box loss
     * @param beta where smooth L1 becomes linear
     * @param boxWeight weight of the box loss
     */
    public record Loss(ClassLossKind kind, double alpha, double gamma, BoxLossKind box, double beta, double boxWeight) {
        /** Refuses values out of range, naming the field. */
        public Loss {
            require(alpha > 0 && alpha < 1, "loss.alpha must lie between 0 and 1", alpha);
            require(gamma >= 0 && gamma <= 10, "loss.gamma must lie in [0, 10]", gamma);
            require(beta > 0, "loss.beta must be positive", beta);
            require(boxWeight >= 0, "loss.box_weight must be at least 0", boxWeight);
        }

        /** The classification loss. */
        public ClassLoss classLoss() {
            return switch (kind) {
                case CROSS_ENTROPY -> new ClassLoss.CrossEntropy();
                case BALANCED -> new ClassLoss.BalancedCrossEntropy(alpha);
                case FOCAL -> new ClassLoss.FocalLoss(alpha, gamma);
            };
        }

        /** The box loss. */
        public BoxLoss boxLoss() {
            return box == BoxLossKind.GIOU ? new BoxLoss.GeneralisedIou() : new BoxLoss.SmoothL1(beta);
        }
    }

    /** Optimizers by name. */
    public enum OptimizerKind {
        /** Momentum. */
        SGD,
        /** Momentum in Nesterov's form. */
        NESTEROV,
        /** Adam with decoupled weight decay. */
        ADAMW
    }

    /**
     * How weights are updated.
     *
     * @param kind which optimizer
     * @param learningRate highest rate of the schedule
     * @param momentum of SGD; β₁ of AdamW
     * @param weightDecay on convolution weights only
     * @param clipNorm bound on the gradient's norm; 0 for none
     * @param averaging decay per step of the moving average of the weights, which is what is evaluated and shipped
     */
    public record OptimizerSettings(
            OptimizerKind kind,
            double learningRate,
            double momentum,
            double weightDecay,
            double clipNorm,
            double averaging) {
        private static final double BETA2 = 0.999;

        /** Refuses values out of range, naming the field. */
        public OptimizerSettings {
            require(
                    learningRate > 0 && learningRate <= 10,
                    "optimizer.learning_rate must lie in (0, 10]",
                    learningRate);
            require(momentum >= 0 && momentum < 1, "optimizer.momentum must lie in [0, 1)", momentum);
            require(weightDecay >= 0 && weightDecay < 1, "optimizer.weight_decay must lie in [0, 1)", weightDecay);
            require(clipNorm >= 0, "optimizer.clip_norm must be at least 0", clipNorm);
            require(averaging >= 0 && averaging < 1, "optimizer.averaging must lie in [0, 1)", averaging);
        }

        Optimizer create(Parameters parameters) {
            return switch (kind) {
                case SGD, NESTEROV -> new Optimizer.Sgd(
                        parameters, momentum, kind == OptimizerKind.NESTEROV, weightDecay, clipNorm, averaging);
                case ADAMW -> new Optimizer.AdamW(parameters, momentum, BETA2, weightDecay, clipNorm, averaging);
            };
        }
    }

    /**
     * For how long, at which rates.
     *
     * @param epochs passes over the training pictures
     * @param steps of the whole training, whatever the epochs; 0 for as many as the epochs have
     * @param batch pictures of a step
     * @param warmupSteps steps of rising rate; at most a tenth of all is used
     * @param decay how the rate falls
     */
    public record ScheduleSettings(int epochs, int steps, int batch, int warmupSteps, Schedule.Decay decay) {
        /** Refuses values out of range, naming the field. */
        public ScheduleSettings {
            require(epochs >= 1 && epochs <= 100_000, "schedule.epochs must lie in [1, 100000]", epochs);
            require(steps >= 0, "schedule.steps must be at least 0", steps);
            require(batch >= 1 && batch <= 1024, "schedule.batch must lie in [1, 1024]", batch);
            require(warmupSteps >= 0, "schedule.warmup_steps must be at least 0", warmupSteps);
        }

        /** Steps of the whole training, with so many an epoch. */
        long steps(int perEpoch) {
            return steps > 0 ? steps : (long) epochs * perEpoch;
        }

        Schedule create(double rate, long all) {
            return new Schedule(decay, rate, Math.min(warmupSteps, all / 10), all);
        }
    }
}
