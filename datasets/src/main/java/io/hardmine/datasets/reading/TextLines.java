package io.hardmine.datasets.reading;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.file.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads text files in UTF-8, with or without the byte order mark that spreadsheets put first. */
public final class TextLines {
    /** In bytes. A table of a million boxes has 50 MB. */
    private static final int LARGEST_FILE = 256 << 20;

    /** In bytes. A YOLO line with an outline of 1,000 corners has 20,000. */
    private static final int LONGEST_LINE = 1 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextLines() {}

    /**
     * The whole text, without a byte order mark.
     *
     * @throws DataException if the file is missing, is not a regular file, is larger than 256 MB, has a line of more
     *     than a million bytes, or is not UTF-8
     */
    public static String text(Path file) {
        FileFault.check(file, LARGEST_FILE);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE);
            checkLines(file, bytes);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new DataException("%s is not a text file in UTF-8; save it as one".formatted(file), e);
        } catch (IOException e) {
            throw FileFault.of(file, e);
        }
    }

    private static void checkLines(Path file, byte[] bytes) {
        int start = 0;
        int line = 1;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                boolean pair = bytes[i] == '\n' && i > 0 && bytes[i - 1] == '\r';
                line += pair ? 0 : 1;
                start = i + 1;
            } else if (i - start >= LONGEST_LINE) {
                throw new DataException("%s, line %d: longer than %d bytes; this is no list of boxes or names"
                        .formatted(file, line, LONGEST_LINE));
            }
        }
    }

    /**
     * The lines of a file, blank ones included, without the blanks around them: element {@code n} is line {@code n + 1}
     * of the file.
     *
     * @throws DataException as {@link #text}
     */
    public static List<String> of(Path file) {
        return text(file).lines().map(String::strip).toList();
    }
}
