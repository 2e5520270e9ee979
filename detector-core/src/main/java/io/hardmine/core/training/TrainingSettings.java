package io.hardmine.core.training;

import io.hardmine.core.anchor.AnchorFitter;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.AtssMatcher;
import io.hardmine.core.anchor.IouMatcher;
import io.hardmine.core.anchor.Matcher;
import io.hardmine.core.detection.PostProcessing;
import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.loss.BoxLoss;
import io.hardmine.core.loss.ClassLoss;
import io.hardmine.core.loss.DetectionLoss;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.DataException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All settings of a training run. Immutable. The settings file has the same groups and names.
 *
 * @param network the detector's size
 * @param input size of the pictures as the network sees them
 * @param anchors the anchors; null to fit them to the training boxes
 * @param matcher rule that assigns anchors to objects or background
 * @param loss to minimize
 * @param optimizer rule that updates the weights
 * @param schedule length of the training and its learning rates
 * @param augmentation random changes of the pictures
 * @param precision number format inside the convolutions; AUTO uses bf16 if the processor computes in it, else f32
 * @param backgroundShare largest share of background inputs in an epoch, in [0, 1)
 * @param validateEvery epochs between two validations, at least 1; the last epoch is always validated
 * @param loaderThreads threads that decode and augment, 1 to 64
 * @param cacheMegabytes bound on the decoded pictures that are kept, at most a quarter of the heap; 0 for none
 * @param seed of all random numbers
 */
