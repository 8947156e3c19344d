package io.sennit.machine;

import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.machine.Charts.Session;
import io.sennit.machine.Charts.SessionStep;
import io.sennit.overlay.Route;
import io.sennit.sync.Difference;
import io.sennit.sync.Frontier;
import io.sennit.sync.Message;
import io.sennit.sync.Message.Knows;
import io.sennit.sync.Snapshot;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The conversation with one peer, moved along the session chart.
///
/// Once each side has the other's snapshot, the two directions go their own ways:
///
/// ```text
///   what the peer lacks                                what we lack
///   we know all its tips ......... give at once        say whether we are open; await End
///   its author tips reach the cut  give at once        unless ours do: say Tips
///   otherwise .................... await Tips or Seek  too many for Tips: say Seek
/// ```
///
/// Nothing here outlives the link: whatever is lost with it is found again by the next comparison.
final class Conversation implements Search.Sides {
  /// After so long without a word from a peer that owes one, the comparison begins again.
  private static final long STALLED_NANOS = 10_000_000_000L;

  /// A peer in sync that holds something else is most likely about to send it.
  private static final long PATIENCE_NANOS = 100_000_000;

  /// With trees, what differs is most likely on its way along one of them.
  private static final long SPREAD_NANOS = 1_000_000_000;

  /// Whoever holds so many events more is not caught up with by what spreads.
  private static final long FAR_AHEAD = 1000;

  /// An exchange that brings more than so many events is a copy in bulk.
  private static final int MANY = 64;

  /// So often a peer may end without having given anything of what it claims to hold.
  private static final int FRUITLESS_MAX = 8;

  private final int peer;
  private final MachineId machine;
  private final boolean dialled;
  private final Conversations all;
  private final Outflow outflow;

  private Session state = Charts.SESSION.start();
  private String listen = "";

  /// Number of the last thing we said of our DAG, and what that was.
  private long number;

  private Frontier said;

  /// Whether we greeted with Again.
  private final boolean greetedAgain;

  /// Whether the peer has yet to say if it holds the same.
  private boolean asking;

  /// Our last snapshot and the peer's, and whether the peer's answer to ours is due.
  private Snapshot mine;

  private @Nullable Snapshot theirs;
  private boolean awaiting;

  private final Search search;

  /// Whether we await what we lack and then End.
  private boolean taking;

  /// The last comparison left us without what the peer holds: the next one does without author
  /// tips.
  private boolean misled;

  /// All was taken; when it is durable, equality can be proven: by our question, or by the answer
  /// to the peer's, if that came first.
  private boolean proofDue;

  private Message.@Nullable Compare unanswered;

  /// With trees: whether we wait if what the peer holds, and we do not, comes by itself; and
  /// whether we have waited.
  private boolean hoping;

  private boolean insisting;

  /// Whether a comparison on this link has come to an end yet.
  private boolean settled;

  /// Whether equality is to be proven whoever's turn it is.
  private boolean proveNow;

  private boolean anythingCame;

  /// Events that came since we began to take.
  private long came;

  private int fruitless;
  private boolean damageReported;

  /// Why the peer takes no events now, or empty.
  private String takesNothing = "";

  /// How many events we held when the last comparison found us equal; -1 when it did not.
  private long provenCount = -1;

  private boolean postponed;
  private long movedNanos;

  Conversation(
      int peer,
      MachineId machine,
      boolean dialled,
      Conversations all,
      Outflow outflow,
      long nowNanos) {
    this.peer = peer;
    this.machine = machine;
    this.dialled = dialled;
    this.all = all;
    this.outflow = outflow;
    this.movedNanos = nowNanos;
    search = new Search(peer, all, this);
    said = all.frontier();
    greetedAgain = all.proofs().with(machine).equals(Optional.of(said));
    mine = greetedAgain ? all.plain(said) : all.snapshot(false);
    awaiting = true;
    all.send(peer, greeting(!all.othersMayBring() && all.opens(peer)));
  }

