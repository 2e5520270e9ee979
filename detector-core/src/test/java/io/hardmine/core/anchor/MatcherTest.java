package io.hardmine.core.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MatcherTest {
    private static final AnchorShapes SHAPES = new AnchorShapes(2, List.of(0.5, 1.0, 2.0), List.of(1.0, 1.4));
    private static final AnchorGrid GRID = new AnchorGrid(SHAPES, 96, 64);

    private static final double TIE = 1e-6;

    private static GroundTruth scene(Random random) {
        List<Annotation> annotations = new ArrayList<>();
        int count = random.nextInt(7);
        for (int i = 0; i < count; i++) {
            double w = 4 + 50 * random.nextDouble();
            double h = 4 + 50 * random.nextDouble();
            Box box = new Box(64 * random.nextDouble() - w / 4, 90 * random.nextDouble() - h / 4, w, h);
            Annotation object = Annotation.of(box.clip(64, 90), random.nextInt(3));
            int kind = random.nextInt(6);
            annotations.add(
                    kind == 0
                            ? object.asIgnored()
                            : kind == 1
                                    ? new Annotation(object.box(), object.category(), object.area(), true, false, false)
                                    : object);
        }
        return new GroundTruth(annotations, new Box(0, 0, 64, 90));
    }

    private static boolean centredIn(int n, Box area) {
        return GRID.boxes()[4 * n] < area.right() && GRID.boxes()[4 * n + 1] < area.bottom();
    }

    /** IoU of the object's best anchor, every anchor looked at. */
    private static double bestIou(GroundTruth scene, Annotation object) {
        return IntStream.range(0, GRID.size())
                .filter(n -> centredIn(n, scene.area()))
                .mapToDouble(n -> object.box().iou(GRID.box(n)))
                .max()
                .orElseThrow();
    }

    /** Whether an object keeps this anchor as its best; of several equally good ones it keeps any. */
    private static boolean mayBeKept(GroundTruth scene, int n) {
        return scene.annotations().stream().filter(Annotation::isObject).anyMatch(o -> {
            double iou = o.box().iou(GRID.box(n));
            return iou > 0 && iou > bestIou(scene, o) - TIE;
        });
    }

    /** The label that the thresholds give, every box looked at. */
    private static int byThreshold(GroundTruth scene, int n) {
        if (!centredIn(n, scene.area())) {
            return Targets.IGNORED;
        }
        double best = 0;
        int label = Targets.BACKGROUND;
        boolean ignored = false;
        for (Annotation a : scene.annotations()) {
            double iou = a.box().iou(GRID.box(n));
            if (!a.isObject()) {
                double seen = GRID.box(n).intersectionArea(scene.area());
                ignored |= GRID.box(n).intersectionArea(a.box()) >= 0.5 * seen || iou >= 0.4;
            } else if (iou > best + TIE) {
                best = iou;
                label = a.category();
            }
        }
        if (best >= 0.5) {
            return label;
        }
        return best < 0.4 && !ignored ? Targets.BACKGROUND : Targets.IGNORED;
    }

    @Property(tries = 60)
    void agreesWithEveryAnchorAgainstEveryBox(@ForAll long seed) {
        Random random = new Random(seed);
        List<GroundTruth> groundTruths = List.of(scene(random), scene(random));
        Targets targets = IouMatcher.paper().match(GRID, groundTruths);
        int positives = 0;
        for (int b = 0; b < 2; b++) {
            for (int n = 0; n < GRID.size(); n++) {
                int label = targets.labels()[b * GRID.size() + n];
                positives += label >= 0 ? 1 : 0;
                boolean right =
                        label == byThreshold(groundTruths.get(b), n) || label >= 0 && mayBeKept(groundTruths.get(b), n);
                assertTrue(right, "anchor " + n + " has label " + label);
                assertEquals(label >= 0, targets.objects()[b * GRID.size() + n] >= 0);
            }
        }
        assertEquals(positives, targets.positives());
    }

    @Property(tries = 60)
    void everyObjectKeepsAnAnchorUnlessABetterFittingOneTookIt(@ForAll long seed) {
        GroundTruth scene = scene(new Random(seed));
        Targets targets = IouMatcher.paper().match(GRID, List.of(scene));
        boolean any = false;
        for (int o = 0; o < scene.annotations().size(); o++) {
            int object = o;
            Annotation annotation = scene.annotations().get(o);
            boolean has = Arrays.stream(targets.objects()).anyMatch(owner -> owner == object);
            boolean reached = annotation.isObject() && bestIou(scene, annotation) > TIE;
            any |= reached;
            if (reached) {
                assertTrue(has || lostItsBestAnchor(scene, targets, annotation), "object " + o + " has no anchor");
            } else {
                assertFalse(has, "annotation " + o + " has an anchor");
            }
        }
        assertEquals(any, targets.positives() > 0);
    }

    /** Whether another object, which fits its own best anchor at least as well, has this one's best anchor. */
    private static boolean lostItsBestAnchor(GroundTruth scene, Targets targets, Annotation object) {
        double best = bestIou(scene, object);
        return IntStream.range(0, GRID.size())
                .filter(n -> centredIn(n, scene.area()) && object.box().iou(GRID.box(n)) > best - TIE)
                .filter(n -> targets.objects()[n] >= 0)
                .anyMatch(n -> {
                    Annotation owner = scene.annotations().get(targets.objects()[n]);
                    double fit = owner.box().iou(GRID.box(n));
                    return owner != object && fit > best - TIE && fit > bestIou(scene, owner) - TIE;
                });
    }

    /** Two objects around one anchor: the one that fits it worse goes without, although it came first. */
    @Test
    void theBetterFittingOfTwoObjectsTakesTheAnchorThatBothFitBest() {
        AnchorGrid grid = new AnchorGrid(new AnchorShapes(4, List.of(1.0), List.of(1.0)), 64, 64);
        int anchor = 3 * 8 + 3; // of P3: from 12 to 44 in both directions
        Annotation worse = Annotation.of(new Box(18, 18, 20, 20), 0); // IoU 400 / 1024
        Annotation better = Annotation.of(new Box(12, 12, 32, 31), 1); // IoU 31 / 32
        GroundTruth scene = new GroundTruth(List.of(worse, better), new Box(0, 0, 64, 64));
        Targets targets = IouMatcher.paper().match(grid, List.of(scene));
        assertEquals(1, targets.objects()[anchor]);
        assertEquals(1, targets.labels()[anchor]);
        assertTrue(Arrays.stream(targets.objects()).noneMatch(owner -> owner == 0));
        Targets alone = IouMatcher.paper().match(grid, List.of(new GroundTruth(List.of(worse), scene.area())));
        assertEquals(0, alone.objects()[anchor]);
        assertEquals(1, alone.positives());
    }

    @Property(tries = 60)
    void offsetsDecodeToTheObjectsBox(@ForAll long seed) {
        GroundTruth scene = scene(new Random(seed));
        Targets targets = IouMatcher.paper().match(GRID, List.of(scene));
        double[] corners = new double[4];
        for (int n = 0; n < GRID.size(); n++) {
            int owner = targets.objects()[n];
            if (owner >= 0) {
                BoxCoder.decode(GRID.boxes(), n, targets.offsets(), 4 * n, corners);
                Box box = scene.annotations().get(owner).box();
                assertEquals(scene.annotations().get(owner).category(), targets.labels()[n]);
                assertEquals(box.x(), corners[0], 1e-3);
                assertEquals(box.y(), corners[1], 1e-3);
                assertEquals(box.right(), corners[2], 1e-3);
                assertEquals(box.bottom(), corners[3], 1e-3);
            }
        }
    }

    @Test
    void anchorsInThePaddingTakeNoPart() {
        Targets targets = IouMatcher.paper().match(GRID, List.of(new GroundTruth(List.of(), new Box(0, 0, 40, 50))));
        for (int n = 0; n < GRID.size(); n++) {
            boolean inside = GRID.boxes()[4 * n] < 40 && GRID.boxes()[4 * n + 1] < 50;
            assertEquals(inside ? Targets.BACKGROUND : Targets.IGNORED, targets.labels()[n]);
        }
    }

    @Test
    void thresholdsMustBeInOrder() {
        assertThrows(IllegalArgumentException.class, () -> new IouMatcher(0.4, 0.5));
    }

    @Test
    void whereASceneSaysSoBackgroundCountsOnlyInItsRegionsAndNearObjects() {
        Box object = new Box(8, 8, 14, 14);
        Box region = new Box(30, 40, 30, 40);
        Box area = new Box(0, 0, 64, 90);
        List<Annotation> annotations = List.of(Annotation.of(object, 0));
        Targets everywhere = IouMatcher.paper().match(GRID, List.of(new GroundTruth(annotations, area)));
        Targets chosen = IouMatcher.paper().match(GRID, List.of(new GroundTruth(annotations, area, List.of(region))));
        assertEquals(everywhere.positives(), chosen.positives());
        int counted = 0;
        for (int a = 0; a < GRID.size(); a++) {
            Box anchor = GRID.box(a);
            boolean near = anchor.iou(object) > 0.1
                    || Math.abs(anchor.centerX() - object.centerX()) <= object.width()
                            && Math.abs(anchor.centerY() - object.centerY()) <= object.height();
            boolean counts = near || region.contains(anchor);
            boolean background = everywhere.labels()[a] == Targets.BACKGROUND;
            assertEquals(background && !counts ? Targets.IGNORED : everywhere.labels()[a], chosen.labels()[a]);
            counted += background && counts ? 1 : 0;
        }
        assertTrue(counted > 0 && counted < GRID.size() / 2, counted + " of " + GRID.size());
    }
}
