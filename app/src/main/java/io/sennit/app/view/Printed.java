package io.sennit.app.view;

import io.sennit.app.door.Json;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Text that others wrote, made safe for a terminal.
public final class Printed {
  private Printed() {}

  /// The text with control characters (C0, C1, bidirectional) and separators made visible, cut to
  /// `lengthMax`.
  public static String safe(String text, int lengthMax) {
    var safe = new StringBuilder();
    boolean cut = text.length() > lengthMax;
    int end = cut ? lengthMax : text.length();
    if (cut && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean hidden =
          Character.isISOControl(c)
              || (c >= '\u2028' && c <= '\u202e')
              || (c >= '\u2066' && c <= '\u2069')
              || c == '\u061c'
              || c == '\u200e'
              || c == '\u200f';
      if (hidden) {
        safe.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
      } else {
        safe.append(c);
      }
    }
    return cut ? safe.append('…').toString() : safe.toString();
  }

  /// How far a status says its machine is behind, and for how long.
  public static String behind(Map<String, Object> status) {
    long behind = Json.number(status, "behind");
    long done =
        Math.floorDiv(100 * Json.number(status, "events"), Json.number(status, "events") + behind);
    var left = status.get("secondsLeft");
    return "%,d (%d %% here%s)"
        .formatted(behind, done, left == null ? "" : ", about " + left + " s left");
  }

  /// The `width` of a status: what joined in the last minute.
  public static String width(Map<?, ?> width) {
    var product = width.get("lambdaH");
    return "%s on average; %s a second, %s parents each%s"
        .formatted(
            width.get("tipsMean"),
            width.get("eventsPerSecond"),
            width.get("parentsPerEvent"),
            product == null ? "" : "; λ·h " + product);
  }

  /// An event over several lines: JSON still, with whatever steers a terminal escaped.
  public static String pretty(String event) {
    return Json.pretty(Json.read(event))
        .lines()
        .map(line -> safe(line, Integer.MAX_VALUE))
        .collect(Collectors.joining("\n"));
  }

  /// An event in a few words: its own properties, without what the system adds.
  public static String summary(String event, int lengthMax) {
    var members = Json.read(event);
    var own = new TreeMap<>(members);
    for (var system :
        new String[] {"machine", "parents", "sig", "tips", "uuid", "time", "sennit"}) {
      own.remove(system);
    }
    if (members.get("sennit") instanceof Map<?, ?> root) {
      return "R · the root of " + safe(String.valueOf(root.get("name")), lengthMax);
    }
    var type = own.remove("type");
    var rest = own.isEmpty() ? "" : Json.text(own);
    if (type == null) {
      return safe(rest, lengthMax);
    }
    var word = type instanceof String text ? text : Json.text(Map.of("type", type));
    return safe(rest.isEmpty() ? word : word + "  " + rest, lengthMax);
  }
}
