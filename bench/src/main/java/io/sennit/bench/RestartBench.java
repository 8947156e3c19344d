package io.sennit.bench;

import java.util.ArrayList;
import java.util.List;

/// What a history takes on the disk, and how long a new process needs until it appends to it.
final class RestartBench implements Measurement {
  private static final int EVENTS = 1_000_000;
  private static final int EVENTS_QUICK = 50_000;
  private static final int EVENTS_LARGE = 10_000_000;
  private static final int PER_CALL = 256;

  @Override
  public String name() {
    return "restart";
  }

  @Override
  public Result run(Options options) throws Exception {
    var figures = new ArrayList<Figure>();
    figures.addAll(figures(options, options.size(EVENTS, EVENTS_QUICK), Target.atMost(1_000)));
    if (options.large()) {
      figures.addAll(figures(options, EVENTS_LARGE, Target.atMost(2_000)));
    }
    return new Result(
        name(),
        "A machine writes small orders in calls of "
            + PER_CALL
            + " and is closed. On the disk: what the files take then, without what is preallocated. Restart: from the"
            + " start of a new process, Java included, until its first append is durable.",
        Surroundings.describe(),
        figures);
  }

  private List<Figure> figures(Options options, int events, Target target) throws Exception {
    var size = Figure.count(events) + " events";
    try (var folder = Folder.fresh()) {
      var directory = folder.in("a");
      try (var machine = new MachineProcess()) {
        machine.ask("init", directory);
        machine.ask("write", events, PER_CALL, 0);
      }
      double log = Folder.usedBytes(directory.resolve("log"));
      double index = Folder.sizeBytes(directory.resolve("index"));
      var found =
          new Rounds(name(), options.rounds())
              .alternate(
                  List.of(
                      Rounds.Contestant.sennit(
                          "Sennit, " + size,
                          tally -> {
                            long begin = System.nanoTime();
                            try (var machine = new MachineProcess()) {
                              machine.ask("open", directory);
                              machine.ask("write", 1, 1, events);
                              double millis = (System.nanoTime() - begin) / 1e6;
                              tally.add("Sennit, restart with " + size, "ms", millis, target);
                            }
                          })));
      var all = new ArrayList<>(found.tally().figures());
      all.add(Figure.once("log, " + size, "B/event", log / events));
      all.add(Figure.once("index, " + size, "B/event", index / events));
      all.add(
          Figure.once("log and index, " + size, "B/event", (log + index) / events)
              .must(Target.atMost(100)));
      return all;
    }
  }
}
