package io.sennit.event;

import java.util.List;

/// An event's body without the text of its parents, and back: wherever the parents can be named
/// more shortly than by their uuids, in the log and on a link.
public final class Stripped {
  private Stripped() {}

  /// Offset in the event's body at which the text of the parents begins, behind their `[`.
  public static int parentsAt(Event event) {
    return event.parentsFrom() + 1;
  }

  /// Length of the text of so many parents.
  public static int textLength(int parents) {
    return parents == 0 ? 0 : parents * (EventId.TEXT_LENGTH + 3) - 1;
  }

  /// Length of the event's body without that text.
  public static int length(Event event) {
    return event.body().length - textLength(event.parents().size());
  }

  /// Writes the event's body without that text.
  public static void write(Event event, Sink sink) {
    int from = parentsAt(event);
    int to = event.parentsTo() - 1;
    sink.bytes(event.body(), 0, from);
    sink.bytes(event.body(), to, event.body().length);
  }

  /// Takes bytes.
  @FunctionalInterface
  public interface Sink {
    /// Takes those from `from` (included) to `to` (excluded).
    void bytes(byte[] bytes, int from, int to);
  }

  /// The body, whole again.
  ///
  /// @param bytes hold the body without the text of its parents from `from` on, `length` long
  /// @param parentsAt offset in the body at which that text begins
  /// @param parents ascending
  public static byte[] restore(
      byte[] bytes, int from, int length, int parentsAt, List<EventId> parents) {
    var body = new byte[length + textLength(parents.size())];
    System.arraycopy(bytes, from, body, 0, parentsAt);
    int at = parentsAt;
    for (var id : parents) {
      if (at > parentsAt) {
        body[at++] = ',';
      }
      body[at++] = '"';
      at = Hex.write(id, body, at);
      body[at++] = '"';
    }
    System.arraycopy(bytes, from + parentsAt, body, at, length - parentsAt);
    return body;
  }
}
