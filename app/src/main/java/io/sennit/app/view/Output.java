package io.sennit.app.view;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Where results go, and in which form.
public final class Output {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--json", description = "Print JSON, one object on each line.")
  private boolean json;

  /// picocli sets the fields.
  @SuppressWarnings("NullAway.Init")
  public Output() {}

  /// Whether JSON is wanted.
  public boolean json() {
    return json;
  }

  /// Whether a person sees standard error and may like a progress bar.
  @SuppressWarnings("SystemConsoleNull") // null again since JDK 25 when nobody can type
  public static boolean isWatched() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  /// One line of the result.
  public void line(String text) {
    out().println(text);
  }

  /// One line that is not part of the result.
  public void note(String text) {
    spec.commandLine().getErr().println(text);
    spec.commandLine().getErr().flush();
  }

  /// Standard output.
  public PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
