package io.sennit.simulator.large;

import java.util.List;
import java.util.Locale;

/// Runs one rehearsal and prints what came of it: `RehearsalRun MACHINES [name=value]…`. Not a
/// test.
final class RehearsalRun {
  private RehearsalRun() {}

  public static void main(String[] args) {
    var plan = Plan.of(Integer.parseInt(args[0]));
    for (int i = 1; i < args.length; i++) {
      var name = args[i].substring(0, args[i].indexOf('='));
      double value = Double.parseDouble(args[i].substring(name.length() + 1));
      var writing = plan.writing();
      var faults = plan.faults();
      var times = plan.times();
      plan =
          switch (name) {
            case "rate" ->
                plan.with(new Plan.Writing(value, writing.broadcasts(), writing.payloadBytes()));
            case "broadcasts" ->
                plan.with(new Plan.Writing(writing.rate(), (int) value, writing.payloadBytes()));
            case "payload" ->
                plan.with(new Plan.Writing(writing.rate(), writing.broadcasts(), (int) value));
            case "loss" ->
                plan.with(
                    new Plan.Faults(
                        value,
                        faults.duplication(),
                        faults.churn(),
                        faults.partitions(),
                        faults.crashShare(),
                        faults.silentShare()));
            case "churn" ->
                plan.with(
                    new Plan.Faults(
                        faults.loss(),
                        faults.duplication(),
                        value,
                        faults.partitions(),
                        faults.crashShare(),
                        faults.silentShare()));
            case "partition" ->
                plan.with(
                    new Plan.Faults(
                        faults.loss(),
                        faults.duplication(),
                        faults.churn(),
                        List.of(new Plan.Partition("Tokyo", false, value)),
                        faults.crashShare(),
                        faults.silentShare()));
            case "crash" ->
                plan.with(
                    new Plan.Faults(
                        faults.loss(),
                        faults.duplication(),
                        faults.churn(),
                        faults.partitions(),
                        value,
                        faults.silentShare()));
            case "silent" ->
                plan.with(
                    new Plan.Faults(
                        faults.loss(),
                        faults.duplication(),
                        faults.churn(),
                        faults.partitions(),
                        faults.crashShare(),
                        value));
            case "nat" -> plan.withNatShare(value);
            case "near" -> plan.withNear(value != 0);
            case "settle" ->
                plan.with(new Plan.Times(value, times.quietSeconds(), times.patienceSeconds()));
            case "quiet" ->
                plan.with(new Plan.Times(times.settleSeconds(), value, times.patienceSeconds()));
            case "patience" ->
                plan.with(new Plan.Times(times.settleSeconds(), times.quietSeconds(), value));
            case "seed" -> plan.withSeed((long) value);
            default -> throw new IllegalArgumentException(name);
          };
    }
    long[] last = {System.nanoTime()};
    String[] phase = {""};
    var summary =
        Rehearsal.run(
            plan,
            (now, share, seconds) -> {
              if (!now.equals(phase[0]) || System.nanoTime() - last[0] > 20_000_000_000L) {
                phase[0] = now;
                last[0] = System.nanoTime();
                System.err.printf(Locale.ROOT, "%s %.0f%% %.1f s%n", now, 100 * share, seconds);
              }
            });
    System.out.println(
        summary.toString().replaceAll(", series=.*", "").replace("[", "\n ").replace(", ", "\n "));
    System.out.println(" connected " + summary.series().connected());
    summary.series().idle().forEach(System.out::println);
  }
}
