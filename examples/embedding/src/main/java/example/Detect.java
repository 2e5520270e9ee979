package example;

import io.hardmine.core.detection.Detection;
import io.hardmine.core.detector.Detector;
import java.nio.file.Path;

/** Prints what a trained detector finds in a picture: {@code Detect model.zip picture.png}. */
public final class Detect {
    private Detect() {}

    public static void main(String[] arguments) {
        try (Detector detector = Detector.load(Path.of(arguments[0]))) {
            for (Detection d : detector.detect(Path.of(arguments[1]))) {
                String name = detector.categories().get(d.category()).name();
                System.out.printf("%-10s %.2f  %s%n", name, d.score(), d.box());
            }
        }
    }
}
