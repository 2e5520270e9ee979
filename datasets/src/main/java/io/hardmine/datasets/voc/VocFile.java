package io.hardmine.datasets.voc;

import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.reading.RawObject;
import io.hardmine.datasets.reading.RawPicture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One annotation file. Corners count pixels from 1 and include the last one, as the VOC development kit has it, so the
 * box from (1, 1) to (w, h) covers a w × h picture. DTDs and external entities are refused.
 */
final class VocFile {
    private static final int DEEPEST = 32;

    private final Path file;
    private final XMLStreamReader xml;

    private VocFile(Path file, XMLStreamReader xml) {
        this.file = file;
        this.xml = xml;
    }

    static RawPicture read(Path file, String stem, List<String> folders, Split split) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            try {
                return new VocFile(file, xml).picture(stem, folders, split);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? -1 : e.getLocation().getLineNumber();
            String where = line > 0 ? "%s, line %d".formatted(file, line) : file.toString();
            throw new DataException("%s: broken XML: %s".formatted(where, firstLine(e.getMessage())), e);
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static String firstLine(String message) {
        return message == null
                ? "unknown"
                : message.replaceAll("(?s).*Message: ", "").lines().findFirst().orElse("");
    }

    private RawPicture picture(String stem, List<String> folders, Split split) throws XMLStreamException {
        String name = null;
        int width = 0;
        int height = 0;
        boolean root = false;
        List<RawObject> objects = new ArrayList<>();
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
                case "filename" -> name = xml.getElementText().strip();
                case "size" -> {
                    Map<String, Entry> size = fields(1);
                    width = (int) number(size, "width", 0);
                    height = (int) number(size, "height", 0);
                }
                case "object" -> objects.add(object());
                default -> {
                    if (!root) {
                        throw wrong("the file begins with <%s>, not with <annotation>".formatted(xml.getLocalName()));
                    }
                }
            }
        }
        if (!root) {
            throw wrong("there is no <annotation>");
        }
        String path = name == null || name.isEmpty() ? stem + ".jpg" : lastPart(name);
        if (!path.contains(".")) {
            path = path + ".jpg";
        }
        return new RawPicture(-1, path, folders, width, height, objects, split, file.toString());
    }

    private static String lastPart(String name) {
        // some tools write the path that the picture had where it was annotated
        return name.contains("..") ? name : name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    private RawObject object() throws XMLStreamException {
        int line = xml.getLocation().getLineNumber();
        Map<String, Entry> fields = fields(1);
        Entry name = fields.get("name");
        if (name == null || name.text().isEmpty()) {
            throw new DataException("%s, line %d: an <object> has no <name>; say what it is".formatted(file, line));
        }
        for (String corner : List.of("bndbox.xmin", "bndbox.ymin", "bndbox.xmax", "bndbox.ymax")) {
            if (!fields.containsKey(corner)) {
                throw new DataException("%s, line %d: the <object> '%s' has no <%s>"
                        .formatted(file, line, name.text(), corner.substring("bndbox.".length())));
            }
        }
        Box box = Box.ofCorners(
                number(fields, "bndbox.xmin", 0) - 1,
                number(fields, "bndbox.ymin", 0) - 1,
                number(fields, "bndbox.xmax", 0),
                number(fields, "bndbox.ymax", 0));
        boolean difficult = number(fields, "difficult", 0) != 0;
        return new RawObject(
                name.text(), box, false, Double.NaN, false, false, difficult, "%s, line %d".formatted(file, line));
    }

    private record Entry(String text, int line) {}

    /** Texts inside the present element by name; those one deeper as outer.inner. Parts of objects are passed over. */
    private Map<String, Entry> fields(int depth) throws XMLStreamException {
        if (depth > DEEPEST) {
            throw wrong("elements are nested too deeply");
        }
        Map<String, Entry> fields = new HashMap<>();
        StringBuilder text = new StringBuilder();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                String name = xml.getLocalName();
                int line = xml.getLocation().getLineNumber();
                Map<String, Entry> inner = fields(depth + 1);
                inner.forEach((key, value) -> fields.putIfAbsent(key.isEmpty() ? name : name + "." + key, value));
                fields.computeIfPresent(name, (key, value) -> new Entry(value.text(), line));
            } else if (event == XMLStreamConstants.CHARACTERS) {
                text.append(xml.getText());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                break;
            }
        }
        fields.put("", new Entry(text.toString().strip(), xml.getLocation().getLineNumber()));
        return fields;
    }

    private double number(Map<String, Entry> fields, String name, double absent) {
        Entry entry = fields.get(name);
        if (entry == null || entry.text().isEmpty()) {
            return absent;
        }
        try {
            return Double.parseDouble(entry.text());
        } catch (NumberFormatException e) {
            throw new DataException(
                    "%s, line %d: <%s> is '%s', not a number"
                            .formatted(file, entry.line(), name.substring(name.lastIndexOf('.') + 1), entry.text()),
                    e);
        }
    }

    private DataException wrong(String what) {
        return new DataException(
                "%s, line %d: %s".formatted(file, xml.getLocation().getLineNumber(), what));
    }
}
