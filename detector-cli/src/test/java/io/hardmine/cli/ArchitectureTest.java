package io.hardmine.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import io.hardmine.core.kernel.FloatMemory;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Keeps docs/architecture.md true: what each room must not know. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.hardmine");

    private static final String DATASETS = "io.hardmine.datasets..";
    private static final String KERNEL = "io.hardmine.core.kernel..";
    private static final String KERNEL_IMPLEMENTATIONS = "io.hardmine.core.kernel.*..";
    private static final String NETWORK = "io.hardmine.core.network..";
    private static final String ANCHOR = "io.hardmine.core.anchor..";
    private static final String LOSS = "io.hardmine.core.loss..";
    private static final String DETECTION = "io.hardmine.core.detection..";
    private static final String EVALUATION = "io.hardmine.core.evaluation..";
    private static final String MODEL = "io.hardmine.core.model..";
    private static final String TRAINING = "io.hardmine.core.training..";
    private static final String CORE = "io.hardmine.core..";
    private static final String MINING = "io.hardmine.mining..";
    private static final String ANALYSIS = "io.hardmine.mining.analysis..";
    private static final String CLI = "io.hardmine.cli..";
    private static final String[] READERS = {
        "io.hardmine.datasets.coco..",
        "io.hardmine.datasets.voc..",
        "io.hardmine.datasets.yolo..",
        "io.hardmine.datasets.csv.."
    };

    @TestFactory
    Stream<DynamicTest> roomsKeepToThemselves() {
        Map<String, String[]> unknownTo = Map.ofEntries(
                Map.entry(DATASETS, new String[] {CORE, MINING, CLI, "org.nd4j..", "org.deeplearning4j.."}),
                Map.entry(KERNEL, new String[] {
                    NETWORK, ANCHOR, LOSS, DETECTION, EVALUATION, MODEL, TRAINING, MINING, CLI, "java.nio.file.."
                }),
                Map.entry(NETWORK, new String[] {
                    KERNEL_IMPLEMENTATIONS,
                    DATASETS,
                    ANCHOR,
                    LOSS,
                    DETECTION,
                    EVALUATION,
                    MODEL,
                    TRAINING,
                    MINING,
                    CLI,
                    "java.nio.file.."
                }),
                Map.entry(
                        ANCHOR,
                        new String[] {KERNEL_IMPLEMENTATIONS, DETECTION, EVALUATION, MODEL, TRAINING, MINING, CLI}),
                Map.entry(
                        LOSS,
                        new String[] {KERNEL_IMPLEMENTATIONS, DETECTION, EVALUATION, MODEL, TRAINING, MINING, CLI}),
                Map.entry(DETECTION, new String[] {KERNEL_IMPLEMENTATIONS, EVALUATION, TRAINING, MINING, CLI}),
                Map.entry(EVALUATION, new String[] {KERNEL, NETWORK, MODEL, TRAINING, MINING, CLI}),
                Map.entry(MODEL, new String[] {KERNEL_IMPLEMENTATIONS, EVALUATION, TRAINING, MINING, CLI}),
                Map.entry(TRAINING, new String[] {KERNEL_IMPLEMENTATIONS, MINING, CLI}),
                Map.entry(MINING, new String[] {KERNEL_IMPLEMENTATIONS, CLI}),
                Map.entry(ANALYSIS, new String[] {TRAINING, EVALUATION}),
                Map.entry("io.hardmine.cli.explain..", new String[] {
                    TRAINING,
                    EVALUATION,
                    "io.hardmine.datasets",
                    "io.hardmine.datasets.image..",
                    "io.hardmine.datasets.loading..",
                    "io.hardmine.datasets.reading.."
                }),
                Map.entry(CLI, new String[] {KERNEL_IMPLEMENTATIONS}));
        return unknownTo.entrySet().stream()
                .map(room -> DynamicTest.dynamicTest(room.getKey(), () -> {
                    ClassesShouldConjunction rule = noClasses()
                            .that()
                            .resideInAPackage(room.getKey())
                            .and()
                            .resideOutsideOfPackages(exceptions(room.getKey()))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(room.getValue());
                    rule.check(CLASSES);
                }));
    }

    /** The doctor looks at the native library behind the kernels, which is no one else's business. */
    private static String[] exceptions(String room) {
        return room.equals(CLI) ? new String[] {"io.hardmine.cli.doctor.."} : new String[] {};
    }

    @TestFactory
    Stream<DynamicTest> readersDoNotKnowEachOther() {
        return Stream.of(READERS)
                .map(reader -> DynamicTest.dynamicTest(reader, () -> noClasses()
                        .that()
                        .resideInAPackage(reader)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(Stream.of(READERS)
                                .filter(r -> !r.equals(reader))
                                .toArray(String[]::new))
                        .check(CLASSES)));
    }

    /** Memory outside of the heap comes from JavaCPP; everyone else sees plain numbers of it. */
    @Test
    void onlyKernelsTheirMemoryAndTheDoctorTouchNativeCode() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        KERNEL_IMPLEMENTATIONS, "io.hardmine.core.export..", "io.hardmine.cli.doctor..")
                .and()
                .areNotAssignableFrom(FloatMemory.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", "org.nd4j..")
                .check(CLASSES);
    }

    @Test
    void noPackagesUseEachOtherInACircle() {
        slices().matching("io.hardmine.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
