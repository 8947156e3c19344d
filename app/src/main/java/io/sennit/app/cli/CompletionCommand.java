package io.sennit.app.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Teaches a shell to complete.
@Command(
    name = "completion",
    description = {
      "Prints a script that teaches a shell to complete commands and options.",
      "bash, zsh, for this terminal:  source <(./sennit completion)",
      "fish, for good:  ./sennit completion fish > ~/.config/fish/completions/sennit.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  /// A shell that can be taught.
  enum Shell {
    /// The usual one.
    BASH,
    /// Takes the script of bash, which tells it to.
    ZSH,
    /// Has a language of its own.
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(
      paramLabel = "SHELL",
      arity = "0..1",
      defaultValue = "bash",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Shell shell;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  CompletionCommand() {}

  @Override
  public Integer call() {
    var sennit = spec.root();
    var script =
        switch (shell) {
          case BASH, ZSH -> AutoComplete.bash(sennit.name(), sennit.commandLine());
          case FISH -> FishCompletion.script(sennit);
        };
    spec.commandLine().getOut().println(script);
    return 0;
  }
}
