package io.hardmine.core.kernel.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays that are closed together, and methods that copy numbers into and out of arrays. */
final class Memory implements AutoCloseable {
    private final DataType type;
    private final List<INDArray> arrays = new ArrayList<>();
    private final Map<String, INDArray> scratch = new HashMap<>();

    Memory(DataType type) {
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new IllegalArgumentException("kernels compute in FLOAT or DOUBLE, not " + type);
        }
        this.type = type;
    }

    /** A new array of zeros, outside any workspace of the calling program. */
    INDArray zeros(long... shape) {
        return filled(0, shape);
    }

    /** A new array of one value. */
    INDArray filled(double value, long... shape) {
        INDArray array = Nd4j.createUninitializedDetached(type, shape);
        array.assign(value);
        arrays.add(array);
        return array;
    }

    /** An array whose contents are valid within one operation only. The same purpose and shape give the same array. */
    INDArray scratch(String purpose, long... shape) {
        return scratch.computeIfAbsent(purpose + Arrays.toString(shape), key -> zeros(shape));
    }

    /** Copies numbers into an array, from element {@code position} on. */
    static void write(float[] from, int offset, int length, INDArray to, long position) {
        Pointer memory = to.data().pointer();
        if (memory instanceof FloatPointer floats) {
            new FloatPointer(floats).position(position).put(from, offset, length);
        } else if (memory instanceof DoublePointer doubles) {
            for (int i = 0; i < length; i++) {
                doubles.put(position + i, from[offset + i]);
            }
        } else {
            throw new IllegalStateException("memory of an unexpected kind: " + memory.getClass());
        }
        Nd4j.getAffinityManager().tagLocation(to, Location.HOST);
    }

    /** Copies numbers out of an array, from element {@code position} on. */
    static void read(INDArray from, long position, float[] to, int offset, int length) {
        Nd4j.getAffinityManager().ensureLocation(from, Location.HOST);
        Pointer memory = from.data().pointer();
        if (memory instanceof FloatPointer floats) {
            new FloatPointer(floats).position(position).get(to, offset, length);
        } else if (memory instanceof DoublePointer doubles) {
            for (int i = 0; i < length; i++) {
                to[offset + i] = (float) doubles.get(position + i);
            }
        } else {
            throw new IllegalStateException("memory of an unexpected kind: " + memory.getClass());
        }
    }

    @Override
    public void close() {
        arrays.forEach(INDArray::close);
        arrays.clear();
        scratch.clear();
    }
}
