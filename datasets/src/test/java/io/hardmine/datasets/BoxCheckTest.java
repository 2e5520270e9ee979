package io.hardmine.datasets;

import static io.hardmine.datasets.DataFiles.boxes;
import static io.hardmine.datasets.DataFiles.picture;
import static io.hardmine.datasets.MadeFolder.examples;
import static io.hardmine.datasets.MadeFolder.findings;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hardmine.datasets.DataSummary.Kind;
import io.hardmine.datasets.image.PictureFiles;
import io.hardmine.datasets.reading.Assembler;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.Findings;
import io.hardmine.datasets.reading.RawDataset;
import io.hardmine.datasets.reading.RawDataset.BoxForm;
import io.hardmine.datasets.reading.RawObject;
import io.hardmine.datasets.reading.RawPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bounds of what is told of one box and of all boxes together. The upright picture has 200 × 120 pixels; the JPEG
 * has 96 × 64 as stored, and is shown as 64 × 96 if its orientation is 6.
 */
class BoxCheckTest {
    private static final Box GEAR = new Box(10, 20, 30, 40);

    /** From (120, 60) to (180, 110) if its numbers are corners. If they are sides, it ends at column 300. */
    private static final Box CORNERS_OUT = new Box(120, 60, 180, 110);

    /** From (10, 20) to (40, 60) if its numbers are corners. If they are sides, it ends at (50, 80). */
    private static final Box CORNERS_IN = new Box(10, 20, 40, 60);

    /** Its numbers cannot be corners, because 30 is left of 150. If they are sides, it ends at (180, 60). */
    private static final Box NO_CORNERS = new Box(150, 20, 30, 40);

    @TempDir
    private Path root;

    private LoadedDataset assembled(BoxForm form, RawPicture entry) throws IOException {
        RawDataset raw = new RawDataset(List.of(new Category(1, "gear")), List.of(entry), form);
        return new Assembler(new DataFolder(root), new Findings(false)).assemble("made", raw, "made", "made");
    }

    private static RawPicture entry(String file, int width, int height, List<RawObject> objects) {
        return new RawPicture(-1, file, List.of(""), width, height, objects, null, "the entry");
    }

    private static List<RawObject> objects(List<Box> boxes) {
        return IntStream.range(0, boxes.size())
                .mapToObj(i -> RawObject.plain("gear", boxes.get(i), "box " + i))
                .toList();
    }

    private static RawObject inShares(Box box) {
        return new RawObject("gear", box, true, Double.NaN, false, false, false, "box in shares");
    }

    /** Boxes in the upright picture, whose size is not annotated. */
    private LoadedDataset upright(BoxForm form, List<Box> boxes) throws IOException {
        picture(root.resolve("a.png"));
        return assembled(form, entry("a.png", 0, 0, objects(boxes)));
    }

    private LoadedDataset upright(Box... boxes) throws IOException {
        return upright(BoxForm.SIDES, List.of(boxes));
    }

    /** What is doubted of the boxes, each of which is there as often as its number says. */
    private List<String> doubts(BoxForm form, Map<Box, Integer> counts) throws IOException {
        List<Box> boxes = counts.entrySet().stream()
                .flatMap(e -> Collections.nCopies(e.getValue(), e.getKey()).stream())
                .toList();
        return upright(form, boxes).summary().doubts();
    }

    private List<String> doubts(BoxForm form, Box only) throws IOException {
        return doubts(form, Map.of(only, 1));
    }

    /** Objects in the JPEG of that orientation, with that size annotated. */
    private LoadedDataset turned(int orientation, int width, int height, RawObject... objects) throws IOException {
        Files.write(root.resolve("a.jpg"), PictureFiles.jpeg(orientation));
        return assembled(BoxForm.SIDES, entry("a.jpg", width, height, List.of(objects)));
    }

    private static RawObject gear() {
        return RawObject.plain("gear", GEAR, "box");
    }

    private static List<String> inSharesDoubted(String howMany) {
        return List.of(
                howMany + " boxes are smaller than a pixel: are they in shares of the sides? This format has pixels");
    }

    private static List<String> stickingOut(int count, int all) {
        return List.of(count + " of " + all
                + " boxes stick out of their pictures: are they two corners? This format has x, y, width, height");
    }

