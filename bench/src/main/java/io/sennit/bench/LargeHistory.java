package io.sennit.bench;

import io.sennit.bench.peer.Order;
import io.sennit.node.Address;
import io.sennit.node.Sennit;
import io.sennit.node.Ticket;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// `bench/large [EVENTS [OPTION OF JAVA…]]`: what a machine with a long history needs.
///
/// A process of its own, with a heap of 512 MiB unless the options say something else, writes the
/// events in calls of 256; then new processes open the machine and append one event each. Then a
/// machine that has nothing joins it, both with such a heap, and is restarted as well. Memory is
/// what the kernel counts, at its highest, native memory and mapped files included.
public final class LargeHistory {
  private static final int EVENTS = 10_000_000;
  private static final List<String> HEAP = List.of("-Xmx512m", "-XX:+UseSerialGC");
  private static final int RESTARTS = 5;
  private static final int PER_CALL = 256;
  private static final int STEPS = 10;
  private static final long LOOK_NANOS = 20_000_000;

  private LargeHistory() {}

  /// Measures, or is one of the processes that are measured.
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 1 && args[0].equals("write")) {
      write(Path.of(args[1]), Integer.parseInt(args[2]));
    } else if (args.length > 1 && args[0].equals("append")) {
      append(Path.of(args[1]));
    } else if (args.length > 1 && args[0].equals("provide")) {
      provide(Path.of(args[1]));
    } else if (args.length > 1 && args[0].equals("join")) {
      join(Path.of(args[1]), Ticket.parse(args[2]), Long.parseLong(args[3]));
    } else {
      int events = args.length == 0 ? EVENTS : Integer.parseInt(args[0]);
      measure(events, args.length < 2 ? HEAP : List.of(args).subList(1, args.length));
    }
  }

  private static void measure(int events, List<String> options)
      throws IOException, InterruptedException {
    try (var folder = Folder.fresh()) {
      var directory = folder.in("machine");
      Sennit.init(directory, "bench");
      say("%,d events, java %s", events, String.join(" ", options));
      child(options, "write", directory.toString(), String.valueOf(events));
      double log = Folder.usedBytes(directory.resolve("log"));
      double index = Folder.sizeBytes(directory.resolve("index"));
      say("log %.1f, index %.1f bytes/event", log / events, index / events);
      for (int round = 0; round < RESTARTS; round++) {
        child(options, "append", directory.toString());
      }
      var joiner = folder.in("joiner");
      joinFrom(options, directory, joiner, events + RESTARTS);
      for (int round = 0; round < RESTARTS; round++) {
        child(options, "append", joiner.toString());
      }
    }
  }

  private static void joinFrom(List<String> options, Path provider, Path joiner, long events)
      throws IOException, InterruptedException {
    var giving = start(options, "provide", provider.toString());
    try (BufferedReader lines = giving.inputReader()) {
      child(options, "join", joiner.toString(), lines.readLine(), String.valueOf(events));
      giving.getOutputStream().close();
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        say("the provider: %s", line);
      }
    }
    if (giving.waitFor() != 0) {
      throw new IllegalStateException("the provider failed");
    }
  }

  /// Says what it says, with the time since it was started.
  private static void child(List<String> options, String... arguments)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var process = start(options, arguments);
    try (BufferedReader lines = process.inputReader()) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        say("%8.3f s  %s", (System.nanoTime() - begin) / 1e9, line);
      }
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the machine failed");
    }
  }

  private static Process start(List<String> options, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LargeHistory.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void write(Path directory, int events) throws IOException {
    try (var sennit = Sennit.open(directory)) {
      for (int step = 0; step < STEPS; step++) {
        History.write(sennit, events / STEPS, PER_CALL, step * (events / STEPS));
        say("%,d events; %s", sennit.count(), memory());
      }
    }
    say("closed; %s", memory());
  }

  private static void append(Path directory) throws IOException {
    try (var sennit = Sennit.open(directory)) {
      say("open with %,d events", sennit.count());
      sennit.append(new Order(1, System.nanoTime() & 0xFFFF).json()).join();
      say("appended; %s", memory());
    }
    say("closed");
  }

  /// Gives to whoever joins, until the input ends.
  private static void provide(Path directory) throws IOException {
    try (var sennit = Sennit.open(directory)) {
      var address = sennit.listen(Address.parse("127.0.0.1:0"));
      say("%s", sennit.invite(List.of(address)));
      while (System.in.read() >= 0) {
        // Nothing is asked of it; the end is what counts.
      }
      say("gave %,d events; %s", sennit.count(), memory());
    }
  }

  /// Copies everything, and says now and then how far it is.
  private static void join(Path directory, Ticket ticket, long events) throws IOException {
    Sennit.join(directory, ticket);
    long step = Math.max(1, events / STEPS);
    try (var sennit = Sennit.open(directory)) {
      sennit.connectKnownPeers();
      for (long next = step; sennit.count() <= events; ) {
        LockSupport.parkNanos(LOOK_NANOS);
        if (sennit.count() >= next) {
          say("%,d events; %s", sennit.count(), memory());
          next = Math.min(events + 1, next + step);
        }
      }
      say("joined: %,d events; %s", sennit.count(), memory());
    }
    say("closed; %s", memory());
  }

  private static String memory() throws IOException {
    System.gc();
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      var peak = lines.filter(line -> line.startsWith("VmHWM:")).findFirst().orElse("VmHWM: 0 kB");
      long peakKib = Long.parseLong(peak.replaceAll("\\D", ""));
      return String.format(
          Locale.ROOT,
          "in use on the heap %d MiB, resident at most %d MiB",
          heap.getUsed() >> 20,
          peakKib >> 10);
    }
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
