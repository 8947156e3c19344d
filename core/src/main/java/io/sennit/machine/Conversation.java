package io.sennit.machine;

import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.machine.Charts.Session;
import io.sennit.machine.Charts.SessionStep;
import io.sennit.sync.Difference;
import io.sennit.sync.Frontier;
import io.sennit.sync.Message;
import io.sennit.sync.Message.Knows;
import io.sennit.sync.Range;
import io.sennit.sync.Reconciliation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The conversation with one peer, moved along the session chart.
///
/// Both sides exchange frontiers and say whether they lack something of the other's; from the two
/// answers each knows what happens next without another word. Nothing here outlives the link:
/// whatever is lost with it is found again by the next comparison.
final class Conversation {
  /// After so long without a word from a peer that owes one, the comparison begins again.
  private static final long STALLED_NANOS = 10_000_000_000L;

  /// A peer in sync whose tips we lack is most likely about to send them.
  private static final long PATIENCE_NANOS = 100_000_000;

  private final int peer;
  private final MachineId machine;
  private final Conversations all;
  private final Outflow outflow;

  private Session state = Charts.SESSION.start();
  private String listen = "";

  /// Number of the last frontier we sent, and how many events it spoke of.
  private long number;

  private long sentCount;
  private @Nullable Frontier theirs;

  /// What each side said of the other's last frontier; null until it has.
  private @Nullable Knows weSaid;

  private @Nullable Knows theySaid;

  /// Set while we are the asker of a reconciliation.
  private @Nullable Reconciliation reconciliation;

  /// Why the peer takes no events now, or empty.
  private String takesNothing = "";

  /// How many events we held when the last comparison found equal digests; -1 when it did not.
  private long provenCount = -1;

  private boolean postponed;
  private long movedNanos;

  Conversation(int peer, MachineId machine, Conversations all, Outflow outflow, long nowNanos) {
    this.peer = peer;
    this.machine = machine;
    this.all = all;
    this.outflow = outflow;
    this.movedNanos = nowNanos;
    var frontier = all.frontier();
    sentCount = frontier.count();
    all.send(peer, new Message.Hello(Message.VERSION, all.root(), all.listen(), frontier));
  }

  /// Whether the peer has said Hello and is one of us.
  boolean greeted() {
    return state != Session.GREETING && state != Session.REFUSED && state != Session.DOWN;
  }

  Outflow outflow() {
    return outflow;
  }

  /// Whether the last comparison found equal digests, and nothing has joined the head since: what
  /// is on its way to the disk counts, our own events too.
  boolean proven() {
    return provenCount == all.head().count();
  }

  /// Whether it told the peer to wait until another one has given.
  boolean postponed() {
    return postponed;
  }

  Status.Peer status() {
    long behind = theirs == null ? 0 : Math.max(0, theirs.count() - all.head().durable());
    var word = state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Status.Peer(peer, machine, listen, word, behind, takesNothing);
  }

  void received(Message message, long nowNanos) {
    movedNanos = nowNanos;
    if (state == Session.GREETING
        && !(message instanceof Message.Hello || message instanceof Message.Refuse)) {
      all.hangUp(peer, "it did not say Hello first");
      return;
    }
    switch (message) {
      case Message.Hello hello -> greeted(hello);
      case Message.Refuse(var reason) -> all.hangUp(peer, "it refuses: " + reason);
      case Message.Compare(var theirNumber, var frontier, var answer) ->
          compared(theirNumber, frontier, answer);
      case Message.Verdict(var ofNumber, var knows) -> judged(ofNumber, knows);
      case Message.Ranges(var ranges, var answer) -> ranges(ranges, answer);
      case Message.Common(var ids) -> common(ids);
      case Message.End _ -> ended();
      case Message.Damaged(var ids, var ends) -> {
        all.cannotGive(ids);
        if (ends) {
          brokenOff();
        }
      }
      case Message.Want(var ids) -> outflow.want(ids);
      case Message.Takes(var events, var why) -> {
        takesNothing = events ? "" : why;
        outflow.pause(!events);
      }
      case Message.Have(var ids) -> all.announced(peer, ids);
      case Message.Give _, Message.Peers _ -> {
        // Runs go to the receiver, addresses to the driver.
      }
    }
  }