    private static List<String> inverted(int count, int all) {
        return List.of(count + " of " + all
                + " boxes end before they begin: are they x, y, width, height? This format has two corners");
    }

    @Test
    void aSideOfNinetyNineHundredthsOfAPixelIsLongEnough() throws IOException {
        Box narrow = new Box(0, 0, 0.99, 40);
        Box flat = new Box(0, 0, 40, 0.99);
        LoadedDataset kept = upright(narrow, flat);
        assertEquals(List.of(narrow, flat), boxes(kept, "a.png"));
        assertEquals(Map.of(), findings(kept));
        LoadedDataset dropped = upright(new Box(0, 0, 0.98, 40), new Box(0, 0, 40, 0.98));
        assertEquals(List.of(), boxes(dropped, "a.png"));
        assertEquals(
                List.of("box 0: 0.980 × 40.0 pixels", "box 1: 40.0 × 0.980 pixels"), examples(dropped, Kind.TINY_BOX));
    }

    @Test
    void aBoxThatSticksOutByAPixelIsClippedAndNotTold() throws IOException {
        // 191 + 10 = 201 is one more than 200, 111 + 10 = 121 is one more than 120
        LoadedDataset byOne = upright(
                new Box(191, 20, 10, 40), new Box(10, 111, 40, 10), new Box(-1, 20, 10, 40), new Box(10, -1, 40, 10));
        assertEquals(
                List.of(new Box(191, 20, 9, 40), new Box(10, 111, 40, 9), new Box(0, 20, 9, 40), new Box(10, 0, 40, 9)),
                boxes(byOne, "a.png"));
        assertEquals(Map.of(), findings(byOne));
        LoadedDataset byOneOnEachSide = upright(new Box(-1, -1, 202, 122));
        assertEquals(List.of(new Box(0, 0, 200, 120)), boxes(byOneOnEachSide, "a.png"));
        assertEquals(Map.of(), findings(byOneOnEachSide));
        // 9 of 10.5 columns or rows are inside, so 1.5 stick out
        LoadedDataset byMore = upright(new Box(191, 20, 10.5, 40), new Box(10, 111, 40, 10.5));
        assertEquals(List.of(new Box(191, 20, 9, 40), new Box(10, 111, 40, 9)), boxes(byMore, "a.png"));
        assertEquals(List.of("box 0", "box 1"), examples(byMore, Kind.BOX_CLIPPED));
    }

    @Test
    void aBoxThatTouchesThePictureFromOutsideIsOutside() throws IOException {
        LoadedDataset loaded = upright(
                new Box(200, 20, 30, 40),
                new Box(10, 120, 30, 40),
                new Box(-30, 20, 30, 40),
                new Box(10, -40, 30, 40),
                GEAR);
        assertEquals(List.of(GEAR), boxes(loaded, "a.png"));
        assertEquals(List.of("box 0", "box 1", "box 2", "box 3"), examples(loaded, Kind.BOX_OUTSIDE));
    }

    @Test
    void aBoxWithoutWidthOrHeightIsEmpty() throws IOException {
        LoadedDataset loaded = upright(new Box(10, 20, 0, 40), new Box(10, 20, 30, 0), GEAR);
        assertEquals(List.of(GEAR), boxes(loaded, "a.png"));
        assertEquals(List.of("box 0", "box 1"), examples(loaded, Kind.EMPTY_BOX));
    }

    @Test
    void noBoxesInPixelsGiveNoDoubt() throws IOException {
        picture(root.resolve("a.png"));
        RawObject share = inShares(new Box(0.25, 0.25, 0.5, 0.5));
        for (BoxForm form : BoxForm.values()) {
            for (List<RawObject> objects : List.of(List.<RawObject>of(), List.of(share))) {
                LoadedDataset loaded = assembled(form, entry("a.png", 0, 0, objects));
                assertEquals(List.of(), loaded.summary().doubts());
                assertEquals(Map.of(), findings(loaded));
            }
        }
    }

    @Test
    void nearlyAllBoxesInSharesAreNineOfTen() throws IOException {
        Box share = new Box(0.25, 0.25, 0.5, 0.5);
        assertEquals(inSharesDoubted("all"), doubts(BoxForm.CORNERS, Map.of(share, 10)));
        assertEquals(inSharesDoubted("nearly all"), doubts(BoxForm.CORNERS, Map.of(share, 9, GEAR, 1)));
        assertEquals(List.of(), doubts(BoxForm.CORNERS, Map.of(share, 8, GEAR, 2)));
    }

