package io.sennit.app.http;

import io.sennit.node.Entry;
import io.sennit.node.Sennit;
import java.util.regex.Pattern;

/// Up to where a reader has read: a position, and the uuid of the event that stands there.
///
/// @param position 0 before the first event
/// @param uuid empty when nobody said it
record Cursor(long position, String uuid) {
  static final Cursor START = new Cursor(0, "");

  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(?::([^:]*))?");

  static Cursor of(Entry entry) {
    return new Cursor(entry.position(), entry.event().id().toString());
  }

  /// The cursor of the event at this position, which is here.
  static Cursor at(Sennit sennit, long position) {
    return sennit.get(position).map(Cursor::of).orElse(START);
  }

  /// Reads `N` or `N:uuid` and holds it against what is here.
  ///
  /// @param name of what says it
  static Cursor read(Sennit sennit, String name, String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new Problem(
          ProblemType.INVALID_REQUEST,
          name + " is a whole number from 0, or such a number, a colon and a uuid; not " + text);
    }
    var cursor =
        new Cursor(Long.parseLong(form.group(1)), form.group(2) == null ? "" : form.group(2));
    if (form.group(2) != null && !cursor.isHere(sennit)) {
      throw new Problem(
          ProblemType.CURSOR_GONE,
          "position %d holds another event than you saw: this store was restored; read again from 0"
              .formatted(cursor.position));
    }
    return cursor;
  }

  private boolean isHere(Sennit sennit) {
    return sennit
        .get(position)
        .map(entry -> entry.event().id().toString().equals(uuid))
        .orElse(false);
  }

  /// `0` before the first event, else `position:uuid`.
  @Override
  public String toString() {
    return uuid.isEmpty() ? String.valueOf(position) : position + ":" + uuid;
  }
}
