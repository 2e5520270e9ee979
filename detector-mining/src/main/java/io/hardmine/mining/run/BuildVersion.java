package io.hardmine.mining.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build, from a file that Maven fills in. */
public final class BuildVersion {
    private BuildVersion() {}

    /** The version and, if it was built from a repository, the commit. */
    public static String text() {
        Properties build = new Properties();
        try (InputStream in = BuildVersion.class.getResourceAsStream("version.properties")) {
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String commit = build.getProperty("commit");
        boolean known = !commit.isEmpty() && !commit.startsWith("$");
        return build.getProperty("version") + (known ? " (" + commit + ")" : "");
    }
}
