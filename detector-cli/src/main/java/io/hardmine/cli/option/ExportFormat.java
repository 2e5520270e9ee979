package io.hardmine.cli.option;

import io.hardmine.core.export.Exporter;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Finds an exporter by the name of its format. */
public final class ExportFormat implements ITypeConverter<Exporter> {
    @Override
    public Exporter convert(String name) {
        return Exporter.all().stream()
                .filter(exporter -> exporter.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("there is no format " + name));
    }
}
