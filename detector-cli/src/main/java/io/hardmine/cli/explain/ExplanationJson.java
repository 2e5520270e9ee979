package io.hardmine.cli.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.loss.ClassLoss;
import io.hardmine.mining.analysis.AnchorLosses;
import io.hardmine.mining.analysis.LossHistogram;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** The numbers behind figures and sentences. Scripts and the page read the field names, so they must not change. */
final class ExplanationJson {
    private static final MathContext PRECISION = new MathContext(7);
    private static final double[] ALPHAS = {0.1, 0.25, 0.5, 0.9};
    private static final double[] GAMMAS = {0, 0.5, 1, 2, 5};
    private static final double[] PROBABILITIES = {0.01, 0.1, 0.5, 0.9, 0.99};
    private static final double[] HARDEST = {0.001, 0.01, 0.1, 0.5};
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ExplanationJson() {}

    static ArrayNode figures(List<Figure> figures) {
        ArrayNode all = NODES.arrayNode();
        for (Figure figure : figures) {
            ObjectNode node = all.addObject().put("name", figure.name()).put("title", figure.title());
            node.set("x", axis(figure.x()));
            node.set("y", axis(figure.y()));
            ArrayNode lines = node.putArray("lines");
            for (Line line : figure.lines()) {
                ObjectNode written = lines.addObject().put("name", line.name());
                written.set("x", numbers(line.x()));
                written.set("y", numbers(line.y()));
            }
        }
        return all;
    }

    private static ObjectNode axis(Figure.Axis axis) {
        return NODES.objectNode()
                .put("title", axis.title())
                .put("from", rounded(axis.from()))
                .put("to", rounded(axis.to()))
                .put("logarithmic", axis.logarithmic());
    }

    /** Losses and gradients of Hardmine's focal loss. The page checks its own formulas against them. */
    static ArrayNode reference() {
        ArrayNode rows = NODES.arrayNode();
        for (double alpha : ALPHAS) {
            for (double gamma : GAMMAS) {
                ClassLoss loss = new ClassLoss.FocalLoss(alpha, gamma);
                for (double p : PROBABILITIES) {
                    rows.add(row(alpha, gamma, p, Example.object(loss, p), true));
                    rows.add(row(alpha, gamma, p, Example.background(loss, p), false));
                }
            }
        }
        return rows;
    }

    private static ObjectNode row(double alpha, double gamma, double p, Example example, boolean object) {
        return NODES.objectNode()
                .put("alpha", alpha)
                .put("gamma", gamma)
                .put("p", p)
                .put("object", object)
                .put("loss", rounded(example.loss()))
                .put("gradient", rounded(example.gradient()));
    }

    static ObjectNode measured(Measurement measurement) {
        ObjectNode node = NODES.objectNode()
                .put("model", measurement.model())
                .put("pictures", measurement.pictures())
                .put("resolution", LossHistogram.RESOLUTION);
        node.set("cross_entropy", spread(measurement.crossEntropy()));
        ArrayNode focal = node.putArray("focal_loss");
        for (AnchorLosses result : measurement.focalLosses()) {
            focal.add(spread(result).put("gamma", Measurement.gammaOf(result)));
        }
        ArrayNode sentences = node.putArray("sentences");
        measurement.sentences().forEach(sentences::add);
        return node;
    }

    private static ObjectNode spread(AnchorLosses result) {
        ObjectNode node = NODES.objectNode().put("background_share", rounded(result.backgroundShare()));
        node.set("background", histogram(result.background()));
        node.set("objects", histogram(result.objects()));
        put(node, "easy_for_one_hard", Measurement.easyForOneHard(result));
        put(node, "hard_in_easiest_half", Measurement.hardInEasiestHalf(result));
        return node;
    }

    private static ObjectNode histogram(LossHistogram histogram) {
        ObjectNode node = NODES.objectNode().put("anchors", histogram.count()).put("loss", rounded(histogram.total()));
        ObjectNode carried = node.putObject("carried_by_hardest");
        for (double share : HARDEST) {
            carried.put(Words.parameter(share), rounded(histogram.carriedByHardest(share)));
        }
        return node;
    }

    /** Writes null for NaN and infinity, which JSON cannot represent. */
    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, rounded(value));
        } else {
            node.putNull(name);
        }
    }

    private static ArrayNode numbers(double[] values) {
        ArrayNode array = NODES.arrayNode();
        for (double value : values) {
            array.add(rounded(value));
        }
        return array;
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(PRECISION).doubleValue();
    }
}
