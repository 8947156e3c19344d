package io.sennit.event;

import java.util.Arrays;

/// Scans values inside the event object, of any shape, with a stack of its own in place of
/// recursion.
final class Values {
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  /// The event object itself.
  private static final int OUTERMOST = 1;

  private final Form form;
  private final Names names;
  private int depth = OUTERMOST;

  /// Bit d is set when what is open at depth d + 1 is an object; otherwise it is an array.
  private long objects;

  Values(Form form, Names names) {
    this.form = form;
    this.names = names;
  }

  /// The offset after the value that begins at `from`.
  int end(int from) {
    int first = form.peek(from);
    return first == '{' || first == '[' ? nested(from) : scalar(from, first);
  }

  private int nested(int from) {
    int at = from;
    do {
      int first = form.peek(at);
      boolean object = first == '{';
      if (object || first == '[') {
        if (depth == Limits.DEPTH_MAX) {
          return form.refuse(
              Reason.TOO_DEEP, at, "nested deeper than " + Limits.DEPTH_MAX + "; flatten it");
        }
        open(object);
        at++;
        if (form.peek(at) != (object ? '}' : ']')) {
          at = object ? names.read(at, depth) : at;
          continue;
        }
      } else {
        at = scalar(at, first);
      }
      if (at >= 0) {
        at = next(at);
      }
    } while (at >= 0 && depth > OUTERMOST);
    return at;
  }

  private void open(boolean object) {
    depth++;
    long bit = 1L << (depth - 1);
    objects = object ? objects | bit : objects & ~bit;
    if (object) {
      names.open(depth);
    }
  }

  /// From the end of a value to the beginning of the next, closing what closes in between.
  private int next(int from) {
    int at = from;
    while (depth > OUTERMOST) {
      boolean object = (objects >>> (depth - 1) & 1) != 0;
      int b = form.peek(at);
      if (b == ',') {
        return object ? names.read(at + 1, depth) : at + 1;
      }
      if (b != (object ? '}' : ']')) {
        return form.unexpected(at, object ? "a comma or }" : "a comma or ]");
      }
      at++;
      depth--;
    }
    return at;
  }

  private int scalar(int at, int first) {
    return switch (first) {
      case '"' -> {
        int quote = Strings.end(form, at + 1);
        yield quote < 0 ? quote : quote + 1;
      }
      case 't' -> literal(at, TRUE);
      case 'f' -> literal(at, FALSE);
      case 'n' -> literal(at, NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> NumberScan.end(form, at);
      default -> form.unexpected(at, "a value");
    };
  }

  private int literal(int from, byte[] word) {
    int to = from + word.length;
    if (to <= form.bytes.length && Arrays.equals(form.bytes, from, to, word, 0, word.length)) {
      return to;
    }
    int at = from;
    while (form.peek(at) == word[at - from]) {
      at++;
    }
    return form.broken(at, "the rest of true, false or null");
  }
}
