package io.sennit.app.cli;

import io.sennit.app.door.Json;
import io.sennit.app.view.Output;
import io.sennit.node.Recording;
import io.sennit.node.SennitException;
import io.sennit.recording.MalformedRecordingException;
import io.sennit.simulator.DifferenceException;
import io.sennit.simulator.Replay;
import io.sennit.simulator.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lets happen again what `run --record` has written down.
@Command(
    name = "replay",
    description =
        "Runs the machine of a recording again, step by step, and says whether it does the same"
            + " and keeps the invariants.")
final class ReplayCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The folder that `run --record` was given.")
  private Path folder;

  @Option(
      names = "--part",
      paramLabel = "N",
      description = "This part alone; the parts are the files of the folder.")
  private @Nullable Long part;

  @Option(
      names = "--until",
      paramLabel = "STEP",
      description =
          "Stop after this step, and print how the machine is. Of the last part, unless --part says"
              + " another one.")
  private @Nullable Long until;

  @Option(names = "--print", description = "Print every step: its time, its input, its outputs.")
  private boolean print;

  @Mixin private Output output;

  private long steps;

  @SuppressWarnings("NullAway.Init")
  ReplayCommand() {}

  @Override
  public Integer call() {
    var chosen = chosen(Recording.parts(folder));
    long sizeBytes = chosen.stream().mapToLong(Recording.Part::sizeBytes).sum();
    try (var bar = bar(sizeBytes)) {
      long before = 0;
      for (var each : chosen) {
        if (!replay(each, bar, before)) {
          return SennitCommand.NO;
        }
        before += each.sizeBytes();
      }
    }
    if (!output.json() && chosen.size() > 1) {
      output.line("all %d parts: %d steps, the same bit for bit".formatted(chosen.size(), steps));
    }
    return 0;
  }

  private List<Recording.Part> chosen(List<Recording.Part> parts) {
    var wanted = part;
    if (wanted == null) {
      return until == null ? parts : List.of(parts.getLast());
    }
    var found = parts.stream().filter(each -> each.number() == wanted).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "--part: %s holds the parts %d to %d"
              .formatted(folder, parts.getFirst().number(), parts.getLast().number()));
    }
    return found;
  }

  private @Nullable ProgressBar bar(long sizeBytes) {
    return print || output.json() || !Output.isWatched()
        ? null
        : new ProgressBarBuilder()
            .setTaskName("replay")
            .setInitialMax(sizeBytes)
            .setUnit(" MiB", 1024 * 1024)
            .build();
  }

  /// @return whether all was as it was
  private boolean replay(Recording.Part each, @Nullable ProgressBar bar, long before) {
    long done = 0;
    try (var reader = each.open()) {
      try {
        var replay = new Replay(reader.steps(), reader.seals());
        long beginNanos = 0;
        var next = replay.next();
        while (next.isPresent()) {
          var step = next.get();
          done = step.number();
          beginNanos = done == 1 ? step.nowNanos() : beginNanos;
          steps++;
          if (print) {
            print(each, step, step.nowNanos() - beginNanos);
          }
          if (bar != null && done % 256 == 0) {
            bar.stepTo(before + reader.readSizeBytes());
          }
          if (until != null && done == until) {
            stopped(each, replay.state(), done);
            return true;
          }
          next = replay.next();
        }
        if (until != null) {
          throw new IllegalArgumentException(
              "--until: part %d has %d steps".formatted(each.number(), done));
        }
        whole(each, reader, replay.state(), done);
        return true;
      } catch (DifferenceException e) {
        fault(each, e.step(), "difference", String.valueOf(e.getMessage()));
      } catch (Violation e) {
        fault(each, done + 1, e.rule(), String.valueOf(e.getMessage()));
      } catch (SennitException | MalformedRecordingException e) {
        throw new SennitException(
            SennitException.Kind.REFUSED,
            "%s; part %d was the same up to step %d".formatted(e.getMessage(), each.number(), done),
            e);
      }
    }
    return false;
  }

  private void print(Recording.Part each, Replay.Done step, long sinceNanos) {
    if (output.json()) {
      var said = about(each, step.number());
      said.put("nanos", sinceNanos);
      said.put("input", step.input());
      said.put("outputs", step.answers());
      output.line(Json.text(said));
    } else {
      var line =
          String.format(
              Locale.ROOT,
              "%d.%d  %.6f s  %s  %s",
              each.number(),
              step.number(),
              sinceNanos / 1e9,
              step.input(),
              String.join("; ", step.answers()));
      output.line(line.stripTrailing());
    }
  }

  private static Map<String, Object> about(Recording.Part each, long step) {
    var said = new LinkedHashMap<String, Object>();
    said.put("part", each.number());
    said.put("step", step);
    return said;
  }

  private void fault(Recording.Part each, long step, String kind, String what) {
    if (output.json()) {
      var said = about(each, step);
      said.put("same", false);
      said.put("fault", kind);
      said.put("what", what);
      output.line(Json.text(said));
    } else {
      output.line("part %d, %s".formatted(each.number(), what));
    }
  }

  private void whole(Recording.Part each, Recording.Reader reader, Replay.State state, long done) {
    var beginning = reader.steps().beginning();
    if (output.json()) {
      var said = about(each, done);
      said.put("same", true);
      said.put("from", beginning.count());
      said.put("began", beginning.why());
      said.put("ended", reader.ending());
      members(said, state);
      output.line(Json.text(said));
    } else {
      output.line(
          "part %d: %d steps, the same bit for bit, from %d events to %d; it began: %s; it ended: %s"
              .formatted(
                  each.number(),
                  done,
                  beginning.count(),
                  state.events(),
                  beginning.why(),
                  reader.ending()));
    }
  }

  private void stopped(Recording.Part each, Replay.State state, long step) {
    if (output.json()) {
      var said = about(each, step);
      said.put("same", true);
      members(said, state);
      output.line(Json.text(said));
      return;
    }
    var lines = new ArrayList<String>();
    lines.add("part %d, after step %d, all the same bit for bit".formatted(each.number(), step));
    lines.add("mode        " + state.mode());
    if (!state.why().isEmpty()) {
      lines.add("because     " + state.why());
    }
    lines.add("events      " + state.events());
    lines.add("in flight   " + state.inFlight());
    lines.add("orphans     " + state.orphans());
    lines.add("peers       " + state.peers());
    lines.add("tips        " + state.tips().size());
    lines.add("digest      " + state.digest());
    lines.forEach(output::line);
  }

  private static void members(Map<String, Object> said, Replay.State state) {
    said.put("mode", state.mode());
    said.put("why", state.why());
    said.put("events", state.events());
    said.put("inFlight", state.inFlight());
    said.put("orphans", state.orphans());
    said.put("peers", state.peers());
    said.put("tips", state.tips().stream().map(Object::toString).toList());
    said.put("digest", state.digest().toString());
  }
}
