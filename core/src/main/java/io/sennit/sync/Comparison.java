package io.sennit.sync;

import io.sennit.dag.EventStore;
import io.sennit.dag.Head;
import java.util.Optional;

/// Two snapshots, of this machine and of another, and what follows from them when neither knows all
/// tips of the other.
public final class Comparison {
  private final EventStore store;
  private final Fingerprints fingerprints;
  private final Snapshot mine;
  private final Snapshot theirs;

  /// Up to this height both hold the same.
  private final long cut;

  /// Looks for the highest rung of their ladder on which this store agrees.
  public Comparison(EventStore store, Fingerprints fingerprints, Snapshot mine, Snapshot theirs) {
    this.store = store;
    this.fingerprints = fingerprints;
    this.mine = mine;
    this.theirs = theirs;
    this.cut = theirs.ladder().cut(store, fingerprints, theirs.salt());
  }

  /// What they lack, if the author tips of their snapshot reach down to the cut.
  ///
  /// @return positions, ascending
  public Optional<long[]> theyLack(Head head) {
    return theirs.authors().floor() <= cut
        ? Optional.of(theyLack(head, cut, theirs.authors()))
        : Optional.empty();
  }

  /// What they lack, by the author tips they named above a height up to which both hold the same.
  ///
  /// @return positions, ascending
  public long[] theyLack(Head head, AuthorTips named) {
    return theyLack(head, named.floor(), named);
  }

  private long[] theyLack(Head head, long from, AuthorTips named) {
    return Difference.above(
        head, new Coverage(store, fingerprints, theirs.salt(), from, named.tips()), theirs);
  }

  /// Whether our snapshot is all they need to do the same. They agree at least on our rungs up to
  /// the cut.
  public boolean suffices() {
    return mine.authors().floor() <= mine.ladder().rungUpTo(cut);
  }

  /// Our author tips above the cut, or nothing when they are too many to be named.
  public Optional<AuthorTips> tips() {
    return mine.plain()
        ? Optional.empty()
        : AuthorTips.above(store, cut, fingerprints, mine.salt());
  }

  /// A sketch of our author tips above the cut, or nothing when there are too many authors.
  public Optional<TipSketch> sketch() {
    return mine.plain()
        ? Optional.empty()
        : AuthorTips.sketched(store, cut, fingerprints, mine.salt())
            .map(authors -> new TipSketch(authors, fingerprints, mine.salt()));
  }

  /// What finds the author tips of theirs that they sketch above a height up to which both hold the
  /// same, or nothing when there are too many authors here.
  public Optional<TipDecoder> decoder(long floor) {
    return AuthorTips.sketched(store, floor, fingerprints, theirs.salt())
        .map(authors -> new TipDecoder(authors, fingerprints, theirs.salt()));
  }

  /// Of two sides that both seek by ranges, the one with fewer events asks.
  public boolean weAsk() {
    int order = Long.compare(mine.frontier().count(), theirs.frontier().count());
    return order == 0 ? mine.salt() < theirs.salt() : order < 0;
  }
}
