package io.sennit.machine;

import io.sennit.event.EventId;
import io.sennit.sync.AuthorTips;
import io.sennit.sync.Comparison;
import io.sennit.sync.Difference;
import io.sennit.sync.Frontier;
import io.sennit.sync.Message;
import io.sennit.sync.Reconciliation;
import io.sennit.sync.TipDecoder;
import io.sennit.sync.TipDecoder.Decoded;
import io.sennit.sync.TipSketch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out what the peer of a conversation lacks, and says what the peer needs to find out what
/// we lack: from the two snapshots if they suffice, then by author tips or a sketch of them, and
/// when that is in vain by ranges.
final class Search {
  /// What the conversation does with it.
  interface Sides {
    /// Whether we await what we lack.
    boolean taking();

    /// Gives these, and goes on with what came after `upTo`.
    void give(long[] positions, long upTo);

    /// Gives exactly what the peer lacks: all its tips are here.
    void giveAllBut(Frontier frontier, boolean peerOpen);

    /// It is sought by ranges now.
    void seeking();
  }

  private final int peer;
  private final Conversations all;
  private final Sides sides;

  /// Set when tips of the peer's are not here: what else says what it lacks.
  private @Nullable Comparison comparison;

  /// Whether the peer told us to give what it lacks.
  private boolean peerOpen;

  /// Whether it is open what the peer lacks, or whether it wants that.
  private boolean undecided;

  /// Whether its author tips say that it lacks nothing, which it has not confirmed.
  private boolean nothingToGive;

  /// Set while we sketch our author tips for the peer, and while it sketches its own for us.
  private @Nullable TipSketch sketch;

  private @Nullable TipDecoder decoder;
  private int portions;

  /// Whether we said Seek in this comparison.
  private boolean sought;

  /// Set while we are the asker of a reconciliation.
  private @Nullable Reconciliation reconciliation;

  /// Questions by ranges that we answered in this comparison.
  private int answered;

  Search(int peer, Conversations all, Sides sides) {
    this.peer = peer;
    this.all = all;
    this.sides = sides;
  }

  /// A comparison begins.
  ///
  /// @param with null when all tips of the peer are here
  /// @param open whether the peer told us to give what it lacks
  void begin(@Nullable Comparison with, boolean open) {
    comparison = with;
    peerOpen = open;
    undecided = true;
    nothingToGive = false;
    sketch = null;
    decoder = null;
    portions = 0;
    sought = false;
    answered = 0;
  }

  /// It is known what the peer lacks.
  void decided() {
    undecided = false;
    nothingToGive = false;
  }

  /// The comparison is over, whatever was found.
  void giveUp() {
    undecided = false;
    reconciliation = null;
  }

  /// The peer holds all that we named.
  ///
  /// @return whether that ends the search: all its tips are here, and ours there
  boolean lacksNothing() {
    boolean both = undecided && comparison == null;
    undecided = undecided && !both;
    return both;
  }

  /// The peer lacks something and wants it.
  void wanted(Frontier theirs) {
    peerOpen = true;
    if (undecided && nothingToGive) {
      sides.give(new long[0], all.head().durable()); // so that it learns that author tips misled
    } else if (undecided) {
      giveWhatIsKnown(theirs);
    }
  }

  /// Gives what the peer lacks, if it wants that and we know it by now.
  void giveWhatIsKnown(Frontier theirs) {
    if (comparison == null) {
      sides.giveAllBut(theirs, peerOpen);
    } else if (peerOpen) {
      var positions = comparison.theyLack(all.head());
      if (positions.isPresent() && positions.get().length > 0) {
        sides.give(positions.get(), all.head().durable());
      } else {
        nothingToGive = positions.isPresent();
      }
    }
  }

  // For the peer, to find out what we lack.

  void sayWhatWeHold() {
    if (comparison != null && !comparison.suffices()) {
      var tips = comparison.tips();
      if (tips.isPresent()) {
        all.send(peer, new Message.Tips(tips.get()));
      } else {
        sketch = comparison.sketch().orElse(null);
        more(false);
      }
    }
  }

  /// The peer cannot tell yet what we lack.
  void more(boolean inVain) {
    if (sketch != null && !inVain && !sketch.exhausted()) {
      all.send(peer, new Message.Sketch(sketch.floor(), sketch.next()));
    } else if (sides.taking() && !sought) {
      sketch = null;
      sought = true;
      all.send(peer, new Message.Seek());
    }
  }

  // From the peer, so that we find out what it lacks.

  void tips(AuthorTips authors) {
    if (undecided && peerOpen && comparison != null) {
      sides.give(comparison.theyLack(all.head(), authors), all.head().durable());
    }
  }

  void sketched(Message.Sketch theirs) {
    if (!undecided || !peerOpen || comparison == null) {
      return;
    }
    if (++portions > TipSketch.PORTIONS_MAX) {
      all.hangUp(peer, "its sketch never ends");
      return;
    }
    if (decoder == null) {
      decoder = comparison.decoder(theirs.floor()).orElse(null);
    }
    switch (decoder == null ? new Decoded.InVain() : decoder.add(theirs.symbols())) {
      case Decoded.Tips(var authors) -> tips(authors);
      case Decoded.NotYet _ -> all.send(peer, new Message.More(false));
      case Decoded.InVain _ -> all.send(peer, new Message.More(true));
    }
  }

  /// Whether the peer waits for us to find out what it lacks.
  boolean peerWaits() {
    return undecided && peerOpen;
  }

  /// Whether we have yet to find out what the peer lacks, by more symbols or by ranges.
  boolean peerSketches() {
    return undecided && portions > 0;
  }

  void seek() {
    if (undecided && peerOpen && comparison != null && (!sought || comparison.weAsk())) {
      undecided = false;
      sides.seeking();
      reconciliation = all.reconciliation();
      nextRanges(reconciliation);
    }
  }

  void ranges(Message.Ranges ranges) {
    if (ranges.answer()) {
      if (reconciliation != null && reconciliation.salt() == ranges.salt()) {
        reconciliation.answered(ranges.ranges());
        nextRanges(reconciliation);
      }
    } else if (Reconciliation.tooMany(++answered, ranges.ranges().size(), all.store().count())) {
      all.hangUp(peer, "it never ends the reconciliation");
    } else {
      all.send(peer, all.answer(ranges));
    }
  }

  private void nextRanges(Reconciliation asking) {
    if (asking.exhausted()) {
      all.hangUp(peer, "it never ends the reconciliation");
      return;
    }
    var next = asking.next();
    if (next.isEmpty()) {
      reconciliation = null;
      if (sought || sketch != null) {
        all.send(peer, new Message.Common(asking.common()));
      }
      sides.give(asking.have(), asking.snapshot());
    } else {
      all.send(peer, new Message.Ranges(false, asking.salt(), next));
    }
  }

  /// The peer found by ranges what both hold.
  void common(List<EventId> ids) {
    if (undecided && peerOpen && comparison != null && sought) {
      sides.give(Difference.from(all.head(), ids, 0), all.head().durable());
    }
  }
}
