package io.hardmine.core.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Sha256;
import io.hardmine.datasets.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip of one JSON description and raw little-endian float arrays, each with its size and SHA-256 in {@code
 * manifest.json}. No Java serialization. Writing is atomic: a reader sees the old file or the new one, whole.
 *
 * @param description meaning of the arrays, in JSON
 * @param arrays by name
 */
public record Archive(JsonNode description, Map<String, float[]> arrays) {
    /**
     * An array to write, as consecutive pieces, so that a large array need not be on the heap as a whole. It is read
     * twice: for the checksum and for the content.
     */
    public interface Numbers {
        /** The pieces in order; each call gives the same ones. */
        Stream<float[]> pieces();
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    static final String MANIFEST = "manifest.json";
    static final String DESCRIPTION = "description.json";
    static final String ARRAY_SUFFIX = ".f32";

    /** Largest size of a description in bytes. */
    static final int LARGEST_JSON = 64 << 20;

    /**
     * Writes an archive.
     *
     * @param kind kind of the file, such as {@code hardmine-model}
     * @param version of the kind's layout
     * @param description meaning of the arrays, in JSON
     * @param arrays by name
     * @throws DataException if the description is over 64 MiB, the limit of {@link #read}
     */
    public static void write(Path file, String kind, int version, JsonNode description, Map<String, Numbers> arrays)
            throws IOException {
        AtomicFile.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.setLevel(Deflater.NO_COMPRESSION); // weights hardly shrink
            writeEntries(zip, kind, version, description, arrays);
            zip.finish();
        });
    }

    private static void writeEntries(
            ZipOutputStream zip, String kind, int version, JsonNode description, Map<String, Numbers> arrays)
            throws IOException {
        byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(description);
        if (text.length > LARGEST_JSON) {
            throw new DataException("the description has %d MB, and at most %d MB fit: train on fewer pictures"
                    .formatted(text.length >> 20, LARGEST_JSON >> 20));
        }
        ObjectNode manifest = JSON.createObjectNode().put("kind", kind).put("version", version);
        ObjectNode entries = manifest.putObject("entries");
        describe(entries.putObject(DESCRIPTION), Stream.of(text));
        arrays.forEach((name, numbers) -> describe(
                entries.putObject(name + ARRAY_SUFFIX), numbers.pieces().map(Archive::bytes)));
        put(zip, MANIFEST, Stream.of(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest)));
        put(zip, DESCRIPTION, Stream.of(text));
        for (Map.Entry<String, Numbers> array : arrays.entrySet()) {
            put(zip, array.getKey() + ARRAY_SUFFIX, array.getValue().pieces().map(Archive::bytes));
        }
    }

    private static void describe(ObjectNode entry, Stream<byte[]> content) {
        Sha256 sum = new Sha256();
        long bytes = content.sequential()
                .peek(sum::add)
                .mapToLong(piece -> piece.length)
                .sum();
        entry.put("bytes", bytes).put("sha256", sum.hex());
    }

    private static void put(ZipOutputStream zip, String name, Stream<byte[]> content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0); // the same content gives the same file
        zip.putNextEntry(entry);
        for (Iterator<byte[]> pieces = content.iterator(); pieces.hasNext(); ) {
            zip.write(pieces.next());
        }
        zip.closeEntry();
    }

    /**
     * Reads and checks a whole archive.
     *
     * @throws DataException if the file is missing, is not an archive of this kind and version, or is damaged
     */
    public static Archive read(Path file, String kind, int version) {
        try (ArchiveReader reader = ArchiveReader.open(file, kind, version, version, "")) {
            Map<String, float[]> arrays = new LinkedHashMap<>();
            reader.arrays().forEach(name -> arrays.put(name, reader.array(name)));
            return new Archive(reader.description(), arrays);
        }
    }

    private static byte[] bytes(float[] array) {
        ByteBuffer buffer =
                ByteBuffer.allocate(Math.multiplyExact(4, array.length)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(array);
        return buffer.array();
    }
}
