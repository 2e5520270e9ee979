package io.hardmine.core.anchor;

import io.hardmine.core.network.Bounds;
import java.util.List;

/**
 * The anchors of a cell (Lin et al. 2017, section 4). At a level of stride s their areas are {@code (base · s ·
 * scale)²} and their height is {@code ratio} times their width.
 *
 * @param base side of the scale-1 square anchor in strides of its level; 4 in the paper (32 pixels on P3)
 * @param ratios height divided by width, 1 to 16 ratios
 * @param scales multiples of the base side, 1 to 16 scales
 */
public record AnchorShapes(double base, List<Double> ratios, List<Double> scales) {
    private static final double SMALLEST = 1e-3;
    private static final double LARGEST = 1e3;
    private static final int MOST = 16;

    /** Copies the lists; refuses lists that are empty or longer than 16 and numbers outside of [0.001, 1000]. */
    public AnchorShapes {
        ratios = Bounds.list("ratios", ratios, MOST);
        scales = Bounds.list("scales", scales, MOST);
        if (ratios.isEmpty() || scales.isEmpty()) {
            throw new IllegalArgumentException("anchors need ratios and scales, at least one of each");
        }
        Bounds.require("base", base, SMALLEST, LARGEST);
        ratios.forEach(ratio -> Bounds.require("each of the ratios", ratio, SMALLEST, LARGEST));
        scales.forEach(scale -> Bounds.require("each of the scales", scale, SMALLEST, LARGEST));
    }

    /** The paper's nine anchors: areas of 32² on P3 to 512² on P7 at scale 1, three ratios, three scales. */
    public static AnchorShapes paper() {
        return new AnchorShapes(4, List.of(0.5, 1.0, 2.0), List.of(1.0, Math.cbrt(2), Math.cbrt(4)));
    }

    /** One square anchor in a cell, for {@link AtssMatcher}; its side is four strides of its level. */
    public static AnchorShapes one() {
        return new AnchorShapes(4, List.of(1.0), List.of(1.0));
    }

    /** A: anchors of a cell. */
    public int perCell() {
        return ratios.size() * scales.size();
    }

    /** Width in pixels of anchor {@code a}, counted by ratio, then scale. */
    double width(int a, int stride) {
        return side(a, stride) / Math.sqrt(ratios.get(a / scales.size()));
    }

    /** Height in pixels of anchor {@code a}. */
    double height(int a, int stride) {
        return side(a, stride) * Math.sqrt(ratios.get(a / scales.size()));
    }

    private double side(int a, int stride) {
        return base * stride * scales.get(a % scales.size());
    }
}
