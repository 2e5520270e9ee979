package io.hardmine.core.anchor;

import io.hardmine.core.kernel.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/** Cache of the anchor grids of a detector by input size; holds the eight grids used last. For one thread. */
public final class AnchorGrids {
    private static final int KEPT = 8;

    private final AnchorShapes shapes;
    private final Map<Shape, AnchorGrid> grids = new LinkedHashMap<>(16, 0.75f, true);

    /** An empty cache. */
    public AnchorGrids(AnchorShapes shapes) {
        this.shapes = shapes;
    }

    /** The grid for inputs of the shape's height and width. */
    public AnchorGrid of(Shape shape) {
        AnchorGrid known = grids.get(shape);
        if (known == null) {
            if (grids.size() >= KEPT) {
                grids.remove(grids.keySet().iterator().next());
            }
            known = new AnchorGrid(shapes, shape.height(), shape.width());
            grids.put(shape, known);
        }
        return known;
    }
}
