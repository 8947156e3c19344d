package io.sennit.app.log;

import io.sennit.app.view.Printed;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/// A line for people. What others said cannot begin a line of its own or steer the terminal.
final class TextFormatter extends Formatter {
  private static final int LENGTH_MAX = 4_000;

  @Override
  public String format(LogRecord entry) {
    var occurrence = Occurrence.of(entry);
    var line = new StringBuilder(occurrence.message());
    occurrence.fields().forEach(field -> line.append(' ').append(field));
    var text =
        new StringBuilder(
            "%s %-7s %-7s %s%n"
                .formatted(
                    occurrence.time(),
                    occurrence.level(),
                    occurrence.room(),
                    Printed.safe(line.toString(), LENGTH_MAX)));
    occurrence
        .stack()
        .lines()
        .forEach(below ->
            text.append("    ")
                .append(Printed.safe(below.replace("\t", "  "), LENGTH_MAX))
                .append(System.lineSeparator()));
    return text.toString();
  }
}
