package io.sennit.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/// `bench/run NAME… [--json]`: measures, keeps the results beside the code, and prints them.
public final class Bench {
  /// The first argument of a process that is a machine: see [ChildMachine].
  static final String CHILD = "child-machine";

  /// Kept, or the level would be forgotten with it.
  private static final Logger LOGGING = Logger.getLogger("io.sennit");

  private static final List<Measurement> ALL =
      List.of(
          new AppendBench(),
          new JoinBench(),
          new SealsBench(),
          new ApartBench(),
          new ChainBench(),
          new InSyncBench(),
          new ParentsBench(),
          new ReplicateBench(),
          new LiveBench(),
          new RestartBench(),
          new HttpPostersBench(),
          new StreamReadersBench());

  private Bench() {}

  /// Measures what the arguments name.
  public static void main(String[] args) throws Exception {
    LOGGING.setLevel(Level.WARNING); // peers that come and go are nothing to tell here
    if (args.length == 1 && args[0].equals(CHILD)) {
      ChildMachine.serve();
      return;
    }
    var parsed = Options.parse(List.of(args));
    if (parsed.isEmpty() || !known(parsed.get().names())) {
      System.err.println(usage());
      System.exit(2);
    }
    var options = parsed.orElseThrow();
    for (var measurement : ALL) {
      if (options.names().contains(measurement.name()) || options.names().contains("all")) {
        measure(measurement, options);
      }
    }
  }

  private static void measure(Measurement measurement, Options options) throws Exception {
    long begin = System.nanoTime();
    if (options.profile()) {
      try (var profile = Profile.start()) {
        measurement.run(options);
        System.out.println(new Report(Path.of("")).keepProfile(measurement.name(), profile.end()));
      }
    } else {
      var result = measurement.run(options);
      if (!options.quick()) {
        new Report(Path.of("")).keep(result);
      }
      System.out.println(options.json() ? result.json() : result.markdown());
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.err.printf(Locale.ROOT, "  %s took %.0f s%n", measurement.name(), seconds);
  }

  private static boolean known(List<String> names) {
    var all = ALL.stream().map(Measurement::name).toList();
    return names.stream().allMatch(name -> name.equals("all") || all.contains(name));
  }

  private static String usage() {
    return ALL.stream()
        .map(Measurement::name)
        .collect(
            Collectors.joining(
                "|",
                "usage: bench/run ",
                "|all [--json] [--quick] [--large] [--no-peers] [--profile] [--rounds=N]"));
  }
}
