package io.sennit.app.demo;

import io.sennit.app.door.Json;
import io.sennit.app.view.GraphDrawing;
import io.sennit.app.view.Invitation;
import io.sennit.app.view.Output;
import io.sennit.app.view.Printed;
import io.sennit.node.Address;
import io.sennit.node.Sennit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Shows the whole of it in a few seconds.
@Command(
    name = "demo",
    description =
        "Three real machines on this computer write, are cut apart, write on, heal, and end equal.")
public final class DemoCommand implements Callable<Integer> {
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final long POLL_MILLIS = 20;
  private static final int GRAPH_EVENTS_MAX = 1_000;

  @Option(
      names = "--machines",
      defaultValue = "3",
      description = "How many, 2 to 9. Default: ${DEFAULT-VALUE}.")
  private int machines;

  @Option(names = "--exit", description = "End the machines when all is shown.")
  private boolean exit;

  @Mixin private Output output;

  private final List<Daemon> daemons = new ArrayList<>();

  /// picocli sets the fields.
  @SuppressWarnings("NullAway.Init")
  public DemoCommand() {}

  @Override
  public Integer call() throws Exception {
    if (machines < 2 || machines > 9) {
      throw new IllegalArgumentException("--machines is 2 to 9");
    }
    long begun = System.nanoTime();
    var folder = Files.createTempDirectory("sennit-demo");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> clean(folder)));
    start(folder);
    write("order.placed", 2);
    settle("Every machine has written two events, and all hold the same:");
    cut();
    write("stock.counted", 2);
    apart();
    heal();
    settle("The links are back. Each machine gave the others exactly what they lacked:");
    merge();
    var pictures = daemons.stream().map(DemoCommand::picture).distinct().toList();
    boolean equal = digests().stream().distinct().count() == 1 && pictures.size() == 1;
    say("");
    say("The DAG, drawn by each machine from what it holds; all " + machines + " draw this:");
    say("");
    pictures.getFirst().forEach(line -> say("  " + line));
    say("");
    long millis = (System.nanoTime() - begun) / 1_000_000;
    say(
        daemons.getFirst().events()
            + " events on each of "
            + machines
            + " machines, digests "
            + (equal ? "equal" : "NOT EQUAL")
            + ", "
            + millis / 1000
            + "."
            + millis % 1000 / 100
            + " s.");
    if (output.json()) {
      result(equal, millis);
    }
    output.out().flush();
    if (exit) {
      return equal ? 0 : 1;
    }
    awaitInterrupt();
    return 0;
  }

  private void start(Path folder) {
    say("Starting " + machines + " machines, each a process with a store and a key of its own…");
    var starting = new ArrayList<Daemon.Starting>();
    var ports = freePorts(machines);
    Sennit.init(folder.resolve(name(0)), "demo");
    starting.add(Daemon.start(folder.resolve(name(0)), "127.0.0.1:" + ports.getFirst()));
    var ticket =
        Invitation.read(
            folder.resolve(name(0)), List.of(new Address("127.0.0.1", ports.getFirst())));
    for (int i = 1; i < machines; i++) {
      Sennit.join(folder.resolve(name(i)), ticket);
      starting.add(Daemon.start(folder.resolve(name(i)), "127.0.0.1:" + ports.get(i)));
    }
    for (int i = 0; i < machines; i++) {
      var daemon = starting.get(i).awaitReady();
      daemons.add(daemon);
      say("  " + name(i) + "  " + daemon.http() + "  peers at " + daemon.listen());
    }
    await("the machines connect", () -> forEachPair((a, b) -> !connected(a, b)).isEmpty());
  }

  private static List<Integer> freePorts(int count) {
    var sockets = new ArrayList<ServerSocket>();
    var ports = new ArrayList<Integer>();
    try {
      for (int i = 0; i < count; i++) {
        var socket = new ServerSocket(0);
        sockets.add(socket);
        ports.add(socket.getLocalPort());
      }
      for (var socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ports;
  }

  private static String name(int machine) {
    return List.of("ship", "shop", "mill", "farm", "mine", "dock", "shed", "yard", "barn")
        .get(machine);
  }

  private void write(String type, int events) {
    for (int n = 1; n <= events; n++) {
      for (int i = 0; i < machines; i++) {
        var event = new LinkedHashMap<String, Object>();
        event.put("type", type);
        event.put("at", name(i));
        event.put("n", n);
        daemons.get(i).door().append(List.of(Json.text(event)));
      }
    }
  }

  private void cut() {
    say("");
    say("Cutting every link: connections closed, and refused from now on.");
    for (var pair : forEachPair((_, _) -> true)) {
      pair.a.door().disconnect(pair.b.listen());
      pair.b.door().disconnect(pair.a.listen());
    }
    await("the links are down", () -> forEachPair(DemoCommand::connected).isEmpty());
  }

  private void apart() {
    say("Each machine wrote two more events, alone. Now they differ:");
    digestLines();
  }

  private void heal() {
    for (var pair : forEachPair((_, _) -> true)) {
      pair.a.door().connect(pair.b.listen());
      pair.b.door().connect(pair.a.listen());
    }
  }

  private void merge() {
    var tips = Json.strings(Json.read(daemons.getFirst().door().status()), "tips").size();
    var merged =
        daemons.getFirst().door().append(List.of("{\"type\":\"all.together\"}")).getFirst();
    if (Json.strings(Json.read(merged.event()), "parents").size() != tips) {
      throw new IllegalStateException(
          "the merging event does not name all tips: " + merged.event());
    }
    settle(
        name(0)
            + " writes one more event. Its parents are all "
            + tips
            + " tips, and so it is the one tip now, on every machine:");
  }

  private void settle(String said) {
    await(
        "all machines hold the same",
        () -> {
          var digests = digests();
          return digests.stream().distinct().count() == 1;
        });
    say("");
    say(said);
    digestLines();
  }

  private List<String> digests() {
    return daemons.stream().map(Daemon::digest).toList();
  }

  private void digestLines() {
    for (int i = 0; i < machines; i++) {
      var daemon = daemons.get(i);
      say("  " + name(i) + "  " + daemon.events() + " events  digest " + daemon.digest());
    }
  }

  /// The picture that this machine draws.
  private static List<String> picture(Daemon daemon) {
    var drawing = new GraphDrawing();
    var picture = new ArrayList<String>();
    for (var line : daemon.door().top(GRAPH_EVENTS_MAX)) {
      var event = Json.read(line.event());
      var label =
          Json.string(event, "uuid").substring(0, 8) + "  " + Printed.summary(line.event(), 70);
      picture.addAll(
          drawing.add(Json.string(event, "uuid"), Json.strings(event, "parents"), label));
    }
    return picture;
  }

  private void result(boolean equal, long millis) {
    var said = new LinkedHashMap<String, Object>();
    said.put("machines", machines);
    said.put("events", daemons.getFirst().events());
    said.put("digests", digests());
    said.put("equal", equal);
    said.put("millis", millis);
    said.put("urls", daemons.stream().map(daemon -> daemon.http().toString()).toList());
    output.line(Json.text(said));
  }

  private void awaitInterrupt() throws InterruptedException {
    say("");
    say("The machines go on. Try, in another terminal:");
    say("  ./sennit append --url " + daemons.getLast().http() + " '{\"type\":\"hello\"}'");
    say("  ./sennit log --graph --url " + daemons.getFirst().http());
    say("Ctrl-C ends them.");
    output.out().flush();
    new CountDownLatch(1).await();
  }

  private record Pair(Daemon a, Daemon b) {}

  private interface Relation {
    boolean holds(Daemon a, Daemon b);
  }

  private List<Pair> forEachPair(Relation relation) {
    var pairs = new ArrayList<Pair>();
    for (var a : daemons) {
      for (var b : daemons) {
        if (daemons.indexOf(a) < daemons.indexOf(b) && relation.holds(a, b)) {
          pairs.add(new Pair(a, b));
        }
      }
    }
    return pairs;
  }

  private static boolean connected(Daemon a, Daemon b) {
    return isLive(a.stateOf(b.listen())) || isLive(b.stateOf(a.listen()));
  }

  private static boolean isLive(String state) {
    return !List.of("unknown", "known", "waiting", "refused", "connecting", "connected", "greeting")
        .contains(state);
  }

  private void await(String what, BooleanSupplier condition) {
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("waited 30 s in vain until " + what);
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private void say(String text) {
    if (output.json()) {
      output.note(text);
    } else {
      output.line(text);
      output.out().flush();
    }
  }

  private void clean(Path folder) {
    daemons.parallelStream().forEach(Daemon::close);
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.getLogger(DemoCommand.class.getName())
          .log(System.Logger.Level.WARNING, "could not delete " + folder, e);
    }
  }
}