  private Message greeting(boolean open) {
    return greetedAgain
        ? new Message.Again(Message.VERSION, all.listen(), open, said.count(), said.digest())
        : new Message.Hello(Message.VERSION, all.root(), all.listen(), open, mine);
  }

  int peer() {
    return peer;
  }

  MachineId machine() {
    return machine;
  }

  /// Whether the link was dialled here.
  boolean dialled() {
    return dialled;
  }

  /// Whether the peer has said Hello and is one of us.
  boolean greeted() {
    return state != Session.GREETING && state != Session.REFUSED && state != Session.DOWN;
  }

  Outflow outflow() {
    return outflow;
  }

  /// Whether the last comparison found us equal, and nothing has joined the head since: what is on
  /// its way to the disk counts, our own events too.
  boolean proven() {
    return provenCount == all.head().count();
  }

  /// Whether we told the peer to wait until another one has given.
  boolean postponed() {
    return postponed;
  }

  Status.Peer status() {
    long behind =
        theirs == null ? 0 : Math.max(0, theirs.frontier().count() - all.head().durable());
    var word = state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Status.Peer(peer, machine, listen, word, behind, takesNothing);
  }

  void received(Message message, long nowNanos) {
    movedNanos = nowNanos;
    if (state == Session.GREETING
        && !(message instanceof Message.Hello
            || message instanceof Message.Again
            || message instanceof Message.Refuse)) {
      all.hangUp(peer, "it does not greet first");
      return;
    }
    switch (message) {
      case Message.Hello hello -> greeted(hello);
      case Message.Again again -> greeted(again);
      case Message.Refuse(var reason) -> all.hangUp(peer, "it refuses: " + reason);
      case Message.Compare compare -> compared(compare);
      case Message.Describe describe -> described(describe);
      case Message.Verdict(var ofNumber, var knows) -> judged(ofNumber, knows);
      case Message.Tips(var authors) -> search.tips(authors);
      case Message.Sketch sketched -> search.sketched(sketched);
      case Message.More(var inVain) -> search.more(inVain);
      case Message.Seek _ -> search.seek();
      case Message.Ranges ranges -> search.ranges(ranges);
      case Message.Common(var ids) -> search.common(ids);
      case Message.End _ -> ended();
      case Message.Damaged(var ids, var ends) -> {
        all.cannotGive(ids);
        if (ends) {
          brokenOff();
        }
      }
      case Message.Want(var ids) -> want(ids);
      case Message.Takes(var events, var why) -> {
        takesNothing = events ? "" : why;
        outflow.pause(!events);
      }
      case Message.Have(var ids) -> all.announced(peer, ids);
      case Message.Overlay(var said) -> all.overlay(peer, said);
      case Message.Give _, Message.Packed _ -> {
        // Runs go to the receiver.
      }
    }
  }

  private void step(SessionStep step) {
    state = Charts.SESSION.next(state, step);
    settled |= state == Session.IN_SYNC;
  }

  private void greeted(Message.Hello hello) {
    if (welcome(hello.version(), hello.root(), hello.listen())) {
      var theirFrontier = hello.snapshot().frontier();
      if (!provenByGreetings(theirFrontier.count(), theirFrontier.digest())) {
        awaiting = false;
        if (greetedAgain) {
          sayAtLength(theirFrontier.count());
        }
        paired(0, hello.open(), hello.snapshot(), false);
      }
    }
  }

  private void greeted(Message.Again again) {
    if (welcome(again.version(), all.root(), again.listen())
        && !provenByGreetings(again.count(), again.digest())) {
      var remembered = all.proofs().with(machine);
      if (remembered.isPresent() && remembered.get().is(again.count(), again.digest())) {
        awaiting = false;
        paired(0, again.open(), all.plain(remembered.get()), false);
      } else if (greetedAgain) { // one of us has lost something, or is there twice
        describe(true, all.opens(peer));
        awaiting = true;
      }
    }
  }

