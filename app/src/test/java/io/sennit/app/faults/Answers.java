package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Door;
import io.sennit.app.door.HttpDoor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// What the writers of a fleet were told by daemons that may be gone at any time. Any thread.
final class Answers {
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> wrong = ConcurrentHashMap.newKeySet();
  private final AtomicLong requests = new AtomicLong();

  /// One request after the other.
  @FunctionalInterface
  interface Requests {
    /// Sends one and waits for the answer.
    ///
    /// @param n which, from 0
    /// @return what it was answered
    List<Door.Line> send(HttpDoor door, int n) throws InterruptedException;
  }

  /// Sends them until it is interrupted, or the daemon behind the door is gone.
  void collect(int machine, HttpDoor door, Requests sending) {
    try (door) {
      for (int n = 0; !Thread.currentThread().isInterrupted(); n++) {
        for (var line : sending.send(door, n)) {
          if (!acknowledged.add(Event.uuid(line.event()))) {
            wrong.add("two requests were answered with " + line.event());
          }
        }
        requests.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is enough
    } catch (Door.RefusedException e) {
      if (e.status() != 503) { // it is gone, or about to
        wrong.add("machine " + machine + ": " + e.status() + " " + e.getMessage());
      }
    }
  }

  /// Waits until so many more requests were answered.
  void await(int more) {
    long enough = requests.get() + more;
    Fleet.until("answers", () -> requests.get() >= enough);
  }

  /// How many events were acknowledged.
  int events() {
    return acknowledged.size();
  }

  /// Events that were acknowledged and are not among those of a machine.
  Set<String> missing(Fleet fleet, int machine) {
    var missing = new HashSet<>(acknowledged);
    fleet.events(machine).keySet().forEach(missing::remove);
    return missing;
  }

  void requireRight() {
    assertThat(wrong).as("answers that should not be").isEmpty();
  }
}
