package io.sennit.overlay;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What one machine knows of one tree: whom it follows, through which link, and what its neighbours
/// said of the same beacon.
///
/// No circle can close (the feasibility condition of Babel, RFC 8966, section 3.5.1). A machine
/// says a label, which is how far it is from the root; the least that it said of one beacon bounds
/// whom it may follow. A parent has, at any time, a newer beacon than its child, or the same and a
/// lesser least label: a machine takes as parent only who says less than it ever said itself, and
/// until the next beacon the least only falls.
final class Tree {
  /// Nobody.
  static final int NONE = -1;

  /// Of the root that is followed; 0: none ever was.
  int term;

  /// The root's, without sign; all bits set: nobody's.
  long rank = -1;

  int sequence;

  /// How far the root is, in microseconds one way, as said last.
  int label;

  /// The least label that was said with this sequence.
  int labelLeast;

  /// What all neighbours were told last: a sequence and a label.
  int pulse;

  int pulseLabel;

  /// Slot of the parent.
  int parent = NONE;

  /// Slots of former parents that go on giving us what comes, until [#partAt]: what passed the new
  /// parent before it knew of us comes over them.
  long former;

  int partAt;

  /// Slots of those that have us as parent.
  long children;

  /// Slots of those that asked for a newer beacon, and wait.
  long askers;

  /// We asked for a newer beacon ourselves, and wait.
  boolean waits;

  /// Set while we are the root.
  @Nullable Reign reign;

  /// When something is to be done; what, follows from the state.
  int at;

  /// When we last asked for a beacon, or passed such a question on.
  int renewedAt;

  /// Since when a way to the root is looked for.
  int since;

  /// We have a lesser rank than the root that is followed, and will say so at [#at].
  boolean claims;

  /// Of a machine without parent: it will be root at [#candidacyAt], if nobody is before.
  int candidacyAt;

  /// By slot, what the neighbour said last of the root that is followed: 16 bits of the sequence,
  /// then the label in steps of 64 microseconds, rounded up. 0: nothing. No sequence is further
  /// from ours than [#FAR], so 16 bits tell which it is.
  private int[] heard = new int[8];

  private static final int FAR = 1 << 14;

  private static final int LABEL_SHIFT = 6;
  private static final int LABEL_MAX = 0xFFFF;

  boolean attached() {
    return reign != null || parent != NONE;
  }

  /// Tree links: those it spreads along.
  long links() {
    return parent == NONE ? children : children | 1L << parent;
  }

  /// More than 0: the other root counts more than the one that is followed; 0: it is the same.
  int compareRoot(int otherTerm, long otherRank) {
    if (otherTerm == term || term == 0) {
      return Long.compareUnsigned(rank, otherRank);
    }
    return ahead(otherTerm, term);
  }

  /// How far one number is ahead of another, both of 31 bits and counting in a circle: so nobody
  /// can count to the end and stay there.
  static int ahead(int number, int other) {
    return ((number - other) << 1) >> 1;
  }

  /// The number after this one; never 0.
  static int after(int number) {
    return Math.max(1, (number + 1) & Integer.MAX_VALUE);
  }

  /// Follows another root, or a newer beacon of the same.
  void follow(int term, long rank, int sequence) {
    boolean other = this.term != term || this.rank != rank;
    for (int slot = 0; slot < heard.length; slot++) {
      if (other || isFar(heardSequence(slot), sequence)) {
        heard[slot] = 0;
      }
    }
    this.term = term;
    this.rank = rank;
    this.sequence = sequence;
    labelLeast = Integer.MAX_VALUE;
  }

  private static boolean isFar(int number, int other) {
    return Math.abs(ahead(number, other)) > FAR;
  }

  /// The neighbour said so of a beacon of the root that is followed.
  void heard(int slot, int sequence, int label) {
    if (slot >= heard.length) {
      heard = Arrays.copyOf(heard, (slot + 4) & ~3);
    }
    int steps = (label >>> LABEL_SHIFT) + 1;
    boolean useless = steps > LABEL_MAX || isFar(sequence, this.sequence);
    heard[slot] = useless ? 0 : sequence << 16 | steps; // four seconds away: no parent
  }

  void forget(int slot) {
    if (slot < heard.length) {
      heard[slot] = 0;
    }
    former &= ~(1L << slot);
    children &= ~(1L << slot);
    askers &= ~(1L << slot);
  }

  /// Of which beacon the neighbour spoke last.
  int heardSequence(int slot) {
    return (sequence + (short) ((heard[slot] >>> 16) - sequence)) & Integer.MAX_VALUE;
  }

  /// Follows the beacon that the neighbour spoke of last, if it is newer.
  void catchUp(int slot) {
    int newer = heardSequence(slot);
    if (newer != sequence) {
      follow(term, rank, newer);
    }
  }

  /// Whether others were told how far the root is, with this sequence.
  boolean hasSpoken() {
    return labelLeast != Integer.MAX_VALUE;
  }

  /// From now on others are told that the root is so far away.
  void say(int label) {
    this.label = label;
    labelLeast = Math.min(labelLeast, label);
  }

  /// All neighbours were told now.
  void saidToAll() {
    pulse = sequence;
    pulseLabel = label;
  }

  /// The neighbour may become parent without a new beacon: it has a newer one, or the same and is
  /// nearer to the root than we ever said, so it does not hang on us.
  boolean isFeasible(int slot) {
    if (slot >= heard.length || heard[slot] == 0) {
      return false;
    }
    int ahead = ahead(heardSequence(slot), sequence);
    return ahead > 0 || (ahead == 0 && heardLabel(slot) < labelLeast);
  }

  /// Whether the neighbour said that it is the root.
  boolean isRoot(int slot) {
    return slot < heard.length && (heard[slot] & LABEL_MAX) == 1;
  }

  /// How far the neighbour said it is from the root, lately; the greatest number if it said
  /// nothing.
  int heardLabel(int slot) {
    boolean nothing = slot >= heard.length || heard[slot] == 0;
    return nothing ? Integer.MAX_VALUE : (heard[slot] & LABEL_MAX) << LABEL_SHIFT;
  }
}