  private boolean welcome(int version, EventId root, String listensAt) {
    if (state != Session.GREETING) {
      all.hangUp(peer, "it greets twice");
      return false;
    }
    listen = listensAt;
    if (version != Message.VERSION) {
      refuse("this machine speaks version " + Message.VERSION + ", not " + version);
      return false;
    }
    if (!root.equals(all.root())) {
      refuse("this machine belongs to federation " + all.root() + ", not to " + root);
      return false;
    }
    step(SessionStep.HELLO);
    all.peerGreeted(peer, machine, dialled);
    return true;
  }

  /// Whether both greeted with the same state, as both see from the greetings alone.
  private boolean provenByGreetings(long theirCount, EventId theirDigest) {
    boolean equal = said.is(theirCount, theirDigest);
    if (equal) {
      awaiting = false;
      all.released(peer);
      proven(said);
    }
    return equal;
  }

  /// A peer that did not greet with Again may have forgotten what Again speaks of. Most likely it
  /// holds all of it.
  private void sayAtLength(long theirCount) {
    describe(true, all.opens(peer), theirCount >= said.count());
  }

  private void refuse(String why) {
    step(SessionStep.STRANGER);
    all.send(peer, new Message.Refuse(why));
    all.released(peer);
    all.hangUp(peer, why);
  }

  // What each says of its DAG.

  /// Asks whether we hold the same, if the chart lets us.
  void ask() {
    if (Charts.SESSION.allows(state, SessionStep.COMPARE_AGAIN)) {
      beginAgain();
      said = all.frontier();
      asking = true;
      all.send(peer, new Message.Compare(++number, said.count(), said.digest()));
    }
  }

  /// Asks for what we know that we lack, if the chart lets us.
  void askForMore() {
    if (Charts.SESSION.allows(state, SessionStep.COMPARE_AGAIN)) {
      beginAgain();
      describe(false, all.opens(peer));
    }
  }

  private void beginAgain() {
    step(SessionStep.COMPARE_AGAIN);
    asking = false;
    awaiting = false;
    taking = false;
    search.giveUp();
    proofDue = false;
    unanswered = null;
    postponed = false;
    hoping = false;
    all.released(peer);
  }

  private void describe(boolean answer, boolean open) {
    describe(answer, open, misled);
  }

  private void describe(boolean answer, boolean open, boolean plainly) {
    mine = all.snapshot(plainly);
    said = mine.frontier();
    asking = false;
    awaiting = !answer;
    all.send(peer, new Message.Describe(++number, answer, open, mine));
  }

  private void compared(Message.Compare theirCompare) {
    if (!Charts.SESSION.allows(state, SessionStep.COMPARE_AGAIN)) {
      all.send(peer, new Message.Verdict(theirCompare.number(), Knows.LATER)); // still giving
      return;
    }
    if (proofDue) {
      unanswered = theirCompare;
      return;
    }
    provenCount = -1;
    var frontier = all.frontier();
    boolean equal = frontier.is(theirCompare.count(), theirCompare.digest());
    if (awaiting && !equal) {
      return; // what we said of our DAG crosses it, and will be answered
    }
    boolean wasInSync = state == Session.IN_SYNC;
    beginAgain(); // who asks is not giving any more, whatever we thought
    if (equal) {
      all.send(peer, new Message.Verdict(theirCompare.number(), Knows.EQUAL));
      proven(frontier);
    } else if (wasInSync && !all.othersMayBring()) {
      all.send(peer, new Message.Verdict(theirCompare.number(), Knows.LATER));
      all.askSoon(peer, PATIENCE_NANOS);
    } else {
      describe(false, false);
    }
  }

  private void described(Message.Describe describe) {
    boolean patient = state == Session.IN_SYNC;
    if (awaiting) { // questions that cross each other are answers
      awaiting = false;
    } else if (describe.answer()) {
      return; // to a question that we gave up
    } else if (!Charts.SESSION.allows(state, SessionStep.COMPARE_AGAIN)) {
      all.send(peer, new Message.Verdict(describe.number(), Knows.LATER)); // still giving
      return;
    } else {
      beginAgain();
      describe(true, false);
    }
    paired(describe.number(), describe.open(), describe.snapshot(), patient);
  }

