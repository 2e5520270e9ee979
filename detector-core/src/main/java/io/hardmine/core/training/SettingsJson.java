package io.hardmine.core.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Training settings as JSON, with the names that settings files use. */
final class SettingsJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private SettingsJson() {}

    static JsonNode of(TrainingSettings settings) {
        return JSON.valueToTree(settings);
    }
}
