package io.hardmine.cli.gallery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.datasets.AtomicFile;
import io.hardmine.datasets.Box;
import io.hardmine.mining.bootstrap.HardExample;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** {@code hard-negatives.json}, hardest first, and the crops that it names, as PNG. */
public final class HardNegativesFile {
    private HardNegativesFile() {}

    /**
     * Writes both and deletes the crops of an earlier run.
     *
     * @param file the path of the picture of that name
     */
    public static void write(
            List<HardExample> examples, List<String> categories, Function<String, Path> file, Path folder)
            throws IOException {
        Path crops = Files.createDirectories(folder.resolve("crops"));
        try (DirectoryStream<Path> earlier = Files.newDirectoryStream(crops, "[0-9]*.png")) {
            for (Path crop : earlier) {
                Files.delete(crop);
            }
        }
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode json = mapper.createArrayNode();
        for (HardExample example : examples) {
            String crop = "%05d.png".formatted(json.size());
            Files.write(crops.resolve(crop), CropImage.png(CropImage.of(example.crop())));
            ObjectNode entry = json.addObject();
            entry.put("image", file.apply(example.picture()).toString().replace('\\', '/'));
            entry.put("name", example.picture());
            box(entry.putArray("region"), example.region());
            box(entry.putArray("fired"), example.fired());
            entry.put("scale", example.scale());
            entry.put("score", example.scoreNow());
            entry.put("class", categories.get(example.category()));
            entry.put("crop", "crops/" + crop);
        }
        AtomicFile.writeString(folder.resolve("hard-negatives.json"), json.toPrettyString());
    }

    private static void box(ArrayNode json, Box box) {
        json.add(box.x()).add(box.y()).add(box.width()).add(box.height());
    }
}
