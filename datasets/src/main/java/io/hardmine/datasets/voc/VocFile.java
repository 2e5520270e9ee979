package io.hardmine.datasets.voc;

import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.file.FileFault;
import io.hardmine.datasets.reading.FileObjects;
import io.hardmine.datasets.reading.RawObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One annotation file. Corners count pixels from 1 and include the last one, as in the VOC development kit, so the box
 * from (1, 1) to (w, h) covers a w × h picture. DTDs and external entities are refused.
 *
 * @param filename of the picture as written, possibly with folders or without an ending; empty if there is none
 * @param width as annotated, in pixels; 0 if it is not annotated
 * @param height as annotated, in pixels; 0 if it is not annotated
 * @param objects of the picture
 */
record VocFile(String filename, int width, int height, FileObjects objects) {
    private static final long LARGEST = 64L << 20;
    private static final int START = 1 << 16;
    private static final Pattern OTHER_ENCODING =
            Pattern.compile("<\\?xml[^>]*encoding\\s*=\\s*[\"'](?!(?i:utf-8)[\"'])");

    /**
     * Reads a file.
     *
     * @throws DataException if the file as a whole cannot be used
     */
    static VocFile read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > LARGEST) {
                throw new DataException("%s has %d MB; an annotation file has at most %d"
                        .formatted(file, Files.size(file) >> 20, LARGEST >> 20));
            }
            byte[] text = in.readAllBytes();
            requireUtf8(file, text);
            XMLStreamReader xml = factory().createXMLStreamReader(new ByteArrayInputStream(text));
            try {
                return new Parser(file, xml).picture();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? -1 : e.getLocation().getLineNumber();
            String where = line > 0 ? "%s, line %d".formatted(file, line) : file.toString();
            throw new DataException("%s: broken XML: %s".formatted(where, firstLine(e.getMessage())), e);
        } catch (IOException e) {
            throw FileFault.of(file, e);
        }
    }

    /**
     * Refuses a text that is not UTF-8, unless it begins by stating another encoding. The parser would refuse it too,
     * but prints a line of its own to the error stream.
     */
    private static void requireUtf8(Path file, byte[] text) {
        String start = new String(text, 0, Math.min(text.length, 200), StandardCharsets.ISO_8859_1);
        if (isUtf16(text) || OTHER_ENCODING.matcher(start).find()) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(text);
        CoderResult end = StandardCharsets.UTF_8.newDecoder().decode(bytes, CharBuffer.allocate(text.length), true);
        if (end.isError()) {
            long line = 1
                    + new String(text, 0, bytes.position(), StandardCharsets.UTF_8)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            throw new DataException(
                    "%s, line %d: not UTF-8; state the encoding in the file's first line, or save it as UTF-8"
                            .formatted(file, line));
        }
    }

    /** The name of the file's first element; empty if it has none in its first 64 KB. */
    static String rootOf(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(START);
            // element names are ASCII, so the encoding matters only if it has two bytes per character
            String text = new String(bytes, isUtf16(bytes) ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1);
            XMLStreamReader xml =
                    factory().createXMLStreamReader(new StringReader(text.substring(Math.max(0, text.indexOf('<')))));
            try {
                while (xml.hasNext()) {
                    if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                        return xml.getLocalName();
                    }
                }
                return "";
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            return ""; // another kind of file, or a broken one, which is reported when it is read
        } catch (IOException e) {
            throw FileFault.of(file, e);
        }
    }

    private static boolean isUtf16(byte[] text) {
        return text.length > 1
                && (text[0] == (byte) 0xFE && text[1] == (byte) 0xFF
                        || text[0] == (byte) 0xFF && text[1] == (byte) 0xFE);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static String firstLine(String message) {
        return message == null
                ? "unknown"
                : message.replaceAll("(?s).*Message: ", "").lines().findFirst().orElse("");
    }

    private static final class Parser {
        private static final int DEEPEST = 32;
        private static final List<String> CORNERS = List.of("xmin", "ymin", "xmax", "ymax");
        private static final Set<String> YES = Set.of("true", "yes");

        private final Path file;
        private final XMLStreamReader xml;
        private final List<RawObject> objects = new ArrayList<>();
        private final List<DataException> faults = new ArrayList<>();

        Parser(Path file, XMLStreamReader xml) {
            this.file = file;
            this.xml = xml;
        }

        VocFile picture() throws XMLStreamException {
            String filename = "";
            int width = 0;
            int height = 0;
            boolean root = false;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.DTD) {
                    throw wrong("a document type is declared, which is refused; remove the <!DOCTYPE …> line");
                }
                if (event != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "annotation" -> root = true;
                    case "filename" -> filename = xml.getElementText().strip();
                    case "size" -> {
                        Element size = element(1);
                        width = side(size.text("width"));
                        height = side(size.text("height"));
                    }
                    case "object" -> object();
                    default -> {
                        if (!root) {
                            throw wrong(
                                    "the file begins with <%s>, not with <annotation>".formatted(xml.getLocalName()));
                        }
                    }
                }
            }
            if (!root) {
                throw wrong("there is no <annotation>");
            }
            return new VocFile(filename, width, height, new FileObjects(objects, faults));
        }

        /** A side in pixels; 0 if the text is not a number. */
        private static int side(String text) {
            return text.matches("\\d{1,7}(\\.\\d*)?") ? (int) Double.parseDouble(text) : 0;
        }

        /** Reads an object: one box, or several boxes of one name. */
        private void object() throws XMLStreamException {
            Element object = element(1);
            String name = object.text("name");
            List<Element> boxes = object.all("bndbox");
            if (name.isEmpty()) {
                fault(object, "an <object> has no <name>; say what it is");
            } else if (boxes.isEmpty()) {
                fault(
                        object,
                        object.all("robndbox").isEmpty()
                                ? "the <object> '%s' has no <bndbox>".formatted(name)
                                : "the <object> '%s' has a turned box (<robndbox>), which is not read; give it a <bndbox>"
                                        .formatted(name));
            }
            if (name.isEmpty()) {
                return;
            }
            for (Element box : boxes) {
                try {
                    objects.add(new RawObject(
                            name,
                            box(name, object, box),
                            false,
                            Double.NaN,
                            false,
                            false,
                            isYes(object.text("difficult")),
                            "%s, line %d".formatted(file, object.line())));
                } catch (DataException e) {
                    faults.add(e);
                }
            }
        }

        private void fault(Element object, String what) {
            faults.add(new DataException("%s, line %d: %s".formatted(file, object.line(), what)));
        }

        private Box box(String name, Element object, Element box) {
            double[] corners = new double[CORNERS.size()];
            for (int i = 0; i < corners.length; i++) {
                String corner = CORNERS.get(i);
                Element entry = box.all(corner).stream()
                        .findFirst()
                        .orElseThrow(() -> new DataException("%s, line %d: the <object> '%s' has no <%s>"
                                .formatted(file, object.line(), name, corner)));
                try {
                    corners[i] = Double.parseDouble(entry.text());
                } catch (NumberFormatException e) {
                    throw new DataException(
                            "%s, line %d: <%s> is '%s', not a number"
                                    .formatted(file, entry.line(), corner, entry.text()),
                            e);
                }
            }
            return Box.ofCorners(corners[0] - 1, corners[1] - 1, corners[2], corners[3]);
        }

        /**
         * Whether a flag is set: a positive number, true or yes. Other words that tools write, such as Unspecified, do
         * not set it.
         */
        private static boolean isYes(String text) {
            return YES.contains(text.toLowerCase(Locale.ROOT)) || text.matches("[+-]?0*[1-9]\\d*(\\.\\d*)?");
        }

        /** Reads the current element up to its end. */
        private Element element(int depth) throws XMLStreamException {
            if (depth > DEEPEST) {
                throw wrong("elements are nested too deeply");
            }
            int line = xml.getLocation().getLineNumber();
            StringBuilder text = new StringBuilder();
            Map<String, List<Element>> inside = new HashMap<>();
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    String name = xml.getLocalName();
                    inside.computeIfAbsent(name, n -> new ArrayList<>()).add(element(depth + 1));
                } else if (event == XMLStreamConstants.CHARACTERS) {
                    text.append(xml.getText());
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    break;
                }
            }
            return new Element(line, text.toString().strip(), inside);
        }

        private DataException wrong(String what) {
            return new DataException(
                    "%s, line %d: %s".formatted(file, xml.getLocation().getLineNumber(), what));
        }
    }

    /**
     * An element with its direct children. The box of a part of an object is a child of the part, so it is not taken
     * for the object's.
     */
    private record Element(int line, String text, Map<String, List<Element>> inside) {
        List<Element> all(String name) {
            return inside.getOrDefault(name, List.of());
        }

        String text(String name) {
            return all(name).stream().findFirst().map(Element::text).orElse("");
        }
    }
}
