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
  private static final int CROWD = 14;
  private static final long CROWD_SECONDS = 60;

  private Faults() {}

  /// Every fault, fresh.
  ///
  /// @param stillSeconds how long a stopped process stands still at least
  /// @param crowd machines of a crowd
  /// @param crowdSeconds how long a crowd is harmed in a round
  static List<Supplier<Fault>> all(long stillSeconds, int crowd, long crowdSeconds) {
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
        RestartStorm::new,
        () -> new Crowd(crowd, crowdSeconds));
  }

  private record Row(Fault fault, int rounds, String outcome) {}

  /// `[NAME|all] [--rounds N] [--seed S] [--machines M] [--minutes N]`; ends with 1 when a promise
  /// was broken. The last two are for the crowd: with minutes, it is one round, so long.
  public static void main(String... arguments) throws IOException {
    var options = options(arguments);
    long seed =
        Long.parseLong(options.getOrDefault("--seed", "" + new SplittableRandom().nextLong()));
    int machines = Integer.parseInt(options.getOrDefault("--machines", "" + CROWD));
    double minutes = Double.parseDouble(options.getOrDefault("--minutes", "0"));
    boolean once = minutes > 0;
    long seconds = once ? Math.round(60 * minutes) : CROWD_SECONDS;
    int rounds = Integer.parseInt(options.getOrDefault("--rounds", once ? "1" : "" + ROUNDS));
    var name = options.getOrDefault("", "all");
    var more =
        "--rounds %d --seed %d --machines %d".formatted(rounds, seed, machines)
            + (once ? " --minutes " + minutes : "");
    System.out.printf("scripts/faults %s %s%n", name, more);
    var all = all(STILL_SECONDS, machines, seconds).stream().map(Supplier::get).toList();
    var rows = new ArrayList<Row>();
    for (var fault : all) {
      if (name.equals("all") || name.equals(fault.name())) {
        rows.add(row(fault, rounds, seed, "scripts/faults " + fault.name() + " " + more));
      }
    }
    if (rows.isEmpty()) {
      System.err.println(
          "no fault is called " + name + "; there are: " + all.stream().map(Fault::name).toList());
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

  private static Row row(Fault fault, int rounds, long seed, String repeat) throws IOException {
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
      System.out.println("  FAILED; the directories are in " + folder + "; repeat with: " + repeat);
      return new Row(fault, rounds, "FAILED: repeat with `" + repeat + "`");
    }
  }
}
