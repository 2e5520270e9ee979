package io.hardmine.cli.report;

import io.hardmine.cli.report.Crop.Outline;
import io.hardmine.core.detection.Detection;
import io.hardmine.core.evaluation.Mistakes.Missed;
import io.hardmine.core.evaluation.Mistakes.Wrong;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.PictureDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Rect;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** Cuts crops out of pictures. Decodes each picture once and limits the size of all crops together. */
final class Cropper {
    /** Longer side of a crop, in pixels. */
    private static final int SIDE = 224;
    /** Side of the part of the picture that is shown, as a multiple of the box's longer side. */
    private static final double CONTEXT = 2.5;
    /** Smallest side of the part that is shown, in pixels of the picture, so that a tiny object has surroundings. */
    private static final double LEAST = 48;

    private static final int JPEG_QUALITY = 80;
    /** Once all crops together have this size, further ones are left out. */
    private static final long MOST_BYTES = 4L << 20;

    private final Map<View, Crop> crops = new HashMap<>();
    private final List<String> unread = new ArrayList<>();
    private long bytes;
    private int leftOut;

    /**
     * What a crop shows.
     *
     * @param picture the picture to crop
     * @param center the box in the middle of the crop
     * @param detected a box of the detector; empty if there is none
     */
    record View(Picture picture, Box center, Optional<Box> detected) {
        static View of(Wrong wrong) {
            Box box = wrong.detection().box();
            return new View(wrong.picture(), box, Optional.of(box));
        }

        static View of(Missed missed) {
            return new View(
                    missed.picture(), missed.object().box(), missed.tooWeak().map(Detection::box));
        }
    }

    Cropper(List<View> views) {
        Map<Picture, List<View>> byPicture =
                views.stream().collect(Collectors.groupingBy(View::picture, LinkedHashMap::new, Collectors.toList()));
        byPicture.forEach(this::cut);
    }

    /** The crop; empty if the picture could not be read, the center lies outside of it, or the page is full. */
    Optional<Crop> crop(View view) {
        return Optional.ofNullable(crops.get(view));
    }

    /** Sentences on unreadable pictures and on crops left out because the page is full; empty if there are none. */
    String note() {
        List<String> notes = new ArrayList<>();
        if (!unread.isEmpty()) {
            notes.add(unread.size() + (unread.size() == 1 ? " picture" : " pictures")
                    + " could not be read and cannot be shown. The first: " + unread.get(0));
        }
        if (leftOut > 0) {
            notes.add(leftOut + " crops are left out to keep this page small.");
        }
        return String.join(" ", notes);
    }

    private void cut(Picture picture, List<View> views) {
        Mat pixels;
        try {
            pixels = PictureDecoder.decode(picture.file());
        } catch (DataException e) {
            unread.add(e.getMessage());
            return;
        }
        try {
            for (View view : views) {
                if (bytes < MOST_BYTES) {
                    window(view, pixels).ifPresent(window -> crops.put(view, cut(view, pixels, window)));
                } else {
                    leftOut++;
                }
            }
        } finally {
            pixels.release();
        }
    }

    /** The part of the picture to show; empty if the center lies outside of it. */
    private static Optional<Rect> window(View view, Mat pixels) {
        Box center = view.center();
        if (center.clip(pixels.cols(), pixels.rows()).isEmpty()) {
            return Optional.empty();
        }
        double side = Math.max(LEAST, CONTEXT * Math.max(center.width(), center.height()));
        Box window = new Box(
                        inside(center.centerX() - side / 2, side, pixels.cols()),
                        inside(center.centerY() - side / 2, side, pixels.rows()),
                        side,
                        side)
                .clip(pixels.cols(), pixels.rows());
        int left = (int) Math.floor(window.x());
        int top = (int) Math.floor(window.y());
        int right = (int) Math.ceil(window.right());
        int bottom = (int) Math.ceil(window.bottom());
        return Optional.of(new Rect(left, top, right - left, bottom - top));
    }

    /** The start of an interval of {@code length} after it is moved into [0, {@code whole}]; 0 if it is too long. */
    private static double inside(double start, double length, double whole) {
        return Math.max(0, Math.min(start, whole - length));
    }

    private Crop cut(View view, Mat pixels, Rect window) {
        double scale = SIDE / (double) Math.max(window.width, window.height);
        Size size =
                new Size(Math.max(1, Math.round(window.width * scale)), Math.max(1, Math.round(window.height * scale)));
        Mat part = pixels.submat(window);
        Mat resized = new Mat();
        MatOfByte encoded = new MatOfByte();
        MatOfInt quality = new MatOfInt(Imgcodecs.IMWRITE_JPEG_QUALITY, JPEG_QUALITY);
        try {
            Imgproc.resize(part, resized, size, 0, 0, scale < 1 ? Imgproc.INTER_AREA : Imgproc.INTER_CUBIC);
            Imgcodecs.imencode(".jpg", resized, encoded, quality);
            byte[] jpeg = encoded.toArray();
            bytes += jpeg.length;
            return new Crop(
                    "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg),
                    (int) size.width,
                    (int) size.height,
                    outlines(view, window, scale));
        } finally {
            part.release();
            resized.release();
            encoded.release();
            quality.release();
        }
    }

    private static List<Outline> outlines(View view, Rect window, double scale) {
        List<Outline> outlines = new ArrayList<>();
        Box visible = new Box(window.x, window.y, window.width, window.height);
        for (Annotation annotation : view.picture().annotations()) {
            if (annotation.isObject() && annotation.box().intersectionArea(visible) > 0) {
                outlines.add(outline(annotation.box(), window, scale, "annotated"));
            }
        }
        view.detected().ifPresent(box -> outlines.add(outline(box, window, scale, "detected")));
        return outlines;
    }

    private static Outline outline(Box box, Rect window, double scale, String kind) {
        Box here = box.translate(-window.x, -window.y).scale(scale, scale);
        return new Outline(tenths(here.x()), tenths(here.y()), tenths(here.width()), tenths(here.height()), kind);
    }

    private static double tenths(double pixels) {
        return Math.round(pixels * 10) / 10.0;
    }
}
