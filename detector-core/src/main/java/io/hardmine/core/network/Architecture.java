package io.hardmine.core.network;

import java.util.List;

/**
 * The numbers that determine the shapes and the initial scores of a RetinaNet (Lin et al. 2017, section 4).
 *
 * @param classes K, categories
 * @param anchors A, anchors per cell of a level
 * @param backbone residual network
 * @param pyramidChannels channels of every pyramid level and of the subnets
 * @param headConvolutions 3 × 3 convolutions in each subnet before its last one
 * @param headNormalization whether these have a separate batch normalization for each level; the paper has none
 * @param prior π: the score that every anchor starts with (section 3.3)
 */
public record Architecture(
        int classes,
        int anchors,
        BackboneShape backbone,
        int pyramidChannels,
        int headConvolutions,
        boolean headNormalization,
        double prior) {
    /** Input sides are padded to a multiple of this number of pixels, the stride of C5. */
    public static final int PADDING = 32;

    /** Number of the first pyramid level. The stride of level l is 2 to the power of l. */
    public static final int FIRST_LEVEL = 3;

    /** Number of pyramid levels, P3 to P7. */
    public static final int LEVELS = 5;

    /** Largest number of categories of a network. */
    public static final int MOST_CLASSES = 100_000;

    /** Refuses sizes out of range. The bounds are far beyond any network in use. */
    public Architecture {
        Bounds.present("backbone", backbone);
        Bounds.require("classes", classes, 1, MOST_CLASSES);
        Bounds.require("anchors", anchors, 1, 256);
        Bounds.require("pyramid channels", pyramidChannels, 1, 1024);
        Bounds.require("head convolutions", headConvolutions, 0, 16);
        if (!(prior > 0 && prior < 1)) {
            throw new IllegalArgumentException("prior must lie between 0 and 1, not " + prior);
        }
    }

    /** A network with subnets without normalization, as in the paper. */
    public Architecture(
            int classes, int anchors, BackboneShape backbone, int pyramidChannels, int headConvolutions, double prior) {
        this(classes, anchors, backbone, pyramidChannels, headConvolutions, false, prior);
    }

    /** Kind of residual block. */
    public enum Block {
        /** Two 3 × 3 convolutions (ResNet-18, -34). */
        BASIC,
        /** 1 × 1, 3 × 3, 1 × 1 convolutions, the last to four times the width (ResNet-50). */
        BOTTLENECK;

        /** Output channels of a block, as a multiple of its width. */
        int expansion() {
            return this == BASIC ? 1 : 4;
        }
    }

    /**
     * A residual network (He et al. 2016, table 1).
     *
     * @param block kind of block
     * @param width channels of the stem, 1 to 512. The four stages have a width of 1, 2, 4 and 8 times this number
     * @param blocks number of blocks in each of the four stages, 1 to 100
     * @param stemKernel side of the stem's convolution, odd, 1 to 15: 7 in the paper, 3 is faster
     */
    public record BackboneShape(Block block, int width, List<Integer> blocks, int stemKernel) {
        /** Copies the list; refuses numbers out of range. */
        public BackboneShape {
            Bounds.present("block", block);
            Bounds.require("width", width, 1, 512);
            Bounds.require("stem kernel", stemKernel, 1, 15);
            blocks = Bounds.list("blocks", blocks, 4);
            if (blocks.size() != 4) {
                throw new IllegalArgumentException("a backbone has four stages, but blocks are " + blocks);
            }
            blocks.forEach(count -> Bounds.require("the blocks of a stage", count, 1, 100));
            if (stemKernel % 2 == 0) {
                throw new IllegalArgumentException("the stem's kernel must be odd, not " + stemKernel);
            }
        }

        /** One block in each stage, for small pictures and for fast training. */
        public static BackboneShape tiny(int width) {
            return new BackboneShape(Block.BASIC, width, List.of(1, 1, 1, 1), 3);
        }

        /** The shape of ResNet-18 at any width; 64 is the paper's. */
        public static BackboneShape resnet18(int width) {
            return new BackboneShape(Block.BASIC, width, List.of(2, 2, 2, 2), 3);
        }

        /** The shape of ResNet-34. */
        public static BackboneShape resnet34(int width) {
            return new BackboneShape(Block.BASIC, width, List.of(3, 4, 6, 3), 3);
        }

        /** The shape of ResNet-50. */
        public static BackboneShape resnet50(int width) {
            return new BackboneShape(Block.BOTTLENECK, width, List.of(3, 4, 6, 3), 7);
        }
    }
}
