package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Door;
import io.sennit.app.door.HttpDoor;
import io.sennit.app.door.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// More machines than would all be linked with each other, each told of one other when it joined.
/// All are written to, while links are cut, machines killed and started again, new ones join and
/// old ones leave for good.
final class Crowd implements Fault {
  private static final int VERIFIED = 3;
  private static final String LEFT = "left for good";

  /// With fewer a machine may know nobody but the one that it was told of.
  private static final int LINKS_ENOUGH = 3;

  /// Between two answers a writer rests for a random time up to this.
  private static final int REST_MILLIS_MAX = 600;

  /// Answers between two harms, at most.
  private static final int ANSWERS_MAX = 12;

  private final int machinesAtFirst;
  private final long seconds;

  private final TreeMap<Integer, Passage> passages = new TreeMap<>();
  private final TreeMap<Integer, Thread> writers = new TreeMap<>();
  private final TreeSet<Integer> down = new TreeSet<>();
  private final TreeSet<Integer> shut = new TreeSet<>();
  private final List<Parted> parted = new ArrayList<>();
  private int machines;

  /// By machine, the one it was told of.
  private final TreeMap<Integer, Integer> inviters = new TreeMap<>();

  /// How often what was done.
  private final Map<String, Integer> done = new TreeMap<>();

  private final Answers answers = new Answers();

  /// By machine, the last event that it acknowledged.
  private final Map<Integer, String> last = new ConcurrentHashMap<>();

  /// The first was told to refuse the second.
  private record Parted(int machine, int refused) {}

  /// @param machines at the beginning
  /// @param seconds of harm in a round
  Crowd(int machines, long seconds) {
    this.machinesAtFirst = machines;
    this.seconds = seconds;
  }

  @Override
  public String name() {
    return "crowd";
  }

  @Override
  public String how() {
    return "%d machines that were told of one other each; for %d s a round links are cut, ways closed, machines killed and started again, new ones join and old ones leave, while all are written to"
        .formatted(machinesAtFirst, seconds);
  }

  @Override
  public String promise() {
    return "every event that was acknowledged is on all machines, once, and all end equal";
  }

  @Override
  public int roundsInCheck() {
    return 1;
  }

  @Override
  public String run(Path folder, SplittableRandom random, int rounds) throws Exception {
    double links = 0;
    try (var fleet = new Fleet(folder)) {
      gather(fleet, random);
      for (int round = 0; round < rounds; round++) {
        long begunNanos = System.nanoTime();
        while (System.nanoTime() - begunNanos < TimeUnit.SECONDS.toNanos(seconds)) {
          answers.await(1 + random.nextInt(ANSWERS_MAX));
          harm(fleet, random);
        }
        heal(fleet);
        links = agree(fleet);
      }
      fleet.stopAndVerify(some(fleet, random));
    } finally {
      for (var writer : writers.values()) {
        writer.interrupt();
      }
      for (var passage : passages.values()) {
        passage.close();
      }
    }
    return "%s; %,d events acknowledged, 0 lost, 0 twice; %d machines with %.1f links each equal at the end"
        .formatted(
            String.join(
                ", ",
                done.entrySet().stream()
                    .map(entry -> entry.getValue() + " " + entry.getKey())
                    .toList()),
            answers.events(),
            machines - done.getOrDefault(LEFT, 0),
            links);
  }

  // ---- machines

  /// The first one, and the others by a ticket of one that was there before.
  private void gather(Fleet fleet, SplittableRandom random) {
    passage();
    start(fleet, List.of(0));
    var others = new ArrayList<Integer>();
    while (machines < machinesAtFirst) {
      others.add(join(fleet, random.nextInt(machines)));
    }
    start(fleet, others);
  }

  private int passage() {
    passages.put(machines, new Passage());
    return machines++;
  }

  private Passage passage(int machine) {
    return Objects.requireNonNull(passages.get(machine));
  }

  private int join(Fleet fleet, int inviter) {
    int machine = passage();
    inviters.put(machine, inviter);
    fleet.joinBy(inviter, machine, passage(inviter).address());
    return machine;
  }

  private void start(Fleet fleet, List<Integer> some) {
    var ways = new LinkedHashMap<Integer, Passage>();
    some.forEach(machine -> ways.put(machine, passage(machine)));
    fleet.startBehind(ways);
    for (int machine : some) {
      down.remove(machine);
      var door = new HttpDoor(fleet.daemon(machine).http());
      var random = new SplittableRandom(machine);
      writers.put(
          machine,
          Thread.startVirtualThread(
              () -> answers.collect(machine, door, (to, n) -> write(machine, to, n, random))));
    }
  }

  private void stopWriting(int machine) throws InterruptedException {
    var writer = writers.remove(machine);
    if (writer != null) {
      writer.interrupt();
      writer.join();
    }
  }

  // ---- writers

