package io.sennit.app.faults;

import io.sennit.app.door.Json;
import io.sennit.simulator.large.Fidelity;
import io.sennit.simulator.large.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Real machines beside pretended ones, with the same delay between each two: how many copies of a
/// payload arrive for each delivery, and how long a delivery takes.
///
/// The real ones are processes; whoever dials another one gets to it through a proxy that delays
/// both directions. The median is over all events and all machines but the writer, from the moment
/// at which the writer's own readers see the event. The pretended ones draw their overlays from
/// several seeds.
public final class Likeness {
  private static final int MACHINES = 14;
  private static final int EVENTS = 200;
  private static final double EVENTS_PER_SECOND = 4;
  private static final int SETTLE_SECONDS = 90;
  private static final int SEEDS = 20;

  /// A difference that is left to chance and to the processors.
  private static final double TOLERANCE = 0.1;

  private final int machines;
  private final int events;
  private final int settleSeconds;
  private final long seed;
  private final Topology topology;

  private Likeness(
      int machines, int events, int settleSeconds, double millisMin, double millisMax, long seed) {
    this.machines = machines;
    this.events = events;
    this.settleSeconds = settleSeconds;
    this.seed = seed;
    this.topology = topology(machines, millisMin, millisMax, new SplittableRandom(seed));
  }

  private static Topology topology(
      int machines, double millisMin, double millisMax, SplittableRandom random) {
    var delays = new double[machines][machines];
    var regions = new ArrayList<Topology.Region>();
    for (int i = 0; i < machines; i++) {
      regions.add(Topology.Region.of("machine " + i, 1, 0, 0));
      for (int j = 0; j < i; j++) {
        delays[i][j] = random.nextDouble(millisMin, millisMax);
        delays[j][i] = delays[i][j];
      }
    }
    var rows = new ArrayList<List<Double>>();
    for (var row : delays) {
      var list = new ArrayList<Double>();
      for (double delay : row) {
        list.add(delay);
      }
      rows.add(list);
    }
    return new Topology(regions, rows);
  }

  // ---- real machines

  private Map<String, Double> real() throws Exception {
    var folder = Files.createTempDirectory("sennit-likeness-");
    var passages = new TreeMap<Integer, Passage>();
    try (var fleet = new Fleet(folder)) {
      var random = new SplittableRandom(seed);
      for (int machine = 0; machine < machines; machine++) {
        int at = machine;
        passages.put(machine, new Passage(socket -> delayNanos(fleet, socket, at)));
        if (machine > 0) {
          int inviter = random.nextInt(machine);
          fleet.joinBy(inviter, machine, Objects.requireNonNull(passages.get(inviter)).address());
        }
      }
      fleet.startBehind(passages);
      Fleet.until(
          "every machine has found neighbours",
          () -> fleet.running().stream().allMatch(m -> overlay(fleet, m, "links") >= 3));
      TimeUnit.SECONDS.sleep(settleSeconds); // near links are looked for, which never ends
      return write(fleet, random);
    } finally {
      for (var passage : passages.values()) {
        passage.close();
      }
      Fleet.delete(folder);
    }
  }

