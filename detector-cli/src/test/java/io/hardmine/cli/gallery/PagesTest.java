package io.hardmine.cli.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.training.PictureCrop;
import io.hardmine.datasets.Box;
import io.hardmine.mining.bootstrap.Decision;
import io.hardmine.mining.bootstrap.DecisionFile;
import io.hardmine.mining.bootstrap.FalsePositive;
import io.hardmine.mining.bootstrap.HardExample;
import io.hardmine.mining.bootstrap.RoundReport;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;

class PagesTest {
    private static final String EVIL = "a<b>&\"c'</script>.png";
    private static final String EVIL_CLASS = "nut\"><img src=x>&";

    private static final List<ReviewPage.Step> NEXT =
            List.of(new ReviewPage.Step("Train again:", "hardmine train --data 'a & b'"));

    @TempDir
    private Path folder;

    private static HardExample example(String picture, int category, Box fired) {
        byte[] gray = new byte[3 * 48 * 48];
        Arrays.fill(gray, (byte) 120);
        return HardExample.of(
                new FalsePositive(picture, new Box(10, 20, 24, 24), 2, category, fired, 0.875),
                new HardExample.Counters(1, 0.875, 0, 0),
                new PictureCrop(picture, 48, 48, gray));
    }

    private static HardExample evil() {
        return withBox(new Box(13, 24, 12, 6));
    }

    private static HardExample withBox(Box fired) {
        return example(EVIL, 0, fired);
    }

    private static void assertHarmless(String html) {
        assertFalse(html.contains("a<b>"), "a name became an element");
        assertFalse(html.contains("<img src=x"), "a class became an element");
        assertFalse(html.contains("c'</script>"), "a name ended the script");
        assertTrue(html.contains("a&lt;b"));
        assertTrue(html.contains("Content-Security-Policy"));
        assertFalse(html.contains("http://") || html.contains("https://"), "the page is not self-contained");
    }

    @Test
    void aCardSaysInWordsWhatFiredAndWhere() {
        List<HardExample> examples =
                List.of(example("desk.png", 1, new Box(13, 24, 12, 6)), example("desk.png", -1, null));
        List<Card> cards = Card.of(examples, List.of("nut", "washer"));
        assertEquals("washer, score 0.875, in desk.png", cards.get(0).label());
        assertEquals("random crop of desk.png", cards.get(1).label());
    }

    @Test
    void galleriesShowWhatFiredWhereAndEscapeNames() throws Exception {
        GalleryPage.write("Round <1>", "one & only", List.of(evil()), List.of(EVIL_CLASS), folder);
        String html = Files.readString(folder.resolve("gallery.html"));
        assertHarmless(html);
        assertTrue(html.contains("Round &lt;1"));
        assertTrue(html.contains("0.875"));
        assertTrue(html.contains("[10.0, 20.0, 24.0, 24.0]"));
        // (13 − 10) · 2 from the left, (24 − 20) · 2 from the top, twice as large
        assertTrue(html.contains("x=\"6.0\" y=\"8.0\" width=\"24.0\" height=\"12.0\""), html);
        BufferedImage sheet = ImageIO.read(folder.resolve("gallery.png").toFile());
        assertTrue(isSomewhere(sheet, 0x787878), "the crop is not on the sheet");
        assertTrue(isSomewhere(sheet, 0xff8a3d), "the box is not on the sheet");
    }

    private static boolean isSomewhere(BufferedImage image, int rgb) {
        for (int p = 0; p < image.getWidth() * image.getHeight(); p++) {
            if ((image.getRGB(p % image.getWidth(), p / image.getWidth()) & 0xffffff) == rgb) {
                return true;
            }
        }
        return false;
    }

    @Test
    void randomCropsHaveNoBoxNoClassAndNoScore() throws Exception {
        GalleryPage.write("Round 0", "", List.of(example("p.png", -1, null)), List.of("nut"), folder);
        String html = Files.readString(folder.resolve("gallery.html"));
        assertEquals(
                "<b>random </b> <span class=\"soft\">#1</span>"
                        + "<div class=\"place\">p.png<br>[10.0, 20.0, 24.0, 24.0]</div>",
                html.replaceAll("(?s).*<div class=\"words\">(.*?)</div>.*", "$1</div>"));
        assertFalse(html.contains("0.875"));
        assertFalse(html.contains("<rect"));
    }

