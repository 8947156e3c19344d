package io.sennit.app.log;

import io.sennit.node.Field;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a line of the log tells, whatever form it has.
///
/// @param room the last part of our package's name, or the whole name of another logger
/// @param stack of the exception, over several lines, or empty
record Occurrence(
    String time, LogLevel level, String room, String message, List<Field> fields, String stack) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final Pattern OURS = Pattern.compile("io\\.sennit\\.(?:app\\.)?(\\w+)\\..*");

  /// The places of fields at the end of a message.
  private static final Pattern FIELDS = Pattern.compile(":(?: \\{[0-9]\\})+$");

  Occurrence {
    fields = List.copyOf(fields);
  }

  static Occurrence of(LogRecord entry) {
    var fields = new ArrayList<Field>();
    var message = String.valueOf(entry.getMessage());
    var parameters = entry.getParameters();
    if (parameters != null && parameters.length > 0) {
      for (var parameter : parameters) {
        if (parameter instanceof Field field) {
          fields.add(field);
        }
      }
      message =
          fields.size() == parameters.length
              ? FIELDS.matcher(message).replaceFirst("")
              : new MessageFormat(message, Locale.ROOT).format(parameters);
    }
    var logger = String.valueOf(entry.getLoggerName());
    var ours = OURS.matcher(logger);
    return new Occurrence(
        TIME.format(entry.getInstant()),
        LogLevel.of(entry.getLevel()),
        ours.matches() ? ours.group(1) : logger,
        message,
        fields,
        stack(entry.getThrown()));
  }

  private static String stack(@Nullable Throwable thrown) {
    if (thrown == null) {
      return "";
    }
    var stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack, true));
    return stack.toString().stripTrailing();
  }
}
