package io.hardmine.core.anchor;

import java.util.List;

/**
 * The anchors of a cell (Lin et al. 2017, section 4). At a level of stride s their areas are {@code (base · s · scale)²}
 * and their height is {@code ratio} times their width.
 *
 * @param base side of the scale-1 square anchor in strides of its level; 4 in the paper (32 pixels on P3)
 * @param ratios height by width
 * @param scales multiples of the base side
 */
public record AnchorShapes(double base, List<Double> ratios, List<Double> scales) {
    /** Copies the lists and refuses what makes no anchor. */
    public AnchorShapes {
        ratios = List.copyOf(ratios);
        scales = List.copyOf(scales);
        if (!(base > 0) || ratios.isEmpty() || scales.isEmpty()) {
            throw new IllegalArgumentException("anchors need a positive base, a ratio and a scale");
        }
        if (ratios.stream().anyMatch(r -> !(r > 0)) || scales.stream().anyMatch(s -> !(s > 0))) {
            throw new IllegalArgumentException("ratios and scales must be positive: %s, %s".formatted(ratios, scales));
        }
    }

    /** The paper's: 32² to 512², three ratios, three scales. */
    public static AnchorShapes paper() {
        return new AnchorShapes(4, List.of(0.5, 1.0, 2.0), List.of(1.0, Math.cbrt(2), Math.cbrt(4)));
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
