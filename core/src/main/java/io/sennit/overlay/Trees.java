package io.sennit.overlay;

import io.sennit.overlay.OverlayMessage.Beacon;

/// Four trees over the links, each grown from its root by beacons that everybody passes on: the
/// link on which a new beacon comes first leads to the parent.
///
/// The root of a tree is the machine with the least rank. Nobody elects it: who hears a root of
/// greater rank than its own says so after a moment that grows with its own rank, and so does who
/// hears of none; so one to three speak, and the least is believed. A root has no duty but its
/// pulse and no authority at all.
final class Trees {
  static final int COUNT = OverlayMessage.TREES;

  /// A root two of whose neighbours are gone within so short a time takes it for a sample of what
  /// happens everywhere.
  static final int LOSSES_MILLIS = 10_000;

  /// Without any beacon for so long, the parent is taken for lost.
  static final int SILENCE_MILLIS = 5 * Reign.PULSE_MILLIS_MAX / 2;

  /// One machine asks, or passes such a question on, at most so often.
  static final int RENEW_MILLIS = 1_000;

  /// So many neighbours are asked first.
  private static final int ASKED_FIRST = 2;

  /// For so long, a machine without parent only asks.
  static final int PATIENCE_MILLIS = 2_000;

  /// For so long a former parent goes on giving, at most.
  static final int HANDOVER_MILLIS = 300;

  /// What labels do not tell: jitter, and that runs do not all come from the root.
  private static final int HANDOVER_MICROS_MORE = 20_000;

  /// Times the binary logarithm of how many machines have a lesser rank: so long a machine waits
  /// before it speaks as root. Whoever waits, so many speak before the first is heard everywhere.
  static final int CANDIDACY_MILLIS = 800;

  /// So many of a root's neighbours look for a way to it when it is gone, about. They are the first
  /// to know.
  private static final int BEREFT = 16;

  /// Those who should carry nobody wait so much longer.
  static final int RELUCTANCE_MILLIS = 16_000;

  /// No sketch is believed to have seen more.
  private static final double MACHINES_MAX = 1e9;

  /// The root is nearer another way if it is so by this part of the whole way, and by so much.
  private static final int NEARER_PART = 12;

  private static final int NEARER_MICROS_MIN = 8_000;

  /// A round trip that was not measured yet.
  private static final int ROUND_TRIP_MICROS_GUESS = 200_000;

  /// What a machine adds to its label that should carry nobody.
  private static final int BURDEN_MICROS = 2_000_000;

  private final Links links;
  private final Membership membership;
  private final Census census;
  private final Ranks ranks;
  private final Tree[] trees = new Tree[COUNT];
  private boolean behind;
  private int nextAt;

  /// When a neighbour was gone last.
  private int brokeAt;

  Trees(Links links, Membership membership, Census census) {
    this.links = links;
    this.membership = membership;
    this.census = census;
    ranks = new Ranks(membership);
    for (int t = 0; t < COUNT; t++) {
      trees[t] = new Tree();
    }
  }

  void start(int now) {
    ranks.start(now);
    nextAt = now;
    brokeAt = now - LOSSES_MILLIS;
    for (var tree : trees) {
      tree.at = now;
      tree.since = now;
      tree.candidacyAt = now + PATIENCE_MILLIS;
      tree.renewedAt = now - RENEW_MILLIS;
    }
  }

  Tree tree(int tree) {
    return trees[tree];
  }

  /// Slots of all links that some tree spreads along.
  long links() {
    long links = 0;
    for (var tree : trees) {
      links |= tree.links();
    }
    return links;
  }

  boolean isParent(int slot) {
    for (var tree : trees) {
      if (tree.parent == slot) {
        return true;
      }
    }
    return false;
  }

  void behind(boolean behind) {
    this.behind = behind;
  }

  /// Whether this machine should carry nobody.
  private boolean leaf() {
    return behind || membership.self().capacity() == Capacity.LEAF;
  }

