package io.hardmine.cli.option;

import io.hardmine.mining.run.DetectionsEvaluation;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Annotations, and the detections of any detector in their pictures. */
public final class GivenDetections {
    @Option(names = "--annotations", required = true, paramLabel = "GT.json", description = "COCO annotations.")
    private Path annotations;

    @Option(names = "--detections", required = true, paramLabel = "DT.json", description = "COCO results.")
    private Path detections;

    @Option(names = "--images", paramLabel = "DIR", description = "Where the pictures are, for the report.")
    private Path images;

    /**
     * Reads both files.
     *
     * @throws io.hardmine.datasets.DataException if a file cannot be read, or the two do not belong together
     */
    public DetectionsEvaluation read() {
        return DetectionsEvaluation.of(annotations, detections, images);
    }
}
