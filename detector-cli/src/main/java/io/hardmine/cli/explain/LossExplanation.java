package io.hardmine.cli.explain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.datasets.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Explains the losses: a PNG file for each figure, a page on which α and γ can be changed, and the numbers.
 *
 * @param alpha weight of objects, in (0, 1)
 * @param gamma focusing parameter, in [0, {@value #HIGHEST_GAMMA}]
 * @param measured how a model's loss is spread, if one was given
 */
public record LossExplanation(double alpha, double gamma, Optional<Measurement> measured) {
    /** Highest γ: above it, curves are almost zero. */
    public static final double HIGHEST_GAMMA = 10;

    /** Name of the page's file. */
    public static final String PAGE = "explain.html";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Writes figures, {@code explain.html} and {@code explain.json} into an existing folder.
     *
     * @param version of the program, for the record
     * @throws IOException if a file cannot be written
     */
    public void write(Path folder, String version) throws IOException {
        List<Figure> curves = LossFigures.of(alpha, gamma);
        List<Figure> ofModel = measured.map(Measurement::figures).orElse(List.of());
        List<Figure> all = new ArrayList<>(curves);
        all.addAll(ofModel);
        for (Figure figure : all) {
            FigurePainter.write(figure, folder);
        }
        ObjectNode root = root();
        root.put("hardmine", version);
        root.set("figures", ExplanationJson.figures(all));
        AtomicFile.writeString(
                folder.resolve("explain.json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root));
        ObjectNode forPage = root();
        forPage.set("figures", ExplanationJson.figures(ofModel));
        AtomicFile.writeString(folder.resolve(PAGE), LossPage.render(forPage));
    }

    private ObjectNode root() {
        ObjectNode root =
                JsonNodeFactory.instance.objectNode().put("alpha", alpha).put("gamma", gamma);
        root.set("reference", ExplanationJson.reference());
        measured.ifPresent(m -> root.set("measured", ExplanationJson.measured(m)));
        return root;
    }
}
