package io.hardmine.datasets.sample;

/** Red, green and blue planes of doubles in [0, 255]; drawing is plain arithmetic, the same on every machine. */
final class Raster {
    final int width;
    final int height;
    private final double[] channels;

    Raster(int width, int height) {
        this.width = width;
        this.height = height;
        this.channels = new double[width * height * 3];
    }

    /** Sets a pixel inside the raster. */
    void set(int x, int y, Color color) {
        int at = (y * width + x) * 3;
        channels[at] = color.red();
        channels[at + 1] = color.green();
        channels[at + 2] = color.blue();
    }

    /** Blends a color into a pixel; coverage in [0, 1]. Does nothing outside the raster. */
    void blend(int x, int y, Color color, double coverage) {
        if (coverage == 0 || x < 0 || y < 0 || x >= width || y >= height) {
            return;
        }
        int at = (y * width + x) * 3;
        channels[at] += (color.red() - channels[at]) * coverage;
        channels[at + 1] += (color.green() - channels[at + 1]) * coverage;
        channels[at + 2] += (color.blue() - channels[at + 2]) * coverage;
    }

    /** Multiplies a pixel, then adds to it. */
    void expose(int x, int y, double factor, double offset) {
        int at = (y * width + x) * 3;
        for (int c = at; c < at + 3; c++) {
            channels[c] = channels[c] * factor + offset;
        }
    }

    /** The pixels in rows, blue, green and red of each, rounded to 8 bits. */
    byte[] toBgr() {
        byte[] pixels = new byte[channels.length];
        for (int at = 0; at < channels.length; at += 3) {
            pixels[at] = level(channels[at + 2]);
            pixels[at + 1] = level(channels[at + 1]);
            pixels[at + 2] = level(channels[at]);
        }
        return pixels;
    }

    private static byte level(double channel) {
        return (byte) Math.max(0, Math.min(255, (int) (channel + 0.5)));
    }

    /** Channels in [0, 255]. */
    record Color(double red, double green, double blue) {
        Color shade(double factor) {
            return new Color(red * factor, green * factor, blue * factor);
        }

        Color mix(Color other, double share) {
            return new Color(
                    red + (other.red - red) * share,
                    green + (other.green - green) * share,
                    blue + (other.blue - blue) * share);
        }
    }
}
