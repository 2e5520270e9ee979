package io.hardmine.datasets.sample;

import io.hardmine.datasets.sample.Raster.Color;
import java.util.Arrays;

/**
 * The things that lie on a workbench: three targets, and look-alikes that share color, outline or size with one and
 * differ in one detail. Rare look-alikes hardly occur in training pictures. The targets come first: their ordinal is
 * their class index.
 */
enum Kind {
    WASHER(Role.TARGET, Metal.BRASS, (u, v) -> ring(u, v)),
    NUT(Role.TARGET, Metal.STEEL, (u, v) -> hexagon(u, v) && !disc(u, v, 0, 0, 0.38) ? Part.BODY : Part.NONE),
    SCREW(Role.TARGET, Metal.COPPER, (u, v) -> head(u, v, slot(u, v) || slot(v, u))),

    /** A washer without its hole. */
    COIN(Role.COMMON, Metal.BRASS, (u, v) -> head(u, v, false)),
    /** A nut without its hole. */
    BOLT(Role.COMMON, Metal.STEEL, (u, v) -> hexagon(u, v) ? Part.BODY : Part.NONE),
    /** A screw with one slot instead of a cross. */
    SLOTTED_SCREW(Role.COMMON, Metal.COPPER, (u, v) -> head(u, v, slot(u, v))),

    /** A washer that is cut open. */
    SNAP_RING(Role.RARE, Metal.BRASS, (u, v) -> u > 0 && Math.abs(v) < 0.3 ? Part.NONE : ring(u, v)),
    /** A washer whose hole is off its center. */
    CAM(Role.RARE, Metal.BRASS, (u, v) -> disc(u, v, 0.45, 0, 0.4) ? Part.NONE : head(u, v, false)),
    /** A washer of a nut's metal. */
    STEEL_WASHER(Role.RARE, Metal.STEEL, (u, v) -> ring(u, v)),
    /** A nut with four sides. */
    SQUARE_NUT(
            Role.RARE,
            Metal.STEEL,
            (u, v) -> Math.max(Math.abs(u), Math.abs(v)) <= 0.75 && !disc(u, v, 0, 0, 0.38) ? Part.BODY : Part.NONE),
    /** A nut's outline with a screw's cross. */
    HEX_SCREW(
            Role.RARE,
            Metal.STEEL,
            (u, v) -> !hexagon(u, v) ? Part.NONE : slot(u, v) || slot(v, u) ? Part.DARK : Part.BODY),
    /** A screw with four holes instead of a cross. */
    BUTTON(Role.RARE, Metal.COPPER, (u, v) -> head(u, v, disc(Math.abs(u), Math.abs(v), 0.36, 0.36, 0.21))),
    /** A screw with three arms. */
    THREE_ARM_SCREW(
            Role.RARE,
            Metal.COPPER,
            (u, v) -> head(
                    u,
                    v,
                    u > 0 && slot(u, v)
                            || -0.5 * u + 0.8660254 * v > 0 && slot(-0.5 * u + 0.8660254 * v, 0.8660254 * u + 0.5 * v)
                            || -0.5 * u - 0.8660254 * v > 0
                                    && slot(-0.5 * u - 0.8660254 * v, 0.8660254 * u - 0.5 * v))),
    /** A screw of a washer's metal. */
    BRASS_SCREW(Role.RARE, Metal.BRASS, (u, v) -> head(u, v, slot(u, v) || slot(v, u)));

    /** Targets are annotated, nothing else is. */
    enum Role {
        TARGET,
        COMMON,
        RARE
    }

    /** What is seen at a point of a thing. */
    enum Part {
        NONE,
        BODY,
        DARK
    }

    /** Colors before light, noise and the thing's own variation. */
    enum Metal {
        BRASS(new Color(214, 172, 58)),
        STEEL(new Color(104, 140, 204)),
        COPPER(new Color(206, 84, 62));

        final Color color;

        Metal(Color color) {
            this.color = color;
        }
    }

    /** A thing's face, over the disc of radius 1. */
    private interface Face {
        Part at(double u, double v);
    }

    final Role role;
    final Metal metal;
    private final Face face;

    Kind(Role role, Metal metal, Face face) {
        this.role = role;
        this.metal = metal;
        this.face = face;
    }

    static Kind[] of(Role role) {
        return Arrays.stream(values()).filter(k -> k.role == role).toArray(Kind[]::new);
    }

    /** What is seen at (u, v); the thing lies within the disc of radius 1. */
    Part at(double u, double v) {
        return face.at(u, v);
    }

    private static boolean disc(double u, double v, double centerU, double centerV, double radius) {
        double du = u - centerU;
        double dv = v - centerV;
        return du * du + dv * dv <= radius * radius;
    }

    private static boolean hexagon(double u, double v) {
        double across = 0.8660254;
        return Math.abs(v) <= across
                && Math.abs(across * u + 0.5 * v) <= across
                && Math.abs(across * u - 0.5 * v) <= across;
    }

    private static boolean slot(double u, double v) {
        return Math.abs(u) < 0.72 && Math.abs(v) < 0.17;
    }

    private static Part ring(double u, double v) {
        return disc(u, v, 0, 0, 1) && !disc(u, v, 0, 0, 0.5) ? Part.BODY : Part.NONE;
    }

    private static Part head(double u, double v, boolean dark) {
        return !disc(u, v, 0, 0, 1) ? Part.NONE : dark ? Part.DARK : Part.BODY;
    }
}
