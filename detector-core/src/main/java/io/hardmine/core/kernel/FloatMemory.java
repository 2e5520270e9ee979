package io.hardmine.core.kernel;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * Floats outside of the Java heap, zero at first, which native code reads and writes in place. Several threads may
 * access different places at once. {@link #close} frees the memory at once; otherwise it is freed some time after its
 * last use. Access after {@link #close} throws IllegalStateException.
 */
public final class FloatMemory implements AutoCloseable {
    /**
     * The address of the first number is a multiple of this many bytes. Kernels need it: they store past the caches
     * with aligned instructions.
     */
    public static final int ALIGNMENT = 64;

    private final int length;
    private final BytePointer allocation;
    private final FloatPointer start;
    private FloatBuffer numbers;

    /**
     * Allocates memory for {@code length} numbers.
     *
     * @throws UnsupportedOperationException if JavaCPP has no native library for this system
     */
    public FloatMemory(int length) {
        this.length = length;
        long bytes = (long) Float.BYTES * length;
        allocation = allocate(bytes + ALIGNMENT);
        Pointer.memset(allocation, 0, bytes + ALIGNMENT);
        long past = allocation.address() % ALIGNMENT;
        start = new FloatPointer(allocation.getPointer(ALIGNMENT - past)).capacity(length);
        numbers = start.asBuffer();
    }

    private static BytePointer allocate(long bytes) {
        try {
            return new BytePointer(bytes).retainReference(); // a caller's PointerScope does not free it
        } catch (RuntimeException e) {
            if (e.getCause() instanceof UnsatisfiedLinkError) {
                throw new UnsupportedOperationException(
                        "the native libraries are not those of this system, " + Loader.getPlatform(), e);
            }
            throw e;
        }
    }

    /** How many numbers there are. */
    public int length() {
        return length;
    }

    /** One number. */
    public float get(int index) {
        try {
            return numbers().get(index);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Sets one number. */
    public void set(int index, float value) {
        try {
            numbers().put(index, value);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Copies {@code count} numbers, from {@code index} on, to the array {@code to}, from {@code offset} on. */
    public void read(int index, float[] to, int offset, int count) {
        try {
            numbers().get(index, to, offset, count);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Copies {@code count} numbers of the array {@code from}, from {@code offset} on, to this memory, from {@code
     * index} on.
     */
    public void write(int index, float[] from, int offset, int count) {
        try {
            numbers().put(index, from, offset, count);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Copies all numbers of another memory of the same length. */
    public void copyFrom(FloatMemory other) {
        try {
            numbers().put(0, other.numbers(), 0, length);
        } finally {
            Reference.reachabilityFence(this);
            Reference.reachabilityFence(other);
        }
    }

    /** A copy of all numbers. */
    public float[] toArray() {
        float[] copy = new float[length];
        read(0, copy, 0, length);
        return copy;
    }

    /**
     * Address of the number at {@code index}, for native code. The pointer does not keep this memory from being freed.
     */
    public Pointer address(int index) {
        numbers();
        return start.getPointer(index);
    }

    private FloatBuffer numbers() {
        FloatBuffer present = numbers;
        if (present == null) {
            throw new IllegalStateException("this memory has been closed");
        }
        return present;
    }

    @Override
    public void close() {
        numbers = null;
        allocation.deallocate();
    }
}
