package io.sennit.app.cli;

import io.sennit.app.door.Door;
import io.sennit.app.door.Json;
import io.sennit.app.view.Output;
import io.sennit.node.Verification;
import io.sennit.store.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Checks a directory from end to end.
@Command(
    name = "verify",
    description =
        "Checks every checksum, hash, seal, parent, height and tip of a directory that no daemon"
            + " holds, and names what is damaged.")
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
    requireFree(dir, "verify");
    var verification = verify();
    var findings = verification.findings();
    if (output.json()) {
      findings.forEach(finding -> output.line(json(finding)));
      var said = new LinkedHashMap<String, Object>();
      said.put("events", verification.events());
      said.put("findings", findings.size());
      said.put("digest", String.valueOf(verification.digest()));
      output.line(Json.text(said));
    } else {
      findings.forEach(finding -> output.line(finding.toString()));
      output.line(
          verification.events()
              + " events checked, "
              + (findings.isEmpty() ? "all is well" : findings.size() + " findings")
              + (verification.digest() == null ? "" : "; digest " + verification.digest()));
      if (!findings.isEmpty()) {
        output.line("Next: sennit repair --dir " + dir + " --peer HOST:PORT");
      }
    }
    return findings.isEmpty() ? 0 : SennitCommand.NO;
  }

  /// Refuses, in words, a directory that a daemon holds, and one that is none.
  static void requireFree(Path dir, String command) {
    if (Place.daemon(dir).isPresent()) {
      throw new Door.RefusedException(
          409,
          "a daemon holds %s; it heals by itself what it meets damaged (`status` counts it); stop it, then %s"
              .formatted(dir, command));
    }
    if (!Files.exists(dir.resolve("sennit.json")) && !Files.isDirectory(dir.resolve("log"))) {
      throw new Door.RefusedException(
          404, dir + " is not a Sennit directory: make one with `init` or `join`");
    }
  }

  /// One line of `--json`.
  static String json(Finding finding) {
    var said = new LinkedHashMap<String, Object>();
    said.put("file", finding.file());
    said.put("offset", finding.offset());
    said.put("position", finding.position());
    if (finding.uuid() != null) {
      said.put("uuid", finding.uuid().toString());
    }
    said.put("finding", finding.what());
    return Json.text(said);
  }

  private Verification verify() {
    if (output.json() || !Output.isWatched()) {
      return Verification.of(dir, _ -> {});
    }
    try (var bar = new ProgressBarBuilder().setTaskName("verify").build()) {
      return Verification.of(dir, bar::stepTo);
    }
  }
}
