package io.sennit.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.cli.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as shells start it.
final class ProcessesTest {
  private static final int SECONDS_MAX = 30;

  @TempDir Path folder;

  private static Process sennit(Object... arguments) throws IOException {
    return builder(arguments).start();
  }

  static ProcessBuilder builder(Object... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.sennit.app.Main"));
    for (var argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  private static String said(Process process) throws IOException, InterruptedException {
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    return text;
  }

  @Test
  void commandsThatMeetInADirectoryWaitForEachOther() throws Exception {
    Shell.done("init", "--dir", folder.resolve("a"));
    var processes = new ArrayList<Process>();
    for (int n = 0; n < 3; n++) {
      processes.add(sennit("append", "--dir", folder.resolve("a"), "{\"n\":" + n + "}"));
    }
    for (var process : processes) {
      assertThat(said(process).strip()).matches("[0-9a-f]{64}");
      assertThat(process.exitValue()).isZero();
    }
    assertThat(Shell.done("export", "--dir", folder.resolve("a")).lines()).hasSize(4);
  }

  @Test
  void aDaemonThatIsToldToStopStopsCleanly() throws Exception {
    var dir = folder.resolve("a");
    Shell.done("init", "--dir", dir);
    var daemon = sennit("run", "--dir", dir);
    var ready = daemon.inputReader(StandardCharsets.UTF_8).readLine();
    assertThat(ready).startsWith("ready: ").contains("http://127.0.0.1:");
    assertThat(dir.resolve("http.url")).exists();
    daemon.destroy();
    assertThat(daemon.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    assertThat(daemon.exitValue()).isZero();
    assertThat(dir.resolve("http.url")).doesNotExist();
    Shell.done("verify", "--dir", dir);
  }

  @Test
  void aSecondDaemonForOneDirectoryIsRefusedInWords() throws Exception {
    var dir = folder.resolve("a");
    Shell.done("init", "--dir", dir);
    var daemon = sennit("run", "--dir", dir);
    try {
      assertThat(daemon.inputReader(StandardCharsets.UTF_8).readLine()).startsWith("ready: ");
      var second = sennit("run", "--dir", dir);
      assertThat(said(second)).contains("in use by another process").hasLineCount(1);
      assertThat(second.exitValue()).isEqualTo(3);
      assertThat(dir.resolve("http.url")).exists();
      assertThat(Shell.refused(3, "verify", "--dir", dir)).contains("stop it");
    } finally {
      daemon.destroy();
      assertThat(daemon.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void outputThatNobodyReadsEndsTheCommand() throws Exception {
    var dir = folder.resolve("a");
    Shell.done("init", "--dir", dir);
    var export = sennit("export", "--dir", dir);
    export.getInputStream().close();
    assertThat(export.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theEnvironmentSaysWhichMachineUnlessTheCommandLineDoes() throws Exception {
    var dir = folder.resolve("a");
    Shell.done("init", "--dir", dir);
    var tips = builder("tips");
    tips.environment().put("SENNIT_DIR", dir.toString());
    assertThat(said(tips.start())).hasLineCount(1);
    var other = builder("tips", "--dir", folder.resolve("nowhere"));
    other.environment().put("SENNIT_DIR", dir.toString());
    assertThat(said(other.start())).contains("nowhere");
  }
}
