package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Door;
import io.sennit.app.door.HttpDoor;
import io.sennit.app.door.Json;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /// A request carries up to so many objects.
  private static final int OBJECTS_MAX = 4;

  /// Written with a key, and not answered.
  private record Open(String key, List<String> objects) {
    static Open of(String writer, int n) {
      var objects = new ArrayList<String>();
      for (int part = 0; part <= n % OBJECTS_MAX; part++) {
        objects.add("{\"writer\":\"%s\",\"n\":%d,\"part\":%d}".formatted(writer, n, part));
      }
      return new Open(writer + "-" + n, objects);
    }
  }

  /// What all writers were told, over all rounds.
  private final Map<String, String> answered = new ConcurrentHashMap<>();

  private final Map<String, Long> positions = new HashMap<>();
  private int unanswered;
  private int hadBeenStored;

  @Override
  public String name() {
    return "killed-writers";
  }

  @Override
  public String how() {
    return "kill −9 after a random number of answers, eight writers with one to four objects a request waiting for theirs, a"
        + " peer connected; the store grows from round to round";
  }

  @Override
  public String promise() {
    return "every event that was acknowledged is there, once, on both machines, and keeps its position; a request is"
        + " there whole or not at all, and once when it is repeated under its key";
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
      fleet.awaitEqual(1 + answered.size());
      checkPositions(fleet.events(0));
      check(fleet.events(1));
      fleet.stopAndVerify();
    }
    return "%,d events acknowledged, 0 lost; %,d requests not answered, %,d of them had been stored, each whole and once"
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
        var open = Open.of(name, n);
        try {
          answered(open, door.appendOnce(open.key, open.objects));
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
    for (var each : open) {
      var lines = door.appendOnce(each.key, each.objects);
      unanswered++;
      long had =
          lines.stream().filter(line -> positions.containsKey(Event.uuid(line.event()))).count();
      assertThat(had).as("all of a request, or nothing").isIn(0L, (long) lines.size());
      if (had > 0) {
        hadBeenStored++;
      }
      answered(each, lines);
    }
  }

  private void answered(Open open, List<Door.Line> lines) {
    assertThat(lines).hasSameSizeAs(open.objects);
    for (var line : lines) {
      answered.put(Event.uuid(line.event()), open.key);
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
        var object =
            Json.string(members, "writer")
                + "-"
                + Json.number(members, "n")
                + "-"
                + Json.number(members, "part");
        assertThat(seen.put(object, uuid)).as("written twice: " + object).isNull();
      }
    });
  }
}
