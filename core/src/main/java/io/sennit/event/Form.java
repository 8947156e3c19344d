package io.sennit.event;

import org.jspecify.annotations.Nullable;

/// The bytes of one event under the reader's finger, and the first fault found in their form.
///
/// Whoever scans them answers the offset after what was read, or [#FAULT].
final class Form {
  /// The answer of a scan that met a fault.
  static final int FAULT = -1;

  final byte[] bytes;

  /// How many escapes were read.
  int escapes;

  private @Nullable Rejection fault;

  Form(byte[] bytes) {
    this.bytes = bytes;
  }

  @Nullable Rejection fault() {
    return fault;
  }

  /// Notes the fault and answers [#FAULT].
  int refuse(Reason reason, int at, String advice) {
    fault = new Rejection(reason, "byte " + at + ": " + advice);
    return FAULT;
  }

  /// The byte at `at`, or -1 after the last one. Bytes over 0x7F are negative too, and none of
  /// those begins a token.
  int peek(int at) {
    return at < bytes.length ? bytes[at] : -1;
  }

  /// Between two tokens, where JSON would allow white space, stands not what is wanted.
  int unexpected(int at, String wanted) {
    return switch (peek(at)) {
      case ' ', '\t', '\n', '\r' ->
          refuse(Reason.NOT_CANONICAL, at, "white space between tokens; remove it");
      default -> broken(at, wanted);
    };
  }

  /// Within a token stands not what is wanted.
  int broken(int at, String wanted) {
    if (at >= bytes.length) {
      return refuse(Reason.NOT_JSON, at, "the text ends where " + wanted + " should follow");
    }
    return Utf8.length(bytes, at) == 0
        ? notUtf8(at)
        : refuse(Reason.NOT_JSON, at, wanted + " should stand here");
  }

  int notUtf8(int at) {
    return refuse(Reason.NOT_UTF8, at, "not UTF-8; encode the text anew");
  }
}
