package io.sennit.dag;

import io.sennit.event.EventId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;

/// Hashes over sets of events.
public final class Digests {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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

  /// SHA-256 over salt (8 bytes), sum (32 bytes) and count (8 bytes).
  public static byte[] salted(long salt, Summary summary) {
    var sha256 = sha256();
    update(sha256, salt);
    sha256.update(new EventId(summary.a(), summary.b(), summary.c(), summary.d()).toBytes());
    update(sha256, summary.count());
    return sha256.digest();
  }

  /// SHA-256 over salt (8 bytes) and the bytes.
  public static byte[] salted(long salt, byte[] bytes) {
    var sha256 = sha256();
    update(sha256, salt);
    return sha256.digest(bytes);
  }

  /// The 8 bytes of a hash from `8 × index` on, as a big-endian word.
  public static long word(byte[] hash, int index) {
    return (long) LONG.get(hash, index * Long.BYTES);
  }

  private static void update(MessageDigest sha256, long word) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      sha256.update((byte) (word >>> shift));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