  /// There is no way to the root, and none was found for a while: runs of this tree are given to
  /// everybody.
  boolean isBroken(int t, int now) {
    var tree = trees[t];
    return !tree.attached() && (tree.term == 0 || now - tree.since > PATIENCE_MILLIS);
  }

  /// While a way to the root is looked for: who is given a run that came from below, or is our own,
  /// in place of a parent. The neighbour that was nearest to the root; a set of none or one.
  long instead(int t, long knowers) {
    var tree = trees[t];
    if (tree.attached() || (knowers & ~tree.children) != 0) {
      return 0;
    }
    int best = nearestToRoot(tree, ~0L);
    return best == Tree.NONE ? 0 : 1L << best;
  }

  /// The tree whose root is nearest.
  int nearest() {
    int nearest = 0;
    for (int t = 1; t < COUNT; t++) {
      if (trees[t].attached()
          && (!trees[nearest].attached() || trees[t].label < trees[nearest].label)) {
        nearest = t;
      }
    }
    return nearest;
  }

  /// How many machines there are: exactly while all are linked with all, else about, and not fewer
  /// than are known.
  long machines(int now) {
    long known = 1L + links.activeCount() + membership.passive().size();
    return membership.mesh()
        ? known
        : Math.max(known, (long) Math.min(census.machines(now), MACHINES_MAX));
  }

  // --- links come and go ---

  void gained(int slot, int now, Effects out) {
    for (int t = 0; t < COUNT; t++) {
      var tree = trees[t];
      if (tree.attached() && tree.term > 0) {
        if (!leaf() && speaksFirst(slot)) {
          out.send(links.peer(slot), beacon(t, true));
        }
      } else if (links.activeCount() == 1) {
        tree.since = now;
        tree.candidacyAt = now + PATIENCE_MILLIS + candidacyDelay(t, now);
        wake(tree, now + PATIENCE_MILLIS);
      } else {
        ask(t, 1L << slot, out);
      }
    }
  }

  /// Whoever was dialled tells where it stands, and the other answers if it stands better: so most
  /// is said once. A leaf does not begin.
  private boolean speaksFirst(int slot) {
    return !links.dialled(slot) || links.contact(slot).capacity() == Capacity.LEAF;
  }

  void lost(int slot, int now, Effects out) {
    for (int t = 0; t < COUNT; t++) {
      var tree = trees[t];
      boolean wasRoot = tree.isRoot(slot);
      tree.forget(slot);
      if (tree.parent == slot) {
        tree.parent = Tree.NONE;
        reattach(t, wasRoot, now, out);
      }
    }
  }

  /// A neighbour is gone without a word.
  void broke(int now) {
    for (var tree : trees) {
      var reign = tree.reign;
      if (reign != null && now - brokeAt < LOSSES_MILLIS && reign.losses(now)) {
        wake(tree, reign.pulseAt());
      }
    }
    brokeAt = now;
  }

  /// Takes another parent that cannot hang on us; if there is none, asks everybody for a way to the
  /// root.
  private void reattach(int t, boolean wasRoot, int now, Effects out) {
    int best = nearestWay(trees[t]);
    if (best != Tree.NONE) {
      attach(t, best, out);
    } else {
      search(t, wasRoot ? Math.min(BEREFT, machines(now)) : machines(now), now, out);
    }
  }

  /// The neighbour over which the root is nearest, of those that cannot hang on us.
  private int nearestWay(Tree tree) {
    int best = Tree.NONE;
    for (long rest = links.active(); rest != 0; rest &= rest - 1) {
      int slot = Long.numberOfTrailingZeros(rest);
      if (tree.isFeasible(slot) && (best == Tree.NONE || label(tree, slot) < label(tree, best))) {
        best = slot;
      }
    }
    return best;
  }

  /// How far the root is over a neighbour.
  private int label(Tree tree, int slot) {
    return micros((long) tree.heardLabel(slot) + oneWay(slot) + burden());
  }

