package io.sennit.node;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// The time as events have it: RFC 3339, UTC, milliseconds. Written once for all that ask within
/// the same one.
final class Timestamps {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private record Written(long millis, String text) {}

  private final Clock clock;
  private volatile Written last = new Written(0, of(0));

  Timestamps(Clock clock) {
    this.clock = clock;
  }

  /// The present time.
  String now() {
    long millis = clock.millis();
    var written = last;
    if (written.millis != millis) {
      written = new Written(millis, of(millis));
      last = written;
    }
    return written.text;
  }

  private static String of(long millis) {
    return FORM.format(Instant.ofEpochMilli(millis));
  }
}
