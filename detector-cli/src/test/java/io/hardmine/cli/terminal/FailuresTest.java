package io.hardmine.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final StringWriter said = new StringWriter();

    private int report(Throwable failure) {
        return new Failures(new String[] {"train"}).report(failure, new PrintWriter(said, true));
    }

    @Test
    void filesThatWereReplacedUnderTheProgramAreNoBug() {
        assertEquals(ExitCode.DATA, report(new NoClassDefFoundError("io/hardmine/core/model/ArchiveReader")));
        assertTrue(said.toString().contains("were replaced or removed while it ran"), said::toString);
        assertTrue(said.toString().contains("--resume"), said::toString);
    }

    @Test
    void aMissingClassOfALibraryIsOne() {
        assertEquals(ExitCode.INTERNAL, report(new NoClassDefFoundError("org/example/Part")));
        assertTrue(said.toString().contains("Please report this bug and attach "), said::toString);
    }

    @Test
    void aFileIsNamedWhateverWrapsItsFailure() {
        assertEquals(ExitCode.DATA, report(new IllegalStateException(new NoSuchFileException("boxes.csv"))));
        assertEquals(
                "hardmine: boxes.csv: there is no such file or folder",
                said.toString().strip());
    }
}
