package io.hardmine.cli.gallery;

import io.hardmine.mining.bootstrap.RoundReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Bootstrapping's rounds, with links to their galleries.
 *
 * @param summary whether the detector fires less than at first, in a sentence or two
 * @param lines charts over the rounds; none if there is only one round
 * @param rows one row per round
 */
public record RoundsPage(String summary, List<Line> lines, List<Row> rows) {
    /** Shown for a number that was not measured. */
    private static final String NOTHING = "–";

    /**
     * A number counts as lower if it is below this share of its earlier value, and as higher if the earlier value is
     * below this share of it.
     */
    private static final double CHANGED = 0.8;

    /** Copies the lists. */
    public RoundsPage {
        lines = List.copyOf(lines);
        rows = List.copyOf(rows);
    }

    /**
     * A round.
     *
     * @param round counted from 0, which is the random beginning
     * @param cells in the order of the table's columns
     * @param bars false alarms by score, in ten bins, as percentages of the round's highest bin; none without a search
     * @param histogram the bars in words; empty without a search
     */
    public record Row(int round, List<String> cells, List<Integer> bars, String histogram) {}

    /**
     * A number over the rounds, to be drawn.
     *
     * @param title name of the number
     * @param points of an SVG polyline, in a box of 100 by 100 with the origin at the upper left
     * @param values the points in words
     */
    public record Line(String title, String points, String values) {}

    /** One round's number. */
    private record Value(int round, double number) {}

    static void write(List<RoundReport> reports, Path file) throws IOException {
        Pages.write("rounds.jte", of(reports), file);
    }

    static RoundsPage of(List<RoundReport> reports) {
        List<Value> fired = values(reports, r -> r.searched() ? r.perThousand() / 10 : null);
        List<Value> alarms = values(
                reports,
                r -> r.searched() && r.validation() != null ? r.validation().falseAlarmsAtRecall80() : null);
        List<Line> lines = IntStream.range(0, 2)
                .filter(i -> (i == 0 ? fired : alarms).size() > 1)
                .mapToObj(i -> i == 0
                        ? line("false alarms per 100 crops of background", "%.1f", fired)
                        : line("false alarms per validation picture at recall 0.8", "%.2f", alarms))
                .toList();
        return new RoundsPage(
                summary(fired, alarms),
                lines,
                reports.stream().map(RoundsPage::row).toList());
    }

    private static List<Value> values(List<RoundReport> reports, Function<RoundReport, Double> number) {
        return reports.stream()
                .filter(r -> number.apply(r) != null)
                .map(r -> new Value(r.round(), number.apply(r)))
                .toList();
    }

    private static String summary(List<Value> fired, List<Value> alarms) {
        if (fired.isEmpty()) {
            return "No round has searched the background yet.";
        }
        Value first = fired.get(0);
        if (fired.size() == 1) {
            return number(
                    "So far one round has searched: %.1f false alarms per 100 crops of background.", first.number());
        }
        Value last = fired.get(fired.size() - 1);
        String text = number(
                "The detector fires %s on background: %.1f false alarms per 100 crops in round %d, %.1f in round %d.",
                changed(first.number(), last.number()), first.number(), first.round(), last.number(), last.round());
        if (alarms.size() > 1) {
            Value before = alarms.get(0);
            Value after = alarms.get(alarms.size() - 1);
            text += number(
                    " On the validation pictures there were %.2f false alarms per picture at recall 0.8 before round %d,"
                            + " and %.2f before round %d.",
                    before.number(), before.round(), after.number(), after.round());
        }
        return text
                + " The training between the rounds contributes to this. To measure the effect of mining alone, compare it with"
                + " random crops: hardmine experiment --plan losses.";
    }

    private static String changed(double before, double after) {
        if (before == after || after > CHANGED * before && CHANGED * after < before) {
            return "about as often";
        }
        return after < before ? "less often" : "more often";
    }

    private static Line line(String title, String format, List<Value> values) {
        double most = Math.max(values.stream().mapToDouble(Value::number).max().orElse(0), Double.MIN_NORMAL);
        String points = IntStream.range(0, values.size())
                .mapToObj(i -> number(
                        "%.1f,%.1f",
                        100.0 * i / (values.size() - 1),
                        100 - 100 * values.get(i).number() / most))
                .collect(Collectors.joining(" "));
        return new Line(
                title,
                points,
                values.stream()
                        .map(v -> number("round %d: " + format, v.round(), v.number()))
                        .collect(Collectors.joining(", ")));
    }

    private static Row row(RoundReport report) {
        RoundReport.Validation scores = report.validation();
        boolean searched = report.searched();
        boolean changed = searched || report.round() == 0;
        return new Row(
                report.round(),
                List.of(
                        whole(report.step()),
                        searched ? whole(report.cropsScored()) : NOTHING,
                        searched ? whole(report.falseAlarms()) : NOTHING,
                        searched ? number("%.1f", report.perThousand() / 10) : NOTHING,
                        changed ? whole(report.added()) : NOTHING,
                        searched ? whole(report.again()) : NOTHING,
                        changed ? whole(report.duplicates()) : NOTHING,
                        searched ? whole(report.evicted()) : NOTHING,
                        searched ? whole(report.learnt()) : NOTHING,
                        whole(report.size()),
                        scores == null ? NOTHING : number("%.3f", scores.ap()),
                        scores == null ? NOTHING : alarms(scores.falseAlarmsAtRecall80()),
                        scores == null ? NOTHING : alarms(scores.falseAlarmsAtRecall90()),
                        number("%.0f", report.seconds())),
                searched ? bars(report.histogram()) : List.of(),
                searched ? inWords(report.histogram()) : "");
    }

    private static List<Integer> bars(List<Long> histogram) {
        long highest = Math.max(1, histogram.stream().mapToLong(n -> n).max().orElse(0));
        return histogram.stream().map(n -> (int) Math.ceil(100.0 * n / highest)).toList();
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
