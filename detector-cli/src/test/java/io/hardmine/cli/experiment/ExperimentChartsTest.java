package io.hardmine.cli.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hardmine.mining.experiment.Arm;
import io.hardmine.mining.experiment.ArmResult;
import io.hardmine.mining.experiment.ExperimentPlan;
import io.hardmine.mining.experiment.ExperimentResult;
import io.hardmine.mining.experiment.Measure;
import io.hardmine.mining.experiment.RunResult;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentChartsTest {
    @TempDir
    Path folder;

    private static ExperimentResult result(double at80, double at90) {
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            values.put(measure, 0.5);
        }
        values.put(Measure.ALARMS_AT_80, at80);
        values.put(Measure.ALARMS_AT_90, at90);
        Arm arm = new Arm("plain", List.of(), false);
        ExperimentPlan plan =
                new ExperimentPlan("data", "1", null, null, 10, JsonNodeFactory.instance.objectNode(), List.of(arm));
        return new ExperimentResult(
                plan,
                List.of(new ArmResult(arm, List.of(new RunResult(1, values)))),
                "plain",
                List.of(),
                List.of(),
                4,
                10,
                "test");
    }

    @Test
    void recallsThatNoRunReachesAreNotDrawn() throws IOException {
        Path all = folder.resolve("all.png");
        Path odd = folder.resolve("odd.png");
        ExperimentCharts.writePng(result(1, 2), all);
        ExperimentCharts.writePng(result(1, Double.POSITIVE_INFINITY), odd);
        BufferedImage six = ImageIO.read(all.toFile());
        BufferedImage five = ImageIO.read(odd.toFile());
        assertEquals(2 * five.getWidth(), six.getWidth(), "two beside each other");
        assertEquals(5 * six.getHeight() / 3, five.getHeight(), "five below each other");
        assertEquals(5, ExperimentCharts.of(result(1, Double.POSITIVE_INFINITY)).size());
    }
}
