package io.hardmine.datasets.coco;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a data set as one COCO file. */
public final class CocoWriter {
    private CocoWriter() {}

    /** Writes the file, whole or not at all. {@code file_name} is {@link Picture#name()}. */
    public static void write(Dataset dataset, Path file) throws IOException {
        AtomicFile.write(file, out -> {
            try (JsonGenerator json = new JsonFactory()
                    .createGenerator(out, JsonEncoding.UTF8)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
                write(dataset, json);
            }
        });
    }

    private static void write(Dataset dataset, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("categories");
        for (Category c : dataset.categories()) {
            json.writeStartObject();
            json.writeNumberField("id", c.id());
            json.writeStringField("name", c.name());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("images");
        for (Picture p : dataset.pictures()) {
            json.writeStartObject();
            json.writeNumberField("id", p.id());
            json.writeStringField("file_name", p.name());
            json.writeNumberField("width", p.width());
            json.writeNumberField("height", p.height());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("annotations");
        long id = 1;
        for (Picture p : dataset.pictures()) {
            for (Annotation a : p.annotations()) {
                write(dataset, p, a, id++, json);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(Dataset dataset, Picture p, Annotation a, long id, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", id);
        json.writeNumberField("image_id", p.id());
        json.writeNumberField(
                "category_id", dataset.categories().get(a.category()).id());
        double[] box = {a.box().x(), a.box().y(), a.box().width(), a.box().height()};
        json.writeFieldName("bbox");
        json.writeArray(box, 0, box.length);
        json.writeNumberField("area", a.area());
        json.writeNumberField("iscrowd", a.crowd() ? 1 : 0);
        if (a.ignore()) {
            json.writeNumberField("ignore", 1);
        }
        if (a.difficult()) {
            json.writeNumberField("difficult", 1); // Pascal VOC's flag; COCO's own tools ignore it
        }
        json.writeEndObject();
    }
}