    @Test
    void nothingFoundIsSaid() throws Exception {
        GalleryPage.write("Round 3", "", List.of(), List.of("nut"), folder);
        String html = Files.readString(folder.resolve("gallery.html"));
        assertEquals(
                "<p>There are none.</p>\n<ul class=\"cards\">\n</ul>",
                html.replaceAll("(?s).*<main>\\s*(.*?)\\s*</main>.*", "$1").replaceAll("\\s*\n\\s*", "\n"));
        BufferedImage sheet = ImageIO.read(folder.resolve("gallery.png").toFile());
        assertEquals(1368, sheet.getWidth());
        assertEquals(56, sheet.getHeight());
        assertTrue(isSomewhere(sheet, 0x28323c), "the sheet says nothing");
    }

    @Test
    void theReviewPageRunsItsOwnScriptOnly() throws Exception {
        Path file = folder.resolve("review.html");
        ReviewPage.write(List.of(evil()), List.of(EVIL_CLASS), NEXT, file);
        String html = Files.readString(file);
        assertHarmless(html);
        String script = ReviewPage.ownScript().text();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-%s'"
                        .formatted(Base64.getEncoder().encodeToString(digest)),
                html.replaceAll("(?s).*Content-Security-Policy\" content=\"([^\"]*)\".*", "$1"));
        assertEquals(1, html.split("<script", -1).length - 1);
        assertTrue(html.contains("<script>" + script + "</script>"));
        assertTrue(html.contains("<code>hardmine train --data 'a &amp; b'</code>"), html);
    }

    @Test
    void theReviewPageRemembersByWhatItShows() throws Exception {
        Path one = folder.resolve("1.html");
        Path same = folder.resolve("2.html");
        Path other = folder.resolve("3.html");
        ReviewPage.write(List.of(evil()), List.of("nut"), NEXT, one);
        ReviewPage.write(List.of(evil()), List.of("nut"), NEXT, same);
        ReviewPage.write(List.of(example("other.png", 0, new Box(13, 24, 12, 6))), List.of("nut"), NEXT, other);
        assertEquals(key(one), key(same));
        assertFalse(key(one).equals(key(other)));
    }

    private static String key(Path page) throws Exception {
        return Files.readString(page).replaceAll("(?s).*data-key=\"([^\"]+)\".*", "$1");
    }

    private static String script(String expression) throws Exception {
        Context context = Context.enter();
        try {
            context.setLanguageVersion(Context.VERSION_ES6);
            context.setOptimizationLevel(-1);
            Scriptable scope = context.initStandardObjects();
            context.evaluateString(scope, ReviewPage.ownScript().text(), "script", 1, null);
            return Context.toString(context.evaluateString(scope, expression, "expression", 1, null));
        } finally {
            Context.exit();
        }
    }

    @Test
    void whatTheReviewPageSavesIsReadBack() throws Exception {
        String place =
                "{picture: '%s', region: '[10.0, 20.0, 24.0, 24.0]', fired: '[13.0, 24.5, 12.0, 6.0]', class: 'nut'}";
        String saved = script("JSON.stringify(decisionFile([%s, %s, %s], {0: 'unsure', 2: 'object'}), null, 2)"
                .formatted(place.formatted("a.png"), place.formatted("b.png"), place.formatted("c.png")));
        List<Decision> read = DecisionFile.read(List.of(Files.writeString(folder.resolve("decisions.json"), saved)))
                .all();
        assertEquals(
                List.of("a.png", "c.png"), read.stream().map(Decision::picture).toList());
        assertEquals(
                List.of(Decision.Verdict.UNSURE, Decision.Verdict.OBJECT),
                read.stream().map(Decision::verdict).toList());
        assertEquals(new Box(13, 24.5, 12, 6), read.get(0).fired());
        assertEquals("nut", read.get(0).category());
    }

    @Test
    void keysMoveInsideTheGridAndToTheNextOpenCard() throws Exception {
        assertEquals("1", script("neighbor(5, 'ArrowUp', 4, 8)"));
        assertEquals("5", script("neighbor(5, 'ArrowDown', 4, 8)"));
        assertEquals("0", script("neighbor(0, 'ArrowLeft', 4, 8)"));
        assertEquals("6", script("neighbor(5, 'ArrowRight', 4, 8)"));
        assertEquals("3", script("following(0, {1: 'background', 2: 'background'}, 5)"));
        assertEquals("4", script("following(4, {}, 5)"));
    }

    @Test
    void afterSavingThePageSaysWhatWasSaved() throws Exception {
        assertEquals(
                "Saved 3 decisions to decisions.json, among your downloads: 1 background, 0 unsure, 2 object."
                        + " 2 are open and stay hard negatives.",
                script("saved(tally({0: 'object', 2: 'background', 4: 'object'}, 5))"));
        assertEquals(
                "Saved 1 decision to decisions.json, among your downloads: 0 background, 1 unsure, 0 object.",
                script("saved(tally({0: 'unsure'}, 1))"));
    }

    @Test
    void roundsAreATableWithLinks() throws Exception {
        Path file = folder.resolve("index.html");
        RoundReport beginning =
                new RoundReport(0, 0, 0, null, null, null, null, 64, null, 0, 0, 0, 64, null, false, null, 1);
        RoundReport second = new RoundReport(
                1,
                400,
                30,
                12000L,
                99L,
                8.25,
                0.1,
                41,
                6,
                7,
                8,
                9,
                88,
                List.of(0L, 50L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 5L),
                true,
                new RoundReport.Validation(0.4567, 1.5, null, 0.9),
                12.4);
        RoundsPage.write(List.of(beginning, second), file);
        String html = Files.readString(file);
        assertTrue(html.contains("href=\"round-1/gallery.html\""));
        for (String cell :
                List.of("12,000", "99", "0.8", "41", "6", "7", "8", "9", "88", "0.457", "1.50", "not reached")) {
            assertTrue(html.contains("<td>" + cell + "</td>"), cell);
        }
        assertTrue(html.contains("50 from 0.1, 5 from 0.9"));
        assertTrue(html.contains("height=\"100\"") && html.contains("height=\"10\""));
        assertTrue(html.contains("<td>0</td><td>–</td><td>–</td><td>–</td><td>64</td><td>–</td>"), html);
        assertTrue(html.contains("So far one round has searched: 0.8 false alarms per 100 crops of background."));
    }

    private static RoundReport searched(int round, double perThousand, Double alarms) {
        return new RoundReport(
                round,
                100L * round,
                30,
                1000L,
                (long) perThousand,
                perThousand,
                0.1,
                5,
                0,
                0,
                0,
                0,
                9,
                List.of(1L),
                false,
                new RoundReport.Validation(0.2, alarms, null, 0.9),
                1);
    }

    @Test
    void thePageOfRoundsSaysWhetherTheDetectorFiresLess() {
        RoundReport rest = new RoundReport(
                3,
                300,
                0,
                null,
                null,
                null,
                null,
                0,
                null,
                0,
                0,
                0,
                9,
                null,
                true,
                new RoundReport.Validation(0.5, 0.1, 0.2, 0.9),
                1);
        RoundsPage page = RoundsPage.of(List.of(searched(1, 80, 4.0), searched(2, 20, 1.0), rest));
        assertTrue(
                page.summary()
                        .startsWith(
                                "The detector fires less often on background: 8.0 false alarms per 100 crops in round 1, 2.0 in"
                                        + " round 2. On the validation pictures there were 4.00 false alarms per picture at recall 0.8"
                                        + " before round 1, and 1.00 before round 2."),
                page.summary());
        assertEquals(
                List.of("0.0,0.0 100.0,75.0", "0.0,0.0 100.0,75.0"),
                page.lines().stream().map(RoundsPage.Line::points).toList());
        assertTrue(RoundsPage.of(List.of(searched(1, 80, null), searched(2, 79, null)))
                .summary()
                .contains("fires about as often"));
        assertEquals(
                List.of("–", "–", "–", "–", "–", "–", "–", "–"),
                page.rows().get(2).cells().subList(1, 9));
    }
}
