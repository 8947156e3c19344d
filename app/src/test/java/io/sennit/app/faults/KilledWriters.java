package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Door;
import io.sennit.app.door.HttpDoor;
import io.sennit.app.door.Json;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Eight writers wait for their answers when the process is killed; then each asks again for what
/// it heard nothing of, under the same key. A peer is connected all the time.
final class KilledWriters implements Fault {
  private static final int WRITERS = 8;
  private static final int ANSWERS_MAX = 1500;

  /// Written with a key, and not answered.
  private record Open(String key, String object) {}

  /// What all writers were told, over all rounds.
  private final Map<String, String> answered = new ConcurrentHashMap<>();

  private final Set<String> objects = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> positions = new HashMap<>();
  private int unanswered;
  private int hadBeenStored;

  @Override
  public String name() {
    return "killed-writers";
  }

  @Override
  public String how() {
    return "kill −9 after a random number of answers, eight writers waiting for theirs, a peer connected; the store"
        + " grows from round to round";
  }

  @Override
  public String promise() {
    return "every event that was acknowledged is there, once, on both machines, and keeps its position; a request that is"
        + " repeated under its key is carried out once";
  }

  @Override
  public int roundsInCheck() {
    return 4;
  }

  @Override
  public String run(Path folder, SplittableRandom random, int rounds) throws Exception {
    try (var fleet = new Fleet(folder)) {
      fleet.start(0);
      fleet.join(1, fleet.address(0));
      fleet.start(1);
      fleet.connect(0, 1);
      for (int round = 0; round < rounds; round++) {
        var open = writeUntilKilled(fleet, round, 1 + random.nextInt(ANSWERS_MAX));
        fleet.start(0);
        fleet.connect(0, 1);
        checkNew(fleet);
        askAgain(fleet.daemon(0).door(), open);
      }
      fleet.awaitEqual(1 + objects.size());
      checkPositions(fleet.events(0));
      check(fleet.events(1));
      fleet.stopAndVerify();
    }
    return "%,d acknowledged, 0 lost; %,d not answered, %,d of them had been stored, each there once"
        .formatted(answered.size(), unanswered, hadBeenStored);
  }

  private List<Open> writeUntilKilled(Fleet fleet, int round, int answers) throws Exception {
    var url = fleet.daemon(0).http();
    var count = new AtomicInteger();
    var killed = new AtomicBoolean();
    var open = new ArrayList<Open>();
    var threads = new ArrayList<Thread>();
    for (int writer = 0; writer < WRITERS; writer++) {
      var name = round + "-" + writer;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                var last = write(url, name, count, killed);
                if (last != null) {
                  synchronized (open) {
                    open.add(last);
                  }
                }
              }));
    }
    Fleet.until("answers", () -> count.get() >= answers);
    killed.set(true);
    fleet.kill(0);
    for (var thread : threads) {
      thread.join();
    }
    return open;
  }

  /// Writes until the daemon is gone; answers what it was not told of.
  private @Nullable Open write(URI url, String name, AtomicInteger count, AtomicBoolean killed) {
    try (var door = new HttpDoor(url)) {
      for (int n = 0; ; n++) {
        var open = new Open(name + "-" + n, "{\"writer\":\"" + name + "\",\"n\":" + n + "}");
        try {
          var line = door.appendOnce(open.key, List.of(open.object)).getFirst();
          answered.put(Event.uuid(line.event()), open.key);
          objects.add(open.key);
          count.incrementAndGet();
        } catch (Door.RefusedException e) {
          if (!killed.get()) {
            throw e;
          }
          return open;
        }
      }
    }
  }

  private void askAgain(Door door, List<Open> open) {
    var before = new HashSet<String>();
    door.read(
        0,
        line -> {
          before.add(Event.uuid(line.event()));
          return true;
        });
    for (var each : open) {
      var uuid = Event.uuid(door.appendOnce(each.key, List.of(each.object)).getFirst().event());
      unanswered++;
      if (before.contains(uuid)) {
        hadBeenStored++;
      }
      answered.put(uuid, each.key);
      objects.add(each.key);
    }
  }

  /// Looks at what came since the last round only: the whole is looked at once, at the end.
  private void checkNew(Fleet fleet) {
    long seen = positions.values().stream().mapToLong(Long::longValue).max().orElse(0);
    fleet.events(0, seen).forEach((uuid, line) -> positions.put(uuid, line.position()));
    assertThat(positions.keySet()).as("what was acknowledged").containsAll(answered.keySet());
  }

  private void checkPositions(Map<String, Door.Line> events) {
    check(events);
    positions.forEach((uuid, position) ->
        assertThat(events.get(uuid)).extracting(Door.Line::position).isEqualTo(position));
  }

  private void check(Map<String, Door.Line> events) {
    assertThat(events.keySet()).as("what was acknowledged").containsAll(answered.keySet());
    var seen = new HashMap<String, String>();
    events.forEach((uuid, line) -> {
      var members = Json.read(line.event());
      if (members.containsKey("writer")) {
        var key = Json.string(members, "writer") + "-" + Json.number(members, "n");
        assertThat(seen.put(key, uuid)).as("written twice: " + key).isNull();
      }
    });
  }
}
