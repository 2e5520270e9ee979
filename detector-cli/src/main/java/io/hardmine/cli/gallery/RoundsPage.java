package io.hardmine.cli.gallery;

import io.hardmine.mining.bootstrap.RoundReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Bootstrapping's rounds, with links to their galleries.
 *
 * @param rows a row a round
 */
public record RoundsPage(List<Row> rows) {
    /** Copies the list. */
    public RoundsPage {
        rows = List.copyOf(rows);
    }

    /**
     * A round.
     *
     * @param round counted from 0, the random beginning
     * @param cells as the page's table has them
     * @param bars false alarms by score, in ten bins, heights in per cent of the round's highest
     * @param histogram the same in words
     */
    public record Row(int round, List<String> cells, List<Integer> bars, String histogram) {}

    static void write(List<RoundReport> reports, Path file) throws IOException {
        Pages.write(
                "rounds.jte",
                new RoundsPage(reports.stream().map(RoundsPage::row).toList()),
                file);
    }

    private static Row row(RoundReport report) {
        RoundReport.Validation scores = report.validation();
        long highest =
                Math.max(1, report.histogram().stream().mapToLong(n -> n).max().orElse(0));
        return new Row(
                report.round(),
                List.of(
                        whole(report.step()),
                        whole(report.cropsScored()),
                        whole(report.falseAlarms()),
                        number("%.1f", report.perThousand()),
                        whole(report.added()),
                        whole(report.again()),
                        whole(report.duplicates()),
                        whole(report.evicted()),
                        whole(report.learnt()),
                        whole(report.size()),
                        scores == null ? "–" : number("%.3f", scores.ap()),
                        scores == null ? "–" : alarms(scores.falseAlarmsAtRecall80()),
                        scores == null ? "–" : alarms(scores.falseAlarmsAtRecall90()),
                        number("%.0f", report.seconds())),
                report.histogram().stream()
                        .map(n -> (int) Math.ceil(100.0 * n / highest))
                        .toList(),
                inWords(report.histogram()));
    }

    private static String inWords(List<Long> histogram) {
        return IntStream.range(0, histogram.size())
                .filter(bin -> histogram.get(bin) > 0)
                .mapToObj(bin -> number("%s from %.1f", whole(histogram.get(bin)), bin / (double) histogram.size()))
                .reduce((a, b) -> a + ", " + b)
                .orElse("none");
    }

    private static String alarms(Double perPicture) {
        return perPicture == null ? "not reached" : number("%.2f", perPicture);
    }

    private static String whole(long number) {
        return number("%,d", number);
    }

    private static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
