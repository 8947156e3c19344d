package io.sennit.app.watch;

/// Colours, or none.
public enum Paint {
  /// Every line as it is.
  NONE,
  /// ANSI colours.
  ANSI;

  String bold(String text) {
    return painted("1", text);
  }

  String good(String text) {
    return painted("1;32", text);
  }

  String warn(String text) {
    return painted("33", text);
  }

  String bad(String text) {
    return painted("31", text);
  }

  private String painted(String code, String text) {
    return this == NONE ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
