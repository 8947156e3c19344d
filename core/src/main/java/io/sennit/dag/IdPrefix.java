package io.sennit.dag;

import io.sennit.event.EventId;

/// The ids whose text begins with some digits.
///
/// @param from the lowest of them
/// @param to the highest of them
public record IdPrefix(EventId from, EventId to) {
  /// The ids that begin with these digits.
  ///
  /// @throws IllegalArgumentException unless `prefix` is 0 to 64 lowercase hexadecimal digits
  public static IdPrefix of(String prefix) {
    int missing = EventId.TEXT_LENGTH - prefix.length();
    if (missing < 0) {
      throw new IllegalArgumentException("a uuid has 64 digits, this has more: " + prefix);
    }
    return new IdPrefix(
        EventId.parse(prefix + "0".repeat(missing)), EventId.parse(prefix + "f".repeat(missing)));
  }
}
