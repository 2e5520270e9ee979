package io.hardmine.mining.bootstrap;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hardmine.core.training.PictureCrop;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.file.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Bootstrapping's part of a run folder. Each round has a manifest {@code round-N.json} with the set and the report, and
 * the crops of the set as PNG. While a round runs, it has a journal of the pictures that were searched, so that a
 * killed round can continue where it stopped. Manifests are written atomically.
 */
final class RoundFiles {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS) // a box's isEmpty() is no field
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build();

    private static final ObjectMapper LINE = JSON.copy().disable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;

    RoundFiles(Path folder) {
        this.folder = folder;
    }

    private record Manifest(RoundReport report, List<Member> members, List<FalsePositive> retired) {
        private Manifest {
            if (report == null || members == null || retired == null) {
                throw new IllegalArgumentException("its report, members or retired places are missing");
            }
        }
    }

    /** A hard example whose pixels are in a file. */
    private record Member(String crop, FalsePositive found, HardExample.Counters counters) {
        private Member {
            if (crop == null || found == null || counters == null) {
                throw new IllegalArgumentException("a member's crop, place or counters are missing");
            }
        }
    }

    /** A finished round. */
    record Round(RoundReport report, HardExampleSet set) {}

    boolean isFinished(int round) {
        return Files.exists(manifest(round));
    }

    /** Deletes the files of all rounds. */
    void clear() throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    void write(Round round) throws IOException {
        Path crops = crops(round.report().round());
        Files.createDirectories(crops);
        List<Member> members = new ArrayList<>();
        for (HardExample e : round.set().members()) {
            String name = "%05d.png".formatted(members.size());
            // need not be atomic: a crop counts only once the manifest, which is written last, names it
            Files.write(crops.resolve(name), CropPng.encode(e.crop()));
            members.add(new Member(name, e.found(), e.counters()));
        }
        Manifest manifest = new Manifest(round.report(), members, round.set().retired());
        AtomicFile.write(manifest(round.report().round()), out -> JSON.writeValue(out, manifest));
        Files.deleteIfExists(journal(round.report().round()));
    }

    Round read(int round) {
        Manifest manifest = readManifest(round);
        List<HardExample> members = new ArrayList<>();
        for (Member m : manifest.members()) {
            PictureCrop crop =
                    CropPng.read(crops(round).resolve(m.crop()), m.found().picture());
            members.add(HardExample.of(m.found(), m.counters(), crop));
        }
        return new Round(manifest.report(), new HardExampleSet(members, manifest.retired()));
    }

    private Manifest readManifest(int round) {
        Path file = manifest(round);
        try {
            Manifest manifest = JSON.readValue(file.toFile(), Manifest.class);
            if (manifest == null) {
                throw new IOException("it is empty");
            }
            return manifest;
        } catch (IOException e) {
            throw new DataException(
                    "%s, which the run needs to go on, cannot be read: %s; start the run anew in another folder"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    /** Reports of the rounds from 0 to {@code last}. */
    List<RoundReport> reports(int last) {
        return IntStream.rangeClosed(0, last)
                .mapToObj(round -> readManifest(round).report())
                .toList();
    }

    /** The pictures that were scanned before a round was interrupted, in order. */
    List<PictureScan> journalled(int round) throws IOException {
        List<PictureScan> scans = new ArrayList<>();
        if (Files.exists(journal(round))) {
            // a line that was cut off by a kill may end within a character
            String text = new String(Files.readAllBytes(journal(round)), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                try {
                    scans.add(LINE.readValue(line, PictureScan.class));
                } catch (JsonProcessingException e) {
                    break; // cut off: the pictures from here on are scanned again
                }
            }
        }
        return scans;
    }

    /** Opens a journal that begins with the scans in {@code before}. */
    BufferedWriter journal(int round, List<PictureScan> before) throws IOException {
        Files.createDirectories(folder);
        BufferedWriter writer = Files.newBufferedWriter(
                journal(round),
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        for (PictureScan scan : before) {
            append(writer, scan);
        }
        return writer;
    }

    static void append(BufferedWriter journal, PictureScan scan) throws IOException {
        journal.write(LINE.writeValueAsString(scan));
        journal.newLine();
        journal.flush();
    }

    private Path manifest(int round) {
        return folder.resolve("round-%d.json".formatted(round));
    }

    private Path journal(int round) {
        return folder.resolve("round-%d.journal.jsonl".formatted(round));
    }

    private Path crops(int round) {
        return folder.resolve("round-%d".formatted(round));
    }
}
