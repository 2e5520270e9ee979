package io.hardmine.cli.fuzz;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The inputs of a fuzz test that lie in the resources, where Jazzer looks for them: {@code CLASSInputs/METHOD/}. */
final class Seeds {
    private Seeds() {}

    /** All of them, in the order of their names. */
    static List<byte[]> of(Class<?> test, String method) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder(test, method))) {
            for (Path file : files.sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        return seeds;
    }

    private static Path folder(Class<?> test, String method) {
        String name = test.getSimpleName() + "Inputs/" + method;
        URL place = test.getResource(name);
        if (place == null) {
            throw new IllegalStateException("there are no resources " + name);
        }
        try {
            return Path.of(new URI(place.toString()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
