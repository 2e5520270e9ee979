package io.hardmine.cli.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;

/** Templates that are compiled with the program. Names from the data are escaped. */
public final class PageTemplate {
    private PageTemplate() {}

    /**
     * The HTML of a page.
     *
     * @param template path of the template, such as {@code gallery/review.jte}
     * @param page value of the template's parameter
     */
    public static String render(String template, Object page) {
        TemplateEngine templates =
                TemplateEngine.createPrecompiled(null, ContentType.Html, PageTemplate.class.getClassLoader());
        TemplateOutput html = new StringOutput();
        templates.render(template, page, html);
        return html.toString();
    }
}