  /// Begins what follows from their snapshot and ours.
  private void paired(long theirNumber, boolean theyAreOpen, Snapshot snapshot, boolean patient) {
    theirs = snapshot;
    provenCount = -1;
    boolean weLack = all.lacks(snapshot.frontier());
    hoping = weLack && all.othersMayBring() && !insisting && !farAhead(snapshot.frontier());
    insisting = false;
    boolean waiting = patient || hoping;
    taking = weLack && !waiting && all.takes(peer, snapshot.frontier().count());
    came = 0;
    var knows = taking ? Knows.LACKS : weLack ? Knows.LATER : Knows.ALL;
    all.send(peer, new Message.Verdict(theirNumber, knows));
    search.begin(weLack ? all.compare(mine, snapshot) : null, theyAreOpen);
    if (taking) {
      step(SessionStep.WE_LACK);
      search.sayWhatWeHold();
    } else {
      all.released(peer);
      postponed = weLack && !waiting && all.receives();
    }
    if (weLack && waiting) {
      all.askSoon(peer, hoping ? SPREAD_NANOS : PATIENCE_NANOS);
    }
    search.giveWhatIsKnown(snapshot.frontier());
  }

  private boolean farAhead(Frontier frontier) {
    return frontier.count() - all.head().count() > FAR_AHEAD;
  }

  private void judged(long ofNumber, Knows knows) {
    if (ofNumber != number) {
      return;
    }
    switch (knows) {
      case EQUAL -> {
        if (asking) {
          asking = false;
          proven(said);
        }
      }
      case ALL -> {
        outflow.holds(said.count());
        if (search.lacksNothing()) {
          step(SessionStep.NOBODY_LACKS);
        }
      }
      case LACKS -> {
        if (theirs != null) {
          search.wanted(theirs.frontier());
        }
      }
      case LATER -> {
        if (awaiting) {
          awaiting = false;
          all.released(peer);
        }
      }
    }
  }

  private void proven(Frontier both) {
    search.decided();
    step(SessionStep.NOBODY_LACKS);
    provenCount = both.count();
    all.proofs().proven(machine, both);
    outflow.holds(both.count());
    misled = false;
    fruitless = 0;
  }

  // What we give.

  /// Exactly what it lacks: all its tips are here.
  @Override
  public void giveAllBut(Frontier frontier, boolean peerOpen) {
    var ours = all.frontier();
    boolean equal = frontier.digest().equals(ours.digest());
    var positions =
        equal ? new long[0] : Difference.from(all.head(), frontier.tips(), frontier.count());
    if (positions.length > 0) {
      if (peerOpen) {
        give(positions, ours.count());
      }
    } else if (equal && frontier.count() == ours.count()) {
      proven(ours);
    } else {
      search.decided();
      step(SessionStep.NOBODY_LACKS);
      outflow.holds(ours.count());
      if (equal && !damageReported) {
        damageReported = true;
        all.report(
            peer,
            "it holds "
                + frontier.count()
                + " events and here are "
                + ours.count()
                + ", with the same tips: verify both stores");
      }
    }
  }

  @Override
  public void give(long[] positions, long upTo) {
    search.decided();
    outflow.difference(positions, upTo);
    step(taking ? SessionStep.BOTH_LACK : SessionStep.PEER_LACKS);
  }

  @Override
  public boolean taking() {
    return taking;
  }

  @Override
  public void seeking() {
    step(SessionStep.SEEK);
  }

  private void want(List<EventId> ids) {
    if (!outflow.want(ids)) {
      all.hangUp(peer, "it wants the same again and again");
    }
  }

  // What we take.

  /// The peer has given everything; if something is missing all the same, it is sought by ranges.
  private void ended() {
    if (!taking || theirs == null) {
      return;
    }
    var frontier = theirs.frontier();
    boolean lacks = all.lacks(frontier);
    boolean certainly = lacks && frontier.named();
    misled = frontier.named() ? lacks : !misled;
    fruitless = certainly && !anythingCame ? fruitless + 1 : 0;
    anythingCame = false;
    if (cameMany()) {
      all.copied(peer);
    }
    taken();
    if (fruitless > FRUITLESS_MAX) {
      all.hangUp(peer, "it never gives what it claims to hold");
    } else if (state == Session.COMPARING && all.receives()) {
      if (certainly) {
        askForMore();
      } else {
        proofDue = !search.peerSketches(); // else it asks when it was given what it lacks
      }
    }
  }

