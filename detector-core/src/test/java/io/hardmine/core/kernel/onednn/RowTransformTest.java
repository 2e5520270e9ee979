package io.hardmine.core.kernel.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.bytedeco.dnnl.global.dnnl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowTransformTest {
    private static final int BLOCK = RowTransform.BLOCK;

    private final Random random = new Random(11);
    private RowTransform vectors;
    private final RowTransform loops = new LoopRowTransform();

    @BeforeEach
    void vectors() {
        vectors = RowTransform.fastest();
    }

    private float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }

    @Test
    void loopsTransformByTheMatricesOfThePaper() {
        double[][] b = {
            {4, 0, -5, 0, 1, 0},
            {0, -4, -4, 1, 1, 0},
            {0, 4, -4, -1, 1, 0},
            {0, -2, -1, 2, 1, 0},
            {0, 2, -1, -2, 1, 0},
            {0, 4, 0, -5, 0, 1}
        };
        double[][] a = {
            {1, 1, 1, 1, 1, 0},
            {0, 1, -1, 2, -2, 0},
            {0, 1, 1, 4, 4, 0},
            {0, 1, -1, 8, -8, 1}
        };
        int blocks = 2;
        int tiles = 3;
        float[] row = numbers(blocks * (4 * tiles + 2) * BLOCK);
        float[] result = numbers(blocks * 4 * tiles * BLOCK);
        float[][] columns = new float[6][tiles * blocks * BLOCK];
        float[][] gradients = new float[6][tiles * blocks * BLOCK];
        float[] back = new float[result.length];
        loops.input(row, columns, blocks, tiles);
        loops.gradient(result, gradients, blocks, tiles);
        float[][] kept = copy(columns);
        loops.output(columns, back, blocks, tiles);
        for (int block = 0; block < blocks; block++) {
            for (int tile = 0; tile < tiles; tile++) {
                for (int c = 0; c < BLOCK; c++) {
                    int of = (tile * blocks + block) * BLOCK + c;
                    for (int k = 0; k < 6; k++) {
                        double column = 0;
                        for (int x = 0; x < 6; x++) {
                            column += b[k][x] * row[(block * (4 * tiles + 2) + 4 * tile + x) * BLOCK + c];
                        }
                        assertEquals(column, kept[k][of], 1e-5);
                        double gradient = 0;
                        for (int x = 0; x < 4; x++) {
                            gradient += a[x][k] * result[(block * 4 * tiles + 4 * tile + x) * BLOCK + c];
                        }
                        assertEquals(gradient, gradients[k][of], 1e-5);
                    }
                    for (int x = 0; x < 4; x++) {
                        double place = 0;
                        for (int k = 0; k < 6; k++) {
                            place += a[x][k] * kept[k][of];
                        }
                        assertEquals(place, back[(block * 4 * tiles + 4 * tile + x) * BLOCK + c], 1e-4);
                    }
                }
            }
        }
    }

    private static float[][] copy(float[][] columns) {
        float[][] copy = new float[columns.length][];
        for (int i = 0; i < columns.length; i++) {
            copy[i] = columns[i].clone();
        }
        return copy;
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,2", "2,1", "3,5", "8,8", "4,16"})
    void vectorsGiveTheSameBitsAsLoops(int blocks, int tiles) {
        assumeTrue(vectors.runsOnVectors(), "no vectors in this JVM");
        float[] row = numbers(blocks * (4 * tiles + 2) * BLOCK);
        float[] result = numbers(blocks * 4 * tiles * BLOCK);
        float[][] products = new float[6][];
        for (int k = 0; k < 6; k++) {
            products[k] = numbers(tiles * blocks * BLOCK);
        }
        float[][] byLoops = new float[6][tiles * blocks * BLOCK];
        float[][] byVectors = new float[6][tiles * blocks * BLOCK];
        loops.input(row, byLoops, blocks, tiles);
        vectors.input(row, byVectors, blocks, tiles);
        assertArrayEquals(byLoops, byVectors);
        loops.gradient(result, byLoops, blocks, tiles);
        vectors.gradient(result, byVectors, blocks, tiles);
        assertArrayEquals(byLoops, byVectors);
        float[] placesByLoops = new float[result.length];
        float[] placesByVectors = new float[result.length];
        loops.output(copy(products), placesByLoops, blocks, tiles);
        vectors.output(copy(products), placesByVectors, blocks, tiles);
        assertArrayEquals(placesByLoops, placesByVectors);
    }

    @Test
    void vectorsAreChosenIfJavaAndTheProcessorHaveThem() {
        assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(), "no such module");
        assumeTrue(new OneDnnProvider().obstacle().isEmpty(), "oneDNN does not run here");
        assumeTrue((dnnl.dnnl_get_effective_cpu_isa() & dnnl.dnnl_cpu_isa_avx2) == dnnl.dnnl_cpu_isa_avx2, "no AVX2");
        assertTrue(RowTransform.fastest().runsOnVectors());
        assertFalse(loops.runsOnVectors());
    }
}
