package io.sennit.app.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Teaches a shell to complete.
@Command(
    name = "completion",
    description = {
      "Prints a script that teaches bash or zsh to complete commands and options.",
      "For this terminal: source <(./sennit completion)"
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  CompletionCommand() {}

  @Override
  public Integer call() {
    var sennit = spec.root();
    spec.commandLine().getOut().println(AutoComplete.bash(sennit.name(), sennit.commandLine()));
    return 0;
  }
}
