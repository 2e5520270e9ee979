package io.hardmine.core.network;

import io.hardmine.core.kernel.Fusion;
import io.hardmine.core.kernel.Planner;
import io.hardmine.core.kernel.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Stem and four stages. The last three stages give C3, C4 and C5, with strides 8, 16 and 32. */
final class ResidualBackbone implements Backbone {
    private final NormalizedConvolution stem;
    private final List<List<ResidualBlock>> stages = new ArrayList<>();
    private final int[] channels = new int[4];

    ResidualBackbone(Registry registry, Architecture.BackboneShape shape) {
        stem = NormalizedConvolution.of(
                registry, "backbone.stem", 3, shape.width(), shape.stemKernel(), 2, Fusion.RELU);
        int in = shape.width();
        for (int s = 0; s < 4; s++) {
            int width = shape.width() << s;
            List<ResidualBlock> stage = new ArrayList<>();
            for (int b = 0; b < shape.blocks().get(s); b++) {
                String name = "backbone.stage%d.block%d".formatted(s + 1, b);
                stage.add(new ResidualBlock(registry, name, shape.block(), in, width, s > 0 && b == 0 ? 2 : 1));
                in = width * shape.block().expansion();
            }
            stages.add(stage);
            channels[s] = in;
        }
    }

    @Override
    public int channels(int level) {
        return channels[level - 2];
    }

    @Override
    public List<Tensor> plan(Planner planner, Tensor image) {
        Tensor x = planner.maxPool(stem.plan(planner, image));
        List<Tensor> outputs = new ArrayList<>();
        for (List<ResidualBlock> stage : stages) {
            for (ResidualBlock block : stage) {
                x = block.plan(planner, x);
            }
            outputs.add(x);
        }
        return outputs.subList(1, 4);
    }
}
