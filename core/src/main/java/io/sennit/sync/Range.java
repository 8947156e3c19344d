package io.sennit.sync;

import io.sennit.dag.Key;
import io.sennit.event.EventId;
import java.util.List;

/// What one side says of the events with keys in `[from, to)`.
public sealed interface Range {
  /// Lower border, included.
  Key from();

  /// Upper border, excluded.
  Key to();

  /// They are so many and have this fingerprint. The asker wants to know whether the other side
  /// agrees.
  ///
  /// @param high first 8 bytes of the SHA-256 over salt, sum and count, as a big-endian word
  /// @param low the next 8
  record Fingerprint(Key from, Key to, long count, long high, long low) implements Range {}

  /// They are exactly these.
  record Ids(Key from, Key to, List<EventId> ids) implements Range {
    /// Copies the list.
    public Ids {
      ids = List.copyOf(ids);
    }
  }

  /// Of the ids you named in this range I lack these.
  record Lacks(Key from, Key to, List<EventId> ids) implements Range {
    /// Copies the list.
    public Lacks {
      ids = List.copyOf(ids);
    }
  }
}
