package io.hardmine.mining.bootstrap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.file.AtomicFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Writes {@code hard-negatives.json}, a list of hard negatives, and the crops that it names, as PNG. */
public final class HardNegativesFile {
    private HardNegativesFile() {}

    /**
     * Writes the list and the crops, and deletes those of an earlier run. Each file exists whole or not at all. The
     * list is written last, so it never names a crop that is missing.
     *
     * @param examples hardest first
     * @param categories names in class-index order
     * @param file gives the path of the picture with a name
     * @param list the file; the crops go into the folder {@code crops} beside it. Nothing else may be writing there
     */
    public static void write(
            List<HardExample> examples, List<String> categories, Function<String, Path> file, Path list)
            throws IOException {
        Path folder = list.toAbsolutePath().getParent();
        Path crops = Files.createDirectories(folder.resolve("crops"));
        AtomicFile.clearParts(folder);
        AtomicFile.clearParts(crops);
        Files.deleteIfExists(list);
        try (DirectoryStream<Path> earlier = Files.newDirectoryStream(crops, "[0-9]*.png")) {
            for (Path crop : earlier) {
                Files.delete(crop);
            }
        }
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode json = mapper.createArrayNode();
        for (HardExample example : examples) {
            String crop = "%05d.png".formatted(json.size());
            byte[] png = CropPng.encode(example.crop());
            AtomicFile.write(crops.resolve(crop), out -> out.write(png));
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
        AtomicFile.writeString(list, json.toPrettyString());
    }

    private static void box(ArrayNode json, Box box) {
        json.add(box.x()).add(box.y()).add(box.width()).add(box.height());
    }
}
