package io.sennit.sync;

import io.sennit.dag.Digests;
import io.sennit.dag.Summary;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;

/// Short hashes of sets of events, of authors and of events, salted by whoever says them.
///
/// The salt is drawn for each message, so nobody can look for events whose hashes collide. Should
/// two collide by chance, too little or too much is given, and the end of the exchange shows it.
///
/// @param bits how many bits of each hash count; all of them but in tests of what collisions do
public record Fingerprints(int bits) {
  /// With every bit.
  public static final Fingerprints WHOLE = new Fingerprints(Long.SIZE);

  /// Bits of [#check].
  static final int CHECK_BITS = 16;

  /// Of a range: 8 + 8 bytes.
  record OfRange(long high, long low) {}

  OfRange ofRange(long salt, Summary summary) {
    var hash = Digests.salted(salt, summary);
    return new OfRange(shortened(Digests.word(hash, 0)), shortened(Digests.word(hash, 1)));
  }

  /// Of all events up to a height: 4 bytes.
  int ofPrefix(long salt, Summary summary) {
    return (int) shortened(Digests.word(Digests.salted(salt, summary), 0) >>> Integer.SIZE);
  }

  /// Stands for an author: 4 bytes.
  int tag(long salt, MachineId author) {
    return (int)
        shortened(Digests.word(Digests.salted(salt, author.toBytes()), 0) >>> Integer.SIZE);
  }

  /// Tells an event from others of its author: 2 bytes.
  int check(long salt, EventId id) {
    return (int)
        shortened(Digests.word(Digests.salted(salt, id.toBytes()), 0) >>> (Long.SIZE - CHECK_BITS));
  }

  /// Of an author tip in a sketch.
  ///
  /// @param seed decides which symbols it maps to
  /// @param sum tells a symbol that stands for it alone: 4 bytes
  record OfTip(long seed, int sum) {}

  OfTip ofTip(long salt, AuthorTips.Tip tip) {
    var bytes = new Wire.Writer();
    bytes.word(tip.tag(), Integer.BYTES).word(tip.check(), Short.BYTES).word(tip.height());
    var hash = Digests.salted(salt, bytes.toBytes());
    return new OfTip(
        shortened(Digests.word(hash, 0)), (int) shortened(Digests.word(hash, 1) >>> Integer.SIZE));
  }

  /// The lowest bits that count.
  private long shortened(long word) {
    return bits == Long.SIZE ? word : word & ((1L << bits) - 1);
  }
}
