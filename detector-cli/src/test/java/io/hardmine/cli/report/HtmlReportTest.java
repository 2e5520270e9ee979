package io.hardmine.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.detection.Detection;
import io.hardmine.core.evaluation.EvaluationReport;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.core.evaluation.ScoreThresholds;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.OpenCv;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Point;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;
import org.xml.sax.SAXException;

class HtmlReportTest {
    private static final ObjectNode PROVENANCE =
            new ObjectMapper().createObjectNode().put("seed", 7);

    @TempDir
    Path folder;

    /** A picture of 400 x 300 gray pixels with a white object of 40 x 20. */
    private Picture picture(long id, Box white, List<Annotation> annotations) {
        OpenCv.load();
        Mat pixels = new Mat(300, 400, CvType.CV_8UC3, new Scalar(90, 90, 90));
        Imgproc.rectangle(
                pixels,
                new Point(white.x(), white.y()),
                new Point(white.right() - 1, white.bottom() - 1),
                new Scalar(255, 255, 255),
                Imgproc.FILLED);
        Path file = folder.resolve(id + ".png");
        Imgcodecs.imwrite(file.toString(), pixels);
        pixels.release();
        return new Picture(id, id + ".png", file, 400, 300, annotations);
    }

    private static Dataset dataset(List<String> names, List<Picture> pictures) {
        return new Dataset(
                "set",
                IntStream.range(0, names.size())
                        .mapToObj(i -> new Category(i, names.get(i)))
                        .toList(),
                pictures);
    }

    private static EvaluationReport report(Dataset dataset, Map<Long, List<Detection>> found) {
        return EvaluationReport.of(dataset, PictureDetections.of(found), PROVENANCE);
    }

    @Test
    void namesFromTheDataCannotRunOrLoadAnything() throws Exception {
        String script = "<script>alert(1)</script>";
        String image = "\"><img src=x onerror=alert(1)>";
        Picture picture = new Picture(
                1,
                "<svg onload=alert(2)>.png",
                folder.resolve("none.png"),
                100,
                100,
                List.of(Annotation.of(new Box(0, 0, 20, 20), 0), Annotation.of(new Box(50, 50, 20, 20), 1)));
        Dataset dataset = new Dataset(
                "<script src=https://example.org/x.js></script>",
                List.of(new Category(1, script), new Category(2, image)),
                List.of(picture));
        EvaluationReport report = EvaluationReport.of(
                dataset,
                PictureDetections.of(Map.of(
                        1L,
                        List.of(
                                new Detection(new Box(0, 0, 20, 20), 0, 0.9),
                                new Detection(new Box(50, 50, 20, 20), 0, 0.8),
                                new Detection(new Box(50, 0, 20, 20), 1, 0.7)))),
                new ObjectMapper().createObjectNode().put(script, image));
        String html = HtmlReport.render(report);
        assertFalse(html.contains("<script"), "a script got through");
        assertFalse(html.contains("<img src=x"), "a tag got through");
        assertFalse(html.contains("<svg onload"), "a tag got through");
        assertTrue(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assertTrue(html.contains("default-src 'none'"));
        for (String chart : charts(html)) {
            wellFormed(chart);
        }
    }

    private static List<String> charts(String html) {
        Matcher matcher =
                Pattern.compile("data:image/svg\\+xml;base64,([A-Za-z0-9+/=]+)").matcher(html);
        List<String> charts = new ArrayList<>();
        while (matcher.find()) {
            charts.add(new String(Base64.getDecoder().decode(matcher.group(1)), StandardCharsets.UTF_8));
        }
        return charts;
    }

    private static void wellFormed(String svg) throws ParserConfigurationException, IOException, SAXException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        String root = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement()
                .getTagName();
        assertEquals("svg", root);
    }

    @Test
    void loadsNothingFromElsewhere() throws IOException {
        Box box = new Box(100, 100, 40, 20);
        Dataset dataset = dataset(List.of("a"), List.of(picture(1, box, List.of(Annotation.of(box, 0)))));
        String html = HtmlReport.render(report(dataset, Map.of(1L, List.of(new Detection(box, 0, 0.9)))));
        Matcher addresses = Pattern.compile("(?:src|srcset|href|action)=\"([^\"]{0,5})|url\\(|@import")
                .matcher(html);
        int count = 0;
        while (addresses.find()) {
            assertEquals("data:", addresses.group(1));
            count++;
        }
        assertEquals(6, count, "three charts, light and dark; no mistakes");
        assertTrue(html.contains("There are none."));
    }

