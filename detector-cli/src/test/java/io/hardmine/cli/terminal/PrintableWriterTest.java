package io.hardmine.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.cli.CommandResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PrintableWriterTest {
    private static String written(String text) {
        StringWriter target = new StringWriter();
        PrintableWriter.over(new PrintWriter(target)).print(text);
        return target.toString();
    }

    @Test
    void controlCharactersAreShown() {
        assertEquals("a\u241b]0;title\u2407b", written("a\u001b]0;title\u0007b"));
        assertEquals("\u240dover\u2408\u2400\u2421", written("\rover\b\u0000\u007f"));
        assertEquals("\ufffd31m\ufffd", written("\u009b31m\u0085"));
        assertEquals("\ufffdgnp\ufffd\ufffd\ufffd", written("\u202egnp\u2066\u200f\u2028"));
    }

    @Test
    void allOtherTextPasses() {
        String text = "bölt\t螺丝 \ud83d\udd29 می\u200cخواهم\n";
        assertEquals(text, written(text));
        StringWriter target = new StringWriter();
        PrintableWriter.over(new PrintWriter(target)).println("line");
        assertEquals("line" + System.lineSeparator(), target.toString());
    }

    @Test
    void whatACommandSaysIsPrintable() {
        CommandResult said = CommandResult.of("model", "info", "none\u001b[2J.zip");
        assertEquals(ExitCode.DATA, said.code());
        assertFalse(said.err().contains("\u001b"), said.err());
        assertTrue(said.err().contains("none\u241b[2J.zip does not exist"), said.err());
    }
}
