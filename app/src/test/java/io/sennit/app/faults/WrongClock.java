package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Clocks that are ten years ahead and ten years behind.
final class WrongClock implements Fault {
  private static final Duration TEN_YEARS = Duration.ofDays(3652);

  @Override
  public String name() {
    return "wrong-clock";
  }

  @Override
  public String how() {
    return "the daemon runs with libfaketime, +10 and −10 years, beside one with the right time";
  }

  @Override
  public String promise() {
    return "`time` is only a label: they connect, write, and end equal; nothing is ordered or refused by it";
  }

  @Override
  public int roundsInCheck() {
    return 1;
  }

  /// Where Debian's package libfaketime puts its library.
  private static Optional<Path> library() {
    try (var folders = Files.list(Path.of("/usr/lib"))) {
      return folders
          .map(folder -> folder.resolve("faketime").resolve("libfaketimeMT.so.1"))
          .filter(Files::exists)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<String> impossible() {
    return library().isPresent()
        ? Optional.empty()
        : Optional.of("the package libfaketime is not installed");
  }

  @Override
  public String run(Path folder, SplittableRandom random, int rounds) throws Exception {
    var library = library().orElseThrow();
    for (int round = 0; round < rounds; round++) {
      try (var fleet = new Fleet(folder.resolve("round-" + round))) {
        fleet.start(0);
        fleet.join(1, fleet.address(0));
        fleet.join(2, fleet.address(0));
        fleet.start(1, clock(library, "+3652d"));
        fleet.start(2, clock(library, "-3652d"));
        fleet.connect(0, 1);
        fleet.connect(0, 2);
        fleet.connect(1, 2);
        int events = 1;
        for (int part = 0; part < 20; part++) {
          int count = 1 + random.nextInt(20);
          fleet.write(random.nextInt(3), count);
          events += count;
        }
        for (int machine = 0; machine < 3; machine++) {
          fleet.write(machine, 1);
          var shift = TEN_YEARS.multipliedBy(List.of(0, 1, -1).get(machine));
          assertThat(lastOf(fleet, machine))
              .isBetween(
                  Instant.now().plus(shift).minus(Duration.ofDays(1)),
                  Instant.now().plus(shift).plus(Duration.ofDays(1)));
        }
        fleet.awaitEqual(events + 3);
        fleet.stopAndVerify();
      }
    }
    return "%d federations of three".formatted(rounds);
  }

  /// The clock that only counts is shifted as well: with `FAKETIME_DONT_FAKE_MONOTONIC` libfaketime
  /// 0.9.10 lets no wait with a time limit end as it should, and every thread of Java spins.
  private static List<String> clock(Path library, String shift) {
    return List.of("env", "LD_PRELOAD=" + library, "FAKETIME=" + shift);
  }

  /// Time of the last event that the machine wrote.
  private static Instant lastOf(Fleet fleet, int machine) {
    return fleet.events(machine).values().stream()
        .sorted((a, b) -> Long.compare(b.position(), a.position()))
        .map(line -> Json.read(line.event()))
        .filter(event -> event.containsKey("by") && Json.number(event, "by") == machine)
        .map(event -> Instant.parse(Json.string(event, "time")))
        .findFirst()
        .orElseThrow();
  }
}
