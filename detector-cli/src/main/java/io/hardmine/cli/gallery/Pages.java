package io.hardmine.cli.gallery;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import io.hardmine.datasets.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/** Renders this package's templates: names from the data are escaped. */
final class Pages {
    private Pages() {}

    static void write(String template, Object page, Path file) throws IOException {
        TemplateEngine templates =
                TemplateEngine.createPrecompiled(null, ContentType.Html, Pages.class.getClassLoader());
        TemplateOutput html = new StringOutput();
        templates.render("gallery/" + template, page, html);
        AtomicFile.writeString(file, html.toString());
    }
}
