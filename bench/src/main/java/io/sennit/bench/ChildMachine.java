package io.sennit.bench;

import io.sennit.bench.peer.Order;
import io.sennit.bench.peer.Pace;
import io.sennit.event.Run;
import io.sennit.node.Address;
import io.sennit.node.Entry;
import io.sennit.node.NodeStatus;
import io.sennit.node.Sennit;
import io.sennit.node.Subscription;
import io.sennit.node.Ticket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// A machine in a process of its own: takes commands, a line each, from [MachineProcess], and
/// answers each with one line that begins with `ok` or `failed`.
///
/// It uses the library as any program does. Times are of the monotonic clock that all processes of
/// a computer share.
final class ChildMachine {
  private static final Address LOOPBACK = Address.parse("127.0.0.1:0");
  private static final long LOOK_NANOS = 50_000;

  /// While so many are missing, looking that often would only take time from those who bring them.
  private static final long FAR_EVENTS = 20_000;

  private static final long FAR_LOOK_NANOS = 2_000_000;

  /// States of peers that are not connected.
  private static final Set<String> APART = Set.of("connecting", "waiting", "refused");

  private static final int RUNS_PER_OFFER = 64;

  private @Nullable Sennit open;
  private @Nullable Subscription reader;
  private @Nullable SteadyLoad load;
  private final ArrayList<Long> seen = new ArrayList<>();

  private ChildMachine() {}

  static void serve() throws IOException {
    var child = new ChildMachine();
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      String answer;
      try {
        answer = "ok " + child.obey(List.of(line.split(" ")));
      } catch (Exception e) {
        e.printStackTrace();
        answer = "failed " + e;
      }
      System.out.println(answer);
    }
    child.close();
  }

  private Sennit machine() {
    if (open == null) {
      throw new IllegalStateException("no machine is open");
    }
    return open;
  }

  private String obey(List<String> words) throws Exception {
    return switch (words.getFirst()) {
      case "init" -> {
        Sennit.init(Path.of(words.get(1)), "bench");
        yield open(words.get(1));
      }
      case "join" -> {
        Sennit.join(Path.of(words.get(1)), Ticket.parse(words.get(2)));
        yield open(words.get(1));
      }
      case "open" -> open(words.get(1));
      case "close" -> close();
      case "listen" -> machine().invite(List.of(machine().listen(LOOPBACK))).toString();
      case "address" -> machine().status().listen();
      case "alone" -> awaitPeers(List.of());
      case "in-sync" -> awaitPeers(List.of("in-sync"));
      case "dial" -> {
        machine().connectKnownPeers();
        yield "";
      }
      case "call" -> {
        machine().connect(Address.parse(words.get(1)));
        yield "";
      }
      case "hang-up" -> {
        machine().disconnect(Address.parse(words.get(1)));
        yield "";
      }
      case "write" -> write(number(words, 1), number(words, 2), number(words, 3));
      case "pipeline" -> pipeline(number(words, 1));
      case "load" -> {
        load = SteadyLoad.begin(machine(), number(words, 1));
        yield "";
      }
      case "loaded" -> loaded();
      case "authors" ->
          authors(number(words, 1), number(words, 2), number(words, 3), number(words, 4));
      case "await" -> await(Long.parseLong(words.get(1)));
      case "watch" -> watch();
      case "seen" -> seen(number(words, 1));
      case "say" -> say(number(words, 1), Long.parseLong(words.get(2)));
      case "count" -> String.valueOf(machine().count());
      case "status" -> machine().count() + " " + machine().status().digest();
      case "sent" -> machine().sent().sizeBytes() + " " + machine().sent().eventSizeBytes();
      default -> throw new IllegalArgumentException("no command: " + words);
    };
  }

  private static int number(List<String> words, int at) {
    return Integer.parseInt(words.get(at));
  }

  private String open(String directory) {
    close();
    open = Sennit.open(Path.of(directory));
    return "";
  }

  private String close() {
    if (open != null) {
      open.close();
      open = null;
    }
    return "";
  }

  /// Appends in calls of so many each.
  private String write(int events, int perCall, int from) {
    History.write(machine(), events, perCall, from);
    return String.valueOf(machine().count());
  }

  /// Appends one by one without waiting; says when it began.
  private String pipeline(int events) throws InterruptedException {
    var room = new Semaphore(Clients.WINDOW);
    long begin = System.nanoTime();
    for (int i = 0; i < events; i++) {
      room.acquire();
      var _ = machine().append(new Order(0, i).json()).whenComplete((_, _) -> room.release());
    }
    room.acquire(Clients.WINDOW);
    return String.valueOf(begin);
  }

  /// Ends the load; says how many appends a second became durable.
  private String loaded() throws InterruptedException {
    if (load == null) {
      throw new IllegalStateException("there is no load");
    }
    double perSecond = load.stop();
    load = null;
    return String.valueOf(perSecond);
  }

  /// Takes what so many authors, the first of them with this number, write on top of the tips.
  private String authors(int first, int count, int events, int runEvents) {
    var authors = new Authors(first, count, runEvents, machine().tips());
    var underWay = new ArrayDeque<CompletableFuture<List<Entry>>>();
    List<Run> runs;
    for (int left = events; left > 0; ) {
      runs = authors.write(Math.min(left, RUNS_PER_OFFER * runEvents));
      left -= runs.stream().mapToInt(run -> run.events().size()).sum();
      underWay.add(machine().offer(runs));
      if (underWay.size() > 2) {
        underWay.remove().join();
      }
    }
    underWay.forEach(CompletableFuture::join);
    return String.valueOf(machine().count());
  }

  /// Waits until so many events are durable here; says when.
  private String await(long count) {
    for (long left = count - machine().count(); left > 0; left = count - machine().count()) {
      LockSupport.parkNanos(left > FAR_EVENTS ? FAR_LOOK_NANOS : LOOK_NANOS);
    }
    return String.valueOf(System.nanoTime());
  }

  /// Waits until the conversations with peers are in these states.
  private String awaitPeers(List<String> states) {
    while (!states().equals(states)) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return "";
  }

  /// Of the peers that are connected.
  private List<String> states() {
    return machine().status().peers().stream()
        .map(NodeStatus.PeerStatus::state)
        .filter(state -> !APART.contains(state))
        .toList();
  }

  /// From now on, notes when a reader here has each further event.
  private String watch() {
    if (reader != null) {
      reader.close();
    }
    seen.clear();
    reader =
        machine()
            .subscribe(
                machine().count(),
                _ -> {
                  synchronized (seen) {
                    seen.add(System.nanoTime());
                  }
                });
    return "";
  }

  /// When the reader had each of so many events, in order.
  private String seen(int events) throws InterruptedException {
    while (true) {
      synchronized (seen) {
        if (seen.size() >= events) {
          return joined(seen.stream().limit(events).mapToLong(Long::longValue));
        }
      }
      Thread.sleep(1);
    }
  }

  /// Appends at even times, waiting for each; says when each append began.
  private String say(int events, long everyNanos) {
    var machine = machine();
    return joined(
        LongStream.of(
            Pace.say(events, everyNanos, i -> machine.append(new Order(0, i).json()).join())));
  }

  private static String joined(LongStream numbers) {
    return numbers.mapToObj(String::valueOf).collect(Collectors.joining(" "));
  }
}
