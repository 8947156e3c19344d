package io.sennit.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Unpacks the zip into another folder and uses it as people do.
final class ZipTest {
  private static final int SECONDS_MAX = 120;

  @TempDir static Path folder;
  private static Path home = Path.of("");

  private record Answer(int code, String out, String err) {}

  @BeforeAll
  static void unpack() throws IOException {
    var zip = Path.of(System.getProperty("sennit.zip"));
    var to = Files.createDirectory(folder.resolve("a folder"));
    try (var from = new ZipFile(zip.toFile())) {
      for (var entry : from.stream().toList()) {
        var file = to.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.copy(from.getInputStream(entry), file);
        }
      }
    }
    home = to.resolve(String.valueOf(zip.getFileName()).replace(".zip", ""));
    // The JDK's reader of zip files does not tell permissions: `unzip` does set them.
    Files.setPosixFilePermissions(
        home.resolve("sennit"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static ProcessBuilder builder(Path program, Object... words) {
    var command = new ArrayList<>(List.of(program.toString()));
    for (var word : words) {
      command.add(word.toString());
    }
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  private static Answer run(ProcessBuilder builder) throws Exception {
    var out = folder.resolve("out.txt");
    var err = folder.resolve("err.txt");
    var process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    return new Answer(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private static String sennit(Object... words) throws Exception {
    var answer = run(builder(home.resolve("sennit"), words));
    assertThat(answer.code()).as(answer.err()).isZero();
    return answer.out();
  }

  @Test
  void aMachineIsMadeUsedAndVerified() throws Exception {
    assertThat(sennit("init", "--dir", "m", "--name", "zip")).contains("Founded");
    assertThat(sennit("append", "--dir", "m", "{\"type\":\"unpacked\"}").strip())
        .matches("[0-9a-f]{64}");
    assertThat(sennit("log", "--dir", "m", "--graph")).contains("unpacked").hasLineCount(2);
    assertThat(sennit("verify", "--dir", "m")).contains("all is well");
    assertThat(sennit("doctor", "--dir", "m")).contains("All is well.");
  }

  @Test
  void theDemoRuns() throws Exception {
    assertThat(sennit("demo", "--exit", "--json").lines().toList().getLast())
        .contains("\"equal\":true");
  }

  @Test
  void aFederationIsRehearsed() throws Exception {
    assertThat(
            sennit(
                "rehearse",
                "--json",
                "--machines",
                60,
                "--topology",
                home.resolve("topologies").resolve("shops.json")))
        .hasLineCount(1)
        .contains("\"equal\":true");
  }

  @Test
  void aLinkToTheScriptWorks() throws Exception {
    var link = Files.createSymbolicLink(folder.resolve("link"), home.resolve("sennit"));
    assertThat(run(builder(link, "--version")).out()).startsWith("sennit ");
  }

  @Test
  void withoutAJdkItSaysWhereToGetOne() throws Exception {
    var tools = Files.createDirectory(folder.resolve("tools"));
    for (var tool : List.of("bash", "dirname", "readlink", "cat", "env")) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin").resolve(tool));
    }
    var script = Files.readString(home.resolve("lib").resolve("jdk.sh"));
    assertThat(script).contains("/usr/lib/jvm/*");
    var bare = folder.resolve("bare");
    Files.createDirectories(bare.resolve("lib"));
    Files.copy(home.resolve("sennit"), bare.resolve("sennit"));
    Files.setPosixFilePermissions(
        bare.resolve("sennit"), PosixFilePermissions.fromString("rwxr-xr-x"));
    // The same search in a world whose usual places are empty.
    Files.writeString(
        bare.resolve("lib").resolve("jdk.sh"),
        script.replaceAll("/(usr|opt|Library)/", "/nowhere/").replace("/opt/", "/nowhere/"));
    var builder = builder(bare.resolve("sennit"), "--version");
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    var answer = run(builder);
    assertThat(answer.code()).as(answer.err()).isEqualTo(3);
    assertThat(answer.err()).contains("There is no JDK 25").contains("JAVA_HOME");
  }

  @Test
  void everyLibraryIsInTheListOfLicences() throws IOException {
    var list = Files.readString(home.resolve("THIRD-PARTY.txt"));
    try (var jars = Files.list(home.resolve("lib"))) {
      var missing =
          jars.map(jar -> String.valueOf(jar.getFileName()))
              .filter(jar -> jar.endsWith(".jar") && !jar.startsWith("sennit-"))
              .map(jar -> jar.replaceFirst("-([0-9].*)\\.jar$", ":$1 "))
              .filter(artifact -> !list.contains(":" + artifact))
              .toList();
      assertThat(missing).isEmpty();
    }
    assertThat(list).doesNotContain("Unknown license");
    assertThat(home.resolve("LICENSE")).isNotEmptyFile();
    assertThat(home.resolve("NOTICES.txt")).isNotEmptyFile();
    assertThat(Files.readString(home.resolve("sennit.bat"))).contains("\r\n");
  }
}
