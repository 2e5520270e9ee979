package io.hardmine.mining.bootstrap;

import java.util.List;

/**
 * The result of scanning the background of a picture.
 *
 * @param picture its name
 * @param crops number of adjacent background crops that were scored, over all scales
 * @param falsePositives false alarms, each in its own crop, hardest first within a scale
 * @param members current scores of the set's members in this picture, in the set's order
 */
record PictureScan(String picture, int crops, List<FalsePositive> falsePositives, List<Double> members) {}
