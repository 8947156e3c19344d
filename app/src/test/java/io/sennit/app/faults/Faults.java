package io.sennit.app.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// Many rounds of one fault or of all, from the command line: `scripts/faults`.
public final class Faults {
  private static final int ROUNDS = 10;
  private static final long STILL_SECONDS = 30;

  private Faults() {}

  /// Every fault, fresh.
  static List<Supplier<Fault>> all(long stillSeconds) {
    return List.of(
        KilledWriters::new,
        KilledJoiner::new,
        LostProvider::new,
        () -> new StoppedProcess(stillSeconds),
        CopiedDirectory::new,
        RestoredBackup::new,
        DeletedIndex::new,
        WrongClock::new,
        WrongTicket::new,
        AnotherRoot::new,
        SecondDaemons::new,
        RestartStorm::new);
  }

  private record Row(Fault fault, int rounds, String outcome) {}

  /// `[NAME|all] [--rounds N] [--seed S]`; ends with 1 when a promise was broken.
  public static void main(String... arguments) throws IOException {
    var options = options(arguments);
    long seed =
        Long.parseLong(options.getOrDefault("--seed", "" + new SplittableRandom().nextLong()));
    int rounds = Integer.parseInt(options.getOrDefault("--rounds", "" + ROUNDS));
    var name = options.getOrDefault("", "all");
    System.out.printf("scripts/faults %s --rounds %d --seed %d%n", name, rounds, seed);
    var rows = new ArrayList<Row>();
    for (var supplier : all(STILL_SECONDS)) {
      var fault = supplier.get();
      if (name.equals("all") || name.equals(fault.name())) {
        rows.add(row(fault, rounds, seed));
      }
    }
    if (rows.isEmpty()) {
      System.err.println("no fault is called " + name + "; there are: " + names());
      System.exit(2);
    }
    System.out.println("| fault | how | rounds | outcome |");
    System.out.println("| --- | --- | ---: | --- |");
    for (var row : rows) {
      System.out.printf(
          "| `%s` | %s | %d | %s |%n", row.fault.name(), row.fault.how(), row.rounds, row.outcome);
    }
    System.exit(rows.stream().anyMatch(row -> row.outcome.startsWith("FAILED")) ? 1 : 0);
  }

  private static Map<String, String> options(String... arguments) {
    var options = new HashMap<String, String>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--") && i + 1 < arguments.length) {
        options.put(arguments[i], arguments[++i]);
      } else {
        options.put("", arguments[i]);
      }
    }
    return options;
  }

  private static List<String> names() {
    return all(STILL_SECONDS).stream().map(fault -> fault.get().name()).toList();
  }

  private static Row row(Fault fault, int rounds, long seed) throws IOException {
    System.out.println(fault.name() + ": " + fault.how());
    if (fault.impossible().isPresent()) {
      return new Row(fault, 0, "skipped: " + fault.impossible().get());
    }
    var folder = Files.createTempDirectory("sennit-faults-");
    try {
      var outcome = fault.run(folder, new SplittableRandom(seed), rounds);
      System.out.println("  " + outcome);
      Fleet.delete(folder);
      return new Row(fault, rounds, outcome);
    } catch (Exception | AssertionError e) {
      e.printStackTrace(System.out);
      var repeat = "scripts/faults %s --rounds %d --seed %d".formatted(fault.name(), rounds, seed);
      System.out.println("  FAILED; the directories are in " + folder + "; repeat with: " + repeat);
      return new Row(fault, rounds, "FAILED: repeat with `" + repeat + "`");
    }
  }
}
