package io.sennit.bench;

import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.node.Ed25519Seals;
import io.sennit.node.Sennit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/// A join of events that each carry a seal, beside the rate at which both cores check seals and do
/// nothing else.
final class SealsBench implements Measurement {
  private static final int EVENTS = 200_000;
  private static final int EVENTS_QUICK = 10_000;
  private static final int AUTHORS = 4;
  private static final String CHECKS = "Ed25519 checks of all cores, nothing else";
  private static final String JOIN = "Sennit, join of events with a seal each";

  @Override
  public String name() {
    return "seals";
  }

  @Override
  public Result run(Options options) throws Exception {
    int events = options.size(EVENTS, EVENTS_QUICK);
    try (var folder = Folder.fresh();
        var provider = new MachineProcess();
        var joiner = new MachineProcess()) {
      provider.ask("init", folder.in("provider"));
      provider.ask("authors", 0, AUTHORS, events, 1);
      var ticket = provider.ask("listen");
      var sealed = sealed(events / 4);
      var found =
          new Rounds(name(), options.rounds())
              .alternate(
                  List.of(
                      Rounds.Contestant.sennit(
                          CHECKS, tally -> tally.add(CHECKS, "events/s", checksPerSecond(sealed))),
                      Rounds.Contestant.sennit(
                          JOIN,
                          tally -> {
                            try (var fresh = folder.sub()) {
                              double seconds =
                                  JoinBench.seconds(
                                      provider, joiner, fresh.in("joiner"), ticket, events);
                              tally.add(JOIN, "events/s", events / seconds);
                            }
                          })));
      var checks = found.tally().figure(CHECKS).orElseThrow();
      var join = found.tally().figure(JOIN).orElseThrow();
      return new Result(
          name(),
          Figure.count(events)
              + " orders of "
              + AUTHORS
              + " authors, each sealed by itself, are copied to a machine that has nothing, as in `join`, by processes"
              + " that have done it before. The limit is one thread for each core that checks seals of such events with"
              + " the library that Sennit uses here ("
              + Sennit.sealLibrary()
              + ") and does nothing else.",
          Surroundings.describe(),
          List.of(
              checks, join, join.over(checks, "ratio: join / checks").must(Target.atLeast(0.9))));
    }
  }

  /// What is checked, taken apart beforehand.
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  private record Sealed(MachineId machine, byte[] message, byte[] seal) {
    static Sealed of(Event event) {
      return new Sealed(event.machine(), event.signedBytes(), event.seal());
    }
  }

  private static List<Sealed> sealed(int events) {
    return new Authors(0, AUTHORS, 1, List.of(new EventId(1, 2, 3, 4)))
        .write(events).stream().map(run -> Sealed.of(run.last())).toList();
  }

  private static double checksPerSecond(List<Sealed> all) {
    int cores = Runtime.getRuntime().availableProcessors();
    var seals = new Ed25519Seals();
    long begin = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(cores)) {
      var done = new ArrayList<CompletableFuture<Void>>();
      for (int i = 0; i < cores; i++) {
        var part = all.subList(i * all.size() / cores, (i + 1) * all.size() / cores);
        done.add(
            CompletableFuture.runAsync(
                () -> {
                  for (var event : part) {
                    if (!seals.valid(event.machine, event.message, event.seal)) {
                      throw new IllegalStateException("a good seal is refused");
                    }
                  }
                },
                threads));
      }
      done.forEach(CompletableFuture::join);
    }
    return all.size() * 1e9 / (System.nanoTime() - begin);
  }
}
