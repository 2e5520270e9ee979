package io.hardmine.core.training;

import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Fingerprint of a run, which a checkpoint must match: settings, example selection, repetition, background source,
 * categories, and names, contents and boxes of all pictures.
 */
final class RunFingerprint {
    private RunFingerprint() {}

    /** SHA-256 of all of it, in hexadecimal. */
    static String of(TrainingTask task) {
        return new Sha256()
                .add(SettingsJson.of(task.settings()).toString())
                .add(task.selection().description())
                .add(task.repetition().description())
                .add(task.source().description())
                .add(task.train().categoryNames().toString())
                .add(pictures(task.train().pictures(), task.contents()))
                .add(pictures(task.validation().pictures(), task.contents()))
                .add(pictures(task.source().pictures(), task.contents()))
                .hex();
    }

    private static String pictures(List<Picture> pictures, Map<Path, String> contents) {
        StringBuilder text = new StringBuilder();
        pictures.forEach(p -> text.append(p.name())
                .append(contents.getOrDefault(p.file(), ""))
                .append(p.annotations()));
        return text.toString();
    }
}
