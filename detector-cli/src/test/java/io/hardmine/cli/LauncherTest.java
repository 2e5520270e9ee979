package io.hardmine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shell script that starts Hardmine, in a folder laid out as the distribution. Its Javas are scripts that note their
 * arguments.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has a launcher of its own, hardmine.cmd")
class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "bin", "hardmine");

    @TempDir
    private Path folder;

    private Path launcher;

    @BeforeEach
    void distribution() throws IOException {
        Files.createDirectories(folder.resolve("hardmine/lib"));
        launcher = Files.createDirectories(folder.resolve("hardmine/bin")).resolve("hardmine");
        Files.copy(LAUNCHER, launcher);
    }

    /** What the launcher printed, output and errors together, and each start of a Java, the arguments as one line. */
    private record Launch(int code, String printed, List<String> starts) {}

    @Test
    void theFileOfAJdkTellsItsVersionWithoutAStart() throws Exception {
        Path java = jdk("jdk", "17.0.2");

        Launch launch = launch(Map.of("JAVA_HOME", home("jdk")), "--help");

        assertEquals(0, launch.code(), launch.printed());
        assertEquals(1, launch.starts().size(), launch.starts().toString());
        assertTrue(
                launch.starts().get(0).startsWith(java + " "), launch.starts().toString());
        assertTrue(launch.starts().get(0).endsWith(" io.hardmine.cli.Hardmine --help"));
    }

    @Test
    void aJavaWithoutThatFileIsAskedForItsVersion() throws Exception {
        java("jdk", "21");

        Launch launch = launch(Map.of("JAVA_HOME", home("jdk")), "--help");

        assertEquals(0, launch.code(), launch.printed());
        assertEquals(2, launch.starts().size(), launch.starts().toString());
        assertTrue(launch.starts().get(0).endsWith(" -version"));
        // from 19 on, Java makes the archive of classes itself
        assertTrue(launch.starts().get(1).contains("-XX:+AutoCreateSharedArchive"));
    }

    @Test
    void theJavaOfThePathIsFoundBehindALink() throws Exception {
        jdk("jdk", "17");
        Path link = Files.createDirectories(folder.resolve("path")).resolve("java");
        Files.createSymbolicLink(link, folder.resolve("jdk/bin/java"));

        Launch launch = launch(Map.of("PATH", path(link)), "settings", "loss");

        assertEquals(0, launch.code(), launch.printed());
        assertEquals(1, launch.starts().size(), launch.starts().toString());
        assertTrue(launch.starts().get(0).endsWith(" io.hardmine.cli.Hardmine settings loss"));
    }

    @Test
    void anOldJavaHomeLeavesTheJavaOfThePath() throws Exception {
        jdk("old", "1.8.0_362");
        Path java = java("new", "17");

        Launch launch = launch(Map.of("JAVA_HOME", home("old"), "PATH", path(java)), "--help");

        assertEquals(0, launch.code(), launch.printed());
        assertTrue(
                launch.starts().stream().allMatch(s -> s.startsWith(java + " ")),
                launch.starts().toString());
    }

    @Test
    void withoutAJavaThatIsNewEnoughItSaysWhatIsNeeded() throws Exception {
        Path java = jdk("old", "11.0.2");

        Launch launch = launch(Map.of("PATH", path(java)), "--help");

        assertEquals(1, launch.code());
        assertTrue(launch.printed().startsWith("hardmine: Java 17 or newer is needed"), launch.printed());
        assertEquals(List.of(), launch.starts());
    }

    @Test
    void onlyShortCommandsHoldTheSecondCompilerBack() throws Exception {
        jdk("jdk", "17");
        Map<String, String> environment = Map.of("JAVA_HOME", home("jdk"));

        String detect =
                launch(environment, "detect", "--model", "m.zip").starts().get(0);
        String train = launch(environment, "train", "--data", "d").starts().get(0);

        assertTrue(detect.contains("-XX:Tier4InvocationThreshold="), detect);
        assertFalse(train.contains("-XX:Tier4"), train);
    }

    @Test
    void theUsersOptionsComeLastAndArgumentsKeepTheirBlanks() throws Exception {
        jdk("jdk", "17");

        Launch launch = launch(
                Map.of("JAVA_HOME", home("jdk"), "HARDMINE_OPTS", "-Xmx6g -XX:+UseParallelGC"),
                "detect",
                "a picture.png");

        String start = launch.starts().get(0);
        assertTrue(start.contains(" -Xmx6g -XX:+UseParallelGC -cp "), start);
        assertFalse(start.contains("UseSerialGC"), start);
        assertTrue(start.endsWith(" detect a picture.png"), start);
        assertTrue(launch.printed().endsWith("[a picture.png]\n"), launch.printed());
    }

    /** A program that notes each start, and prints its version if asked, else its arguments in brackets. */
    private Path java(String home, String version) throws IOException {
        Path java = Files.createDirectories(folder.resolve(home).resolve("bin")).resolve("java");
        String script =
                """
                #!/bin/sh
                echo "$0 $*" >>'%s'
                if [ "$*" = -version ]; then
                    echo 'openjdk version "%s" 2022-01-18' >&2
                else
                    printf '[%%s]\\n' "$@"
                fi
                """;
        Files.writeString(java, script.formatted(starts(), version));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return java;
    }

    /** The same, beside the file of a JDK that tells its version. */
    private Path jdk(String home, String version) throws IOException {
        Path java = java(home, version);
        Files.writeString(
                folder.resolve(home).resolve("release"),
                "IMPLEMENTOR=\"Somebody\"\nJAVA_RUNTIME_VERSION=\"" + version + "+8\"\nJAVA_VERSION=\"" + version
                        + "\"\n");
        return java;
    }

    private String home(String name) {
        return folder.resolve(name).toString();
    }

    /** A PATH on which a Java comes first. */
    private static String path(Path java) {
        return java.getParent() + ":" + System.getenv("PATH");
    }

    private Path starts() {
        return folder.resolve("starts");
    }

    private Launch launch(Map<String, String> environment, String... arguments) throws Exception {
        Files.deleteIfExists(starts());
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("JAVA_HOME");
        builder.environment().remove("HARDMINE_OPTS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Launch(
                process.waitFor(), printed, Files.exists(starts()) ? Files.readAllLines(starts()) : List.of());
    }
}