    @Test
    void saysInPlainWordsWhatTheDetectorDoes() throws IOException {
        List<Annotation> objects = new ArrayList<>();
        List<Detection> found = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            objects.add(Annotation.of(new Box(40 * i, 0, 20, 20), 0));
            if (i < 8) {
                found.add(new Detection(new Box(40 * i, 0, 20, 20), 0, 0.9));
            }
        }
        found.add(new Detection(new Box(0, 200, 20, 20), 0, 0.95));
        Picture first = new Picture(1, "1.png", folder.resolve("1.png"), 400, 300, objects);
        Picture second = new Picture(2, "2.png", folder.resolve("2.png"), 400, 300, List.of());
        EvaluationReport report = EvaluationReport.of(
                dataset(List.of("a"), List.of(first, second)),
                PictureDetections.of(Map.of(1L, found)),
                new ScoreThresholds(List.of(0.5)),
                PROVENANCE);
        assertEquals(
                "The detector finds 8 of 10 objects and makes 0.50 false alarms per picture.",
                Summary.headline(report));
        String html = HtmlReport.render(report);
        assertTrue(
                html.contains(
                        "finding 8 of 10 costs 0.50 false alarms per picture; finding 9 of 10 is not reached at any threshold"));
        assertTrue(html.contains("not on these pictures"));
    }

    @Test
    void goesWithoutPicturesThatCannotBeRead() throws IOException {
        Path broken = folder.resolve("broken.png");
        Files.writeString(broken, "not a picture");
        Annotation object = Annotation.of(new Box(10, 10, 30, 30), 0);
        Dataset dataset = dataset(
                List.of("a"),
                List.of(
                        new Picture(1, "gone.png", folder.resolve("gone.png"), 100, 100, List.of(object)),
                        new Picture(2, "broken.png", broken, 100, 100, List.of(object))));
        String html = HtmlReport.render(report(dataset, Map.of()));
        assertTrue(html.contains("2 pictures could not be read and cannot be shown. The first: "), "no note");
        assertTrue(html.contains("gone.png"));
        assertTrue(html.contains("no picture"));
        assertTrue(html.contains("Missed objects"));
    }

    @Test
    void showsTheRightPartOfThePicture() throws IOException {
        Box white = new Box(300, 200, 40, 20);
        Picture picture = picture(1, white, List.of(Annotation.of(white, 0)));
        EvaluationReport report = report(dataset(List.of("a"), List.of(picture)), Map.of());
        Crop crop = Gallery.of(report).sections().get(0).cards().get(0).crop().orElseThrow();

        assertEquals(224, crop.width());
        assertEquals(224, crop.height());
        Crop.Outline outline = crop.outlines().get(0);
        assertEquals("annotated", outline.kind());
        byte[] jpeg = Base64.getDecoder().decode(crop.jpeg().substring("data:image/jpeg;base64,".length()));
        MatOfByte encoded = new MatOfByte(jpeg);
        Mat pixels = Imgcodecs.imdecode(encoded, Imgcodecs.IMREAD_GRAYSCALE);
        Rect inside = new Rect(
                (int) outline.x() + 4, (int) outline.y() + 4, (int) outline.width() - 8, (int) outline.height() - 8);
        Mat part = pixels.submat(inside);
        assertTrue(Core.minMaxLoc(part).minVal > 235, "white within the outline");
        assertTrue(pixels.get(5, 5)[0] < 110, "gray in the corner");
        assertTrue(pixels.get((int) outline.y() + 10, (int) outline.x() - 6)[0] < 110, "gray left of the outline");
        part.release();
        pixels.release();
        encoded.release();
    }

    @Test
    void keepsToAFewPicturesAndBytes() throws IOException {
        Box white = new Box(100, 100, 40, 20);
        Picture picture = picture(1, white, List.of());
        List<Detection> found = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            found.add(new Detection(new Box(i, i, 40, 20), 0, 0.5 + i / 1000.0));
        }
        EvaluationReport report = report(dataset(List.of("a"), List.of(picture)), Map.of(1L, found));
        Gallery gallery = Gallery.of(report);
        assertEquals(24, gallery.sections().get(0).cards().size());
        assertTrue(HtmlReport.render(report).length() < 1_000_000);
        assertEquals("", gallery.note());
    }

    @Test
    void hasAPageForDataWithoutAnything() throws IOException {
        String nothing = HtmlReport.render(report(dataset(List.of(), List.of()), Map.of()));
        assertTrue(nothing.contains("There are no pictures to evaluate on."));
        Picture empty = new Picture(1, "1.png", folder.resolve("1.png"), 9, 9, List.of());
        String alarms = HtmlReport.render(report(
                dataset(List.of("a"), List.of(empty)),
                Map.of(1L, List.of(new Detection(new Box(0, 0, 5, 5), 0, 0.9)))));
        assertTrue(alarms.contains("There are no objects to find"));
    }

    @Test
    void leavesALargeConfusionTableToTheJson() throws IOException {
        List<String> names = IntStream.range(0, 40).mapToObj(i -> "class " + i).toList();
        Picture picture = new Picture(
                1, "1.png", folder.resolve("1.png"), 100, 100, List.of(Annotation.of(new Box(0, 0, 9, 9), 5)));
        String html = HtmlReport.render(report(
                dataset(names, List.of(picture)), Map.of(1L, List.of(new Detection(new Box(0, 0, 9, 9), 5, 0.9)))));
        assertTrue(html.contains("too many classes for a table"));
    }

    @Test
    void writesNumbersAsPeopleReadThem() {
        assertEquals("8 of 10", Numbers.ofTen(0.78));
        assertEquals("98 of 100", Numbers.ofTen(0.98));
        assertEquals("99 of 100", Numbers.ofTen(0.9999));
        assertEquals("1 of 100", Numbers.ofTen(0.0001));
        assertEquals("10 of 10", Numbers.ofTen(1));
        assertEquals("0 of 10", Numbers.ofTen(0));
        assertEquals("–", Numbers.score(-1));
        assertEquals("0.500", Numbers.score(0.5));
        assertEquals("under 0.001", Numbers.perPicture(0.0001));
        assertEquals("0.004", Numbers.perPicture(0.004));
        assertEquals("1.75", Numbers.perPicture(1.75));
        assertEquals("1,235", Numbers.perPicture(1234.6));
    }
}
