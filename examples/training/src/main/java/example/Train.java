package example;

import io.hardmine.core.detection.Detection;
import io.hardmine.core.detector.Detector;
import io.hardmine.core.evaluation.EvaluationReport;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.training.Preset;
import io.hardmine.datasets.LoadOptions;
import io.hardmine.datasets.loading.DatasetLoader;
import io.hardmine.mining.run.ModelEvaluation;
import io.hardmine.mining.run.TrainingRun;
import java.nio.file.Path;

/** Trains with mined background, scores the model on the test pictures, and detects: {@code Train data background picture run}. */
public final class Train {
    private Train() {}

    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        TrainingRun run = TrainingRun.on(data)
                .background(Path.of(arguments[1]))
                .preset(Preset.FAST)
                .set("bootstrap.source=mined")
                .set("schedule.steps=30") // enough to see that it runs; without this line the data sets the length
                .into(Path.of(arguments[3]));
        try (TrainedModel model = TrainedModel.read(run.train().model())) {
            EvaluationReport report =
                    ModelEvaluation.of(model, DatasetLoader.load(data, LoadOptions.defaults())).run();
            System.out.printf("AP %.3f on %d pictures%n", report.coco().ap(), report.counts().pictures());
            try (Detector detector = Detector.of(model).open()) {
                for (Detection d : detector.detect(Path.of(arguments[2]))) {
                    System.out.println(detector.categories().get(d.category()).name() + " " + d);
                }
            }
        }
    }
}