    @Test
    void boxesInSharesLieBetweenMinusOneAndOne() throws IOException {
        for (Box atTheBound : List.of(
                Box.ofCorners(-1, 0.25, 0.5, 0.75),
                Box.ofCorners(0.25, -1, 0.75, 0.5),
                Box.ofCorners(0.5, 0.25, 1, 0.75),
                Box.ofCorners(0.25, 0.5, 0.75, 1))) {
            assertEquals(inSharesDoubted("all"), doubts(BoxForm.CORNERS, atTheBound), atTheBound::toString);
        }
        for (Box beyond : List.of(
                Box.ofCorners(-1.25, 0.25, 0.5, 0.75),
                Box.ofCorners(0.25, -1.25, 0.75, 0.5),
                Box.ofCorners(0.5, 0.25, 1.25, 0.75),
                Box.ofCorners(0.25, 0.5, 0.75, 1.25))) {
            assertEquals(List.of(), doubts(BoxForm.CORNERS, beyond), beyond::toString);
        }
    }

    @Test
    void aBoxInSharesCoversPartOfTheFirstPixel() throws IOException {
        for (Box part : List.of(new Box(0, 0, 0.5, 1), new Box(0, 0, 1, 0.5))) {
            assertEquals(inSharesDoubted("all"), doubts(BoxForm.SIDES, part), part::toString);
        }
        // the whole of the pixel, and nothing of it: no width, no height, left of the picture, above the picture
        for (Box other : List.of(
                new Box(0, 0, 1, 1),
                new Box(0.25, 0.25, 0, 0.5),
                new Box(0.25, 0.25, 0.5, 0),
                new Box(-0.75, 0.25, 0.5, 0.5),
                new Box(0.25, -0.75, 0.5, 0.5))) {
            assertEquals(List.of(), doubts(BoxForm.SIDES, other), other::toString);
        }
    }

    @Test
    void aBoxThatSticksOutByAPixelIsNotDoubted() throws IOException {
        // they end at column 201 of 200, and at row 121 of 120
        for (Box byOne : List.of(new Box(191, 20, 10, 40), new Box(10, 111, 40, 10))) {
            assertEquals(List.of(), doubts(BoxForm.SIDES, byOne), byOne::toString);
        }
        for (Box byMore : List.of(new Box(191, 20, 10.5, 40), new Box(10, 111, 40, 10.5))) {
            assertEquals(stickingOut(1, 1), doubts(BoxForm.SIDES, byMore), byMore::toString);
            assertEquals(List.of(), doubts(BoxForm.CORNERS, byMore), byMore::toString);
        }
    }

    @Test
    void moreThanHalfOfTheBoxesMustStickOutIfTheyAreNoCorners() throws IOException {
        // it ends at column 150 + 100 = 250; its numbers cannot be corners, because 100 is left of 150
        Box out = new Box(150, 20, 100, 30);
        assertEquals(List.of(), doubts(BoxForm.SIDES, Map.of(out, 2, NO_CORNERS, 2)));
        assertEquals(stickingOut(3, 5), doubts(BoxForm.SIDES, Map.of(out, 3, NO_CORNERS, 2)));
    }

    @Test
    void aQuarterOfTheBoxesMustStickOutIfAllMayBeCorners() throws IOException {
        assertEquals(stickingOut(2, 8), doubts(BoxForm.SIDES, Map.of(CORNERS_OUT, 2, CORNERS_IN, 6)));
        assertEquals(List.of(), doubts(BoxForm.SIDES, Map.of(CORNERS_OUT, 2, CORNERS_IN, 7)));
    }

    @Test
    void nearlyAllBoxesThatMayBeCornersAreNineOfTen() throws IOException {
        assertEquals(stickingOut(3, 10), doubts(BoxForm.SIDES, Map.of(CORNERS_OUT, 3, CORNERS_IN, 6, NO_CORNERS, 1)));
        assertEquals(List.of(), doubts(BoxForm.SIDES, Map.of(CORNERS_OUT, 3, CORNERS_IN, 5, NO_CORNERS, 2)));
    }

