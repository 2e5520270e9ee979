package io.hardmine.cli.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.cli.page.PageScript;
import io.hardmine.cli.page.PageTemplate;
import java.io.IOException;

/**
 * {@code explain.html}: one file that needs no network. Its own script redraws the curves as the sliders move; a
 * content security policy names that script's hash and keeps anything else from being loaded or run.
 *
 * @param script the only script that may run
 * @param hash of the script, in the form of the policy
 * @param data what the script draws, as JSON without any {@code <} that could end the element
 * @param measured whether a model was measured
 */
public record LossPage(String script, String hash, String data, boolean measured) {
    static String render(ObjectNode data) throws IOException {
        PageScript script = PageScript.of(LossPage.class, "formulas.js", "figures.js", "page.js");
        return PageTemplate.render(
                "explain/loss.jte",
                new LossPage(
                        script.text(), script.hash(), data.toString().replace("<", "\\u003c"), data.has("measured")));
    }
}
