package io.hardmine.cli.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * {@code explain.html}: one file that needs no network. Its own script redraws the curves as the sliders move; a content
 * security policy names that script's hash and keeps anything else from being loaded or run.
 *
 * @param script all that may run
 * @param hash the script's, as the policy wants it
 * @param data what the script draws, as JSON without any {@code <} that could end the element
 * @param measured whether a model was measured
 */
public record LossPage(String script, String hash, String data, boolean measured) {
    static String render(ObjectNode data) throws IOException {
        String script = resource("formulas.js") + resource("figures.js") + resource("page.js");
        LossPage page =
                new LossPage(script, hash(script), data.toString().replace("<", "\\u003c"), data.has("measured"));
        TemplateEngine templates =
                TemplateEngine.createPrecompiled(null, ContentType.Html, LossPage.class.getClassLoader());
        TemplateOutput html = new StringOutput();
        templates.render("explain/loss.jte", page, html);
        return html.toString();
    }

    static String resource(String name) throws IOException {
        try (InputStream in = LossPage.class.getResourceAsStream(name)) {
            // browsers normalize line ends before they hash the script
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }

    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
