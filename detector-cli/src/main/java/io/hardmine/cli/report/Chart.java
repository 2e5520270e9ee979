package io.hardmine.cli.report;

/**
 * A drawing, for light and for dark pages.
 *
 * @param title what it shows
 * @param caption how to read it
 * @param alt what is to be seen, for those who do not see it
 * @param light {@code data:} address of an SVG picture
 * @param dark the same in light colours
 */
public record Chart(String title, String caption, String alt, String light, String dark) {}
