package io.hardmine.core.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * An {@link Archive} that is read part by part, so that a caller can check the length of an array before it reads the
 * array. The file may be untrusted. The reader checks every size and checksum that the file states, and bounds the
 * memory that each part takes.
 */
final class ArchiveReader implements AutoCloseable {
    /** Far above the entries of files that are written: a model has four, a checkpoint about a dozen. */
    private static final int MOST_ENTRIES = 100;

    /** Largest size of a JSON entry in bytes. Most of it are names and checksums of a data set's pictures. */
    private static final int LARGEST_JSON = Archive.LARGEST_JSON;

    /**
     * Enough for half a million pictures. The bound is needed because JSON nodes take more memory and time than their
     * text.
     */
    private static final long MOST_TOKENS = 4_000_000;

    /** Largest compression ratio of a large entry. Weights hardly shrink, so a higher ratio is an attack on memory. */
    private static final long LARGEST_RATIO = 100;

    /** Entries up to this size in bytes may have any compression ratio. */
    private static final long SMALL = 64L << 20;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(LARGEST_JSON)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final String advice;
    private final ZipFile zip;
    private final Map<String, JsonNode> arrays = new LinkedHashMap<>();
    private JsonNode description;
    private int version;

    private ArchiveReader(Path file, String advice, ZipFile zip) {
        this.file = file;
        this.advice = advice;
        this.zip = zip;
    }

