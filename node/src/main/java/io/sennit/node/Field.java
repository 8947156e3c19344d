package io.sennit.node;

/// A named value in a line of the log, handed to `System.Logger` as a parameter: a formatter that
/// knows fields keeps it apart, any other prints it as `name=value`.
///
/// Values are for everybody to read: no key, no ticket.
public record Field(String name, Object value) {
  /// `name=value`; a value that is no plain word stands in quotes.
  @Override
  public String toString() {
    var text = String.valueOf(value);
    boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c <= ' ' || c == '"');
    return name + "=" + (plain ? text : "\"" + text.replace("\"", "\\\"") + "\"");
  }
}
