package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sennit.app.demo.Daemon;
import io.sennit.app.door.Door;
import io.sennit.app.view.Invitation;
import io.sennit.node.Address;
import io.sennit.node.Sennit;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/// Machines of one federation, each in a directory and, while it runs, a process of its own.
final class Fleet implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(10);

  /// Below the ports that the system gives to whoever dials.
  private static final int PORT_MIN = 20_000;

  private static final int PORT_MAX = 32_000;

  private final Path folder;
  private final Map<Integer, Daemon> running = new LinkedHashMap<>();
  private final Map<Integer, String> listens = new HashMap<>();

  /// Founds a federation with machine 0.
  Fleet(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    Sennit.init(dir(0), "faults");
  }

  Path dir(int machine) {
    return folder.resolve("m" + machine);
  }

  /// Makes a machine that knows these addresses.
  void join(int machine, Address... addresses) {
    Sennit.join(dir(machine), Invitation.read(dir(0), Arrays.asList(addresses)));
  }

  /// Makes a machine by the ticket of another one than the first.
  void joinBy(int inviter, int machine, Address address) {
    Sennit.join(dir(machine), Invitation.read(dir(inviter), List.of(address)));
  }

  Daemon start(int machine) {
    return start(machine, List.of());
  }

  /// The machine listens at one address from now on, however often it is started.
  void settle(int machine, SplittableRandom random) throws IOException {
    int port = random.nextInt(PORT_MIN, PORT_MAX);
    while (!isFree(port)) {
      port = random.nextInt(PORT_MIN, PORT_MAX);
    }
    listens.put(machine, "127.0.0.1:" + port);
  }

  private static boolean isFree(int port) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (BindException taken) {
      return false;
    }
  }

  /// Starts a machine that others cannot dial: nobody listens where it says that it does.
  Daemon startHidden(int machine) {
    return start(machine, List.of(), "--advertise", "127.0.0.1:1");
  }

  /// Starts a machine that others find behind this gate only.
  Daemon startBehind(Gate gate, int machine) {
    var daemon = start(machine, List.of(), "--advertise", gate.address().toString());
    gate.to(address(machine));
    return daemon;
  }

  /// Starts machines, all at once, that others find at the end of these passages only.
  void startBehind(Map<Integer, Passage> passages) {
    var starting = new LinkedHashMap<Integer, Daemon.Starting>();
    passages.forEach((machine, passage) ->
        starting.put(
            machine,
            Daemon.start(
                List.of(),
                dir(machine),
                "127.0.0.1:0",
                "--advertise",
                passage.address().toString())));
    starting.forEach((machine, process) -> running.put(machine, process.awaitReady()));
    passages.forEach((machine, passage) -> passage.to(address(machine)));
  }

  /// @param by the words before those of Java
  Daemon start(int machine, List<String> by, String... options) {
    var listen = listens.getOrDefault(machine, "127.0.0.1:0");
    var daemon = Daemon.start(by, dir(machine), listen, options).awaitReady();
    running.put(machine, daemon);
    return daemon;
  }

  /// Where peers find the machine, which runs.
  Address address(int machine) {
    return Address.parse(daemon(machine).listen());
  }

  Daemon daemon(int machine) {
    var daemon = running.get(machine);
    if (daemon == null) {
      throw new IllegalStateException("machine " + machine + " does not run");
    }
    return daemon;
  }

  /// Machines that run.
  SortedSet<Integer> running() {
    return new TreeSet<>(running.keySet());
  }

  void kill(int machine) {
    daemon(machine).kill();
    running.remove(machine);
  }

  void stop(int machine) {
    daemon(machine).close();
    running.remove(machine);
  }

  /// Connects two machines that run, from both sides.
  void connect(int a, int b) {
    daemon(a).door().connect(daemon(b).listen());
    daemon(b).door().connect(daemon(a).listen());
  }

  void disconnect(int a, int b) {
    daemon(a).door().disconnect(daemon(b).listen());
    daemon(b).door().disconnect(daemon(a).listen());
  }

  /// Appends so many events and waits until they are durable there.
  void write(int machine, int events) {
    daemon(machine)
        .door()
        .append(
            IntStream.range(0, events)
                .mapToObj("{\"by\":%d,\"n\":%%d}".formatted(machine)::formatted)
                .toList());
  }

  /// Fills the store of a machine that does not run, with what hardly compresses: otherwise a whole
  /// history passes a gate at once.
  void fill(int machine, int events) {
    var random = new SplittableRandom(events);
    try (var sennit = Sennit.open(dir(machine))) {
      for (int from = 0; from < events; from += 1000) {
        sennit
            .append(
                IntStream.range(from, Math.min(events, from + 1000))
                    .mapToObj(n -> "{\"n\":" + n + ",\"text\":\"" + noise(random) + "\"}")
                    .toList())
            .join();
      }
    }
  }

  private static String noise(SplittableRandom random) {
    var bytes = new byte[150];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// Waits for a condition.
  static void until(String what, Callable<Boolean> condition) {
    await(what).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(POLL).until(condition);
  }

  /// Waits until all that run hold so many events, and the same ones.
  void awaitEqual(long events) {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .untilAsserted(() -> {
          var digests = new ArrayList<String>();
          for (var daemon : running.values()) {
            assertThat(daemon.events())
                .as(() -> daemon.dir() + ": " + daemon.door().status())
                .isEqualTo(events);
            digests.add(daemon.digest());
          }
          assertThat(digests).containsOnly(digests.getFirst());
        });
  }

  /// Waits until all that run hold the same.
  void awaitEqual() {
    until(
        "all hold the same",
        () -> running.values().stream().map(Daemon::digest).distinct().count() == 1);
  }

  /// The whole events of a machine that runs, by uuid.
  Map<String, Door.Line> events(int machine) {
    return events(machine, 0);
  }

  /// Those behind this position.
  Map<String, Door.Line> events(int machine, long after) {
    var events = new HashMap<String, Door.Line>();
    daemon(machine)
        .door()
        .read(
            after,
            line -> {
              var before = events.put(Event.uuid(line.event()), line);
              assertThat(before).as("an event at two positions").isNull();
              return true;
            });
    return events;
  }

  /// Stops whatever runs and checks every store from end to end.
  void stopAndVerify() throws IOException {
    close();
    List<Path> dirs;
    try (var list = Files.list(folder)) {
      dirs = list.filter(Files::isDirectory).sorted().toList();
    }
    dirs.forEach(Fleet::verify);
  }

  /// Stops whatever runs and checks some of the stores from end to end.
  void stopAndVerify(List<Integer> machines) {
    close();
    machines.forEach(machine -> verify(dir(machine)));
  }

  private static void verify(Path dir) {
    try (var sennit = Sennit.open(dir)) {
      assertThat(sennit.verify(_ -> {})).as(dir.toString()).isEmpty();
    }
  }

  /// Copies a directory that nobody has open.
  static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /// Deletes a directory with all that is in it.
  static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() {
    running.values().forEach(Daemon::close);
    running.clear();
  }
}
