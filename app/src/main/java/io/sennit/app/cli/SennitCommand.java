package io.sennit.app.cli;

import io.sennit.app.demo.DemoCommand;
import io.sennit.app.door.Door;
import io.sennit.node.SennitException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command `sennit`.
@Command(
    name = "sennit",
    mixinStandardHelpOptions = true,
    version = "sennit 0.1.0",
    description = "A federated DAG of events: every machine holds the same rope.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      InviteCommand.class,
      JoinCommand.class,
      RunCommand.class,
      AppendCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      LogCommand.class,
      ShowCommand.class,
      TipsCommand.class,
      StatusCommand.class,
      PeersCommand.class,
      VerifyCommand.class,
      AutoComplete.GenerateCompletion.class,
      CommandLine.HelpCommand.class
    })
public final class SennitCommand implements Runnable {
  /// The answer is no.
  static final int NO = 1;

  /// Refused or failed.
  static final int FAILED = 3;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /// picocli sets the fields.
  @SuppressWarnings("NullAway.Init")
  public SennitCommand() {}

  /// Runs a command line; answers the exit code.
  public static int execute(String... arguments) {
    quiet();
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    var line = new CommandLine(new SennitCommand());
    line.setExecutionExceptionHandler((e, command, _) -> {
      command.getErr().println("sennit: " + sentence(e));
      return FAILED;
    });
    if (System.getenv("NO_COLOR") != null) {
      line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }
    return line;
  }

  /// The library's log is for daemons; a command says what matters itself.
  private static void quiet() {
    Logger.getLogger("").setLevel(Level.SEVERE);
  }

  private static String sentence(Exception e) {
    return switch (e) {
      case SennitException refused -> String.valueOf(refused.getMessage());
      case Door.RefusedException refused -> String.valueOf(refused.getMessage());
      case IllegalArgumentException wrong -> String.valueOf(wrong.getMessage());
      case UncheckedIOException io -> String.valueOf(io.getMessage());
      default -> e.getClass().getSimpleName() + ": " + e.getMessage();
    };
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    spec.commandLine().usage(out);
  }
}
