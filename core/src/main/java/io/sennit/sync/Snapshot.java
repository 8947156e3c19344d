package io.sennit.sync;

import io.sennit.dag.EventStore;
import java.util.List;

/// What a machine says of its durable DAG at one moment, so that another one can tell what it
/// lacks.
///
/// @param salt of every fingerprint in it
/// @param authors its author tips, as many as fit
public record Snapshot(Frontier frontier, long salt, Ladder ladder, AuthorTips authors) {
  /// Of this moment.
  ///
  /// @param plain without any fingerprint, because those of the last comparison misled
  public static Snapshot of(
      Frontier frontier, EventStore store, Fingerprints fingerprints, long salt, boolean plain) {
    if (plain) {
      return plain(frontier, store, salt);
    }
    return new Snapshot(
        frontier,
        salt,
        Ladder.of(store, fingerprints, salt),
        AuthorTips.inline(store, fingerprints, salt));
  }

  /// Nothing but a frontier, of this moment or an earlier one.
  public static Snapshot plain(Frontier frontier, EventStore store, long salt) {
    long height = Ladder.height(store);
    return new Snapshot(
        frontier, salt, new Ladder(height, List.of()), new AuthorTips(height, List.of()));
  }

  /// Whether it says nothing but the frontier.
  public boolean plain() {
    return ladder.rungs().isEmpty() && ladder.height() > 0;
  }
}
