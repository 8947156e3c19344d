package io.sennit.app.cli;

import io.sennit.app.door.Door;
import io.sennit.app.door.Json;
import io.sennit.app.view.Output;
import io.sennit.node.Sennit;
import io.sennit.store.Finding;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Checks a store from end to end.
@Command(
    name = "verify",
    description =
        "Checks every checksum, hash, seal, parent, height and tip of a store that no daemon holds.")
final class VerifyCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      paramLabel = "D",
      required = true,
      description = "The machine's directory.")
  private Path dir;

  @Mixin private Output output;

  @SuppressWarnings("NullAway.Init")
  VerifyCommand() {}

  @Override
  public Integer call() {
    if (Place.daemon(dir).isPresent()) {
      throw new Door.RefusedException(409, "a daemon holds " + dir + "; stop it, then verify");
    }
    try (var sennit = Sennit.open(dir)) {
      var findings = verify(sennit);
      if (output.json()) {
        for (var finding : findings) {
          var said = new LinkedHashMap<String, Object>();
          said.put("position", finding.position());
          said.put("finding", finding.what());
          output.line(Json.text(said));
        }
        var said = new LinkedHashMap<String, Object>();
        said.put("events", sennit.count());
        said.put("findings", findings.size());
        said.put("digest", sennit.status().digest().toString());
        output.line(Json.text(said));
      } else {
        findings.forEach(
            finding -> output.line("position " + finding.position() + ": " + finding.what()));
        output.line(
            sennit.count()
                + " events checked, "
                + (findings.isEmpty() ? "all is well" : findings.size() + " findings")
                + "; digest "
                + sennit.status().digest());
      }
      return findings.isEmpty() ? 0 : SennitCommand.NO;
    }
  }

  private List<Finding> verify(Sennit sennit) {
    if (output.json() || !Output.isWatched()) {
      return sennit.verify(_ -> {});
    }
    try (ProgressBar bar =
        new ProgressBarBuilder().setTaskName("verify").setInitialMax(sennit.count()).build()) {
      LongConsumer progress = bar::stepTo;
      return sennit.verify(progress);
    }
  }
}
