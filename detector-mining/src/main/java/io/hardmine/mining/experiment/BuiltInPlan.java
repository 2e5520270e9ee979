package io.hardmine.mining.experiment;

import java.util.ArrayList;
import java.util.List;

/** Frequent questions, as arms. */
public enum BuiltInPlan {
    /** Which remedy for the many easy negatives works best: losses, selection of examples, bootstrapping. */
    LOSSES {
        @Override
        public List<Arm> arms() {
            String crossEntropy = "loss.kind=cross_entropy";
            String mined = "bootstrap.source=mined";
            return List.of(
                    new Arm("cross-entropy", List.of(crossEntropy), false),
                    new Arm("balanced", List.of("loss.kind=balanced", "loss.alpha=0.75"), false),
                    new Arm("focal", List.of("loss.kind=focal"), false),
                    new Arm("ohem", List.of(crossEntropy, "selection.kind=ohem"), false),
                    new Arm("ohem-1-3", List.of(crossEntropy, "selection.kind=ohem_1_3"), false),
                    new Arm("mined-crops", List.of(crossEntropy, mined), true),
                    new Arm("random-crops", List.of(crossEntropy, "bootstrap.source=random"), true),
                    new Arm("focal-mined-crops", List.of("loss.kind=focal", mined), true));
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
    };

    /** Its arms; the others are compared with the first. */
    public abstract List<Arm> arms();
}
