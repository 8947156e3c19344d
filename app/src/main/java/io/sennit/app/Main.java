package io.sennit.app;

import io.sennit.app.cli.SennitCommand;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where the program begins.
public final class Main {
  private Main() {}

  /// Runs one command and exits with its code.
  public static void main(String[] arguments) {
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n");
    System.setOut(new PrintStream(System.out, false, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(System.err, true, StandardCharsets.UTF_8));
    int code = SennitCommand.execute(arguments);
    System.out.flush();
    System.exit(code);
  }
}