    /**
     * Opens an archive and reads its description.
     *
     * @param oldest oldest version of the kind's layout that is read
     * @param newest newest version that is read
     * @param advice advice to the user if the file is damaged; it ends the message
     * @throws DataException if the file is missing, is not an archive of this kind and these versions, or is damaged
     */
    static ArchiveReader open(Path file, String kind, int oldest, int newest, String advice) {
        requireFile(file, kind);
        ArchiveReader reader = new ArchiveReader(file, advice, zip(file, advice));
        try {
            reader.readDescription(kind, oldest, newest);
            return reader;
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Refuses a path that is not a regular file: reading a pipe or a device could block forever. */
    private static void requireFile(Path file, String kind) {
        if (Files.isDirectory(file)) {
            throw new DataException("%s is a folder, not a %s file".formatted(file, kind));
        }
        if (!Files.exists(file)) {
            String why = Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? "is a link to nothing" : "does not exist";
            throw new DataException("%s %s".formatted(file, why));
        }
        if (!Files.isRegularFile(file)) {
            throw new DataException("%s is a pipe or a device, not a %s file".formatted(file, kind));
        }
    }

    private static ZipFile zip(Path file, String advice) {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw damaged(file, "it is not a zip file or cut off (" + e.getMessage() + ")", advice, e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private void readDescription(String kind, int oldest, int newest) {
        JsonNode manifest = json(Archive.MANIFEST, content(Archive.MANIFEST, LARGEST_JSON));
        if (!kind.equals(manifest.path("kind").asText())) {
            throw new DataException("%s is not a %s file, but says it is '%s'"
                    .formatted(file, kind, manifest.path("kind").asText("nothing")));
        }
        version = manifest.path("version").asInt();
        if (version < oldest || version > newest) {
            throw new DataException("%s has version %d of its format, this program reads version %s: %s"
                    .formatted(
                            file,
                            version,
                            oldest == newest ? newest : oldest + " to " + newest,
                            version > newest ? "use a newer Hardmine" : "write it again with this Hardmine"));
        }
        requireEntries(manifest.path("entries"));
        JsonNode listed = manifest.path("entries").path(Archive.DESCRIPTION);
        byte[] text = content(Archive.DESCRIPTION, LARGEST_JSON);
        requireSize(Archive.DESCRIPTION, listed, text.length);
        requireChecksum(Archive.DESCRIPTION, listed, new Sha256().add(text));
        description = json(Archive.DESCRIPTION, text);
        if (!description.isObject()) {
            throw damaged(Archive.DESCRIPTION + " is of the wrong kind: it must be an object in braces");
        }
    }

    /** Requires that the zip holds the manifest and each entry that the manifest lists, once, and nothing else. */
    private void requireEntries(JsonNode listed) {
        if (zip.size() > MOST_ENTRIES) {
            throw damaged("it has %d entries, more than %d".formatted(zip.size(), MOST_ENTRIES));
        }
        Set<String> there = new TreeSet<>();
        for (Iterator<? extends ZipEntry> entries = zip.entries().asIterator(); entries.hasNext(); ) {
            String name = entries.next().getName();
            if (!there.add(name)) {
                throw damaged("it has two entries named " + name);
            }
            if (!name.equals(Archive.MANIFEST) && !listed.has(name)) {
                throw damaged("it has an entry that its manifest does not list: " + name);
            }
        }
        if (!listed.has(Archive.DESCRIPTION)) {
            throw damaged("it has no " + Archive.DESCRIPTION);
        }
        for (Map.Entry<String, JsonNode> entry : listed.properties()) {
            String name = entry.getKey();
            if (!there.contains(name)) {
                throw damaged("it has no " + name);
            }
            if (name.endsWith(Archive.ARRAY_SUFFIX)) {
                arrays.put(name.substring(0, name.length() - Archive.ARRAY_SUFFIX.length()), entry.getValue());
            } else if (!name.equals(Archive.DESCRIPTION)) {
                throw damaged("it has an entry that is neither a description nor an array: " + name);
            }
        }
    }

    /** Version of the kind's layout that the file has. */
    int version() {
        return version;
    }

    /** Meaning of the arrays: a JSON object. */
    JsonNode description() {
        return description;
    }

    /** Names of the arrays, in the order of the file. */
    Set<String> arrays() {
        return arrays.keySet();
    }

    /** Length of an array according to the manifest; −1 if there is no such array. */
    long length(String name) {
        if (!arrays.containsKey(name)) {
            return -1;
        }
        long bytes = arrays.get(name).path("bytes").asLong(-1);
        if (bytes < 0 || bytes > Integer.MAX_VALUE - 8) {
            throw damaged("its manifest gives no sensible size for " + name);
        }
        if (bytes % Float.BYTES != 0) {
            throw damaged(name + " is no array of floats");
        }
        return bytes / Float.BYTES;
    }

    /** Reads an array that the file has and checks it. Its length is {@link #length}. */
    float[] array(String name) {
        JsonNode listed = arrays.get(name);
        String entryName = name + Archive.ARRAY_SUFFIX;
        int length = Math.toIntExact(length(name));
        ZipEntry entry = entry(entryName);
        requireSize(entryName, listed, entry.getSize());
        float[] array = allocate(length);
        Sha256 sum = new Sha256();
        try (InputStream in = zip.getInputStream(entry)) {
            for (int at = 0; at < length; ) {
                byte[] piece = in.readNBytes(Math.min(1 << 16, Float.BYTES * (length - at)));
                if (piece.length == 0 || piece.length % Float.BYTES != 0) {
                    throw damaged(entryName + " is shorter than it says");
                }
                sum.add(piece);
                ByteBuffer.wrap(piece)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(array, at, piece.length / Float.BYTES);
                at += piece.length / Float.BYTES;
            }
            if (in.read() >= 0) {
                throw damaged(entryName + " is larger than it says");
            }
        } catch (IOException e) {
            throw broken(entryName, e);
        }
        requireChecksum(entryName, listed, sum);
        return array;
    }

    private float[] allocate(int length) {
        try {
            return new float[length];
        } catch (OutOfMemoryError e) {
            throw new DataException(
                    "%s has %.1f million numbers, more than Java has memory for: give it more, for example HARDMINE_OPTS=-Xmx8g"
                            .formatted(file, length / 1e6),
                    e);
        }
    }

    private void requireSize(String name, JsonNode listed, long bytes) {
        long expected = listed.path("bytes").asLong(-1);
        if (bytes != expected) {
            throw damaged("%s has %d bytes, not %d".formatted(name, bytes, expected));
        }
    }

    private void requireChecksum(String name, JsonNode listed, Sha256 sum) {
        if (!sum.hex().equals(listed.path("sha256").asText())) {
            throw damaged("the checksum of " + name + " is wrong");
        }
    }

    private ZipEntry entry(String name) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw damaged("it has no " + name);
        }
        if (entry.getSize() > SMALL && entry.getSize() / LARGEST_RATIO > entry.getCompressedSize()) {
            throw damaged("%s grows from %d to %d bytes, which weights never do"
                    .formatted(name, entry.getCompressedSize(), entry.getSize()));
        }
        return entry;
    }

    private byte[] content(String name, int limit) {
        ZipEntry entry = entry(name);
        if (entry.getSize() > limit) {
            throw damaged("%s has %d bytes, more than %d".formatted(name, entry.getSize(), limit));
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes(limit);
        } catch (IOException e) {
            throw broken(name, e);
        }
    }

    private JsonNode json(String name, byte[] content) {
        try {
            return JSON.readTree(content);
        } catch (JsonProcessingException e) {
            throw damaged(file, name + " is no JSON: " + e.getOriginalMessage(), advice, e);
        } catch (IOException e) {
            throw broken(name, e);
        }
    }

    private DataException broken(String name, IOException e) {
        return e instanceof ZipException
                ? damaged(file, name + " cannot be unpacked (" + e.getMessage() + ")", advice, e)
                : unreadable(file, e);
    }

    private static DataException unreadable(Path file, IOException e) {
        return new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }

    /** An exception that tells the user that the file is damaged, and how. */
    DataException damaged(String how) {
        return damaged(file, how, advice, null);
    }

    private static DataException damaged(Path file, String how, String advice, Throwable cause) {
        return new DataException("%s is damaged: %s%s".formatted(file, how, advice), cause);
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }
}
