package io.sennit.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;

/// A JSON value as a tree, and its canonical form written the plain way.
sealed interface Json {
  /// Sorted as RFC 8785 sorts, which is how strings compare.
  record Obj(SortedMap<String, Json> members) implements Json {}

  record Arr(List<Json> items) implements Json {}

  record Text(String value) implements Json {}

  record Num(double value) implements Json {}

  /// `true`, `false` or `null`.
  record Word(String value) implements Json {}

  /// Bytes written as they are, one character each: how a generator smuggles in a fault.
  record Raw(String latin1) implements Json {}

  default byte[] canonical() {
    var out = new ByteArrayOutputStream();
    write(out);
    return out.toByteArray();
  }

  private void write(ByteArrayOutputStream out) {
    switch (this) {
      case Obj(var members) -> {
        var separator = "{";
        for (var member : members.entrySet()) {
          put(out, separator);
          put(out, quoted(member.getKey()) + ":");
          member.getValue().write(out);
          separator = ",";
        }
        put(out, members.isEmpty() ? "{}" : "}");
      }
      case Arr(var items) -> {
        var separator = "[";
        for (var item : items) {
          put(out, separator);
          item.write(out);
          separator = ",";
        }
        put(out, items.isEmpty() ? "[]" : "]");
      }
      case Text(var value) -> put(out, quoted(value));
      case Num(var value) -> put(out, ReferenceNumbers.format(value));
      case Word(var value) -> put(out, value);
      case Raw(var latin1) -> out.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static void put(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /// A string as RFC 8785 §3.2.2.2 spells it.
  static String quoted(String value) {
    var text = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ') {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    return text.append('"').toString();
  }
}
