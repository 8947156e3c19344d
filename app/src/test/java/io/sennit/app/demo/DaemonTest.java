package io.sennit.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.cli.Shell;
import io.sennit.app.door.HttpDoor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands and the daemon that holds the directory they name.
final class DaemonTest {
  @TempDir Path folder;

  @Test
  void aCommandForADirectoryIsAnsweredByItsDaemon() {
    try (var machines = new Machines(folder)) {
      machines.found();
      var daemon = machines.start(0);
      var dir = machines.dir(0);
      var appended = Shell.run("append", "--dir", dir, "--json", "{\"n\":1}");
      assertThat(appended.code()).isZero();
      assertThat(daemon.events()).isEqualTo(2);
      assertThat(Shell.run("append", "--url", daemon.http(), "{\"n\":2}").code()).isZero();
      assertThat(Shell.run("export", "--dir", dir).out())
          .isEqualTo(Shell.run("export", "--url", daemon.http()).out());
      assertThat(Shell.run("export", "--dir", dir).out().lines()).hasSize(3);
      assertThat(Shell.run("log", "--graph", "--dir", dir).out().lines()).hasSize(3);
      assertThat(Shell.run("tips", "--dir", dir).out().lines()).hasSize(1);
      assertThat(
              Shell.run("show", "--dir", dir, Shell.run("tips", "--dir", dir).out().strip()).code())
          .isZero();
      assertThat(Shell.run("show", "--dir", dir, "0".repeat(64)).code()).isEqualTo(1);
      assertThat(Shell.run("invite", "--dir", dir).out()).startsWith("sennit1-");
      assertThat(Shell.run("status", "--dir", dir, "--json").out()).contains(daemon.listen());
    }
    assertThat(machinesUrl()).doesNotExist();
  }

  @Test
  void anAddressThatAKilledDaemonLeftBehindIsNotBelieved() throws Exception {
    try (var machines = new Machines(folder)) {
      machines.found();
      machines.start(0).kill();
      assertThat(machinesUrl()).exists();
      assertThat(Shell.run("append", "--dir", machines.dir(0), "{\"n\":1}").code()).isZero();

      var other = new Machines(folder.resolve("other"));
      other.found();
      try (other) {
        var stranger = other.start(0);
        Files.writeString(machinesUrl(), stranger.http().toString());
        assertThat(Shell.run("append", "--dir", machines.dir(0), "{\"n\":2}").code()).isZero();
        assertThat(new HttpDoor(stranger.http()).status()).contains("\"events\":1");
      }
    }
  }

  private Path machinesUrl() {
    return folder.resolve("m0").resolve("http.url");
  }
}