  /// Takes a neighbour for a parent that cannot hang on us.
  private void attach(int t, int slot, Effects out) {
    var tree = trees[t];
    tree.catchUp(slot);
    hangOn(t, slot, out);
    say(t, label(tree, slot), out);
  }

  /// The neighbour is the parent from now on, and is told so.
  private void hangOn(int t, int slot, Effects out) {
    var tree = trees[t];
    tree.parent = slot;
    tree.former &= ~(1L << slot);
    tree.children &= ~(1L << slot);
    out.send(links.peer(slot), new OverlayMessage.Parent(t, true));
  }

  /// The root is so far away; those behind us learn it if it makes a difference, and those who
  /// asked if the beacon is new.
  private void say(int t, int label, Effects out) {
    var tree = trees[t];
    long askers = tree.hasSpoken() ? 0 : tree.askers;
    if (!tree.hasSpoken() || differs(label, tree.label)) {
      tree.say(label);
      pass(t, tree.children | askers, true, out);
      tree.askers &= ~askers;
    }
  }

  /// By more than what measurements may be wrong, and enough for a change.
  private static boolean isNearer(int label, int other) {
    return other - label > Math.max(NEARER_MICROS_MIN, other / NEARER_PART);
  }

  private static boolean differs(int label, int other) {
    return isNearer(label, other) || isNearer(other, label);
  }

  /// Something was learned about a neighbour: the way over it may have become much shorter than
  /// over the parent, or, if it is the parent, much longer than over somebody else. Then the parent
  /// is another one, before the next pulse.
  private void reconsider(int t, int slot, int now, Effects out) {
    var tree = trees[t];
    int parent = tree.parent;
    if (parent == Tree.NONE) {
      return;
    }
    int best = slot == parent ? nearestWay(tree) : slot;
    if (best != Tree.NONE
        && best != parent
        && links.roundTrip(best) >= 0
        && tree.isFeasible(best)
        && isNearer(label(tree, best), label(tree, parent))) {
      int nearer = Math.min(label(tree, parent) - label(tree, best), HANDOVER_MILLIS * 1_000);
      partLater(tree, now);
      attach(t, best, out);
      partSoon(tree, now, nearer + furtherThan(tree, parent) + HANDOVER_MICROS_MORE);
    } else if (slot == parent) {
      say(t, label(tree, parent), out);
    }
  }

  /// The way to a neighbour was measured.
  void measured(int slot, int now, Effects out) {
    for (int t = 0; t < COUNT; t++) {
      reconsider(t, slot, now, out);
    }
  }

  /// @param others that may speak up as root when it is gone
  private void search(int t, long others, int now, Effects out) {
    var tree = trees[t];
    tree.since = now;
    tree.claims = false;
    tree.candidacyAt = now + PATIENCE_MILLIS + candidacyDelay(t, others);
    renew(t, now, out);
    wake(tree, now + RENEW_MILLIS);
  }

  private int burden() {
    return leaf() ? BURDEN_MICROS : 0;
  }

  private int oneWay(int slot) {
    return Math.max(1, links.roundTripOr(slot, ROUND_TRIP_MICROS_GUESS) / 2);
  }

  /// Asks for a newer beacon, if that was not just done: first a few, then everybody, since each
  /// who is asked asks on, all the way to the root.
  void renew(int t, int now, Effects out) {
    var tree = trees[t];
    if (now - tree.renewedAt >= RENEW_MILLIS) {
      tree.renewedAt = now;
      ask(t, tree.waits ? links.active() : nearRoot(tree), out);
    }
    tree.waits = true;
  }

  /// Those that were nearest to the root and do not hang on us.
  private long nearRoot(Tree tree) {
    long chosen = 0;
    for (int count = 0; count < ASKED_FIRST; count++) {
      int best = nearestToRoot(tree, ~chosen);
      if (best != Tree.NONE) {
        chosen |= 1L << best;
      }
    }
    return chosen;
  }

