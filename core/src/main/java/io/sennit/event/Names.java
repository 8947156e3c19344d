package io.sennit.event;

import java.util.Arrays;

/// Reads member names and checks that those of one object ascend.
///
/// RFC 8785 §3.2.3 orders names by their UTF-16 code units. UTF-8 bytes have the same order but for
/// one case: U+E000 to U+FFFF come before the supplementary characters in UTF-8 and after them in
/// UTF-16.
final class Names {
  private final Form form;
  private int[] from = new int[8];
  private int[] to = new int[8];

  /// Bit d is set when the last name at depth d + 1 contains an escape.
  private long escaped;

  Names(Form form) {
    this.form = form;
  }

  /// An object opens at this depth.
  void open(int depth) {
    if (depth >= from.length) {
      from = Arrays.copyOf(from, depth * 2);
      to = Arrays.copyOf(to, depth * 2);
    }
    from[depth] = -1;
  }

  /// Offset of the first byte of the name last read at this depth.
  int from(int depth) {
    return from[depth];
  }

  /// Offset after the last byte of the name last read at this depth.
  int to(int depth) {
    return to[depth];
  }

  /// Reads a name and its colon.
  int read(int at, int depth) {
    if (form.peek(at) != '"') {
      return form.unexpected(at, "a member name");
    }
    int start = at + 1;
    int escapes = form.escapes;
    int end = Strings.end(form, start);
    if (end < 0) {
      return end;
    }
    boolean escape = form.escapes != escapes;
    if (from[depth] >= 0) {
      int order = compare(depth, start, end, escape);
      if (order >= 0) {
        return order == 0
            ? form.refuse(Reason.DUPLICATE_NAME, at, "an object has each name once")
            : form.refuse(Reason.NOT_CANONICAL, at, "sort the names by UTF-16 code units");
      }
    }
    from[depth] = start;
    to[depth] = end;
    long bit = 1L << (depth - 1);
    escaped = escape ? escaped | bit : escaped & ~bit;
    return form.peek(end + 1) == ':' ? end + 2 : form.unexpected(end + 1, "a colon");
  }

  /// How the last name at this depth compares to the one between `start` and `end`.
  private int compare(int depth, int start, int end, boolean escape) {
    var bytes = form.bytes;
    int last = from[depth];
    int lastEnd = to[depth];
    if (escape || (escaped >>> (depth - 1) & 1) != 0) {
      return Strings.decode(bytes, last, lastEnd).compareTo(Strings.decode(bytes, start, end));
    }
    if (bytes[last] > '"' && bytes[start] > bytes[last]) {
      return -1; // the first characters are ASCII, and neither is a closing quote
    }
    int difference = Arrays.mismatch(bytes, last, lastEnd, bytes, start, end);
    if (difference < 0) {
      return 0;
    }
    if (last + difference == lastEnd || start + difference == end) {
      return (lastEnd - last) - (end - start);
    }
    int a = bytes[last + difference] & 0xff;
    int b = bytes[start + difference] & 0xff;
    boolean aSupplementary = a >= 0xf0;
    boolean bSupplementary = b >= 0xf0;
    if (aSupplementary != bSupplementary && a >= 0xee && b >= 0xee) {
      return aSupplementary ? -1 : 1;
    }
    return a - b;
  }
}