  private long delayNanos(Fleet fleet, Socket socket, int to) {
    try {
      var pids = new TreeMap<Long, Integer>();
      fleet.running().forEach(machine -> pids.put(fleet.daemon(machine).pid(), machine));
      var pid = Dialler.of(socket, List.copyOf(pids.keySet()));
      int from = pids.getOrDefault(pid.orElse(-1L), to);
      if (from == to) {
        System.err.println("nobody seems to have dialled machine " + to);
      }
      return (long) (topology.oneWayMillis(from, to) * 1e6);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long overlay(Fleet fleet, int machine, String member) {
    var status = Json.read(fleet.daemon(machine).door().status());
    return status.get("overlay") instanceof Map<?, ?> overlay
            && overlay.get(member) instanceof Number number
        ? number.longValue()
        : 0;
  }

  private long sum(Fleet fleet, String member) {
    return fleet.running().stream().mapToLong(machine -> overlay(fleet, machine, member)).sum();
  }

  private Map<String, Double> write(Fleet fleet, SplittableRandom random) throws Exception {
    var listeners = new TreeMap<Integer, Listener>();
    for (int machine : fleet.running()) {
      listeners.put(machine, new Listener(fleet.daemon(machine).http()));
    }
    long payloads = sum(fleet, "payloads");
    long duplicates = sum(fleet, "duplicates");
    double links = (double) sum(fleet, "links") / machines;
    var writers = new TreeMap<String, Integer>();
    double at = 0;
    long begunNanos = System.nanoTime();
    for (int n = 0; n < events; n++) {
      at -= Math.log(1 - random.nextDouble()) / EVENTS_PER_SECOND;
      TimeUnit.NANOSECONDS.sleep(begunNanos + (long) (at * 1e9) - System.nanoTime());
      int machine = random.nextInt(machines);
      var text = "{\"n\":" + n + ",\"text\":\"" + "x".repeat(Fidelity.PAYLOAD_BYTES) + "\"}";
      var event = fleet.daemon(machine).door().append(List.of(text)).getFirst().event();
      writers.put(Event.uuid(event), machine);
    }
    var delays = new ArrayList<Double>();
    for (var entry : writers.entrySet()) {
      var uuid = entry.getKey();
      Fleet.until("it is everywhere", () -> listeners.values().stream().allMatch(l -> l.saw(uuid)));
      int writer = entry.getValue();
      long writtenNanos = Objects.requireNonNull(listeners.get(writer)).nanos(uuid);
      listeners.forEach((machine, listener) -> {
        if (machine != writer) {
          delays.add((listener.nanos(uuid) - writtenNanos) / 1e6);
        }
      });
    }
    delays.sort(Double::compare);
    double deliveries = delays.size();
    return Map.of(
        Fidelity.COPIES,
        (sum(fleet, "payloads") + sum(fleet, "duplicates") - payloads - duplicates) / deliveries,
        Fidelity.MEDIAN,
        delays.get(delays.size() / 2),
        Fidelity.LATE,
        delays.get(delays.size() * 99 / 100),
        Fidelity.LINKS,
        links);
  }

  // ---- both

  /// `[--machines N] [--events N] [--settle SECONDS] [--min MILLIS] [--max MILLIS] [--seed S]`;
  /// ends with 1 when they differ by more than a tenth in copies or in the median.
  public static void main(String... arguments) throws Exception {
    var options = new TreeMap<String, String>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    if (!Dialler.known()) {
      System.err.println("who dials whom is only known where there is /proc/net/tcp");
      System.exit(2);
    }
    var likeness =
        new Likeness(
            Integer.parseInt(options.getOrDefault("--machines", "" + MACHINES)),
            Integer.parseInt(options.getOrDefault("--events", "" + EVENTS)),
            Integer.parseInt(options.getOrDefault("--settle", "" + SETTLE_SECONDS)),
            Double.parseDouble(options.getOrDefault("--min", "20")),
            Double.parseDouble(options.getOrDefault("--max", "80")),
            Long.parseLong(options.getOrDefault("--seed", "1")));
    System.exit(likeness.compare() ? 0 : 1);
  }

  private boolean compare() throws Exception {
    var pretended = new TreeMap<String, List<Double>>();
    for (int n = 0; n < SEEDS; n++) {
      Fidelity.crowd(topology, settleSeconds, events, EVENTS_PER_SECOND, seed + n)
          .forEach(
              (name, value) -> pretended.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
    }
    var real = real();
    boolean alike = true;
    System.out.println("| figure | simulator, mean | least | most | real | real / simulator |");
    System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
    for (var name : List.of(Fidelity.COPIES, Fidelity.MEDIAN, Fidelity.LATE, Fidelity.LINKS)) {
      var seen =
          Objects.requireNonNull(pretended.get(name)).stream()
              .mapToDouble(Double::doubleValue)
              .summaryStatistics();
      double measured = Objects.requireNonNull(real.get(name));
      double ratio = measured / seen.getAverage();
      System.out.printf(
          Locale.ROOT,
          "| %s | %.3f | %.3f | %.3f | %.3f | %.3f |%n",
          name,
          seen.getAverage(),
          seen.getMin(),
          seen.getMax(),
          measured,
          ratio);
      boolean counts = name.equals(Fidelity.COPIES) || name.equals(Fidelity.MEDIAN);
      alike &= !counts || Math.abs(ratio - 1) <= TOLERANCE;
    }
    return alike;
  }
}
