package io.sennit.app.rehearsal;

import java.util.Locale;

/// Text and numbers inside HTML and SVG.
final class Html {
  private Html() {}

  /// Text that says itself, whatever is in it.
  static String text(String words) {
    var safe = new StringBuilder(words.length());
    words
        .codePoints()
        .forEach(c -> {
          switch (c) {
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '&' -> safe.append("&amp;");
            case '"' -> safe.append("&quot;");
            default -> safe.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
          }
        });
    return safe.toString();
  }

  /// A coordinate, to a tenth of a pixel.
  static String at(double pixels) {
    return String.format(Locale.ROOT, "%.1f", pixels);
  }
}
