package io.hardmine.cli.terminal;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What happens at Ctrl-C, or when the system asks the program to end, while a piece of work is done: the first time the work
 * is asked to stop, the second time the program ends at once. The JVM's own way, shutdown hooks, leaves no time: libraries
 * refuse to work from then on, and a second Ctrl-C is not heard.
 */
public final class Interruption implements AutoCloseable {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private final Runnable stop;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Deque<Runnable> restore = new ArrayDeque<>();

    /** Calls {@code stop}, on a thread of its own, the first time that the program is asked to end. */
    public Interruption(Runnable stop) {
        this.stop = stop;
        SIGNALS.forEach(this::listen);
    }

    /** Says a line and ends the program; what is written in one piece is there whole or not at all. */
    public static Interruption ending(PrintWriter err, String line) {
        return new Interruption(() -> {
            err.println(line);
            err.flush();
            halt();
        });
    }

    /** What is true of a command that is stopped somewhere in its work. */
    public static String line(String command) {
        return switch (command) {
            case "train" -> "stopped; nothing was written";
            case "experiment" -> "stopped; to go on, give the same command again";
            case "evaluate" -> "stopped before the report was finished";
            case "detect" -> "stopped before the detections were written";
            case "mine" -> "stopped before the hard negatives were written";
            default -> "stopped before it was finished";
        };
    }

    /** Whether the program was asked to end. */
    public boolean isAsked() {
        return asked.get();
    }

    private void hear() {
        if (asked.getAndSet(true)) {
            halt();
        }
        stop.run();
    }

    private static void halt() {
        Runtime.getRuntime().halt(ExitCode.STOPPED);
    }

    /**
     * By reflection: signals are heard through {@code sun.misc.Signal} alone, which the compiler warns of. A JVM or system
     * that does not have them, or leaves them to others (-Xrs), ends as it always does.
     */
    private void listen(String name) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Object signal = signals.getConstructor(String.class).newInstance(name);
            InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                case "toString" -> "interruption";
                default -> {
                    hear();
                    yield null;
                }
            };
            Object mine = Proxy.newProxyInstance(handlers.getClassLoader(), new Class<?>[] {handlers}, calls);
            var handle = signals.getMethod("handle", signals, handlers);
            Object before = handle.invoke(null, signal, mine);
            restore.push(() -> {
                try {
                    handle.invoke(null, signal, before);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("the signal " + name + " was handled before", e);
                }
            });
        } catch (ReflectiveOperationException e) {
            return; // see above
        }
    }

    /** The work has ended; what was to happen before it began happens again. */
    @Override
    public void close() {
        restore.forEach(Runnable::run);
    }
}