  private List<Door.Line> write(int machine, HttpDoor door, int n, SplittableRandom random)
      throws InterruptedException {
    if (n > 0) {
      Thread.sleep(random.nextInt(REST_MILLIS_MAX));
    }
    var objects = new ArrayList<String>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      objects.add("{\"by\":%d,\"n\":%d,\"i\":%d}".formatted(machine, n, i));
    }
    var lines = door.append(objects);
    last.put(machine, Event.uuid(lines.getLast().event()));
    return lines;
  }

  // ---- harm

  private void harm(Fleet fleet, SplittableRandom random) throws Exception {
    int most = machinesAtFirst / 3;
    var up = List.copyOf(fleet.running());
    int one = up.get(random.nextInt(up.size()));
    int other = up.get(random.nextInt(up.size()));
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3, 4 -> {
        if (passage(one).cut(random)) {
          did("links cut");
        }
      }
      case 5, 6 -> {
        if (shut.size() < most && shut.add(one)) {
          passage(one).shut();
          did("ways closed");
        }
      }
      case 7, 8 -> {
        if (!shut.isEmpty()) {
          open(shut.first());
        }
      }
      case 9 -> {
        if (one != other && parted.size() < most && part(fleet, one, other)) {
          did("peers refused");
        }
      }
      case 10 -> {
        if (!parted.isEmpty() && fleet.running().contains(parted.getFirst().machine)) {
          meet(fleet, parted.removeFirst());
        }
      }
      case 11, 12 -> {
        if (down.size() < most) {
          fleet.kill(one);
          down.add(one);
          stopWriting(one);
          did("kills");
        }
      }
      case 13 -> {
        if (!down.isEmpty()) {
          start(fleet, List.of(down.first()));
          did("restarts");
        }
      }
      case 14 -> {
        if (up.size() < machinesAtFirst + 2) {
          start(fleet, List.of(join(fleet, one)));
          did("joins");
        }
      }
      default -> {
        if (up.size() > machinesAtFirst - 2 && dispensable(fleet, one)) {
          leave(fleet, one);
        }
      }
    }
  }

  private void did(String what) {
    done.merge(what, 1, Integer::sum);
  }

  private void open(int machine) {
    shut.remove(machine);
    passage(machine).open();
  }

  private boolean part(Fleet fleet, int machine, int refused) {
    boolean knows = fleet.daemon(machine).door().disconnect(passage(refused).address().toString());
    if (knows) {
      parted.add(new Parted(machine, refused));
    }
    return knows;
  }

  private void meet(Fleet fleet, Parted two) {
    if (fleet.running().contains(two.machine)) {
      fleet.daemon(two.machine).door().connect(passage(two.refused).address().toString());
    }
  }

  /// Whether the machine has found its place, and those who were told of it only have found others
  /// by now. Whose only acquaintance cannot be reached can tell nobody anything.
  private boolean dispensable(Fleet fleet, int machine) {
    return links(fleet, machine) >= LINKS_ENOUGH
        && inviters.entrySet().stream()
            .filter(entry -> entry.getValue() == machine)
            .map(Map.Entry::getKey)
            .noneMatch(told ->
                down.contains(told)
                    || (fleet.running().contains(told) && links(fleet, told) < LINKS_ENOUGH));
  }

  /// A machine leaves for good, once another one holds all that it acknowledged: what nobody else
  /// holds would go with it.
  private void leave(Fleet fleet, int machine) throws InterruptedException {
    stopWriting(machine);
    var newest = last.get(machine);
    if (newest != null) {
      Fleet.until(
          "another machine holds what machine " + machine + " wrote",
          () ->
              fleet.running().stream()
                  .anyMatch(other ->
                      other != machine && fleet.daemon(other).door().find(newest).isPresent()));
    }
    fleet.stop(machine);
    shut.remove(machine);
    parted.removeIf(two -> two.machine == machine);
    did(LEFT);
  }

  // ---- the end

  private void heal(Fleet fleet) throws InterruptedException {
    List.copyOf(shut).forEach(this::open);
    start(fleet, List.copyOf(down));
    parted.forEach(two -> meet(fleet, two));
    parted.clear();
    for (int machine : List.copyOf(writers.keySet())) {
      stopWriting(machine);
    }
  }

  /// @return links that a machine has on average
  private double agree(Fleet fleet) {
    fleet.awaitEqual();
    for (int machine : fleet.running()) {
      assertThat(answers.missing(fleet, machine)).as("not on machine " + machine).isEmpty();
    }
    answers.requireRight();
    fleet.awaitEqual(fleet.daemon(fleet.running().first()).events());
    int running = fleet.running().size();
    var links =
        fleet.running().stream().mapToLong(machine -> links(fleet, machine)).summaryStatistics();
    assertThat(links.getMin()).as("links, if not all are linked with all").isLessThan(running - 1);
    return links.getAverage();
  }

  private static long links(Fleet fleet, int machine) {
    var status = Json.read(fleet.daemon(machine).door().status());
    return Json.objects(status, "peers").stream()
        .filter(peer -> Json.string(peer, "state").equals("in-sync"))
        .count();
  }

  private static List<Integer> some(Fleet fleet, SplittableRandom random) {
    var all = new ArrayList<>(fleet.running());
    var some = new ArrayList<Integer>();
    while (some.size() < VERIFIED && !all.isEmpty()) {
      Collections.swap(all, random.nextInt(all.size()), all.size() - 1);
      some.add(all.removeLast());
    }
    return some;
  }
}
