package io.hardmine.datasets.reading;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataSummary.Kind;
import io.hardmine.datasets.image.PictureHeader;
import io.hardmine.datasets.reading.RawDataset.BoxForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks each box, and looks in all boxes together for signs that they are written in another form. */
final class BoxCheck {
    /** In pixels. A box that sticks out by at most this on each side is not reported, because other programs round. */
    private static final double ROUNDING = 1;

    /**
     * In pixels. Less than 1, because shares are written with few digits, and a box of one pixel may come out a little
     * smaller.
     */
    private static final double SMALLEST_SIDE = 0.99;

    /** Share of the boxes that must look wrong before all of them are doubted. */
    private static final double NEARLY_ALL = 0.9;

    private final Map<String, Integer> index;
    private final Findings findings;
    private long inPixels;
    private long inFirstPixel;
    private long inverted;
    private long invertedFittingAsSides;
    private long stickingOut;
    private long fittingAsCorners;

    /**
     * A check of one data set.
     *
     * @param index class index of each category, by name
     */
    BoxCheck(Map<String, Integer> index, Findings findings) {
        this.index = index;
        this.findings = findings;
    }

    /** Adds an entry's objects to its picture. */
    void take(RawPicture entry, FoundPicture picture) {
        PictureHeader h = picture.content().header();
        boolean inStoredFrame = inStoredFrame(entry, picture);
        for (RawObject o : entry.objects()) {
            Integer category = index.get(o.category().strip());
            if (category == null) {
                findings.add(Kind.UNKNOWN_CATEGORY, "%s: '%s'".formatted(o.where(), o.category()));
                continue;
            }
            Box box = o.inShares() ? o.box().scale(h.shownWidth(), h.shownHeight()) : o.box();
            note(o, h);
            if (box.isEmpty()) {
                findings.add(Kind.EMPTY_BOX, o.where());
                continue;
            }
            Box shown = inStoredFrame && !o.inShares() ? h.toShown(box) : box;
            Box inside = shown.clip(h.shownWidth(), h.shownHeight());
            if (inside.isEmpty()) {
                findings.add(Kind.BOX_OUTSIDE, o.where());
                continue;
            }
            if (inside.width() < SMALLEST_SIDE || inside.height() < SMALLEST_SIDE) {
                findings.add(
                        Kind.TINY_BOX,
                        String.format(
                                Locale.ROOT, "%s: %.3g × %.3g pixels", o.where(), inside.width(), inside.height()));
                continue;
            }
            if (!picture.isNew(shown, category, o.crowd(), o.ignore())) {
                findings.add(Kind.DUPLICATE_BOX, o.where());
                continue;
            }
            if (sticksOut(shown, h)) {
                findings.add(Kind.BOX_CLIPPED, o.where());
            }
            double area = Double.isNaN(o.area()) ? inside.area() : o.area();
            picture.annotations().add(new Annotation(inside, category, area, o.crowd(), o.ignore(), o.difficult()));
        }
    }

    private static boolean sticksOut(Box box, PictureHeader h) {
        return box.x() < -ROUNDING
                || box.y() < -ROUNDING
                || box.right() > h.shownWidth() + ROUNDING
                || box.bottom() > h.shownHeight() + ROUNDING;
    }

    /** Counts boxes that look like shares instead of pixels, or like the other one of corners and sides. */
    private void note(RawObject o, PictureHeader h) {
        if (o.inShares()) {
            return;
        }
        double across = Math.max(h.rawWidth(), h.shownWidth()) + ROUNDING;
        double down = Math.max(h.rawHeight(), h.shownHeight()) + ROUNDING;
        Box box = o.box();
        inPixels++;
        Box inside = box.clip(1, 1);
        // VOC's reader subtracts 1 from left and top, so a box in shares lies between -1 and 1
        boolean within = box.x() >= -1 && box.y() >= -1 && box.right() <= 1 && box.bottom() <= 1;
        if (within && !inside.isEmpty() && (inside.width() < 1 || inside.height() < 1)) {
            inFirstPixel++;
        }
        if (box.right() > across || box.bottom() > down) {
            stickingOut++;
        }
        if (box.width() > box.x() && box.width() <= across && box.height() > box.y() && box.height() <= down) {
            fittingAsCorners++;
        }
        if (box.width() <= 0 || box.height() <= 0) {
            inverted++;
            boolean positive = box.right() > 0 && box.bottom() > 0;
            boolean fits = box.x() + box.right() <= across && box.y() + box.bottom() <= down;
            invertedFittingAsSides += positive && fits ? 1 : 0;
        }
    }

    /** Doubts about all boxes together, each in a sentence. */
    List<String> doubts(BoxForm form) {
        List<String> doubts = new ArrayList<>();
        if (inFirstPixel > 0 && inFirstPixel >= NEARLY_ALL * inPixels) {
            doubts.add("%s boxes are smaller than a pixel: are they in shares of the sides? This format has pixels"
                    .formatted(inFirstPixel == inPixels ? "all" : "nearly all"));
        }
        boolean someStickOut = 4 * stickingOut >= inPixels && fittingAsCorners >= NEARLY_ALL * inPixels;
        if (form == BoxForm.SIDES && stickingOut > 0 && (2 * stickingOut > inPixels || someStickOut)) {
            doubts.add(
                    "%d of %d boxes stick out of their pictures: are they two corners? This format has x, y, width, height"
                            .formatted(stickingOut, inPixels));
        }
        if (form == BoxForm.CORNERS && 2 * inverted > inPixels && 2 * invertedFittingAsSides > inverted) {
            doubts.add("%d of %d boxes end before they begin: are they x, y, width, height? This format has two corners"
                    .formatted(inverted, inPixels));
        }
        return doubts;
    }

    /**
     * Whether boxes are in pixels of the stored picture, before its EXIF orientation is applied. They are if the
     * annotated size equals the stored size and not the shown size.
     */
    private boolean inStoredFrame(RawPicture raw, FoundPicture picture) {
        PictureHeader h = picture.content().header();
        if (raw.width() <= 0 || raw.height() <= 0) {
            if (h.orientation() != 1 && !raw.objects().isEmpty()) {
                findings.add(Kind.UNKNOWN_FRAME, picture.name());
            }
            return false;
        }
        boolean stored = raw.width() == h.rawWidth() && raw.height() == h.rawHeight();
        boolean shown = raw.width() == h.shownWidth() && raw.height() == h.shownHeight();
        if (!stored && !shown) {
            findings.add(
                    Kind.OTHER_SIZE,
                    "%s: %d × %d, the picture has %d × %d"
                            .formatted(raw.where(), raw.width(), raw.height(), h.shownWidth(), h.shownHeight()));
        }
        if (stored && shown && h.orientation() != 1 && !raw.objects().isEmpty()) {
            // mirrored, turned by half, or square: the size fits both frames
            findings.add(Kind.UNKNOWN_FRAME, picture.name());
        }
        return stored && !shown;
    }
}
