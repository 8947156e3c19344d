package io.sennit.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.cli.SennitCommand;
import io.sennit.app.door.HttpDoor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands and the daemon that holds the directory they name.
final class DaemonTest {
  @TempDir Path folder;

  private record Answer(int code, String out) {}

  private static Answer run(Object... arguments) {
    var words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    var before = System.out;
    var bytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
      int code = SennitCommand.execute(words);
      return new Answer(code, bytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void aCommandForADirectoryIsAnsweredByItsDaemon() {
    try (var machines = new Machines(folder)) {
      machines.found();
      var daemon = machines.start(0);
      var dir = machines.dir(0);
      var appended = run("append", "--dir", dir, "--json", "{\"n\":1}");
      assertThat(appended.code()).isZero();
      assertThat(daemon.events()).isEqualTo(2);
      assertThat(run("append", "--url", daemon.http(), "{\"n\":2}").code()).isZero();
      assertThat(run("export", "--dir", dir).out()).isEqualTo(run("export", "--url", daemon.http()).out());
      assertThat(run("export", "--dir", dir).out().lines()).hasSize(3);
      assertThat(run("log", "--graph", "--dir", dir).out().lines()).hasSize(3);
      assertThat(run("tips", "--dir", dir).out().lines()).hasSize(1);
      assertThat(run("show", "--dir", dir, run("tips", "--dir", dir).out().strip()).code()).isZero();
      assertThat(run("show", "--dir", dir, "0".repeat(64)).code()).isEqualTo(1);
      assertThat(run("invite", "--dir", dir).out()).startsWith("sennit1-");
      assertThat(run("status", "--dir", dir, "--json").out()).contains(daemon.listen());
    }
    assertThat(machinesUrl()).doesNotExist();
  }

  @Test
  void anAddressThatAKilledDaemonLeftBehindIsNotBelieved() throws Exception {
    try (var machines = new Machines(folder)) {
      machines.found();
      machines.start(0).kill();
      assertThat(machinesUrl()).exists();
      assertThat(run("append", "--dir", machines.dir(0), "{\"n\":1}").code()).isZero();

      var other = new Machines(folder.resolve("other"));
      other.found();
      try (other) {
        var stranger = other.start(0);
        Files.writeString(machinesUrl(), stranger.http().toString());
        assertThat(run("append", "--dir", machines.dir(0), "{\"n\":2}").code()).isZero();
        assertThat(new HttpDoor(stranger.http()).status()).contains("\"events\":1");
      }
    }
  }

  private Path machinesUrl() {
    return folder.resolve("m0").resolve("http.url");
  }
}