  private int nearestToRoot(Tree tree, long among) {
    int best = Tree.NONE;
    for (long rest = links.active() & ~tree.children & among; rest != 0; rest &= rest - 1) {
      int slot = Long.numberOfTrailingZeros(rest);
      if (best == Tree.NONE || tree.heardLabel(slot) < tree.heardLabel(best)) {
        best = slot;
      }
    }
    return best;
  }

  private void ask(int t, long slots, Effects out) {
    say(slots, new OverlayMessage.Renew(t, trees[t].term, trees[t].sequence), out);
  }

  // --- what peers say ---

  void beacon(int slot, Beacon beacon, int now, Effects out) {
    if (beacon.term() <= 0 || beacon.sequence() <= 0 || beacon.labelMicros() < 0) {
      return; // nobody says that who follows the protocol
    }
    int t = beacon.tree();
    var tree = trees[t];
    int order = tree.compareRoot(beacon.term(), beacon.rank());
    if (order < 0) {
      if (tree.attached()) {
        out.send(links.peer(slot), beacon(t, true)); // it does not know yet
      }
      return;
    }
    int ahead = order == 0 ? Tree.ahead(beacon.sequence(), tree.sequence) : 1;
    if (ahead > 0 && ranks.isOwn(t, beacon.rank())) {
      outlive(t, beacon, now, out);
    } else if (ahead > 0 && (order > 0 || !beacon.answer() || isWanted(tree, slot))) {
      adopt(slot, beacon, now, out);
    } else {
      tree.heard(slot, beacon.sequence(), beacon.labelMicros());
      if (ahead == 0 && (tree.former & 1L << slot) != 0) {
        partSoon(tree, now, furtherThan(tree, slot));
      }
      if (ahead >= 0) {
        reconsider(t, slot, now, out);
      }
      if (beacon.answer() && isBetter(tree, slot, ahead, beacon.labelMicros())) {
        out.send(links.peer(slot), beacon(t, true));
      }
    }
  }

  /// Would it help us, or those who asked us? What only others wanted is remembered, for the day on
  /// which the parent is lost; if everybody took it, ways that fit those others would spread.
  private static boolean isWanted(Tree tree, int slot) {
    return !tree.attached() || tree.waits || (tree.askers & ~(1L << slot)) != 0;
  }

  /// Could the neighbour take us for a parent, had it to?
  private boolean isBetter(Tree tree, int slot, int ahead, int labelMicros) {
    boolean nearer = ahead < 0 || (ahead == 0 && tree.label < labelMicros);
    return nearer && tree.attached() && tree.parent != slot && !leaf();
  }

  private static int micros(long micros) {
    return (int) Math.min(Integer.MAX_VALUE - 1, micros);
  }

  /// Somebody remembers a pulse of ours that we do not: from before a restart. Ours must be newer.
  private void outlive(int t, Beacon beacon, int now, Effects out) {
    var tree = trees[t];
    tree.follow(beacon.term(), beacon.rank(), beacon.sequence());
    lead(t, beacon.term(), beacon.rank(), now, out);
  }

  private void adopt(int slot, Beacon beacon, int now, Effects out) {
    int t = beacon.tree();
    var tree = trees[t];
    boolean isNew = tree.term == 0;
    boolean wasElse = tree.term != beacon.term() || tree.rank != beacon.rank();
    tree.follow(beacon.term(), beacon.rank(), beacon.sequence());
    tree.heard(slot, beacon.sequence(), beacon.labelMicros());
    int before = tree.label;
    tree.say(label(tree, slot));
    tree.reign = null;
    tree.waits = false;
    if (tree.parent != slot) {
      partLater(tree, now);
      hangOn(t, slot, out);
    }
    // of another root, everybody should know; but a newcomer is the only one to whom it is new
    boolean all = !leaf() && (!beacon.answer() || (wasElse && !isNew));
    long some = differs(tree.label, before) ? tree.askers | tree.children : tree.askers;
    pass(t, (all ? links.active() : some) & ~(1L << slot), beacon.answer(), out);
    tree.askers = 0;
    if (all) {
      tree.saidToAll();
    }
    if (!ranks.precedes(t, beacon.rank())) {
      tree.claims = false;
      wake(tree, now + SILENCE_MILLIS);
    } else if (wasElse || !tree.claims) {
      tree.claims = true;
      wake(tree, now + candidacyDelay(t, now));
    }
  }

