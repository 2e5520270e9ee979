package io.hardmine.cli.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.cli.page.PageScript;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;

/** The page's script says and draws what the product's losses give. */
class PageScriptTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String run(String expression) throws Exception {
        Context context = Context.enter();
        try {
            context.setLanguageVersion(Context.VERSION_ES6);
            context.setOptimizationLevel(-1);
            Scriptable scope = context.initStandardObjects();
            String script =
                    PageScript.of(LossPage.class, "formulas.js", "figures.js").text();
            context.evaluateString(scope, script, "script", 1, null);
            return Context.toString(context.evaluateString(scope, expression, "expression", 1, null));
        } finally {
            Context.exit();
        }
    }

    private static double disagreement(ArrayNode reference) throws Exception {
        return Double.parseDouble(run("disagreement(" + reference + ")"));
    }

    @Test
    void formulasAgreeWithTheLosses() throws Exception {
        ArrayNode reference = ExplanationJson.reference();
        assertEquals(200, reference.size());
        double distance = disagreement(reference);
        assertTrue(distance < 1e-5, "relative distance " + distance);
    }

    @Test
    void aWrongValueIsNoticed() throws Exception {
        for (String field : List.of("loss", "gradient")) {
            ArrayNode reference = ExplanationJson.reference();
            ObjectNode row = (ObjectNode) reference.get(77);
            row.put(field, 1.01 * row.path(field).asDouble());
            assertEquals(0.01 / 1.01, disagreement(reference), 1e-4);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.25, 2", "0.5, 0", "0.9, 5", "0.07, 0.35"})
    void sliderFiguresAreThoseOfTheFiles(double alpha, double gamma) throws Exception {
        JsonNode drawn = JSON.readTree(run("JSON.stringify(figures(%s, %s))".formatted(alpha, gamma)));
        List<Figure> figures = LossFigures.of(alpha, gamma);
        assertEquals(figures.size(), drawn.size());
        for (Figure figure : figures) {
            JsonNode there = drawn.path(figure.name());
            assertEquals(figure.title(), there.path("title").asText());
            assertAxis(figure.x(), there.path("x"));
            assertAxis(figure.y(), there.path("y"));
            assertEquals(figure.lines().size(), there.path("lines").size());
            for (int i = 0; i < figure.lines().size(); i++) {
                Line line = figure.lines().get(i);
                JsonNode other = there.path("lines").get(i);
                assertEquals(line.name(), other.path("name").asText());
                assertArrayEquals(line.x(), JSON.treeToValue(other.path("x"), double[].class), 1e-9);
                assertArrayEquals(line.y(), JSON.treeToValue(other.path("y"), double[].class), 1e-5, line.name());
            }
        }
    }

    private static void assertAxis(Figure.Axis axis, JsonNode there) {
        assertEquals(axis.title(), there.path("title").asText());
        assertEquals(axis.from(), there.path("from").asDouble(), 1e-9);
        assertEquals(axis.to(), there.path("to").asDouble(), 1e-9);
    }

    private static String words(double alpha, double gamma) throws Exception {
        return run("explanation(%s, %s).map(t => t.heading + ': ' + t.text).join('\\n')".formatted(alpha, gamma));
    }

    @Test
    void wordsSayWhatThePaperSays() throws Exception {
        String words = words(0.25, 2);
        assertTrue(words.contains("an easy example (p = 0.9) counts 1/100 of what"), words);
        assertTrue(words.contains("a very easy one (p = 0.99) 1/10,000"), words);
        assertTrue(words.contains("(p = 0.1) keeps 81 %"), words);
        // log 10 / log (10/9) = 21.85; times 9² = 1770; times (1/4) / (3/4) = 590
        assertTrue(words.contains("22 easy examples"), words);
        assertTrue(words.contains("it takes 1,800."), words);
        assertTrue(words.contains("makes that 590"), words);
        // 100,000 · 0.01005 against 100 · 2.3026; the first · 10⁻⁴ · 3/4, the second · 0.81 / 4
        assertTrue(words.contains("81.4 % of the cross-entropy and 0.16 % of the focal loss"), words);
        assertTrue(words.contains("background counts 3 times as much"), words);
    }

    @Test
    void wordsFollowTheSliders() throws Exception {
        String without = words(0.5, 0);
        assertTrue(without.contains("the factor is 1 everywhere"), without);
        assertTrue(without.contains("objects and background weigh the same"), without);
        assertTrue(without.contains("81.4 % of the cross-entropy and 81.4 % of the focal loss"), without);
        String objects = words(0.75, 1);
        assertTrue(objects.contains("counts 1/10 of what"), objects);
        assertTrue(objects.contains("objects count 3 times as much"), objects);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.01|less than 0.1",
                "0.44|0.4",
                "9.96|10",
                "21.85|22",
                "1770|1,800",
                "1234567|1,200,000",
                "7.6e10|10¹¹"
            })
    void countsAreReadable(double value, String words) throws Exception {
        assertEquals(words, run("count(" + value + ")"));
        assertEquals(words, Words.count(value).replaceFirst("\\.0$", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.000001|under 0.001 %",
                "0.00016|0.016 %",
                "0.0016|0.16 %",
                "0.8136|81.4 %",
                "0.9974|99.74 %",
                "0.99999|over 99.99 %"
            })
    void sharesAreReadable(double share, String words) throws Exception {
        assertEquals(words, run("percent(" + share + ")"));
        assertEquals(words, Words.percent(share));
    }
}
