package io.hardmine.cli.gallery;

import io.hardmine.cli.page.PageTemplate;
import io.hardmine.datasets.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the pages of this package's templates. */
final class Pages {
    private Pages() {}

    static void write(String template, Object page, Path file) throws IOException {
        AtomicFile.writeString(file, PageTemplate.render("gallery/" + template, page));
    }
}