public record TrainingSettings(
        Network network,
        Input input,
        @Setting(value = "shapes of the anchors: a group of base, ratios and scales", fromData = true)
                AnchorShapes anchors,
        MatcherSettings matcher,
        Loss loss,
        OptimizerSettings optimizer,
        ScheduleSettings schedule,
        Augmentation augmentation,
        @Setting("number format of the convolutions; auto takes bf16 if the processor has it")
                PrecisionChoice precision,
        @Setting(value = "largest share of an epoch's inputs that is background pictures", range = "[0, 1)")
                double backgroundShare,
        @Setting(value = "epochs between two validations; the last epoch is always validated", range = "[1, ∞)")
                int validateEvery,
        @Setting(value = "threads that decode and augment pictures", range = "[1, 64]") int loaderThreads,
        @Setting(
                        value = "megabytes of decoded pictures to keep, at most a quarter of the heap; 0 for none",
                        range = "[0, 1000000]")
                int cacheMegabytes,
        @Setting("seed of everything random") long seed) {

    /** Refuses values out of range, naming the field. */
    public TrainingSettings {
        SettingRange.check(
                TrainingSettings.class,
                "",
                network,
                input,
                anchors,
                matcher,
                loss,
                optimizer,
                schedule,
                augmentation,
                precision,
                backgroundShare,
                validateEvery,
                loaderThreads,
                cacheMegabytes,
                seed);
    }

    /**
     * Settings with the default in every field that does not follow from the data: anchors that are fitted to the
     * boxes, single precision, a background share of 0.2, a validation every 5 epochs, 1 loader thread, a cache of 512
     * MB and seed 1.
     */
    public static TrainingSettings of(Network network, Input input, ScheduleSettings schedule) {
        return new TrainingSettings(
                network,
                input,
                null,
                MatcherSettings.paper(),
                Loss.defaults(),
                OptimizerSettings.defaults(),
                schedule,
                Augmentation.defaults(),
                PrecisionChoice.F32,
                0.2,
                5,
                1,
                512,
                1);
    }

    /** The same with another detector. */
    public TrainingSettings with(Network network) {
        return changed(f -> f.network = network);
    }

    /** The same with another input size. */
    public TrainingSettings with(Input input) {
        return changed(f -> f.input = input);
    }

    /** The same with these anchors; null to fit them to the training boxes. */
    public TrainingSettings with(AnchorShapes anchors) {
        return changed(f -> f.anchors = anchors);
    }

    /** The same with another matcher. */
    public TrainingSettings with(MatcherSettings matcher) {
        return changed(f -> f.matcher = matcher);
    }

    /** The same with another loss. */
    public TrainingSettings with(Loss loss) {
        return changed(f -> f.loss = loss);
    }

    /** The same with another optimizer. */
    public TrainingSettings with(OptimizerSettings optimizer) {
        return changed(f -> f.optimizer = optimizer);
    }

    /** The same with another schedule. */
    public TrainingSettings with(ScheduleSettings schedule) {
        return changed(f -> f.schedule = schedule);
    }

    /** The same with another augmentation. */
    public TrainingSettings with(Augmentation augmentation) {
        return changed(f -> f.augmentation = augmentation);
    }

    /** The same with another number format. */
    public TrainingSettings with(PrecisionChoice precision) {
        return changed(f -> f.precision = precision);
    }

    /** The same with another background share, in [0, 1). */
    public TrainingSettings withBackgroundShare(double backgroundShare) {
        return changed(f -> f.backgroundShare = backgroundShare);
    }

    /** The same with another number of epochs between two validations. */
    public TrainingSettings withValidateEvery(int validateEvery) {
        return changed(f -> f.validateEvery = validateEvery);
    }

    /** The same with another number of loader threads, from 1 to 64. */
    public TrainingSettings withLoaderThreads(int loaderThreads) {
        return changed(f -> f.loaderThreads = loaderThreads);
    }

    /** The same with another bound on the decoded pictures that are kept, in megabytes; 0 for none. */
    public TrainingSettings withCacheMegabytes(int cacheMegabytes) {
        return changed(f -> f.cacheMegabytes = cacheMegabytes);
    }

    /** The same with another seed. */
    public TrainingSettings withSeed(long seed) {
        return changed(f -> f.seed = seed);
    }

    private TrainingSettings changed(Consumer<Fields> change) {
        Fields fields = new Fields(this);
        change.accept(fields);
        return fields.settings();
    }

    /** Mutable copy of the fields, so that only one place lists them in order. */
    private static final class Fields {
        private Network network;
        private Input input;
        private AnchorShapes anchors;
        private MatcherSettings matcher;
        private Loss loss;
        private OptimizerSettings optimizer;
        private ScheduleSettings schedule;
        private Augmentation augmentation;
        private PrecisionChoice precision;
        private double backgroundShare;
        private int validateEvery;
        private int loaderThreads;
        private int cacheMegabytes;
        private long seed;

        Fields(TrainingSettings from) {
            network = from.network;
            input = from.input;
            anchors = from.anchors;
            matcher = from.matcher;
            loss = from.loss;
            optimizer = from.optimizer;
            schedule = from.schedule;
            augmentation = from.augmentation;
            precision = from.precision;
            backgroundShare = from.backgroundShare;
            validateEvery = from.validateEvery;
            loaderThreads = from.loaderThreads;
            cacheMegabytes = from.cacheMegabytes;
            seed = from.seed;
        }

        TrainingSettings settings() {
            return new TrainingSettings(
                    network,
                    input,
                    anchors,
                    matcher,
                    loss,
                    optimizer,
                    schedule,
                    augmentation,
                    precision,
                    backgroundShare,
                    validateEvery,
                    loaderThreads,
                    cacheMegabytes,
                    seed);
        }
    }

    /** Number formats by name. */
    public enum PrecisionChoice {
        /** bf16 if the processor has it, else f32. */
        AUTO,
        /** Single precision. */
        F32,
        /** Brain floating point. The kernels refuse it if the processor would have to emulate it. */
        BF16;

        /** The format to use with kernels of this provider. */
        public Precision on(KernelProvider provider) {
            boolean half = this == BF16 || this == AUTO && provider.supports(Precision.BF16);
            return half ? Precision.BF16 : Precision.F32;
        }
    }

    /** Residual backbones by name. */
    public enum BackboneKind {
        /** One basic block per stage. */
        TINY,
        /** Two basic blocks per stage. */
        RESNET18,
        /** Stages of three, four, six and three basic blocks. */
        RESNET34,
        /** Stages of three, four, six and three bottleneck blocks. */
        RESNET50
    }

    /**
     * The detector's size.
     *
     * @param backbone kind of residual network
     * @param width channels of its stem; 64 in the paper
     * @param pyramidChannels channels of the pyramid and the subnets; 256 in the paper
     * @param headConvolutions convolutions in each subnet before its last; 4 in the paper
     * @param headNormalization whether these convolutions have a separate batch normalization for each pyramid level
     * @param prior score that every anchor starts with; 0.01 in the paper. Null to compute it from the data and the
     *     loss, as the score at which the gradients of objects and of background are in balance ({@link
     *     io.hardmine.core.loss.LossBalance#restingScore})
     */
    public record Network(
            @Setting("kind of residual network") BackboneKind backbone,
            @Setting(value = "channels of the backbone's stem; 64 in the paper", range = "[4, 512]") int width,
            @Setting(value = "channels of the pyramid and the subnets; 256 in the paper", range = "[4, 1024]")
                    int pyramidChannels,
            @Setting(value = "convolutions in each subnet before its last; 4 in the paper", range = "[0, 8]")
                    int headConvolutions,
            @Setting("normalize within the subnets, each level on its own; not in the paper") boolean headNormalization,
            @Setting(
                            value =
                                    "score that every anchor starts with; 0.01 in the paper; auto: where the loss balances objects and background",
                            range = "(0, 1)")
                    Double prior) {
        /** Refuses values out of range, naming the field. */
        public Network {
            SettingRange.check(
                    Network.class,
                    "network.",
                    backbone,
                    width,
                    pyramidChannels,
                    headConvolutions,
                    headNormalization,
                    prior);
        }

        /** The same with another backbone. */
        public Network withBackbone(BackboneKind backbone) {
            return new Network(backbone, width, pyramidChannels, headConvolutions, headNormalization, prior);
        }

        /** The same with another width of the stem, in channels. */
        public Network withWidth(int width) {
            return new Network(backbone, width, pyramidChannels, headConvolutions, headNormalization, prior);
        }

        /** The same with another number of channels in the pyramid. */
        public Network withPyramidChannels(int pyramidChannels) {
            return new Network(backbone, width, pyramidChannels, headConvolutions, headNormalization, prior);
        }

        /** The same with another number of convolutions in each subnet. */
        public Network withHeadConvolutions(int headConvolutions) {
            return new Network(backbone, width, pyramidChannels, headConvolutions, headNormalization, prior);
        }

        /** The same with or without normalization in the subnets. */
        public Network withHeadNormalization(boolean headNormalization) {
            return new Network(backbone, width, pyramidChannels, headConvolutions, headNormalization, prior);
        }

        /** The same with another initial score, between 0 and 1; null to compute it from the data and the loss. */
        public Network withPrior(Double prior) {
            return new Network(backbone, width, pyramidChannels, headConvolutions, headNormalization, prior);
        }

        /**
         * The architecture for a number of classes and of anchors in a cell.
         *
         * @throws NullPointerException if the prior is still to be computed
         * @throws DataException if such a network has 2^31 parameters or more
         */
        public Architecture architecture(int classes, int anchorsPerCell) {
            Objects.requireNonNull(prior, "network.prior is auto; the trainer computes it from the data");
            Architecture.BackboneShape shape =
                    switch (backbone) {
                        case TINY -> Architecture.BackboneShape.tiny(width);
                        case RESNET18 -> Architecture.BackboneShape.resnet18(width);
                        case RESNET34 -> Architecture.BackboneShape.resnet34(width);
                        case RESNET50 -> Architecture.BackboneShape.resnet50(width);
                    };
            Architecture architecture = new Architecture(
                    classes, anchorsPerCell, shape, pyramidChannels, headConvolutions, headNormalization, prior);
            try {
                RetinaNet.size(architecture);
            } catch (IllegalArgumentException e) {
                throw new DataException(
                        ("a %s of width %d with %d pyramid channels and %d classes has 2^31 parameters or more;"
                                        + " lower network.width or network.pyramid_channels")
                                .formatted(backbone.name().toLowerCase(Locale.ROOT), width, pyramidChannels, classes),
                        e);
            }
            return architecture;
        }
    }

    /**
     * Size of the pictures as the network sees them.
     *
     * @param shortSide pixels of the short side after resizing
     * @param longSide bound on the long side
     */
    public record Input(
            @Setting(
                            value = "short side of the pictures as the network sees them, in pixels",
                            range = "[32, 4096]",
                            fromData = true)
                    int shortSide,
            @Setting(
                            value = "bound on their long side, in pixels; at least input.short_side",
                            range = "[32, 8192]",
                            fromData = true)
                    int longSide) {
        /** Refuses values out of range, naming the field. */
        public Input {
            SettingRange.check(Input.class, "input.", shortSide, longSide);
            if (longSide < shortSide) {
                throw new IllegalArgumentException(
                        "input.long_side must lie between input.short_side (%d) and 8192, not %d"
                                .formatted(shortSide, longSide));
            }
        }
    }

    /** Rules that assign anchors to objects, by name. */
    public enum MatcherKind {
        /** By fixed IoU thresholds, as in the paper. */
        IOU,
        /** By an IoU threshold that is computed for each object, with one anchor in a cell (Zhang et al. 2020). */
        ATSS
    }

    /**
     * How anchors are assigned to objects.
     *
     * @param kind the rule
     * @param objectIou smallest IoU of an anchor that stands for an object; for {@link MatcherKind#IOU}
     * @param backgroundIou IoU under which an anchor is background; for {@link MatcherKind#IOU}
     * @param candidates number of nearest cells of each level that are candidates of an object; for {@link
     *     MatcherKind#ATSS}
     */
    public record MatcherSettings(
            @Setting("how anchors are assigned to objects: by fixed overlaps, as in the paper, or by ATSS")
                    MatcherKind kind,
            @Setting(
                            value = "iou: smallest IoU of an anchor that stands for an object; 0.5 in the paper",
                            range = "(0, 1]")
                    double objectIou,
            @Setting(
                            value =
                                    "iou: IoU under which an anchor is background; at most matcher.object_iou; 0.4 in the paper",
                            range = "[0, 1]")
                    double backgroundIou,
            @Setting(value = "atss: cells of each level that an object looks at; 9 in the paper", range = "[1, 100]")
                    int candidates) {
        /** Refuses values out of range, naming the field. */
        public MatcherSettings {
            SettingRange.check(MatcherSettings.class, "matcher.", kind, objectIou, backgroundIou, candidates);
            if (backgroundIou > objectIou) {
                throw new IllegalArgumentException(
                        "matcher.background_iou must be at most matcher.object_iou (%s), not %s"
                                .formatted(objectIou, backgroundIou));
            }
        }

        /** The paper's matcher, with IoU thresholds 0.5 and 0.4. */
        public static MatcherSettings paper() {
            return new MatcherSettings(MatcherKind.IOU, 0.5, 0.4, 9);
        }

        /** The same with another rule. */
        public MatcherSettings withKind(MatcherKind kind) {
            return new MatcherSettings(kind, objectIou, backgroundIou, candidates);
        }

        /** The matcher. */
        public Matcher create() {
            return switch (kind) {
                case IOU -> new IouMatcher(objectIou, backgroundIou);
                case ATSS -> new AtssMatcher(candidates);
            };
        }

        /** Post-processing for a network that was trained with this matcher. */
        public PostProcessing postProcessing() {
            return kind == MatcherKind.ATSS ? PostProcessing.atss() : PostProcessing.paper();
        }

        /** Whether anchors reach a box: with an IoU of at least 0.5, or, for ATSS, with a center in the box. */
        public Predicate<AnchorFitter.Sample> reach(AnchorShapes anchors) {
            return kind == MatcherKind.ATSS ? AnchorFitter::hasCenter : AnchorFitter.overlapOf(anchors);
        }

        /** Anchors that fit the samples: nine in a cell, or a single square one for ATSS. */
        public AnchorShapes fit(List<AnchorFitter.Sample> samples) {
            return kind == MatcherKind.ATSS ? AnchorShapes.one() : AnchorFitter.fit(samples);
        }
    }

    /** Classification losses by name. */
    public enum ClassLossKind {
        /** Sigmoid cross-entropy. */
        CROSS_ENTROPY,
        /** Cross-entropy weighted by α. */
        BALANCED,
        /** Focal loss. */
        FOCAL,
        /** Focal loss whose target is the IoU of the predicted box. */
        QUALITY_FOCAL,
        /** For objects cross-entropy with that IoU as target and weight, for background focal loss. */
        VARIFOCAL
    }

    /** Box losses by name. */
    public enum BoxLossKind {
        /** Huber's loss on the offsets. */
        SMOOTH_L1,
        /** 1 − GIoU. */
        GIOU
    }

    /**
     * The loss.
     *
     * @param kind classification loss
     * @param alpha weight of objects, for the balanced and the focal loss; the varifocal loss weights background by 1 −
     *     α
     * @param gamma focusing parameter, for the focal, the quality focal (its β) and the varifocal loss
     * @param classWeight weight of the classification loss; null to compute it, so that the gradient of objects is that
     *     of plain cross-entropy ({@link io.hardmine.core.loss.LossBalance#classWeight}). The bound on the gradient's
     *     norm is multiplied by the computed weight
     * @param guided whether the classification loss is scaled to the value of the box loss in each step
     * @param box box loss
     * @param beta error at which smooth L1 becomes linear
     * @param boxWeight weight of the box loss
     */
    public record Loss(
            @Setting("classification loss") ClassLossKind kind,
            @Setting(
                            value =
                                    "weight of objects, for the balanced and the focal loss; 1 − alpha is that of background, also for varifocal",
                            range = "(0, 1)")
                    double alpha,
            @Setting(
                            value = "focusing parameter of the focal losses; with 0 focal is the balanced loss",
                            range = "[0, 10]")
                    double gamma,
            @Setting(
                            value =
                                    "weight of the classification loss; auto: objects pull as hard as under cross-entropy, and clip_norm grows with it",
                            range = "(0, ∞)")
                    Double classWeight,
            @Setting("scale the classification loss to the value of the box loss in each step") boolean guided,
            @Setting("box loss") BoxLossKind box,
            @Setting(value = "error at which the smooth L1 loss becomes linear", range = "(0, ∞)") double beta,
            @Setting(value = "weight of the box loss", range = "[0, ∞)") double boxWeight) {
        /** Refuses values out of range, naming the field. */
        public Loss {
            SettingRange.check(Loss.class, "loss.", kind, alpha, gamma, classWeight, guided, box, beta, boxWeight);
        }

        /** The focal loss with α = 0.25 and γ = 2, and twice the GIoU loss; β is 0.1 if smooth L1 is chosen instead. */
        public static Loss defaults() {
            return new Loss(ClassLossKind.FOCAL, 0.25, 2, 1.0, false, BoxLossKind.GIOU, 0.1, 2);
        }

        /** The same with another classification loss. */
        public Loss withKind(ClassLossKind kind) {
            return new Loss(kind, alpha, gamma, classWeight, guided, box, beta, boxWeight);
        }

        /** The same with another weight of objects, between 0 and 1. */
        public Loss withAlpha(double alpha) {
            return new Loss(kind, alpha, gamma, classWeight, guided, box, beta, boxWeight);
        }

        /** The same with another focusing parameter, at least 0. */
        public Loss withGamma(double gamma) {
            return new Loss(kind, alpha, gamma, classWeight, guided, box, beta, boxWeight);
        }

        /** The same with another weight of the classification loss; null to compute it. */
        public Loss withClassWeight(Double classWeight) {
            return new Loss(kind, alpha, gamma, classWeight, guided, box, beta, boxWeight);
        }

        /** The same with the classification loss scaled to the box loss, or not. */
        public Loss withGuided(boolean guided) {
            return new Loss(kind, alpha, gamma, classWeight, guided, box, beta, boxWeight);
        }

        /** The same with another box loss. */
        public Loss withBox(BoxLossKind box) {
            return new Loss(kind, alpha, gamma, classWeight, guided, box, beta, boxWeight);
        }

        /** The same with another error at which smooth L1 becomes linear. */
        public Loss withBeta(double beta) {
            return new Loss(kind, alpha, gamma, classWeight, guided, box, beta, boxWeight);
        }

        /** The same with another weight of the box loss. */
        public Loss withBoxWeight(double boxWeight) {
            return new Loss(kind, alpha, gamma, classWeight, guided, box, beta, boxWeight);
        }

        /** The classification loss. */
        public ClassLoss classLoss() {
            return switch (kind) {
                case CROSS_ENTROPY -> new ClassLoss.CrossEntropy();
                case BALANCED -> new ClassLoss.BalancedCrossEntropy(alpha);
                case FOCAL -> new ClassLoss.FocalLoss(alpha, gamma);
                case QUALITY_FOCAL -> new ClassLoss.QualityFocalLoss(gamma);
                case VARIFOCAL -> new ClassLoss.VarifocalLoss(alpha, gamma);
            };
        }

        /**
         * The weighted sum of classification and box loss.
         *
         * @throws NullPointerException if the weight of the classification loss is still to be computed
         */
        public DetectionLoss create() {
            Objects.requireNonNull(classWeight, "loss.class_weight is auto; the trainer computes it");
            return new DetectionLoss(classLoss(), boxLoss(), new DetectionLoss.Weights(classWeight, boxWeight, guided));
        }

        /** The box loss. */
        public BoxLoss boxLoss() {
            return box == BoxLossKind.GIOU ? new BoxLoss.GeneralizedIou() : new BoxLoss.SmoothL1(beta);
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
     * @param learningRate highest rate of the schedule; null for the rule of the optimizer: 0.01 for SGD, and for AdamW
     *     {@code 0.04 / (4 + classes)}, rounded to six decimals. That is four times the rate of Ultralytics: with
     *     normalized subnets it gave higher scores
     * @param momentum of SGD; β₁ of AdamW
     * @param weightDecay on convolution weights only; null for the rule of the optimizer: 1e-4 for SGD, 0.05 for AdamW
     * @param clipNorm bound on the gradient's norm; 0 for none
     * @param averaging decay per step of the moving average of the weights, which is evaluated and becomes the model
     * @param averagingRamp share of all steps over which the decay rises. With τ steps for this share, at most 2000,
     *     the decay is {@code averaging · (1 − e^(−t/τ))} at step t, counted from 1. If it is 0, the decay is {@code t
     *     / (9 + t)}, up to {@code averaging}
     */
    public record OptimizerSettings(
            @Setting("which optimizer") OptimizerKind kind,
            @Setting(
                            value =
                                    "highest rate of the schedule; auto: 0.01 for sgd and nesterov, 0.04 / (4 + classes) for adamw",
                            range = "(0, 10]")
                    Double learningRate,
            @Setting(value = "momentum of sgd and nesterov; beta 1 of adamw", range = "[0, 1)") double momentum,
            @Setting(
                            value =
                                    "decay of the convolutions' weights; auto: 0.0001 for sgd and nesterov, 0.05 for adamw",
                            range = "[0, 1)")
                    Double weightDecay,
            @Setting(value = "bound on the gradient's norm; 0 for none", range = "[0, ∞)") double clipNorm,
            @Setting(
                            value = "decay per step of the moving average of the weights, which becomes the model",
                            range = "[0, 1)")
                    double averaging,
            @Setting(
                            value = "share of the steps over which that decay rises; 0: as (1 + step) / (10 + step)",
                            range = "[0, 1]")
                    double averagingRamp) {
        private static final double BETA2 = 0.999;
        private static final double LONGEST_RAMP = 2000;

        /** Refuses values out of range, naming the field. */
        public OptimizerSettings {
            SettingRange.check(
                    OptimizerSettings.class,
                    "optimizer.",
                    kind,
                    learningRate,
                    momentum,
                    weightDecay,
                    clipNorm,
                    averaging,
                    averagingRamp);
        }

        /**
         * SGD at a rate of 0.01 with momentum 0.9, decay 1e-4, gradients clipped at 10 and weights averaged by 0.998.
         */
        public static OptimizerSettings defaults() {
            return new OptimizerSettings(OptimizerKind.SGD, 0.01, 0.9, 1e-4, 10, 0.998, 0);
        }

        /** The same with another optimizer. */
        public OptimizerSettings withKind(OptimizerKind kind) {
            return new OptimizerSettings(kind, learningRate, momentum, weightDecay, clipNorm, averaging, averagingRamp);
        }

        /** The same with another highest rate; null for the rule of the optimizer. */
        public OptimizerSettings withLearningRate(Double learningRate) {
            return new OptimizerSettings(kind, learningRate, momentum, weightDecay, clipNorm, averaging, averagingRamp);
        }

        /** The same with another momentum, in [0, 1). */
        public OptimizerSettings withMomentum(double momentum) {
            return new OptimizerSettings(kind, learningRate, momentum, weightDecay, clipNorm, averaging, averagingRamp);
        }

        /** The same with another weight decay, in [0, 1); null for the rule of the optimizer. */
        public OptimizerSettings withWeightDecay(Double weightDecay) {
            return new OptimizerSettings(kind, learningRate, momentum, weightDecay, clipNorm, averaging, averagingRamp);
        }

        /** The same with another bound on the norm of the gradient; 0 for none. */
        public OptimizerSettings withClipNorm(double clipNorm) {
            return new OptimizerSettings(kind, learningRate, momentum, weightDecay, clipNorm, averaging, averagingRamp);
        }

        /** The same with another decay of the moving average, in [0, 1). */
        public OptimizerSettings withAveraging(double averaging) {
            return new OptimizerSettings(kind, learningRate, momentum, weightDecay, clipNorm, averaging, averagingRamp);
        }

        /** The same with another share of the steps over which the decay of the moving average rises, in [0, 1]. */
        public OptimizerSettings withAveragingRamp(double averagingRamp) {
            return new OptimizerSettings(kind, learningRate, momentum, weightDecay, clipNorm, averaging, averagingRamp);
        }

        /** The same with the numbers of the optimizer's rule for {@code classes} classes in place of null. */
        OptimizerSettings resolved(int classes) {
            boolean adamW = kind == OptimizerKind.ADAMW;
            double rate = adamW ? Math.round(1e6 * 0.04 / (4 + classes)) / 1e6 : 0.01;
            double decay = adamW ? 0.05 : 1e-4;
            return withLearningRate(learningRate == null ? Double.valueOf(rate) : learningRate)
                    .withWeightDecay(weightDecay == null ? Double.valueOf(decay) : weightDecay);
        }

        /** The optimizer for a training of {@code steps} steps. Learning rate and weight decay must not be null. */
        Optimizer create(Parameters parameters, long steps) {
            double ramp = Math.min(LONGEST_RAMP, averagingRamp * steps);
            return switch (kind) {
                case SGD, NESTEROV -> new Optimizer.Sgd(
                        parameters, momentum, kind == OptimizerKind.NESTEROV, weightDecay, clipNorm, averaging, ramp);
                case ADAMW -> new Optimizer.AdamW(parameters, momentum, BETA2, weightDecay, clipNorm, averaging, ramp);
            };
        }
    }

    /**
     * Length of the training and its learning rates.
     *
     * @param epochs passes over the training pictures
     * @param steps of the whole training, in place of {@code epochs}; 0 to train for {@code epochs}
     * @param batch pictures of a step
     * @param warmupSteps steps of rising rate; at most a tenth of all is used
     * @param decay shape of the fall of the rate
     * @param patience validations without a better AP after which the training ends; 0 to do all steps
     */
    public record ScheduleSettings(
            @Setting(value = "passes over the training pictures", range = "[1, 100000]", fromData = true) int epochs,
            @Setting(value = "steps of the whole training; 0 for as many as the epochs have", range = "[0, ∞)")
                    int steps,
            @Setting(value = "pictures in a step", range = "[1, 1024]") int batch,
            @Setting(value = "steps of rising rate; at most a tenth of all steps is used", range = "[0, ∞)")
                    int warmupSteps,
            @Setting("how the rate falls after the warm-up") Schedule.Decay decay,
            @Setting(
                            value = "validations without a better AP after which the training ends; 0 to do all steps",
                            range = "[0, ∞)")
                    int patience) {
        /** Refuses values out of range, naming the field. */
        public ScheduleSettings {
            SettingRange.check(ScheduleSettings.class, "schedule.", epochs, steps, batch, warmupSteps, decay, patience);
        }

        /** Batches of 4 pictures, a rate that rises for 300 steps and falls as a cosine, for this number of epochs. */
        public static ScheduleSettings of(int epochs) {
            return new ScheduleSettings(epochs, 0, 4, 300, Schedule.Decay.COSINE, 0);
        }

        /** The same with another number of epochs. */
        public ScheduleSettings withEpochs(int epochs) {
            return new ScheduleSettings(epochs, steps, batch, warmupSteps, decay, patience);
        }

        /** The same with another number of steps; 0 to train for {@code epochs}. */
        public ScheduleSettings withSteps(int steps) {
            return new ScheduleSettings(epochs, steps, batch, warmupSteps, decay, patience);
        }

        /** The same with another number of pictures in a step. */
        public ScheduleSettings withBatch(int batch) {
            return new ScheduleSettings(epochs, steps, batch, warmupSteps, decay, patience);
        }

        /** The same with another number of steps of rising rate. */
        public ScheduleSettings withWarmupSteps(int warmupSteps) {
            return new ScheduleSettings(epochs, steps, batch, warmupSteps, decay, patience);
        }

        /** The same with another shape of the fall of the rate. */
        public ScheduleSettings withDecay(Schedule.Decay decay) {
            return new ScheduleSettings(epochs, steps, batch, warmupSteps, decay, patience);
        }

        /** The same with another number of validations to wait for a better AP; 0 to do all steps. */
        public ScheduleSettings withPatience(int patience) {
            return new ScheduleSettings(epochs, steps, batch, warmupSteps, decay, patience);
        }

        /** Whether the training ends after this number of validations without a better AP. */
        boolean isExhausted(int validations) {
            return patience > 0 && validations >= patience;
        }

        /** Number of steps of the whole training, with {@code perEpoch} steps in an epoch. */
        long steps(int perEpoch) {
            return steps > 0 ? steps : (long) epochs * perEpoch;
        }

        Schedule create(double rate, long all) {
            return new Schedule(decay, rate, Math.min(warmupSteps, all / 10), all);
        }
    }
}
