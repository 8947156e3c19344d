package io.sennit.dag;

import io.sennit.event.EventId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;

/// Hashes over sets of events.
public final class Digests {
  private Digests() {}

  /// The digest of a DAG: SHA-256 over the raw uuids of its tips.
  ///
  /// Two machines have admitted the same DAG exactly when their digests are equal, because a uuid
  /// fixes an event and its whole past.
  ///
  /// @param tips ascending
  public static EventId ofTips(Collection<EventId> tips) {
    var sha256 = sha256();
    for (var tip : tips) {
      sha256.update(tip.toBytes());
    }
    return EventId.of(sha256.digest(), 0);
  }

  /// The fingerprint of a range: SHA-256 over the sum (32 bytes) and the count (8 bytes).
  public static byte[] ofSummary(Summary summary) {
    var sha256 = sha256();
    sha256.update(new EventId(summary.a(), summary.b(), summary.c(), summary.d()).toBytes());
    for (int shift = 56; shift >= 0; shift -= 8) {
      sha256.update((byte) (summary.count() >>> shift));
    }
    return sha256.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
