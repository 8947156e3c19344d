package io.sennit.app.rehearsal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs the same command line again in another Java that may use more memory. That one has this
/// one's input and output, and ends with it.
public final class OtherJava {
  /// What Java has to say of its options is no part of the output.
  private static final List<String> WARNINGS_ASIDE =
      List.of("-Xlog:disable", "-Xlog:all=warning:stderr");

  /// What was kept of a shorter run gains a long one nothing, and Java complains when it does not
  /// fit.
  private static final String KEPT = "-XX:AOTCache";

  private OtherJava() {}

  /// Runs it to its end; answers the exit code.
  public static int run(long heapMiB, List<String> arguments) throws IOException {
    var process =
        new ProcessBuilder(command(heapMiB, Memory.options(), arguments)).inheritIO().start();
    var end = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(end);
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while another Java rehearsed", e);
    } finally {
      process.destroy();
    }
  }

  /// @param options of this Java
  static List<String> command(long heapMiB, List<String> options, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(WARNINGS_ASIDE);
    options.stream().filter(option -> !option.startsWith(KEPT)).forEach(command::add);
    if ("Linux".equals(System.getProperty("os.name"))) {
      command.add("-XX:+UseTransparentHugePages"); // machines lie everywhere in many gigabytes
    }
    command.add("-Xmx" + heapMiB + "m");
    command.add("-D" + Memory.GIVEN + "=" + heapMiB);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.sennit.app.Main"));
    command.addAll(arguments);
    return command;
  }
}
