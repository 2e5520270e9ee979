package io.hardmine.datasets.sample;

import io.hardmine.datasets.Box;
import io.hardmine.datasets.sample.Difficulty.LookAlikes;
import io.hardmine.datasets.sample.Kind.Part;
import io.hardmine.datasets.sample.Kind.Role;
import io.hardmine.datasets.sample.Raster.Color;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws one picture: a textured ground, clutter on it, then things that do not cover each other, then light and noise.
 */
final class SceneRenderer {
    private static final Color[] GROUNDS = {
        new Color(150, 112, 74),
        new Color(112, 116, 112),
        new Color(70, 96, 78),
        new Color(164, 152, 132),
        new Color(72, 72, 88),
        new Color(128, 90, 86),
    };
    private static final int SAMPLES = 4;
    private static final int ATTEMPTS = 40;

    private final Raster raster;
    private final Rng dice;
    private final Difficulty difficulty;
    private final List<Thing> things = new ArrayList<>();

    SceneRenderer(int width, int height, Rng dice, Difficulty difficulty) {
        this.raster = new Raster(width, height);
        this.dice = dice;
        this.difficulty = difficulty;
    }

    /** A thing drawn, and the smallest whole-pixel box around the pixels it covers by half or more. */
    record Thing(Kind kind, Box box) {}

    /** What was drawn, in the order of drawing. */
    List<Thing> things() {
        return List.copyOf(things);
    }

    /**
     * Draws the whole picture. A thing that finds no free place after 40 attempts is left out.
     *
     * @param objects number of targets
     */
    Raster draw(int objects, LookAlikes lookAlikes) {
        ground();
        int strokes = dice.in(difficulty.clutter());
        for (int i = 0; i < strokes; i++) {
            clutter();
        }
        List<Spot> taken = new ArrayList<>();
        for (int i = 0; i < objects; i++) {
            place(dice.pick(Kind.of(Role.TARGET)), taken);
        }
        int others = dice.in(lookAlikes.count());
        for (int i = 0; i < others; i++) {
            place(dice.pick(Kind.of(dice.chance(lookAlikes.rareShare()) ? Role.RARE : Role.COMMON)), taken);
        }
        light();
        return raster;
    }

    private void ground() {
        Color one = dice.around(dice.pick(GROUNDS), 18);
        Color two = dice.around(dice.pick(GROUNDS), 18).mix(one, dice.between(0.2, 0.7));
        Noise coarse = new Noise(dice, dice.between(24, 60), dice.between(24, 60));
        Noise grain = new Noise(dice, dice.between(3, 14), dice.between(3, 14));
        double strength = dice.between(0.08, 0.24);
        double[] shares = new double[raster.width];
        double[] shades = new double[raster.width];
        for (int y = 0; y < raster.height; y++) {
            coarse.row(y, shares);
            grain.row(y, shades);
            for (int x = 0; x < raster.width; x++) {
                Color color = one.mix(two, shares[x]);
                raster.set(x, y, color.shade(1 + strength * (2 * shades[x] - 1)));
            }
        }
    }

    /** A bar or a speck in any color, including those of the things. */
    private void clutter() {
        Color base = dice.chance(0.5) ? dice.pick(Kind.Metal.values()).color : dice.pick(GROUNDS);
        Color color = dice.around(base.shade(dice.between(0.5, 1.25)), 25);
        double angle = dice.between(0, Math.PI);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double halfLength = dice.between(3, dice.chance(0.25) ? 40 : 14);
        double halfWidth = dice.between(0.7, Math.min(halfLength, 5));
        double opacity = dice.between(0.35, 1);
        double centerX = dice.between(0, raster.width);
        double centerY = dice.between(0, raster.height);
        boolean rounded = dice.chance(0.4);
        int reach = (int) Math.ceil(halfLength + halfWidth) + 1;
        for (int y = (int) centerY - reach; y <= centerY + reach; y++) {
            for (int x = (int) centerX - reach; x <= centerX + reach; x++) {
                double along = ((x + 0.5 - centerX) * cos + (y + 0.5 - centerY) * sin) / halfLength;
                double across = ((y + 0.5 - centerY) * cos - (x + 0.5 - centerX) * sin) / halfWidth;
                double distance = rounded
                        ? Math.sqrt(along * along + across * across)
                        : Math.max(Math.abs(along), Math.abs(across));
                double coverage = Math.max(0, Math.min(1, (1 - distance) * halfWidth + 0.5));
                raster.blend(x, y, color, coverage * opacity);
            }
        }
    }

