package io.hardmine.mining.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.file.AtomicFile;
import io.hardmine.mining.settings.RunSettings;
import io.hardmine.mining.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The inputs that a run was started with, stored in its folder: {@code settings.yaml}, and in {@code split.json} the
 * name and SHA-256 of each picture by part, background pictures included.
 *
 * @param folder of the run
 */
record RunInputs(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BACKGROUND = "background";

    private Path settingsFile() {
        return folder.resolve("settings.yaml");
    }

    private Path splitFile() {
        return folder.resolve("split.json");
    }

    /**
     * Reads the run's settings, which override {@code defaults}.
     *
     * @throws DataException if the file is missing or damaged
     */
    RunSettings settings(RunSettings defaults) throws IOException {
        if (!Files.exists(settingsFile()) || Files.size(settingsFile()) == 0) {
            throw lost(settingsFile(), "is missing or empty", null);
        }
        return SettingsReader.read(settingsFile(), defaults);
    }

    /**
     * Restores the run's split, for data that was read again.
     *
     * @throws DataException if the file is missing or damaged
     */
    Partition split(LoadedDataset loaded) throws IOException {
        return Partition.stored(stored(), loaded);
    }

    private JsonNode stored() throws IOException {
        if (!Files.exists(splitFile())) {
            throw lost(splitFile(), "is missing", null);
        }
        JsonNode json;
        try {
            json = JSON.readTree(splitFile().toFile());
        } catch (JsonProcessingException e) {
            throw lost(splitFile(), "is damaged: it is not valid JSON", e);
        }
        if (!json.path(part(Split.TRAIN)).isArray()) {
            throw lost(splitFile(), "is damaged: it lists no training pictures", null);
        }
        return json;
    }

    private static DataException lost(Path file, String how, Exception cause) {
        return new DataException(
                "%s %s; without it the run cannot go on: put it back, or train anew into another folder"
                        .formatted(file, how),
                cause);
    }

    /** Stores the inputs; each file exists whole or not at all. */
    void write(RunSettings settings, Partition partition, List<Picture> background, Map<Path, String> contents)
            throws IOException {
        AtomicFile.writeString(settingsFile(), SettingsReader.write(settings));
        ObjectNode json = (ObjectNode) partition.toJson();
        ArrayNode pool = json.putArray(BACKGROUND);
        background.forEach(p -> pool.addObject().put("name", p.name()).put("sha256", contents.get(p.file())));
        AtomicFile.writeString(splitFile(), json.toPrettyString());
    }

    /**
     * Makes sure that a run is resumed with the pictures that it was started with.
     *
     * @param background pictures without objects
     * @param contents SHA-256 of each picture's file
     * @throws DataException if a picture has changed, is missing, or is new, naming it
     */
    void requireSamePictures(Partition partition, List<Picture> background, Map<Path, String> contents)
            throws IOException {
        JsonNode stored = stored();
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
            requireSame(stored.path(part(split)), partition.part(split).pictures(), contents);
        }
        requireSame(stored.path(BACKGROUND), background, contents);
    }

    private void requireSame(JsonNode stored, List<Picture> pictures, Map<Path, String> contents) {
        Map<String, String> before = new HashMap<>();
        stored.forEach(entry ->
                before.put(entry.path("name").asText(), entry.path("sha256").asText()));
        for (Picture picture : pictures) {
            String hash = before.remove(picture.name());
            if (hash == null) {
                throw changed(picture.name(), "was not among its pictures");
            }
            if (!hash.equals(contents.get(picture.file()))) {
                throw changed(picture.name(), "is another picture now");
            }
        }
        before.keySet().stream().sorted().findFirst().ifPresent(name -> {
            throw changed(name, "is gone");
        });
    }

    private DataException changed(String picture, String how) {
        return new DataException(
                "the run in %s cannot go on with other pictures: %s %s; put back what it was begun with, or train anew into another folder"
                        .formatted(folder, picture, how));
    }

    private static String part(Split split) {
        return split.name().toLowerCase(Locale.ROOT);
    }
}
