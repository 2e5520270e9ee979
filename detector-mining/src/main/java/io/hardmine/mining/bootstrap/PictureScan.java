package io.hardmine.mining.bootstrap;

import java.util.List;

/**
 * What the detector sees in the background of a picture.
 *
 * @param picture its name
 * @param crops that were scored: pieces of background side by side, over all scales
 * @param falsePositives false alarms, each in its own crop, hardest first within a scale
 * @param members present scores of the set's members in this picture, in the set's order
 */
record PictureScan(String picture, int crops, List<FalsePositive> falsePositives, List<Double> members) {}