    private void place(Kind kind, List<Spot> taken) {
        double radius = dice.in(difficulty.side()) / 2.0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Spot spot = new Spot(
                    dice.between(radius + 1, raster.width - radius - 1),
                    dice.between(radius + 1, raster.height - radius - 1),
                    radius);
            if (taken.stream().noneMatch(spot::touches)) {
                taken.add(spot);
                things.add(new Thing(kind, paint(kind, spot)));
                return;
            }
        }
    }

    private Box paint(Kind kind, Spot spot) {
        Color ground = dice.pick(GROUNDS);
        Color body = ground.mix(dice.around(kind.metal.color, 20), difficulty.contrast())
                .shade(dice.between(0.8, 1.12));
        Color dark = body.shade(dice.between(0.22, 0.4));
        double angle = dice.between(0, 2 * Math.PI);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double squash = dice.between(0.82, 1);
        double tilt = dice.between(0, Math.PI);
        double tiltCos = StrictMath.cos(tilt);
        double tiltSin = StrictMath.sin(tilt);
        double shine = dice.between(0, 0.3);
        Extent extent = new Extent();
        for (int y = (int) (spot.y() - spot.radius()) - 1; y <= spot.y() + spot.radius() + 1; y++) {
            for (int x = (int) (spot.x() - spot.radius()) - 1; x <= spot.x() + spot.radius() + 1; x++) {
                int bodies = 0;
                int darks = 0;
                for (int s = 0; s < SAMPLES * SAMPLES; s++) {
                    double dx = (x + (s % SAMPLES + 0.5) / SAMPLES - spot.x()) / spot.radius();
                    double dy = (y + (s / SAMPLES + 0.5) / SAMPLES - spot.y()) / spot.radius();
                    // seen at a slant: shortened along one direction, then turned
                    double a = dx * tiltCos + dy * tiltSin;
                    double b = (dy * tiltCos - dx * tiltSin) / squash;
                    Part part = kind.at(a * cos + b * sin, b * cos - a * sin);
                    bodies += part == Part.BODY ? 1 : 0;
                    darks += part == Part.DARK ? 1 : 0;
                }
                int covered = bodies + darks;
                if (covered > 0) {
                    double up = (spot.y() - y - 0.5) / spot.radius();
                    Color color = body.mix(dark, darks / (double) covered).shade(1 + shine * up);
                    raster.blend(x, y, color, covered / (double) (SAMPLES * SAMPLES));
                    if (2 * covered >= SAMPLES * SAMPLES) {
                        extent.add(x, y);
                    }
                }
            }
        }
        return extent.box();
    }

    private void light() {
        double factor = dice.between(0.75, 1.15);
        double slopeX = dice.between(-0.25, 0.25) / raster.width;
        double slopeY = dice.between(-0.25, 0.25) / raster.height;
        for (int y = 0; y < raster.height; y++) {
            for (int x = 0; x < raster.width; x++) {
                double local = factor + slopeX * (x - raster.width / 2.0) + slopeY * (y - raster.height / 2.0);
                raster.expose(x, y, local, difficulty.noise() * dice.gaussian());
            }
        }
    }

    private record Spot(double x, double y, double radius) {
        boolean touches(Spot other) {
            double dx = x - other.x;
            double dy = y - other.y;
            double apart = radius + other.radius + 1;
            return dx * dx + dy * dy < apart * apart;
        }
    }

    private static final class Extent {
        private int left = Integer.MAX_VALUE;
        private int top = Integer.MAX_VALUE;
        private int right;
        private int bottom;

        void add(int x, int y) {
            left = Math.min(left, x);
            top = Math.min(top, y);
            right = Math.max(right, x + 1);
            bottom = Math.max(bottom, y + 1);
        }

        Box box() {
            return Box.ofCorners(left, top, right, bottom);
        }
    }
}
