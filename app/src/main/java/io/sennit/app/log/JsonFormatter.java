package io.sennit.app.log;

import io.sennit.app.door.Json;
import java.util.LinkedHashMap;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/// A line for machines: `time`, `level`, `room`, `message`, the fields, and `error` for a stack.
final class JsonFormatter extends Formatter {
  @Override
  public String format(LogRecord entry) {
    var occurrence = Occurrence.of(entry);
    var members = new LinkedHashMap<String, Object>();
    members.put("time", occurrence.time());
    members.put("level", occurrence.level().toString());
    members.put("room", occurrence.room());
    members.put("message", occurrence.message());
    for (var field : occurrence.fields()) {
      members.putIfAbsent(
          field.name(),
          field.value() instanceof Number || field.value() instanceof Boolean
              ? field.value()
              : field.value().toString());
    }
    if (!occurrence.stack().isEmpty()) {
      members.put("error", occurrence.stack());
    }
    return Json.text(members) + System.lineSeparator();
  }
}
