package io.hardmine.core.training;

/**
 * The learning rate of a step: it rises linearly over the warm-up from a thousandth of its base, then falls.
 *
 * @param decay shape of the fall
 * @param base highest rate
 * @param warmup number of warm-up steps
 * @param steps steps of the whole training
 */
public record Schedule(Decay decay, double base, long warmup, long steps) {
    private static final double WARMUP_FROM = 1e-3;

    /** Shape of the fall of the rate. */
    public enum Decay {
        /** Half a cosine to zero (Loshchilov and Hutter 2017, eq. 5). */
        COSINE,
        /** A tenth after two thirds of the steps, a hundredth after eight ninths (the paper's proportions). */
        STEP,
        /** No fall. */
        CONSTANT
    }

    /** The rate at a step, counted from 0. */
    public double at(long step) {
        if (step < warmup) {
            return base * (WARMUP_FROM + (1 - WARMUP_FROM) * step / warmup);
        }
        double progress = (double) (step - warmup) / Math.max(1, steps - warmup);
        return switch (decay) {
            case COSINE -> base * (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2;
            case STEP -> base * (9 * step >= 8 * steps ? 0.01 : 3 * step >= 2 * steps ? 0.1 : 1);
            case CONSTANT -> base;
        };
    }
}
