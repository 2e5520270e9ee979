package io.hardmine.mining.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArmsFileTest {
    @TempDir
    private Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("arms.yaml"), text);
    }

    @Test
    void armsAreReadInEitherForm() throws IOException {
        Path file = write(
                """
                arms:
                  - {name: plain}
                  - name: mined   # with the pool
                    background: true
                    set:
                      - loss.kind=focal
                      - bootstrap.source=mined
                """);
        assertEquals(
                List.of(
                        new Arm("plain", List.of(), false),
                        new Arm("mined", List.of("loss.kind=focal", "bootstrap.source=mined"), true)),
                ArmsFile.read(file, setting -> {}));
    }

    /** A file, with | for the ends of lines, the line of the mistake, and a word of the message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "- {name: a}                                    ; 1 ; 'arms'",
                "arm:|  - {name: a}                             ; 1 ; 'arm'",
                "arms: none                                     ; 1 ; list",
                "arms:|  - plain                                ; 2 ; group",
                "arms:|  - {name: a}|  - {set: [x=1]}           ; 3 ; 'name'",
                "arms:|  - {name: a}|  - {name: A}              ; 3 ; already",
                "arms:|  - {name: a/b}                          ; 2 ; a/b",
                "arms:|  - {name: ..}                           ; 2 ; '..'",
                "arms:|  - name: a|    sets: [x=1]              ; 3 ; 'sets'",
                "arms:|  - name: a|    set: x=1                 ; 3 ; list",
                "arms:|  - name: a|    set: [x=1,|      5]      ; 4 ; field=value",
                "arms:|  - name: a|    set:|    - x=1|    - bad ; 5 ; no such setting",
                "arms:|  - name: a|    background: some         ; 3 ; true or false",
                "arms:|  - name: a|    name: b                  ; 3 ; YAML",
                "arms:|  - {name: a|                            ; 2 ; YAML",
            })
    void mistakesNameFileAndLine(String text, int line, String word) throws IOException {
        Path file = write(text.replace('|', '\n'));
        DataException e = assertThrows(
                DataException.class,
                () -> ArmsFile.read(file, settings -> {
                    if (settings.get(settings.size() - 1).equals("bad")) {
                        throw new DataException("no such setting");
                    }
                }));
        assertTrue(e.getMessage().startsWith(file + ", line " + line + ": "), e::getMessage);
        assertTrue(e.getMessage().contains(word), e::getMessage);
    }

    @Test
    void settingsAreCheckedAfterTheOnesBeforeThem() throws IOException {
        Path file = write("arms:\n  - {name: a, set: [x=1, y=2]}\n  - {name: b, set: [z=3]}");
        List<List<String>> checked = new ArrayList<>();
        ArmsFile.read(file, checked::add);
        assertEquals(List.of(List.of("x=1"), List.of("x=1", "y=2"), List.of("z=3")), checked);
    }

    @Test
    void noArmsAndNoFileAreMistakesToo() throws IOException {
        Path empty = write("arms: []");
        assertTrue(assertThrows(DataException.class, () -> ArmsFile.read(empty, s -> {}))
                .getMessage()
                .contains("no arm"));
        Path gone = folder.resolve("gone.yaml");
        assertTrue(assertThrows(DataException.class, () -> ArmsFile.read(gone, s -> {}))
                .getMessage()
                .contains("gone.yaml"));
    }
}
