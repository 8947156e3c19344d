package io.sennit.app.cli;

import io.sennit.app.door.HttpDoor;
import io.sennit.app.door.Json;
import io.sennit.app.view.Output;
import io.sennit.app.watch.Canvas;
import io.sennit.app.watch.Paint;
import io.sennit.app.watch.Screen;
import io.sennit.app.watch.Sight;
import io.sennit.app.watch.Watched;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Shows machines as they are, again and again.
@Command(
    name = "watch",
    description = {
      "Shows one or several machines live: mode, events, digests, peers, the end of the graph.",
      "Ctrl-C or q ends it. Where no terminal is, it prints a line for each machine each time."
    })
final class WatchCommand implements Callable<Integer> {
  /// A key, the end, or another size of the terminal is noticed within this time.
  private static final long TICK_MILLIS = 100;

  private static final int EVENTS = 60;
  private static final int PLAIN_WIDTH = 200;

  @Option(names = "--dir", paramLabel = "D", description = "The directory of a running machine.")
  private List<Path> dirs = new ArrayList<>();

  @Option(names = "--url", paramLabel = "URL", description = "A daemon: http://HOST:PORT.")
  private List<URI> urls = new ArrayList<>();

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "Between two looks. Default: ${DEFAULT-VALUE}.")
  private double intervalSeconds;

  @Option(
      names = "--once",
      description = "Look once; the exit code is 0 when all answer and hold the same, else 1.")
  private boolean once;

  @Mixin private Output output;
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  WatchCommand() {}

  @Override
  public Integer call() {
    if (dirs.isEmpty() && urls.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "which machines? Say --dir D or --url URL, once or several times");
    }
    if (!(intervalSeconds >= 0.1 && intervalSeconds <= 3_600)) {
      throw new IllegalArgumentException("--interval is 0.1 to 3600 seconds");
    }
    var watched = new ArrayList<Watched>();
    dirs.forEach(dir -> watched.add(new Watched(dir.toString(), () -> Place.daemon(dir), EVENTS)));
    urls.forEach(url ->
        watched.add(new Watched(url.toString(), () -> Optional.of(new HttpDoor(url)), EVENTS)));
    return once ? once(watched) : again(watched);
  }

  private int once(List<Watched> watched) {
    watched.parallelStream().forEach(Watched::ask);
    var sights = watched.stream().map(Watched::sight).toList();
    if (output.json()) {
      output.line(json(sights));
    } else {
      new Screen(PLAIN_WIDTH, Integer.MAX_VALUE, Paint.NONE)
          .draw(sights, now())
          .forEach(output::line);
    }
    return Sight.equal(sights) ? 0 : SennitCommand.NO;
  }

  private int again(List<Watched> watched) {
    var interval = Duration.ofNanos((long) (intervalSeconds * 1e9));
    try (var running = new UntilStopped()) {
      for (var machine : watched) {
        Thread.ofVirtual()
            .name("sennit-watch")
            .start(() -> {
              do {
                machine.ask();
              } while (!running.await(interval));
            });
      }
      if (Output.isWatched() && !output.json() && Canvas.possible()) {
        draw(watched, running);
      } else {
        while (!running.await(interval) && !output.out().checkError()) {
          print(watched.stream().map(Watched::sight).toList());
        }
      }
      output.out().flush();
    }
    return 0;
  }

  private void draw(List<Watched> watched, UntilStopped running) {
    var paint = System.getenv("NO_COLOR") == null ? Paint.ANSI : Paint.NONE;
    try (var canvas = new Canvas(output.out())) {
      do {
        var size = canvas.size();
        var sights = watched.stream().map(Watched::sight).toList();
        canvas.draw(new Screen(size.columns(), size.rows(), paint).draw(sights, now()));
      } while (!canvas.quitWithin(TICK_MILLIS) && !running.await(Duration.ZERO));
    }
  }

  private void print(List<Sight> sights) {
    if (output.json()) {
      output.line(json(sights));
      return;
    }
    var lines = new Screen(PLAIN_WIDTH, Integer.MAX_VALUE, Paint.NONE).draw(sights, now());
    lines.stream()
        .filter(line -> line.matches("[●○] .*") || line.startsWith("sennit"))
        .limit(sights.size() + 1L)
        .forEach(output::line);
  }

  private static String now() {
    return LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String json(List<Sight> sights) {
    var members = new LinkedHashMap<String, Object>();
    members.put("time", Instant.now().toString());
    members.put("equal", Sight.equal(sights));
    members.put(
        "machines",
        sights.stream()
            .map(sight -> {
              var machine = new LinkedHashMap<String, Object>();
              machine.put("name", sight.name());
              machine.put("answers", sight.answers());
              if (sight.answers()) {
                machine.put("status", sight.status());
              } else {
                machine.put("fault", sight.fault());
              }
              return machine;
            })
            .toList());
    return Json.text(members);
  }
}
