package io.sennit.app.cli;

import io.sennit.app.demo.DemoCommand;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command `sennit`.
@Command(
    name = "sennit",
    mixinStandardHelpOptions = true,
    version = "sennit 0.1.0",
    description = "A federated DAG of events: every machine holds the same rope.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:Done.",
      "1:The answer is no: not equal, not found, something is wrong.",
      "2:Wrong usage.",
      "3:Refused or failed."
    },
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
      WatchCommand.class,
      VerifyCommand.class,
      RepairCommand.class,
      ReplayCommand.class,
      DoctorCommand.class,
      RehearseCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class
    })
public final class SennitCommand implements Callable<Integer> {
  /// The answer is no.
  static final int NO = 1;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /// picocli sets the fields.
  @SuppressWarnings("NullAway.Init")
  public SennitCommand() {}

  /// Runs a command line; answers the exit code.
  public static int execute(PrintWriter out, PrintWriter err, String... arguments) {
    Logger.getLogger("").setLevel(Level.SEVERE); // a command says what matters itself
    var line = commandLine();
    line.setOut(out);
    line.setErr(err);
    int code = line.execute(arguments);
    out.flush();
    err.flush();
    return code;
  }

  /// The whole command line, as picocli sees it.
  static CommandLine commandLine() {
    var line = new CommandLine(new SennitCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((e, command, _) -> Failures.report(e, command));
    line.setParameterExceptionHandler((e, _) -> Failures.report(e));
    line.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
    if (System.getenv("NO_COLOR") != null) {
      line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }
    return line;
  }

  /// Without a command there is nothing to do but to say which there are.
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }
}
