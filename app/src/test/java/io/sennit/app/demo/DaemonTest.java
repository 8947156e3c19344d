package io.sennit.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.cli.Shell;
import io.sennit.app.door.HttpDoor;
import io.sennit.app.door.Json;
import io.sennit.node.Address;
import io.sennit.node.Ticket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands and the daemon that holds the directory they name.
final class DaemonTest {
  private static final int SECONDS_MAX = 30;

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

  @Test
  void aTicketNamesWhatTheDaemonAdvertisesAndNotAWildcard() throws Exception {
    var dir = folder.resolve("a");
    Shell.done("init", "--dir", dir);
    var daemon =
        ProcessesTest.builder(
                "run",
                "--json",
                "--dir",
                dir,
                "--listen",
                "0.0.0.0:0",
                "--advertise",
                "127.0.0.2:0",
                "--advertise",
                "ship.example:443")
            .redirectErrorStream(false)
            .start();
    try {
      var ready = Json.read(daemon.inputReader(StandardCharsets.UTF_8).readLine());
      var named = Json.strings(ready, "advertised");
      var port = Address.parse(Json.string(ready, "listen")).port();
      assertThat(named).containsExactly("127.0.0.2:" + port, "ship.example:443");
      var ticket = Ticket.parse(Shell.done("invite", "--dir", dir).line());
      assertThat(ticket.addresses()).map(Address::toString).isEqualTo(named);
      assertThat(Shell.run("doctor", "--dir", dir).out())
          .contains("ok    address    peers are told 127.0.0.2:" + port)
          .contains("warn  address    peers are told ship.example:443");
    } finally {
      daemon.destroy();
      assertThat(daemon.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void itCarriesWhatItWasTold() throws Exception {
    var dir = folder.resolve("a");
    Shell.done("init", "--dir", dir);
    var daemon =
        ProcessesTest.builder("run", "--json", "--dir", dir, "--capacity", "leaf")
            .redirectErrorStream(false)
            .start();
    try {
      assertThat(daemon.inputReader(StandardCharsets.UTF_8).readLine()).contains("ready");
      assertThat(Shell.done("status", "--json", "--dir", dir).line())
          .contains("\"capacity\":\"leaf\"");
    } finally {
      daemon.destroy();
      assertThat(daemon.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Path machinesUrl() {
    return folder.resolve("m0").resolve("http.url");
  }
}
