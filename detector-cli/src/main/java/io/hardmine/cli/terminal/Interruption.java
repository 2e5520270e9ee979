package io.hardmine.cli.terminal;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Handles Ctrl-C and the system's requests to end (SIGINT, SIGTERM, SIGHUP) until it is closed. The first signal asks
 * the work to stop, the second one ends the program at once. The JVM's shutdown hooks are no alternative: libraries
 * refuse to work while they run, and a second Ctrl-C has no effect.
 */
public final class Interruption implements AutoCloseable {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private final Runnable stop;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Deque<Runnable> restore = new ArrayDeque<>();

    /** Calls {@code stop} on a separate thread at the first signal. */
    public Interruption(Runnable stop) {
        this.stop = stop;
        SIGNALS.forEach(this::listen);
    }

    /**
     * Prints a line and ends the program at the first signal. Files that are written atomically exist whole or not at
     * all.
     */
    public static Interruption ending(PrintWriter err, String line) {
        return new Interruption(() -> {
            err.println(line);
            err.flush();
            halt();
        });
    }

    /**
     * The line to print if a command is stopped before it is finished.
     *
     * @param command its name
     */
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
     * Handles a signal. Only {@code sun.misc.Signal} gives access to signals; reflection avoids the compiler's warning
     * about it. If the JVM or the system lacks the signal or does not handle it (-Xrs), the signal keeps its default
     * effect.
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
            return; // the signal keeps its default effect
        }
    }

    /** Restores the handling of signals from before. */
    @Override
    public void close() {
        restore.forEach(Runnable::run);
    }
}
