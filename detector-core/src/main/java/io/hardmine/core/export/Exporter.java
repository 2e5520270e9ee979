package io.hardmine.core.export;

import io.hardmine.core.kernel.Shape;
import io.hardmine.core.model.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Writes a model's network in the format of another library. {@link ServiceLoader} finds the implementations. */
public interface Exporter {
    /** Name of the format, in lower case, by which a user chooses it. */
    String name();

    /**
     * Writes the network with its present weights.
     *
     * @param model to write; it stays open
     * @param input of the network, for one picture; its sides are multiples of {@link
     *     io.hardmine.core.network.Architecture#PADDING}
     * @param file written over if it exists; its folder is made if missing
     */
    void write(TrainedModel model, Shape input, Path file) throws IOException;

    /**
     * Facts for programs that use the file, one a line: the layout of the input, the outputs, and how to read the file.
     *
     * @param input shape for which the network was written
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
