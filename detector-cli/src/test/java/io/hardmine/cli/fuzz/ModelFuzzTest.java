package io.hardmine.cli.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.IouMatcher;
import io.hardmine.core.detection.PostProcessing;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.model.DataOrigin;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model from a stranger: one with another description, signed anew, and one with other bytes. */
class ModelFuzzTest {
    private static final int MUTATIONS = 200;
    private static final String DESCRIPTION = "description.json";

    @TempDir
    private static Path folder;

    private static byte[] whole;

    @BeforeAll
    static void write() throws IOException {
        Architecture tiny = new Architecture(2, 9, Architecture.BackboneShape.tiny(4), 4, 1, 0.01);
        Path file = folder.resolve("whole.zip");
        try (RetinaNet network = RetinaNet.initialized(tiny, 3)) {
            TrainedModel.Description description = new TrainedModel.Description(
                    network.architecture(),
                    List.of(new Category(7, "nut"), new Category(9, "bolt")),
                    new Preprocessing(64, 96),
                    AnchorShapes.paper(),
                    IouMatcher.paper(),
                    PostProcessing.paper(),
                    List.of(0.25, 0.5),
                    DataOrigin.UNKNOWN,
                    new ObjectMapper().createObjectNode().put("seed", 3));
            new TrainedModel(description, network).write(file);
        }
        whole = Files.readAllBytes(file);
    }

    /** The input is the text of {@code description.json}; the manifest fits it. */
    @FuzzTest
    void description(byte[] input) throws Exception {
        Map<String, byte[]> entries = entries();
        entries.put(DESCRIPTION, input);
        entries.put("manifest.json", manifest(entries));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        readOrRefused(out.toByteArray());
    }

    /** The input is pairs of a place, in three bytes, and the byte that is there; the place counts from the file's end. */
    @FuzzTest
    void bytes(byte[] input) throws IOException {
        byte[] changed = whole.clone();
        for (int i = 0; i + 3 < input.length; i += 4) {
            int place = (input[i] & 0xFF) << 16 | (input[i + 1] & 0xFF) << 8 | input[i + 2] & 0xFF;
            changed[changed.length - 1 - place % changed.length] = input[i + 3];
        }
        readOrRefused(changed);
    }

    /** The input is the whole file. */
    @FuzzTest
    void file(byte[] input) throws IOException {
        readOrRefused(input);
    }

    @Test
    void mutatedDescriptionsAreReadOrRefused() throws Exception {
        FuzzTarget.overMutations(getClass(), "description", MUTATIONS, this::description);
    }

    @Test
    void mutatedArchivesAreReadOrRefused() throws Exception {
        FuzzTarget.overMutations(getClass(), "bytes", MUTATIONS, this::bytes);
        FuzzTarget.overMutations(getClass(), "file", MUTATIONS, this::file);
    }

    private static void readOrRefused(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("model.zip"), content);
        try (TrainedModel model = TrainedModel.read(file)) {
            assertFalse(model.description().categories().isEmpty());
        } catch (DataException e) {
            assertFalse(e.getMessage().isBlank());
        }
    }

    private static Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(whole))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] manifest(Map<String, byte[]> entries) throws Exception {
        StringBuilder listed = new StringBuilder();
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            if (!entry.getKey().equals("manifest.json")) {
                byte[] sum = MessageDigest.getInstance("SHA-256").digest(entry.getValue());
                listed.append(listed.isEmpty() ? "" : ",")
                        .append("\"%s\":{\"bytes\":%d,\"sha256\":\"%s\"}"
                                .formatted(
                                        entry.getKey(),
                                        entry.getValue().length,
                                        HexFormat.of().formatHex(sum)));
            }
        }
        return "{\"kind\":\"hardmine-model\",\"version\":1,\"entries\":{%s}}"
                .formatted(listed)
                .getBytes(StandardCharsets.UTF_8);
    }
}
