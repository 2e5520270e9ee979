package io.hardmine.mining.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Plans for frequent questions. */
public enum BuiltInPlan {
    /**
     * Which remedy for the many easy negatives works best: losses, selection of examples, bootstrapping. Every arm has
     * the class weight and the initial score that are derived from its loss, so that the arms differ in the loss and
     * not in the effective learning rate.
     */
    LOSSES {
        @Override
        public List<Arm> arms() {
            String crossEntropy = "loss.kind=cross_entropy";
            String focal = "loss.kind=focal";
            String mined = "bootstrap.source=mined";
            return List.of(
                    new Arm("cross-entropy", onEqualTerms(crossEntropy), false),
                    new Arm("cross-entropy-guided", onEqualTerms(crossEntropy, "loss.guided=true"), false),
                    new Arm("balanced", onEqualTerms("loss.kind=balanced", "loss.alpha=0.75"), false),
                    new Arm("focal", onEqualTerms(focal), false),
                    new Arm("quality-focal", onEqualTerms("loss.kind=quality_focal"), false),
                    new Arm("ohem", onEqualTerms(crossEntropy, "selection.kind=ohem"), false),
                    new Arm("ohem-published", onEqualTerms(crossEntropy, "selection.kind=ohem_published"), false),
                    new Arm("mined", onEqualTerms(crossEntropy, mined), true),
                    new Arm("random", onEqualTerms(crossEntropy, "bootstrap.source=random"), true),
                    new Arm("focal-mined", onEqualTerms(focal, mined), true));
        }

        private List<String> onEqualTerms(String... settings) {
            return Stream.concat(Stream.of("network.prior=auto", "loss.class_weight=auto"), Stream.of(settings))
                    .toList();
        }
    },

    /** Whether background pictures help, how many, and whether it matters which. */
    BACKGROUND {
        @Override
        public List<Arm> arms() {
            List<Arm> arms = new ArrayList<>();
            arms.add(new Arm("none", List.of("background_share=0"), false));
            for (int percent : new int[] {5, 10, 25, 50}) {
                for (String source : List.of("random", "mined")) {
                    arms.add(new Arm(
                            "%s-%d".formatted(source, percent),
                            List.of("background_share=" + percent / 100.0, "bootstrap.source=" + source),
                            true));
                }
            }
            return List.copyOf(arms);
        }
    },

    /**
     * What each part of the default recipe adds: the recipe, and one arm for each part, without it or with the paper's
     * part in its place.
     */
    RECIPE {
        @Override
        public List<Arm> arms() {
            return List.of(
                    new Arm("default", List.of(), false),
                    new Arm("nine-anchors-by-iou", List.of("matcher.kind=iou"), false),
                    new Arm("cross-entropy", List.of("loss.kind=cross_entropy"), false),
                    new Arm("focal", List.of("loss.kind=focal"), false),
                    new Arm("class-weight-1", List.of("loss.class_weight=1"), false),
                    new Arm("prior-0.01", List.of("network.prior=0.01"), false),
                    new Arm("smooth-l1", List.of("loss.box=smooth_l1"), false),
                    new Arm("plain-subnets", List.of("network.head_normalization=false"), false),
                    new Arm("sgd", List.of("optimizer.kind=sgd"), false),
                    new Arm("last-weights", List.of("optimizer.averaging=0"), false),
                    new Arm(
                            "no-random-changes",
                            List.of("augmentation.mirror=false", "augmentation.scale=0", "augmentation.translation=0"),
                            false));
        }
    };

    /** The arms of the plan; the others are compared with the first. */
    public abstract List<Arm> arms();
}
