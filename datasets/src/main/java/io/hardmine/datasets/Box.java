package io.hardmine.datasets;

/**
 * An axis-aligned rectangle in pixels of the picture as shown: the left edge of the first column is 0, so a box over
 * the whole of a picture is {@code (0, 0, width, height)}. Sides may be zero or negative in broken data; {@link
 * #isEmpty()} detects such boxes.
 *
 * @param x left edge
 * @param y upper edge
 * @param width horizontal side
 * @param height vertical side
 */
public record Box(double x, double y, double width, double height) {
    /** The box between two corners. */
    public static Box ofCorners(double left, double top, double right, double bottom) {
        return new Box(left, top, right - left, bottom - top);
    }

    /** Right edge, {@code x + width}. */
    public double right() {
        return x + width;
    }

    /** Lower edge, {@code y + height}. */
    public double bottom() {
        return y + height;
    }

    /** Horizontal center. */
    public double centerX() {
        return x + width / 2;
    }

    /** Vertical center. */
    public double centerY() {
        return y + height / 2;
    }

    /** Area in square pixels; 0 for an empty box. */
    public double area() {
        return isEmpty() ? 0 : width * height;
    }

    /** Whether the box covers nothing: a side is not positive, or a coordinate is not finite. */
    public boolean isEmpty() {
        return !(width > 0 && height > 0 && Double.isFinite(x + y + width + height));
    }

    /** Area that both boxes cover, in square pixels. */
    public double intersectionArea(Box other) {
        double w = Math.min(right(), other.right()) - Math.max(x, other.x);
        double h = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
        return w > 0 && h > 0 ? w * h : 0;
    }

    /** Whether the other box lies inside this one, edges included. */
    public boolean contains(Box other) {
        return other.x() >= x && other.y() >= y && other.right() <= right() && other.bottom() <= bottom();
    }

    /** Intersection over union, in [0, 1]; 0 if the boxes do not overlap or one of them is empty. */
    public double iou(Box other) {
        double shared = intersectionArea(other);
        return shared > 0 ? shared / (area() + other.area() - shared) : 0;
    }

    /** The part of this box inside a picture of the given size; possibly empty. */
    public Box clip(double pictureWidth, double pictureHeight) {
        return ofCorners(
                Math.max(0, Math.min(x, pictureWidth)),
                Math.max(0, Math.min(y, pictureHeight)),
                Math.max(0, Math.min(right(), pictureWidth)),
                Math.max(0, Math.min(bottom(), pictureHeight)));
    }

    /** The part of this box inside another one; possibly empty. */
    public Box intersection(Box other) {
        return ofCorners(
                Math.max(other.x, Math.min(x, other.right())),
                Math.max(other.y, Math.min(y, other.bottom())),
                Math.max(other.x, Math.min(right(), other.right())),
                Math.max(other.y, Math.min(bottom(), other.bottom())));
    }

    /** The box in a picture that is resized by these factors: every coordinate is multiplied. */
    public Box scale(double horizontal, double vertical) {
        return new Box(x * horizontal, y * vertical, width * horizontal, height * vertical);
    }

    /** The box moved by {@code dx} and {@code dy} pixels. */
    public Box translate(double dx, double dy) {
        return new Box(x + dx, y + dy, width, height);
    }
}
