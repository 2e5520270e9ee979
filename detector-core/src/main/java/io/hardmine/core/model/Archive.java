package io.hardmine.core.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.datasets.AtomicFile;
import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A zip of one JSON description and raw little-endian float arrays, each with its size and SHA-256 in {@code
 * manifest.json}. No Java serialisation. Writing is atomic: a reader sees the old file or the new one, whole.
 *
 * @param description what the arrays mean
 * @param arrays by name
 */
public record Archive(JsonNode description, Map<String, float[]> arrays) {
    /** What is to be written of an array: its pieces in order. Asked for twice, so that large ones need not be there whole. */
    public interface Numbers {
        Stream<float[]> pieces();
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANIFEST = "manifest.json";
    private static final String DESCRIPTION = "description.json";
    private static final String ARRAY_SUFFIX = ".f32";
    private static final int LARGEST_JSON = 64 << 20;

    /**
     * Writes an archive.
     *
     * @param kind what it is, such as {@code hardmine-model}
     * @param version of the kind's layout
     * @param description what the arrays mean
     * @param arrays by name
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
        MessageDigest digest = digest();
        long bytes = content.sequential()
                .peek(digest::update)
                .mapToLong(piece -> piece.length)
                .sum();
        entry.put("bytes", bytes).put("sha256", HexFormat.of().formatHex(digest.digest()));
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
     * Reads and checks an archive.
     *
     * @throws DataException where the file is missing, no archive of this kind and version, or damaged
     */
    public static Archive read(Path file, String kind, int version) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            JsonNode manifest = json(file, MANIFEST, content(file, zip, MANIFEST, LARGEST_JSON));
            if (!kind.equals(manifest.path("kind").asText())) {
                throw new DataException("%s is not a %s file, but says it is '%s'"
                        .formatted(file, kind, manifest.path("kind").asText("nothing")));
            }
            int found = manifest.path("version").asInt();
            if (found != version) {
                throw new DataException("%s has version %d of its format, this program reads version %d: %s"
                        .formatted(
                                file,
                                found,
                                version,
                                found > version ? "use a newer Hardmine" : "write it again with this Hardmine"));
            }
            JsonNode description = null;
            Map<String, float[]> arrays = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : manifest.path("entries").properties()) {
                byte[] content = checked(file, zip, entry.getKey(), entry.getValue());
                if (entry.getKey().equals(DESCRIPTION)) {
                    description = json(file, DESCRIPTION, content);
                } else if (entry.getKey().endsWith(ARRAY_SUFFIX)) {
                    String name = entry.getKey().substring(0, entry.getKey().length() - ARRAY_SUFFIX.length());
                    arrays.put(name, floats(file, entry.getKey(), content));
                }
            }
            if (description == null) {
                throw damaged(file, "it has no " + DESCRIPTION);
            }
            return new Archive(description, arrays);
        } catch (NoSuchFileException e) {
            throw new DataException("%s does not exist".formatted(file), e);
        } catch (ZipException e) {
            throw damaged(file, "it is not a zip file or cut off (" + e.getMessage() + ")");
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static byte[] checked(Path file, ZipFile zip, String name, JsonNode expected) throws IOException {
        long length = expected.path("bytes").asLong(-1);
        if (length < 0 || length > Integer.MAX_VALUE - 8) {
            throw damaged(file, "its manifest gives no sensible size for " + name);
        }
        byte[] content = content(file, zip, name, (int) length);
        if (content.length != length) {
            throw damaged(file, "%s has %d bytes, not %d".formatted(name, content.length, length));
        }
        if (!sha256(content).equals(expected.path("sha256").asText())) {
            throw damaged(file, "the checksum of " + name + " is wrong");
        }
        return content;
    }

    private static byte[] content(Path file, ZipFile zip, String name, int limit) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw damaged(file, "it has no " + name);
        }
        if (entry.getSize() > limit) {
            throw damaged(file, name + " is larger than it says");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes(limit);
        }
    }

    private static JsonNode json(Path file, String name, byte[] content) throws IOException {
        try {
            return JSON.readTree(content);
        } catch (JsonProcessingException e) {
            throw damaged(file, name + " is no JSON: " + e.getOriginalMessage());
        }
    }

    private static DataException damaged(Path file, String why) {
        return new DataException("%s is damaged: %s; get a fresh copy".formatted(file, why));
    }

    private static byte[] bytes(float[] array) {
        ByteBuffer buffer =
                ByteBuffer.allocate(Math.multiplyExact(4, array.length)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(array);
        return buffer.array();
    }

    private static float[] floats(Path file, String name, byte[] content) {
        if (content.length % 4 != 0) {
            throw damaged(file, name + " is no array of floats");
        }
        float[] array = new float[content.length / 4];
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(array);
        return array;
    }

    private static String sha256(byte[] content) {
        return HexFormat.of().formatHex(digest().digest(content));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
