package io.sennit.app;

import io.sennit.app.cli.SennitCommand;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/// Where the program begins.
public final class Main {
  private Main() {}

  /// Runs one command and exits with its code.
  public static void main(String[] arguments) {
    System.setProperty("java.util.logging.manager", "io.sennit.app.log.LastingLogManager");
    var out = new PrintWriter(writer(FileDescriptor.out));
    var err = new PrintWriter(writer(FileDescriptor.err), true);
    int code = SennitCommand.execute(out, err, arguments);
    System.exit(code);
  }

  /// UTF-8, whatever the terminal says: JSON is.
  private static Writer writer(FileDescriptor descriptor) {
    return new BufferedWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), 1 << 16);
  }
}
