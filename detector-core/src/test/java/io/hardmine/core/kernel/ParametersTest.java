package io.hardmine.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hardmine.core.kernel.Parameter.Initialization;
import io.hardmine.core.kernel.Parameter.Role;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private final Parameters.Builder builder = new Parameters.Builder();
    private final Parameter blocked = builder.add("blocked.weight", Role.WEIGHT, Initialization.HE, 3, 3, 32, 48);
    private final Parameter plain = builder.add("plain.weight", Role.WEIGHT, Initialization.HE, 3, 3, 3, 16);
    private final Parameter bias = builder.add("bias", Role.BIAS, Initialization.normal(1), 27);
    private final Parameter mean = builder.add("mean", Role.STATISTIC, Initialization.normal(1), 5);
    private final Parameters parameters = builder.build(16);

    private static float[] counting(int length) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = i + 1;
        }
        return numbers;
    }

    @Test
    void whatIsSetIsWhatIsCopied() {
        for (Parameter p : parameters.all()) {
            parameters.set(p, counting(p.length()));
        }
        for (Parameter p : parameters.all()) {
            assertArrayEquals(counting(p.length()), parameters.copyOf(p), p.name());
        }
        assertThrows(IllegalArgumentException.class, () -> parameters.set(bias, new float[26]));
    }

    @Test
    void aWeightOfManyChannelsLiesInBlocksOfSixteenBySixteen() {
        parameters.set(blocked, counting(blocked.length()));
        parameters.set(plain, counting(plain.length()));
        int in = 21;
        int out = 37;
        int y = 2;
        int x = 1;
        int number = ((y * 3 + x) * 32 + in) * 48 + out;
        // [out / 16 = 2 of 3, in / 16 = 1 of 2, y, x, in % 16 = 5, out % 16 = 5]
        int place = ((((2 * 2 + 1) * 3 + y) * 3 + x) * 16 + 5) * 16 + 5;
        assertEquals(number + 1, parameters.values().get(blocked.offset() + place));
        assertEquals(100, parameters.values().get(plain.offset() + 99), "three channels lie plainly");
    }

    @Test
    void onlyChannelsThatTheBlockDividesLieInBlocks() {
        Parameter narrow = builder.add("narrow.weight", Role.WEIGHT, Initialization.HE, 1, 1, 8, 24);
        assertEquals(1, builder.build(1).block(blocked));
        assertEquals(8, builder.build(8).block(blocked));
        assertEquals(8, builder.build(8).block(narrow));
        assertEquals(1, builder.build(16).block(narrow));
        assertEquals(1, builder.build(8).block(bias));
    }

    @Test
    void numbersWrittenFromBlocksOfOneSizeAreReadIntoBlocksOfAnother() {
        Parameters eight = builder.build(8);
        float[] numbers = counting(parameters.count());
        parameters.fill(parameters.values(), numbers);
        float[] written = new float[numbers.length];
        int[] at = {0};
        parameters.plain(parameters.values()).forEach(piece -> {
            System.arraycopy(piece, 0, written, at[0], piece.length);
            at[0] += piece.length;
        });
        eight.fill(eight.values(), written);
        assertArrayEquals(parameters.copyOf(blocked), eight.copyOf(blocked));
        int number = ((2 * 3 + 1) * 32 + 21) * 48 + 37;
        // [out / 8 = 4 of 6, in / 8 = 2 of 4, y = 2, x = 1, in % 8 = 5, out % 8 = 5]
        int place = ((((4 * 4 + 2) * 3 + 2) * 3 + 1) * 8 + 5) * 8 + 5;
        assertEquals(number + 1, eight.values().get(blocked.offset() + place));
    }

    @Test
    void everyParameterIsAlignedAndBetweenThemIsNothing() {
        parameters.initialize(3);
        int end = 0;
        for (Parameter p : parameters.trained().toList()) {
            assertEquals(0, parameters.values().address(p.offset()).address() % FloatMemory.ALIGNMENT);
            for (int i = end; i < p.offset(); i++) {
                assertEquals(0, parameters.values().get(i));
            }
            end = p.offset() + p.length();
        }
        assertEquals(3 * 3 * 32 * 48 + 3 * 3 * 3 * 16 + 27, parameters.count());
    }

    @Test
    void filesHoldPlainNumbersOneParameterAfterTheOther() {
        FloatMemory like = new FloatMemory(parameters.values().length());
        float[] numbers = counting(parameters.count());
        parameters.fill(like, numbers);
        float[] written = new float[numbers.length];
        int[] at = {0};
        parameters.plain(like).forEach(piece -> {
            System.arraycopy(piece, 0, written, at[0], piece.length);
            at[0] += piece.length;
        });
        assertArrayEquals(numbers, written);
        assertEquals(numbers[numbers.length - 1], parameters.copyOf(bias, like)[26]);
    }

    @Test
    void tellsTheParameterThatHoldsWhatIsNoNumber() {
        parameters.initialize(3);
        assertNull(parameters.firstNotFinite());
        for (Parameter p : Stream.of(bias, mean).toList()) {
            float[] numbers = parameters.copyOf(p);
            numbers[4] = Float.NaN;
            parameters.set(p, numbers);
            assertEquals(p, parameters.firstNotFinite());
            numbers[4] = 0;
            parameters.set(p, numbers);
        }
    }

    @Test
    void closedMemoryRefusesInsteadOfCrashing() {
        parameters.close();
        assertThrows(IllegalStateException.class, () -> parameters.values().get(0));
        assertThrows(IllegalStateException.class, () -> parameters.copyOf(blocked));
        assertThrows(IllegalStateException.class, () -> parameters.values().address(0));
    }
}