  /// The parent is one no longer, and is told so when the next one surely gives.
  private void partLater(Tree tree, int now) {
    if (tree.parent != Tree.NONE) {
      tree.former |= 1L << tree.parent;
      partAt(tree, now + HANDOVER_MILLIS);
    }
  }

  /// How much later than over a former parent that what is given now comes over the new one, once
  /// that has heard of us.
  private int furtherThan(Tree tree, int former) {
    return tree.parent == Tree.NONE ? 0 : 2 * (oneWay(tree.parent) - oneWay(former));
  }

  /// Former parents are told so after some microseconds, if that is not later than it would be.
  private void partSoon(Tree tree, int now, int micros) {
    partAt(tree, now + Math.clamp(micros / 1_000, 0, Math.max(0, tree.partAt - now)));
  }

  private void partAt(Tree tree, int at) {
    tree.partAt = at;
    if (nextAt - at > 0) {
      nextAt = at;
    }
  }

  private void leaveParent(int t, Effects out) {
    var tree = trees[t];
    if (tree.parent != Tree.NONE) {
      out.send(links.peer(tree.parent), new OverlayMessage.Parent(t, false));
      tree.parent = Tree.NONE;
    }
  }

  private void pass(int t, long slots, boolean answer, Effects out) {
    say(slots, beacon(t, answer), out);
  }

  private void say(long slots, OverlayMessage message, Effects out) {
    for (long rest = slots; rest != 0; rest &= rest - 1) {
      out.send(links.peer(Long.numberOfTrailingZeros(rest)), message);
    }
  }

  private Beacon beacon(int t, boolean answer) {
    var tree = trees[t];
    return new Beacon(t, tree.term, tree.rank, tree.sequence, tree.label, answer);
  }

  void parent(int slot, OverlayMessage.Parent message, Effects out) {
    int t = message.tree();
    var tree = trees[t];
    if (message.on()) {
      tree.children |= 1L << slot;
      if (tree.attached()
          && (tree.sequence != tree.pulse || differs(tree.label, tree.pulseLabel))) {
        out.send(links.peer(slot), beacon(t, true)); // what it heard last is old
      }
    } else {
      tree.children &= ~(1L << slot);
    }
  }

  void renew(int slot, OverlayMessage.Renew message, int now, Effects out) {
    int t = message.tree();
    var tree = trees[t];
    int ahead = Tree.ahead(tree.term, message.term());
    boolean newer = ahead > 0 || (ahead == 0 && Tree.ahead(tree.sequence, message.sequence()) > 0);
    if (newer && tree.attached() && tree.parent != slot) {
      out.send(links.peer(slot), beacon(t, true));
      return;
    }
    tree.askers |= 1L << slot;
    var reign = tree.reign;
    if (reign != null) {
      if (now - reign.answerAt() >= 0) {
        answer(t, reign, now, out);
      } else {
        wake(tree, reign.answerAt());
      }
    } else if (now - tree.renewedAt >= RENEW_MILLIS) {
      tree.renewedAt = now;
      boolean up = tree.parent != Tree.NONE && tree.parent != slot;
      long to = up ? 1L << tree.parent : links.active() & ~(1L << slot) & ~tree.children;
      say(to, message, out);
    }
  }

  // --- time ---