  /// The peer came to an event that is damaged there. Others may give it; this one is asked again
  /// when it is time to prove equality.
  private void brokenOff() {
    if (taking) {
      taken();
    }
  }

  private void taken() {
    taking = false;
    settled = true;
    step(SessionStep.ALL_TAKEN);
    all.released(peer);
  }

  /// Something that the peer sent has a place in the head.
  void came(long first, long last) {
    anythingCame = true;
    came += last - first + 1;
    outflow.came(first, last);
  }

  /// Whether more came since we began to take than spreads by itself.
  boolean cameMany() {
    return came > MANY;
  }

  /// The overlay wants the run that ends here given to the peer.
  void spread(long last, Route route) {
    if (route.pulled()) {
      if (!outflow.pulled(last, route)) {
        all.hangUp(peer, "it wants the same again and again");
      }
    } else {
      outflow.spread(last, route);
    }
  }

  /// Tells the peer, and asks it when we take again.
  void tellWhetherWeTake() {
    if (state != Session.REFUSED) {
      all.send(peer, new Message.Takes(all.receives(), all.why()));
      if (all.receives()) {
        ask();
      }
    }
  }

  /// Hands out what may flow now, and proves what has become durable.
  void pump() {
    boolean ended = outflow.pump();
    var damaged = outflow.brokenOffAt();
    if ((ended || damaged.isPresent()) && Charts.SESSION.allows(state, SessionStep.ALL_GIVEN)) {
      all.send(
          peer,
          damaged.isPresent()
              ? new Message.Damaged(List.of(damaged.get()), true)
              : new Message.End());
      step(SessionStep.ALL_GIVEN);
    }
    if (proofDue && theirs != null && all.landed(theirs.frontier())) {
      proofDue = false;
      if (unanswered != null) {
        compared(unanswered);
      } else if (state == Session.COMPARING) {
        ask();
      }
    }
    if (state == Session.IN_SYNC && outflow.mayHaveMissed()) {
      ask();
    }
  }

  /// Equality is proven after so long, whoever's turn it is.
  void proveSoon(long delayNanos) {
    proveNow = true;
    all.askSoon(peer, delayNanos);
  }

  /// Time to prove equality again, or to find out that nothing moves any more.
  void proveTimer(long nowNanos) {
    boolean stalled = nowNanos - movedNanos > STALLED_NANOS;
    switch (state) {
      case COMPARING, IN_SYNC -> {
        if (hoping) {
          hopeIsOver();
        } else if (proveNow || !settled || all.proofDue()) {
          proveNow = false;
          ask();
        }
      }
      case GREETING -> {
        all.released(peer); // others may give before it has said a word
        if (stalled) {
          all.hangUp(peer, "it said nothing");
        }
      }
      case RECONCILING, EXCHANGING, TAKING -> {
        if (stalled) {
          ask();
        }
      }
      case GIVING, REFUSED, DOWN -> {
        // The link's own clock ends a peer that does not take what it is given.
      }
    }
  }

  /// What the peer held has come by itself, or is asked for now.
  private void hopeIsOver() {
    hoping = false;
    if (theirs != null && all.lacks(theirs.frontier())) {
      insisting = true;
      askForMore();
    } else if (!search.peerWaits()) { // else it is told first, and asks then
      search.decided();
      step(SessionStep.NOBODY_LACKS);
    }
  }

  void orphaned() {
    if (state == Session.IN_SYNC) {
      askForMore();
    } else if (state == Session.COMPARING) {
      all.askSoon(peer, PATIENCE_NANOS);
    }
  }

  void down() {
    step(SessionStep.LOST);
  }
}