    /** The tenth box decides: of the other nine, eight may be corners, and nine of ten are needed. */
    @Test
    void cornersLieBehindEachOtherAndInThePicture() throws IOException {
        // a pixel beyond the picture is allowed; the last two stick out as sides, so that four do
        Map<Box, Integer> corners = Map.of(
                new Box(39, 20, 40, 60), 3,
                new Box(10, 59, 40, 60), 3,
                new Box(10, 20, 201, 60), 4,
                new Box(10, 20, 40, 121), 4);
        for (Map.Entry<Box, Integer> tenth : corners.entrySet()) {
            assertEquals(
                    stickingOut(tenth.getValue(), 10),
                    doubts(BoxForm.SIDES, Map.of(CORNERS_OUT, 3, CORNERS_IN, 5, NO_CORNERS, 1, tenth.getKey(), 1)),
                    tenth::toString);
        }
        for (Box tenth : List.of(
                new Box(40, 20, 40, 60), new Box(10, 60, 40, 60), new Box(10, 20, 202, 60), new Box(10, 20, 40, 122))) {
            assertEquals(
                    List.of(),
                    doubts(BoxForm.SIDES, Map.of(CORNERS_OUT, 3, CORNERS_IN, 5, NO_CORNERS, 1, tenth, 1)),
                    tenth::toString);
        }
    }

    @Test
    void aBoxThatEndsWhereItBeginsIsDoubted() throws IOException {
        for (Box empty : List.of(Box.ofCorners(30, 20, 30, 40), Box.ofCorners(30, 20, 50, 20))) {
            assertEquals(inverted(1, 1), doubts(BoxForm.CORNERS, empty), empty::toString);
            assertEquals(List.of(), doubts(BoxForm.SIDES, empty), empty::toString);
        }
    }

    @Test
    void sidesTakenForCornersAreLongerThanNothing() throws IOException {
        for (Box positive : List.of(Box.ofCorners(100, 60, 1, 40), Box.ofCorners(100, 60, 30, 1))) {
            assertEquals(inverted(1, 1), doubts(BoxForm.CORNERS, positive), positive::toString);
        }
        for (Box zero : List.of(Box.ofCorners(100, 60, 0, 40), Box.ofCorners(100, 60, 30, 0))) {
            assertEquals(List.of(), doubts(BoxForm.CORNERS, zero), zero::toString);
        }
    }

    @Test
    void sidesTakenForCornersEndInThePicture() throws IOException {
        // 101 + 100 = 201 and 61 + 60 = 121: a pixel beyond the picture is allowed
        for (Box in : List.of(Box.ofCorners(101, 20, 100, 10), Box.ofCorners(30, 61, 20, 60))) {
            assertEquals(inverted(1, 1), doubts(BoxForm.CORNERS, in), in::toString);
        }
        // 102 + 100 = 202 and 62 + 60 = 122
        for (Box out : List.of(Box.ofCorners(102, 20, 100, 10), Box.ofCorners(30, 62, 20, 60))) {
            assertEquals(List.of(), doubts(BoxForm.CORNERS, out), out::toString);
        }
    }

    @Test
    void moreThanHalfOfTheBoxesMustBeInverted() throws IOException {
        Box inverted = Box.ofCorners(100, 60, 30, 40);
        assertEquals(List.of(), doubts(BoxForm.CORNERS, Map.of(inverted, 1, GEAR, 1)));
        assertEquals(inverted(2, 3), doubts(BoxForm.CORNERS, Map.of(inverted, 2, GEAR, 1)));
    }

    @Test
    void moreThanHalfOfTheInvertedBoxesMustBeSides() throws IOException {
        Box sides = Box.ofCorners(100, 60, 30, 40);
        Box none = Box.ofCorners(150, 60, 100, 40); // as sides it ends at column 250
        assertEquals(List.of(), doubts(BoxForm.CORNERS, Map.of(sides, 1, none, 1)));
        assertEquals(inverted(3, 3), doubts(BoxForm.CORNERS, Map.of(sides, 2, none, 1)));
    }

