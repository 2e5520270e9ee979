package io.hardmine.datasets.reading;

import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Text files that people and other programs write: UTF-8, with or without the byte order mark that spreadsheets put first. */
public final class TextLines {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextLines() {}

    /**
     * The whole text, without a byte order mark.
     *
     * @throws DataException where the file cannot be read or is not UTF-8
     */
    public static String text(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new DataException("%s is not a text file in UTF-8; save it as one".formatted(file), e);
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * Its lines, blank ones too, without the blanks around them: the n-th is line n + 1 of the file.
     *
     * @throws DataException where the file cannot be read or is not UTF-8
     */
    public static List<String> of(Path file) {
        return text(file).lines().map(String::strip).toList();
    }
}
