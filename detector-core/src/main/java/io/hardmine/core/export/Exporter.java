package io.hardmine.core.export;

import io.hardmine.core.kernel.Shape;
import io.hardmine.core.model.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Writes a model's network in the format of another library. Implementations are found as services. */
public interface Exporter {
    /** Name of the format, in small letters, by which a user chooses it. */
    String name();

    /**
     * Writes the network with its present weights.
     *
     * @param model stays open, and belongs to the caller
     * @param input of the network, for one picture; its sides are multiples of {@link
     *     io.hardmine.core.network.Architecture#PADDING}
     * @param file written over if it exists; its folder is made if missing
     */
    void write(TrainedModel model, Shape input, Path file) throws IOException;

    /**
     * What a program must know to use the file, each fact in a line: the layout of the input, the outputs, and how to read
     * the file.
     *
     * @param input that the network was written for
     */
    List<String> usage(Shape input, Path file);

    /** Every implementation on the class path, by name. */
    static List<Exporter> all() {
        return ServiceLoader.load(Exporter.class, Exporter.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Exporter::name))
                .toList();
    }
}
