package io.hardmine.cli.report;

import io.hardmine.core.evaluation.EvaluationReport;
import io.hardmine.core.evaluation.Mistakes.Missed;
import io.hardmine.core.evaluation.Mistakes.Wrong;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Picture;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The worst mistakes with their pictures.
 *
 * @param sections false alarms, wrong boxes, missed objects; sections without any are left out
 * @param note which crops could not be shown and why; empty if all could
 */
public record Gallery(List<Section> sections, String note) {
    /** Copies the list. */
    public Gallery {
        sections = List.copyOf(sections);
    }

    /**
     * One kind of mistake.
     *
     * @param title its name
     * @param caption what it means
     * @param cards worst first
     */
    public record Section(String title, String caption, List<Card> cards) {
        /** Copies the list. */
        public Section {
            cards = List.copyOf(cards);
        }
    }

    /**
     * One mistake.
     *
     * @param title class and score
     * @param detail why it is wrong
     * @param place picture and box
     * @param crop the pixels, empty if they cannot be shown
     */
    public record Card(String title, String detail, String place, Optional<Crop> crop) {}

    static Gallery of(EvaluationReport report) {
        Cropper cropper = new Cropper(Stream.concat(
                        Stream.concat(report.mistakes().falseAlarms().stream(), report.mistakes().confusions().stream())
                                .map(wrong -> Cropper.View.of(wrong)),
                        report.mistakes().missed().stream().map(missed -> Cropper.View.of(missed)))
                .toList());
        List<Section> sections = Stream.of(
                        new Section(
                                "False alarms",
                                "Boxes where nothing is annotated, most confident first. Some may show an object that"
                                        + " nobody annotated: then correct the annotations.",
                                report.mistakes().falseAlarms().stream()
                                        .map(wrong -> card(report, wrong, cropper))
                                        .toList()),
                        new Section(
                                "Most confident mistakes on objects",
                                "Boxes on or near an object that are wrong about it: its class, its place, or that it"
                                        + " was found already.",
                                report.mistakes().confusions().stream()
                                        .map(wrong -> card(report, wrong, cropper))
                                        .toList()),
                        new Section(
                                "Missed objects",
                                "Annotated objects that no box above its class's threshold found; those with the"
                                        + " lowest score first; of equal scores, the largest object.",
                                report.mistakes().missed().stream()
                                        .map(missed -> card(report, missed, cropper))
                                        .toList()))
                .filter(section -> !section.cards().isEmpty())
                .toList();
        return new Gallery(sections, cropper.note());
    }

    private static Card card(EvaluationReport report, Wrong wrong, Cropper cropper) {
        String detail =
                switch (wrong.outcome()) {
                    case WRONG_CLASS -> wrong.object()
                            .map(o -> "is annotated as " + name(report, o))
                            .orElseThrow();
                    case MISPLACED -> "badly placed";
                    case DUPLICATE -> "found already";
                    default -> "nothing annotated here";
                };
        String title = report.categories().get(wrong.detection().category()) + " "
                + Numbers.score(wrong.detection().score());
        return new Card(title, detail, place(wrong.picture()), cropper.crop(Cropper.View.of(wrong)));
    }

    private static Card card(EvaluationReport report, Missed missed, Cropper cropper) {
        String detail = missed.tooWeak()
                .map(d -> "found with score " + Numbers.score(d.score()) + ", below the threshold "
                        + Numbers.score(report.thresholds().of(d.category())))
                .orElse("no box fits it at any score");
        return new Card(
                name(report, missed.object()), detail, place(missed.picture()), cropper.crop(Cropper.View.of(missed)));
    }

    private static String name(EvaluationReport report, Annotation annotation) {
        return report.categories().get(annotation.category());
    }

    private static String place(Picture picture) {
        return picture.name();
    }
}
