package io.hardmine.core.kernel.nd4j;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A small array and a copy of its numbers in Java. The copy is in double precision whatever the array's type. */
final class Channels {
    final INDArray array;
    final double[] numbers;
    private final float[] floats;

    Channels(INDArray array) {
        this.array = array;
        numbers = new double[Math.toIntExact(array.length())];
        floats = array.dataType() == DataType.FLOAT ? new float[numbers.length] : null;
    }

    /** From the array to Java. */
    void pull() {
        Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
        if (floats == null) {
            ((DoublePointer) array.data().pointer()).get(numbers);
            return;
        }
        ((FloatPointer) array.data().pointer()).get(floats);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = floats[i];
        }
    }

    /** From Java to the array. */
    void push() {
        if (floats == null) {
            ((DoublePointer) array.data().pointer()).put(numbers);
        } else {
            for (int i = 0; i < numbers.length; i++) {
                floats[i] = (float) numbers[i];
            }
            ((FloatPointer) array.data().pointer()).put(floats);
        }
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
    }
}
