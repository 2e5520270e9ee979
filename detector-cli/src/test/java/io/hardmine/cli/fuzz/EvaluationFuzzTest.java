package io.hardmine.cli.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.hardmine.core.evaluation.CocoResults;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.coco.CocoAnnotations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Annotations and results that {@code evaluate} takes as they stand. */
class EvaluationFuzzTest {
    private static final int MUTATIONS = 500;

    @TempDir
    private static Path folder;

    @FuzzTest
    void annotations(byte[] input) throws IOException {
        Path file = Files.write(folder.resolve("annotations.json"), input);
        try {
            CocoAnnotations.read(file, folder);
        } catch (DataException e) {
            assertFalse(e.getMessage().isBlank());
        }
    }

    @FuzzTest
    void results(byte[] input) throws IOException {
        Annotation gear = new Annotation(new Box(2, 3, 8, 5), 0, 40, false, false, false);
        Dataset annotated = new Dataset(
                "one picture",
                List.of(new Category(1, "gear")),
                List.of(new Picture(1, "a.png", folder.resolve("a.png"), 20, 12, List.of(gear))));
        Path file = Files.write(folder.resolve("results.json"), input);
        try {
            CocoResults.read(file, annotated);
        } catch (DataException e) {
            assertFalse(e.getMessage().isBlank());
        }
    }

    @Test
    void mutatedAnnotationsAreReadOrRefused() throws Exception {
        FuzzTarget.overMutations(getClass(), "annotations", MUTATIONS, this::annotations);
    }

    @Test
    void mutatedResultsAreReadOrRefused() throws Exception {
        FuzzTarget.overMutations(getClass(), "results", MUTATIONS, this::results);
    }
}
