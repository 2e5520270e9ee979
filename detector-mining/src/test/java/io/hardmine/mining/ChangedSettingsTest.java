package io.hardmine.mining;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.training.Augmentation;
import io.hardmine.core.training.Preset;
import io.hardmine.core.training.TrainingSettings;
import io.hardmine.mining.bootstrap.BootstrapSettings;
import io.hardmine.mining.bootstrap.Scan;
import io.hardmine.mining.ohem.SelectionSettings;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings are changed by name: of each field there is a {@code with…}, of each group a {@code with}. */
class ChangedSettingsTest {
    @Test
    void everyWithChangesItsFieldAndNoOther() throws ReflectiveOperationException {
        TrainingSettings training = TrainingSettings.of(
                Preset.BALANCED.network(),
                new TrainingSettings.Input(480, 640),
                TrainingSettings.ScheduleSettings.of(93));
        int fields = 0;
        for (Record settings : List.of(
                training,
                training.network(),
                training.loss(),
                training.optimizer(),
                training.schedule(),
                Augmentation.defaults(),
                Augmentation.defaults().color(),
                Augmentation.defaults().quality(),
                SelectionSettings.all(),
                BootstrapSettings.none(),
                Scan.defaults())) {
            RecordComponent[] parts = settings.getClass().getRecordComponents();
            for (int i = 0; i < parts.length; i++) {
                List<Object> expected = values(settings);
                expected.set(i, another(expected.get(i)));
                Object changed = with(settings, parts[i], expected.get(i));
                assertEquals(expected, values((Record) changed), parts[i].toString());
                assertNotEquals(settings, changed, parts[i].toString());
                fields++;
            }
        }
        assertEquals(14 + 6 + 8 + 7 + 6 + 11 + 3 + 2 + 7 + 8 + 4, fields);
    }

    private static Object with(Record settings, RecordComponent part, Object value)
            throws ReflectiveOperationException {
        String named = "with" + part.getName().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + part.getName().substring(1);
        Method method = Arrays.stream(settings.getClass().getMethods())
                .filter(m -> m.getName().equals(named) || m.getName().equals("with"))
                .filter(m -> Arrays.equals(m.getParameterTypes(), new Class<?>[] {part.getType()}))
                .findFirst()
                .orElseThrow(() -> new AssertionError(settings.getClass() + " has no " + named));
        return method.invoke(settings, value);
    }

    private static Object another(Object value) throws ReflectiveOperationException {
        if (value == null) {
            return AnchorShapes.paper();
        }
        if (value instanceof Double number) {
            return number == 0 ? 0.5 : number * 0.9;
        }
        if (value instanceof Integer number) {
            return number + 1;
        }
        if (value instanceof Long number) {
            return number + 1;
        }
        if (value instanceof Boolean flag) {
            return !flag;
        }
        if (value instanceof List<?>) {
            return List.of(0.5);
        }
        if (value instanceof Enum<?> constant) {
            Object[] all = constant.getDeclaringClass().getEnumConstants();
            return all[(constant.ordinal() + 1) % all.length];
        }
        List<Object> values = values((Record) value);
        values.set(0, another(values.get(0)));
        Class<?>[] types = Arrays.stream(value.getClass().getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        return value.getClass().getConstructor(types).newInstance(values.toArray());
    }

    private static List<Object> values(Record settings) throws ReflectiveOperationException {
        List<Object> values = new ArrayList<>();
        for (RecordComponent part : settings.getClass().getRecordComponents()) {
            values.add(part.getAccessor().invoke(settings));
        }
        return values;
    }
}
