package io.hardmine.cli.option;

import io.hardmine.mining.run.DetectionsEvaluation;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Annotations, and what any detector found in their pictures. */
public final class GivenDetections {
    @Option(names = "--annotations", required = true, paramLabel = "GT.json", description = "COCO annotations.")
    private Path annotations;

    @Option(names = "--detections", required = true, paramLabel = "DT.json", description = "COCO results.")
    private Path detections;

    @Option(names = "--images", paramLabel = "DIR", description = "Where the pictures are, for the report.")
    private Path images;

    /** Both, read. */
    public DetectionsEvaluation read() {
        return DetectionsEvaluation.of(annotations, detections, images);
    }
}