  private int candidacyDelay(int t, int now) {
    return candidacyDelay(t, machines(now));
  }

  /// How long to wait before speaking as root: the longer, the more of so many machines have a
  /// lesser rank.
  private int candidacyDelay(int t, long machines) {
    double before = ranks.before(t, machines);
    double delay = CANDIDACY_MILLIS * StrictMath.log(1 + before) / StrictMath.log(2);
    return (int) Math.min(delay, 60_000) + (leaf() ? RELUCTANCE_MILLIS : 0);
  }

  private void wake(Tree tree, int at) {
    tree.at = at;
    if (nextAt - at > 0) {
      nextAt = at;
    }
  }

  void due(int now, Effects out) {
    if (now - nextAt < 0) {
      return;
    }
    nextAt = now + SILENCE_MILLIS;
    ranks.due(now);
    for (int t = 0; t < COUNT; t++) {
      var tree = trees[t];
      if (now - tree.at >= 0) {
        due(t, now, out);
      }
      if (tree.former != 0 && now - tree.partAt >= 0) {
        say(tree.former, new OverlayMessage.Parent(t, false), out);
        tree.former = 0;
      }
      if (nextAt - tree.at > 0) {
        nextAt = tree.at;
      }
      if (tree.former != 0 && nextAt - tree.partAt > 0) {
        nextAt = tree.partAt;
      }
    }
  }

  private void due(int t, int now, Effects out) {
    var tree = trees[t];
    var reign = tree.reign;
    if (reign != null && tree.askers != 0 && now - reign.pulseAt() < 0) {
      answer(t, reign, now, out);
    } else if (reign != null) {
      lead(t, tree.term, tree.rank, now, out);
    } else if (tree.claims) {
      claim(t, now, out);
    } else if (tree.parent != Tree.NONE) {
      leaveParent(t, out);
      search(t, machines(now), now, out); // what others said of the same root is as old
    } else if (links.active() == 0 || membership.mesh()) {
      tree.candidacyAt = now + PATIENCE_MILLIS + candidacyDelay(t, now);
      tree.at = now + PATIENCE_MILLIS;
    } else if (now - tree.candidacyAt >= 0) {
      lead(t, Tree.after(tree.term), ranks.own(t), now, out);
    } else {
      renew(t, now, out);
      tree.at = now + RENEW_MILLIS;
    }
  }

  /// Speaks up as root in place of the one that is followed, if it still has the greater rank.
  private void claim(int t, int now, Effects out) {
    var tree = trees[t];
    if (ranks.precedes(t, tree.rank)) {
      lead(t, tree.term, ranks.own(t), now, out);
    } else {
      tree.claims = false;
      wake(tree, now + SILENCE_MILLIS);
    }
  }

  /// Sends a pulse to everybody, as root.
  private void lead(int t, int term, long rank, int now, Effects out) {
    var tree = trees[t];
    leaveParent(t, out);
    boolean same = tree.term == term && tree.rank == rank;
    var reign = same && tree.reign != null ? tree.reign : new Reign(now);
    tree.follow(term, rank, same ? Tree.after(tree.sequence) : 1);
    tree.reign = reign;
    tree.claims = false;
    tree.waits = false;
    tree.say(0);
    tree.askers = 0;
    pass(t, links.active(), false, out);
    tree.saidToAll();
    reign.pulse(now);
    wake(tree, reign.pulseAt());
  }

  /// Sends a newer pulse to those who asked, as root: along the ways on which the questions came.
  private void answer(int t, Reign reign, int now, Effects out) {
    var tree = trees[t];
    tree.follow(tree.term, tree.rank, Tree.after(tree.sequence));
    tree.say(0);
    pass(t, tree.askers, true, out);
    tree.askers = 0;
    reign.answer(now);
    wake(tree, reign.pulseAt());
  }

  /// Milliseconds until [#due] is wanted.
  int wait(int now) {
    return Math.max(0, nextAt - now);
  }
}
