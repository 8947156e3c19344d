package io.sennit.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sennit.app.view.Invitation;
import io.sennit.node.Address;
import io.sennit.node.Sennit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Machines of one federation, each a process of its own.
final class Machines implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration POLL = Duration.ofMillis(10);

  private final Path folder;
  private final List<Daemon> daemons = new ArrayList<>();

  Machines(Path folder) {
    this.folder = folder;
  }

  Path dir(int machine) {
    return folder.resolve("m" + machine);
  }

  /// Founds the federation; nothing runs yet.
  void found() {
    Sennit.init(dir(0), "test");
  }

  /// Starts the machine in its directory, which is there.
  Daemon start(int machine) {
    var daemon = Daemon.start(dir(machine), "127.0.0.1:0").awaitReady();
    daemons.add(daemon);
    return daemon;
  }

  /// The machine that was started as the n-th, from 0.
  Daemon started(int n) {
    return daemons.get(n);
  }

  /// Makes the directory of one more machine, by a ticket of the first.
  void join(int machine) {
    var first = Address.parse(daemons.getFirst().listen());
    Sennit.join(dir(machine), Invitation.read(dir(0), List.of(first)));
  }

  /// Waits until all machines that run hold so many events, and the same ones.
  void awaitEqual(List<Daemon> running, long events) {
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .untilAsserted(() -> {
          for (var daemon : running) {
            assertThat(daemon.events()).isEqualTo(events);
            assertThat(daemon.digest()).isEqualTo(running.getFirst().digest());
          }
        });
  }

  /// Waits until each has a conversation with each.
  void awaitConnected(List<Daemon> running) {
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .untilAsserted(() -> {
          for (var a : running) {
            for (var b : running) {
              if (a != b) {
                assertThat(a.stateOf(b.listen())).isEqualTo("in-sync");
              }
            }
          }
        });
  }

  /// Stops every machine and checks its store from end to end.
  void stopAndVerify(int machines) {
    close();
    for (int machine = 0; machine < machines; machine++) {
      try (var sennit = Sennit.open(dir(machine))) {
        assertThat(sennit.verify(_ -> {})).isEmpty();
      }
    }
  }

  @Override
  public void close() {
    daemons.forEach(Daemon::close);
  }
}