  private void step(SessionStep step) {
    state = Charts.SESSION.next(state, step);
  }

  private void greeted(Message.Hello hello) {
    if (state != Session.GREETING) {
      all.hangUp(peer, "it said Hello twice");
      return;
    }
    listen = hello.listen();
    if (hello.version() != Message.VERSION) {
      refuse("this machine speaks version " + Message.VERSION + ", not " + hello.version());
    } else if (!hello.root().equals(all.root())) {
      refuse("this machine belongs to federation " + all.root() + ", not to " + hello.root());
    } else {
      step(SessionStep.HELLO);
      all.peerGreeted();
      theirs = hello.frontier();
      judge(0, false);
    }
  }

  private void refuse(String why) {
    step(SessionStep.STRANGER);
    all.send(peer, new Message.Refuse(why));
    all.hangUp(peer, why);
  }

  /// Sends our frontier as a question, if the chart lets us.
  void ask() {
    if (Charts.SESSION.allows(state, SessionStep.COMPARE_AGAIN)) {
      step(SessionStep.COMPARE_AGAIN);
      reconciliation = null;
      weSaid = null;
      sendFrontier(false);
      all.released(peer);
    }
  }

  private void sendFrontier(boolean answer) {
    var frontier = all.frontier();
    sentCount = frontier.count();
    number++;
    theySaid = null;
    all.send(peer, new Message.Compare(number, frontier, answer));
  }

  private void compared(long theirNumber, Frontier frontier, boolean answer) {
    boolean wasInSync = state == Session.IN_SYNC;
    boolean begins = !answer && Charts.SESSION.allows(state, SessionStep.COMPARE_AGAIN);
    if (state != Session.COMPARING && !wasInSync && !begins) {
      all.send(peer, new Message.Verdict(theirNumber, Knows.LATER)); // still giving
      return;
    }
    if (state != Session.COMPARING) { // who asks is not giving any more, whatever we thought
      step(SessionStep.COMPARE_AGAIN);
      reconciliation = null;
      all.released(peer);
    }
    theirs = frontier;
    if (!answer) {
      sendFrontier(true);
    }
    judge(theirNumber, wasInSync);
  }

  /// Says what we make of their frontier.
  private void judge(long theirNumber, boolean patient) {
    var knows = all.lacks(frontierOfPeer()) ? Knows.LACKS : Knows.ALL;
    if (knows == Knows.LACKS && !all.receives()) {
      knows = Knows.CLOSED;
    } else if (knows == Knows.LACKS && patient) {
      knows = Knows.LATER;
      all.askSoon(peer, PATIENCE_NANOS);
    } else if (knows == Knows.LACKS && !all.mayTakeFrom(peer)) {
      knows = Knows.LATER;
      postponed = true;
    } else if (knows == Knows.LACKS) {
      all.taking(peer, frontierOfPeer().count());
    }
    weSaid = knows;
    all.send(peer, new Message.Verdict(theirNumber, knows));
    conclude();
  }

  private void judged(long ofNumber, Knows knows) {
    if (ofNumber == number && state == Session.COMPARING) {
      theySaid = knows;
      if (knows == Knows.ALL) {
        outflow.holds(sentCount);
      }
      conclude();
    }
  }

