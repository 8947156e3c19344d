package io.sennit.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sennit.app.cli.Shell;
import io.sennit.app.door.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sennit watch` beside daemons, with a terminal and without.
final class WatchTest {
  private static final int SECONDS_MAX = 30;
  private static final String ENTER = "\u001b[?1049h";
  private static final String LEAVE = "\u001b[?1049l";
  private static final char CTRL_C = 3;

  @TempDir Path folder;

  @Test
  void oneLookSaysWhetherMachinesAreEqual() {
    try (var machines = new Machines(folder)) {
      machines.found();
      var first = machines.start(0);
      machines.join(1);
      var both = List.of(first, machines.start(1));
      machines.awaitEqual(both, 1);
      var equal = Shell.run("watch", "--once", "--dir", machines.dir(0), "--dir", machines.dir(1));
      assertThat(equal.code()).isZero();
      assertThat(equal.lines().getFirst()).endsWith("2 machines: equal");
      assertThat(equal.out()).contains("R · the root of test").doesNotContain("\u001b");

      var away = Shell.run("watch", "--once", "--json", "--url", first.http(), "--dir", folder);
      assertThat(away.code()).isEqualTo(1);
      var said = Json.read(away.line());
      assertThat(said).containsEntry("equal", false);
      assertThat(Json.objects(said, "machines"))
          .extracting(machine -> machine.get("answers"))
          .as("directories, then addresses")
          .containsExactly(false, true);
    }
  }

  @Test
  void withoutATerminalItPrintsLinesUntilItIsTold() throws Exception {
    try (var machines = new Machines(folder)) {
      machines.found();
      var daemon = machines.start(0);
      var watch =
          ProcessesTest.builder("watch", "--interval", "0.1", "--url", daemon.http())
              .redirectErrorStream(false)
              .start();
      try {
        var shown = watch.inputReader(StandardCharsets.UTF_8);
        var line = shown.readLine();
        while (!line.startsWith("● " + daemon.http() + "  active  1 events")) {
          line = shown.readLine();
        }
        watch.toHandle().destroy();
        assertThat(watch.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(watch.exitValue()).isZero();
      } finally {
        watch.destroyForcibly();
      }
    }
  }

  /// A process under a pseudo terminal of 20 rows and 70 columns; what it shows goes into a file.
  private Process underATerminal(Path shown, String... more) throws IOException {
    var script = Path.of("/usr/bin/script");
    assumeTrue(
        Files.isExecutable(script) && System.getProperty("os.name").equals("Linux"),
        "there is no script(1) of util-linux to make a pseudo terminal");
    var program =
        ProcessesTest.builder((Object[]) more).command().stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    // tests that run in the background have SIGINT ignored, which Java would take over
    var line =
        "trap : INT; stty rows 20 cols 70; env --default-signal=INT "
            + program
            + "; echo ended with $?; stty -a";
    return new ProcessBuilder(script.toString(), "-qfec", line, shown.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("ignored.txt").toFile())
        .start();
  }

  /// Which signals wait, are blocked, ignored and caught.
  private static String signals(ProcessHandle process) throws IOException {
    try (var lines = Files.lines(Path.of("/proc", "" + process.pid(), "status"))) {
      return lines.filter(line -> line.matches("(Sig|Shd).*")).collect(Collectors.joining(", "));
    }
  }

  /// What the threads of the processes that it started are at, for whoever looks why it hangs.
  private static String stacks(Process script) {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    return script
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .map(process -> {
          try {
            var asked =
                new ProcessBuilder(jcmd, "" + process.pid(), "Thread.print")
                    .redirectErrorStream(true)
                    .start();
            var threads = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return signals(process) + "\n" + threads;
          } catch (IOException e) {
            return e.toString();
          }
        })
        .collect(Collectors.joining("\n"));
  }

  private static String text(Path shown) throws IOException {
    return Files.exists(shown) ? Files.readString(shown) : "";
  }

  @Test
  void aTerminalIsDrawnOnAndGivenBack() throws Exception {
    try (var machines = new Machines(folder)) {
      machines.found();
      var daemon = machines.start(0);
      for (var end : List.of('q', CTRL_C)) {
        var shown = folder.resolve("shown-" + (int) end + ".txt");
        var watch =
            underATerminal(shown, "watch", "--interval", "0.1", "--url", "" + daemon.http());
        try {
          await()
              .atMost(Machines.PATIENCE)
              .until(() -> text(shown).contains("R · the root of test"));
          daemon.door().append(List.of("{\"type\":\"drawn.later\"}"));
          await().atMost(Machines.PATIENCE).until(() -> text(shown).contains("drawn.later"));
          assertThat(text(shown)).contains(ENTER).doesNotContain(LEAVE);
          watch.getOutputStream().write(end);
          watch.getOutputStream().flush();
          boolean ended = watch.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
          assertThat(ended).as(() -> "key " + (int) end + "\n" + stacks(watch)).isTrue();
        } finally {
          watch.destroyForcibly();
        }
        assertThat(text(shown)).contains(LEAVE);
        var after = text(shown).substring(text(shown).lastIndexOf(LEAVE));
        assertThat(after).contains("ended with 0").contains(" echo ").contains(" icanon");
        var drawn = text(shown).substring(0, text(shown).lastIndexOf(LEAVE));
        assertThat(drawn).as("the cursor is shown again").endsWith("\u001b[?25h");
      }
    }
  }

  @Test
  void wrongUsageIsTwo() {
    assertThat(Shell.refused(2, "watch")).contains("--dir");
    assertThat(Shell.refused(2, "watch", "--dir", folder, "--interval", "0")).contains("seconds");
    assertThat(Shell.refused(2, "watch", "--dir", folder, "--interval", "x")).contains("interval");
  }
}
