package io.hardmine.mining.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Picture;
import io.hardmine.mining.bootstrap.Decision.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionsTest {
    private static final String GOOD =
            """
            {"kind": "hardmine-decisions", "version": 1, "decisions": [
              {"picture": "a.png", "region": [0, 0, 96, 96], "fired": [10, 20, 30, 40.5], "class": "nut", "decision": "background"},
              {"picture": "a.png", "region": [0, 0, 96, 96], "fired": [50, 20, 30, 40], "class": "nut", "decision": "unsure"},
              {"picture": "b.png", "region": [0, 0, 96, 96], "fired": [10, 20, 30, 40], "class": "screw", "decision": "object"}
            ]}
            """;

    @TempDir
    private Path folder;

    private static final List<Category> CATEGORIES = List.of(new Category(4, "nut"), new Category(9, "screw"));

    private static Picture picture(String name, Annotation... annotations) {
        return new Picture(1, name, Path.of(name), 200, 100, List.of(annotations));
    }

    private Decisions read(String text) throws Exception {
        return DecisionFile.read(List.of(Files.writeString(folder.resolve("decisions.json"), text)));
    }

    @Test
    void fieldsAreRead() throws Exception {
        List<Decision> all = read(GOOD).all();
        assertEquals(3, all.size());
        assertEquals("a.png", all.get(0).picture());
        assertEquals(new Box(0, 0, 96, 96), all.get(0).region());
        assertEquals(new Box(10, 20, 30, 40.5), all.get(0).fired());
        assertEquals("screw", all.get(2).category());
        assertEquals(
                List.of(Verdict.BACKGROUND, Verdict.UNSURE, Verdict.OBJECT),
                all.stream().map(Decision::verdict).toList());
    }

    @Test
    void theWordsOfEarlierVersionsAreRead() throws Exception {
        String earlier = GOOD.replace("\"background\"", "\"keep\"").replace("\"unsure\"", "\"exclude\"");
        assertEquals(
                List.of(Verdict.BACKGROUND, Verdict.UNSURE, Verdict.OBJECT),
                read(earlier).all().stream().map(Decision::verdict).toList());
    }

    @Test
    void severalFilesAddUp() throws Exception {
        Path one = Files.writeString(folder.resolve("1.json"), GOOD);
        assertEquals(6, DecisionFile.read(List.of(one, one)).all().size());
        assertEquals(List.of(), DecisionFile.read(List.of()).all());
    }

    @Test
    void whatIsNotBackgroundIsIgnoredUnlessItIsAnnotated() throws Exception {
        Annotation there = Annotation.of(new Box(11, 21, 30, 40), 1);
        List<Picture> marked =
                read(GOOD).ignoring(List.of(picture("a.png"), picture("b.png", there), picture("c.png")));
        List<Annotation> ofA = marked.get(0).annotations();
        assertEquals(1, ofA.size());
        assertEquals(new Box(50, 20, 30, 40), ofA.get(0).box());
        assertTrue(ofA.get(0).ignore());
        assertEquals(List.of(there), marked.get(1).annotations());
        assertEquals(List.of(), marked.get(2).annotations());
    }

    @Test
    void objectsBecomeAnnotationsOfTheClassThatFiredOnce() throws Exception {
        Decisions decisions = read(GOOD);
        List<Picture> once = decisions.promoting(List.of(picture("a.png"), picture("b.png")), CATEGORIES);
        assertEquals(List.of(), once.get(0).annotations());
        assertEquals(
                List.of(Annotation.of(new Box(10, 20, 30, 40), 1)), once.get(1).annotations());
        assertEquals(once, decisions.promoting(once, CATEGORIES));
    }

    @Test
    void aClassThatTheDataLacksIsNamed() throws Exception {
        Decisions decisions = read(GOOD);
        List<Picture> pictures = List.of(picture("b.png"));
        List<Category> nuts = CATEGORIES.subList(0, 1);
        DataException e = assertThrows(DataException.class, () -> decisions.promoting(pictures, nuts));
        assertTrue(e.getMessage().contains("decisions.json, decisions[2]: \"class\" 'screw'"), e::getMessage);
    }

    @Test
    void decisionsAboutOtherPicturesAreToldApart() throws Exception {
        List<Decision> elsewhere = read(GOOD).elsewhere(List.of(picture("a.png")));
        assertEquals(List.of("b.png"), elsewhere.stream().map(Decision::picture).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"kind\": \"hardmine-decisions\"   | \"kind\": \"other\"         | no file of decisions",
                "\"version\": 1                     | \"version\": 2              | version 1",
                "\"decisions\": [                   | \"decided\": [              | \"decisions\" must be a list",
                "\"picture\": \"b.png\",            | \"file\": \"b.png\",        | decisions[2]: \"picture\"",
                "[50, 20, 30, 40]                   | [50, 20, 0, 40]             | decisions[1]: \"fired\"",
                "[50, 20, 30, 40]                   | [50, 20, 40]                | decisions[1]: \"fired\"",
                "[50, 20, 30, 40]                   | \"left\"                    | decisions[1]: \"fired\"",
                "\"unsure\"                         | \"drop\"                    | decisions[1]: \"decision\" must be background, unsure or object, not 'drop'",
                "\"class\": \"screw\"               | \"class\": 7                | decisions[2]: \"class\"",
                "]}                                 | ]                           | line 6: this is no JSON",
            })
    void brokenFilesNameFileEntryAndField(String good, String broken, String message) {
        assertTrue(GOOD.contains(good));
        DataException e = assertThrows(DataException.class, () -> read(GOOD.replace(good, broken)));
        assertTrue(e.getMessage().contains("decisions.json"), e::getMessage);
        assertTrue(e.getMessage().contains(message), e::getMessage);
    }
}