    @Test
    void boxesOfTheStoredPictureAreTurnedAndSharesAreNot() throws IOException {
        LoadedDataset loaded = turned(6, 96, 64, gear(), inShares(new Box(0.25, 0.25, 0.5, 0.5)));
        // a quarter turn to the right: y 20 to 60 of 64 becomes x 64 - 60 = 4 to 44, and x 10 to 40 becomes y;
        // the shares are of 64 × 96
        assertEquals(List.of(new Box(4, 10, 40, 30), new Box(16, 24, 32, 48)), boxes(loaded, "a.jpg"));
        assertEquals(Map.of(), findings(loaded));
    }

    @Test
    void boxesOfTheShownPictureStay() throws IOException {
        LoadedDataset loaded = turned(6, 64, 96, gear());
        assertEquals(List.of(GEAR), boxes(loaded, "a.jpg"));
        assertEquals(Map.of(), findings(loaded));
    }

    @Test
    void aSizeThatLacksASideIsNone() throws IOException {
        for (int[] size : new int[][] {{0, 0}, {96, 0}, {0, 64}, {96, -1}, {-1, 64}}) {
            LoadedDataset loaded = turned(6, size[0], size[1], gear());
            assertEquals(List.of(GEAR), boxes(loaded, "a.jpg"));
            assertEquals(Map.of(Kind.UNKNOWN_FRAME, 1), findings(loaded), size[0] + " × " + size[1]);
            assertEquals(List.of("a.jpg"), examples(loaded, Kind.UNKNOWN_FRAME));
            assertEquals(Map.of(), findings(turned(6, size[0], size[1])), "without a box");
            assertEquals(Map.of(), findings(turned(1, size[0], size[1], gear())), "upright");
        }
    }

    /** Mirrored, turned by half, mirrored: the size is 96 × 64 as stored and as shown. */
    @Test
    void aSizeThatFitsBothFramesTellsNoFrame() throws IOException {
        for (int orientation : new int[] {2, 3, 4}) {
            LoadedDataset loaded = turned(orientation, 96, 64, gear());
            assertEquals(List.of(GEAR), boxes(loaded, "a.jpg"));
            assertEquals(Map.of(Kind.UNKNOWN_FRAME, 1), findings(loaded), "orientation " + orientation);
            assertEquals(List.of("a.jpg"), examples(loaded, Kind.UNKNOWN_FRAME));
            assertEquals(Map.of(), findings(turned(orientation, 96, 64)), "without a box");
        }
        assertEquals(Map.of(), findings(turned(1, 96, 64, gear())));
    }

    @Test
    void aSizeThatFitsNoFrameIsTold() throws IOException {
        // with the stored width and with the stored height, with the shown ones, and with one of each
        for (int[] size : new int[][] {{96, 65}, {97, 64}, {64, 95}, {63, 96}, {64, 64}, {96, 96}}) {
            LoadedDataset loaded = turned(6, size[0], size[1], gear());
            assertEquals(List.of(GEAR), boxes(loaded, "a.jpg"));
            assertEquals(Map.of(Kind.OTHER_SIZE, 1), findings(loaded));
            assertEquals(
                    List.of("the entry: %d × %d, the picture has 64 × 96".formatted(size[0], size[1])),
                    examples(loaded, Kind.OTHER_SIZE));
        }
        picture(root.resolve("a.png"));
        LoadedDataset upright = assembled(BoxForm.SIDES, entry("a.png", 100, 60, List.of()));
        assertEquals(List.of("the entry: 100 × 60, the picture has 200 × 120"), examples(upright, Kind.OTHER_SIZE));
    }

    @Test
    void theLongSideOfATurnedPictureBoundsItsBoxesBothWays() throws IOException {
        // 96 + 1 = 97
        for (Box in : List.of(new Box(20, 10, 77, 20), new Box(10, 20, 20, 77))) {
            assertEquals(
                    List.of(),
                    turned(6, 0, 0, RawObject.plain("gear", in, "box"))
                            .summary()
                            .doubts(),
                    in::toString);
        }
        for (Box out : List.of(new Box(20, 10, 78, 20), new Box(10, 20, 20, 78))) {
            assertEquals(
                    stickingOut(1, 1),
                    turned(6, 0, 0, RawObject.plain("gear", out, "box"))
                            .summary()
                            .doubts(),
                    out::toString);
        }
    }
}