  private void conclude() {
    if (state != Session.COMPARING || weSaid == null || theySaid == null) {
      return;
    }
    boolean nobodyTakes =
        (weSaid == Knows.CLOSED && theySaid != Knows.LACKS)
            || (theySaid == Knows.CLOSED && weSaid != Knows.LACKS);
    if (weSaid == Knows.LATER || theySaid == Knows.LATER || nobodyTakes) {
      all.released(peer); // whoever is busy, or closed, asks again
      return;
    }
    postponed = false;
    boolean weLack = weSaid != Knows.ALL;
    boolean theyLack = theySaid != Knows.ALL;
    if (weLack && theyLack) {
      step(SessionStep.BOTH_LACK);
      reconcile();
    } else if (weLack) {
      step(SessionStep.WE_LACK);
    } else if (theyLack) {
      step(SessionStep.PEER_LACKS);
      var frontier = frontierOfPeer();
      outflow.difference(
          Difference.from(all.head(), frontier.tips(), frontier.count()), all.head().durable());
    } else {
      step(SessionStep.NOBODY_LACKS);
      boolean equal = frontierOfPeer().digest().equals(all.frontier().digest());
      provenCount = equal ? all.head().durable() : -1;
    }
  }

  private Frontier frontierOfPeer() {
    if (theirs == null) {
      throw new IllegalStateException("peer " + peer + " has not sent a frontier");
    }
    return theirs;
  }

  /// The side with fewer events asks; with equal numbers, the machine with the smaller key.
  private void reconcile() {
    long theirCount = frontierOfPeer().count();
    boolean weAsk =
        sentCount == theirCount ? all.self().compareTo(machine) < 0 : sentCount < theirCount;
    if (weAsk) {
      reconciliation = new Reconciliation(all.store());
      nextRanges(reconciliation);
    }
  }

  private void ranges(List<Range> ranges, boolean answer) {
    if (!answer) {
      all.send(peer, new Message.Ranges(Reconciliation.answer(all.store(), ranges), true));
    } else if (reconciliation != null) {
      reconciliation.answered(ranges);
      nextRanges(reconciliation);
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
      all.send(peer, new Message.Common(asking.common()));
      step(SessionStep.DIFFERENCE_KNOWN);
      outflow.difference(asking.have(), asking.snapshot());
    } else {
      all.send(peer, new Message.Ranges(next, false));
    }
  }

  private void common(List<EventId> ids) {
    if (state == Session.RECONCILING && reconciliation == null) {
      step(SessionStep.DIFFERENCE_KNOWN);
      outflow.difference(Difference.from(all.head(), ids, 0), all.head().durable());
    }
  }

  /// The peer has given everything.
  private void ended() {
    if (Charts.SESSION.allows(state, SessionStep.ALL_TAKEN)) {
      step(SessionStep.ALL_TAKEN);
      all.released(peer);
    }
    if (state == Session.COMPARING && all.receives()) {
      ask();
    }
  }

  /// The peer came to an event that is damaged there. Others may give it; this one is asked again
  /// when it is time to prove equality.
  private void brokenOff() {
    if (Charts.SESSION.allows(state, SessionStep.ALL_TAKEN)) {
      step(SessionStep.ALL_TAKEN);
      all.released(peer);
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

  /// Hands out what may flow now.
  void pump() {
    boolean ended = outflow.pump();
    var damaged = outflow.brokenOffAt();
    if ((ended || damaged.isPresent()) && Charts.SESSION.allows(state, SessionStep.ALL_GIVEN)) {
      all.send(
          peer,
          damaged.isPresent()
              ? new Message.Damaged(List.of(damaged.get()), true)
              : new Message.End(all.frontier()));
      step(SessionStep.ALL_GIVEN);
      weSaid = null;
      theySaid = null;
    }
  }

  /// Time to prove equality again, or to find out that nothing moves any more.
  void proveTimer(long nowNanos) {
    boolean stalled = nowNanos - movedNanos > STALLED_NANOS;
    switch (state) {
      case COMPARING, IN_SYNC -> ask();
      case GREETING -> {
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

  void orphaned() {
    if (state == Session.IN_SYNC) {
      ask();
    } else if (state == Session.COMPARING) {
      all.askSoon(peer, PATIENCE_NANOS);
    }
  }

  void down() {
    step(SessionStep.LOST);
  }
}
