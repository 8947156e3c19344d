package io.sennit.app.cli;

import io.sennit.app.door.Json;
import io.sennit.app.rehearsal.Figures;
import io.sennit.app.rehearsal.Memory;
import io.sennit.app.rehearsal.NotModelled;
import io.sennit.app.rehearsal.OtherJava;
import io.sennit.app.rehearsal.Page;
import io.sennit.app.rehearsal.RehearsalBar;
import io.sennit.app.rehearsal.Told;
import io.sennit.app.rehearsal.Words;
import io.sennit.app.view.Output;
import io.sennit.simulator.large.Plan;
import io.sennit.simulator.large.Progress;
import io.sennit.simulator.large.Rehearsal;
import io.sennit.simulator.large.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Rehearses a federation that does not exist yet.
@Command(
    name = "rehearse",
    description = {
      "Rehearses a federation of up to a million machines on this computer, before anybody buys"
          + " hardware: they join, write, lose some of them, repair themselves, write again, and"
          + " must all be equal at the end.",
      "A SHARE is a number from 0 to 1, such as 0.05, or one with a percent sign behind it, from 0"
          + " to 100."
    })
final class RehearseCommand implements Callable<Integer> {
  @Mixin private PlanOptions options;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Also write a page with plots into this folder: " + Page.FILE + ".")
  private @Nullable Path report;

  @Mixin private Output output;
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  RehearseCommand() {}

  @Override
  public Integer call() throws IOException {
    var plan = options.plan();
    if (report != null) {
      makeFolder(report);
    }
    return switch (Memory.here().choose(plan, System.getProperty(Memory.GIVEN) != null)) {
      case Memory.Choice.Here() -> rehearse(plan);
      case Memory.Choice.Elsewhere(long heapMiB) -> {
        output.out().flush();
        yield OtherJava.run(heapMiB, arguments());
      }
      case Memory.Choice.Refuse(var words) -> {
        output.note("sennit: " + words);
        yield Failures.FAILED;
      }
    };
  }

  private static void makeFolder(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "--report: " + folder + " is a file: name a folder, or one that does not exist yet");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--report: cannot make the folder " + folder + ": name another one", e);
    }
    if (!Files.isWritable(folder)) {
      throw new IllegalArgumentException(
          "--report: this user may not write into " + folder + ": name another folder");
    }
  }

  private int rehearse(Plan plan) throws IOException {
    var commandLine = CommandWords.of(arguments(), plan.seed());
    Consumer<String> aside = output.json() ? output::note : output::line;
    aside.accept("Command: " + commandLine);
    output.out().flush();
    var summary = run(plan);
    var told = new Told(plan, options.place(), commandLine, summary);
    if (output.json()) {
      output.line(Json.text(Figures.of(summary)));
    } else {
      output.line("");
      Words.of(told).forEach(output::line);
      output.line("");
    }
    aside.accept("Not modelled (seed " + plan.seed() + ", trace " + summary.traceHash() + "):");
    NotModelled.SENTENCES.forEach(sentence -> aside.accept("  - " + sentence));
    if (report != null) {
      var page = Files.writeString(report.resolve(Page.FILE), Page.html(told));
      aside.accept("Page: " + page.toUri());
    }
    if (summary.equal()) {
      return 0;
    }
    output.note(
        "sennit: not equal within the time given; see with a larger --patience whether they only"
            + " need more");
    return SennitCommand.NO;
  }

  private Summary run(Plan plan) {
    if (output.json() || !Output.isWatched()) {
      return Rehearsal.run(plan, Progress.NONE);
    }
    try (var bar = new RehearsalBar()) {
      return Rehearsal.run(plan, bar);
    }
  }

  private List<String> arguments() {
    return spec.root().commandLine().getParseResult().originalArgs();
  }
}
