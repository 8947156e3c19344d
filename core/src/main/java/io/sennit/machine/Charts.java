package io.sennit.machine;

import io.sennit.machine.Chart.Row;
import java.util.List;

/// The four tables the machine runs on: what it may do, what becomes of an append, what becomes of
/// a run from elsewhere, and where a conversation with a peer stands.
public final class Charts {
  /// What changes the mode.
  public enum Trigger {
    /// The store is open and begins with our R.
    LOADED,
    /// The store begins with another R.
    ANOTHER_ROOT,
    /// A peer gives us far more than we hold.
    FAR_BEHIND,
    /// The peer has given everything, or is gone.
    CAUGHT_UP,
    /// Somebody asked to stop the world.
    FENCE,
    /// Somebody asked to go on.
    RESUME,
    /// Every connected peer is proven equal.
    ALL_EQUAL,
    /// A peer is no longer proven equal.
    NOT_EQUAL,
    /// The disk has no room for more than what is in flight.
    STORE_FULL,
    /// There is room again, and no write failed.
    STORE_ROOM,
    /// A write or a sync failed; only a store that is opened again takes more.
    STORE_FAILED
  }

  /// Where an append stands.
  public enum Creation {
    /// It was just asked for.
    ASKED,
    /// It waits until the store can take a batch.
    QUEUED,
    /// Its events have parents, a seal and a place in the head, and are on their way to the disk.
    IN_FLIGHT,
    /// Durable, answered, shown to readers and pushed to peers.
    ACKNOWLEDGED,
    /// Nothing of it is or will be stored.
    DECLINED,
    /// The store failed on the way: it may or may not be durable.
    UNKNOWN
  }

  /// What moves an append.
  public enum CreationStep {
    /// The mode lets applications create.
    MODE_ALLOWS,
    /// The mode does not let applications create, or no longer.
    MODE_FORBIDS,
    /// A request with the same key asked for the same, and is answered.
    REPEATED,
    /// A request with the same key asked for something else.
    OTHER_REQUEST,
    /// The store can take a batch.
    STORE_READY,
    /// The batch is durable.
    PERSISTED,
    /// A write or a sync failed.
    STORE_FAILED
  }

  /// Where a run from elsewhere stands. Its bytes were decoded, checked for the canonical form, for
  /// the limits and hashed before it got here.
  public enum Reception {
    /// Is it here already?
    OFFERED,
    /// Does the seal vouch for it?
    UNSEALED,
    /// Are so many arriving that they are taken in batches?
    SEALED,
    /// It waits for the next batch.
    WAITING,
    /// Are all its parents here?
    INTEGRATING,
    /// It waits for ancestors; an exchange with the sender begins.
    ORPHAN,
    /// Does it keep the rules on its parents?
    CONNECTED,
    /// It has a place in the head and is on its way to the disk.
    IN_FLIGHT,
    /// Durable; shown to readers and offered to other peers.
    ADMITTED,
    /// Offering it again changes nothing.
    KNOWN,
    /// It can never join, whatever arrives later.
    REJECTED,
    /// Not kept now; it can be fetched again.
    DROPPED
  }

  /// What moves a run.
  public enum ReceptionStep {
    /// The run is in the head, waits, or is an orphan already.
    HERE,
    /// The run is not here yet.
    NEW,
    /// The run, or an ancestor, was rejected before.
    CONDEMNED,
    /// The seal is its machine's.
    SEAL_VALID,
    /// The seal is not its machine's.
    SEAL_WRONG,
    /// More than about 1,000 remote events a second are arriving.
    BUSY,
    /// At most about 1,000 remote events a second are arriving.
    QUIET,
    /// The time of the batch has come.
    BATCH_DUE,
    /// All parents are in the head.
    PARENTS_HERE,
    /// Some parents are not in the head.
    PARENTS_MISSING,
    /// The last missing parent joined the head.
    PARENT_ARRIVED,
    /// The sender has as many orphans waiting as one may have, or is gone.
    NO_ROOM,
    /// Every rule on parents and runs is kept.
    RULES_KEPT,
    /// A rule on parents or runs is broken.
    RULE_BROKEN,
    /// The run is durable.
    PERSISTED,
    /// The disk is full.
    STORE_FULL,
    /// A write or a sync failed.
    STORE_FAILED
  }

  /// Where the conversation with a peer stands.
  public enum Session {
    /// The link is up; each side has greeted and waits for the other's greeting.
    GREETING,
    /// Counts and digests are exchanged and, where they differ, snapshots.
    COMPARING,
    /// We seek by ranges of (height, uuid) what the peer lacks, and may take from it meanwhile.
    RECONCILING,
    /// We stream what the peer lacks.
    GIVING,
    /// The peer streams what we lack.
    TAKING,
    /// Both stream.
    EXCHANGING,
    /// Nobody lacks anything; what is new is pushed at once.
    IN_SYNC,
    /// Another R or another version; the reason was said.
    REFUSED,
    /// The link is gone.
    DOWN
  }

  /// What moves a conversation.
  public enum SessionStep {
    /// The peer's greeting names our version, and our R if any.
    HELLO,
    /// The peer's greeting names another R or version.
    STRANGER,
    /// Neither side lacks anything.
    NOBODY_LACKS,
    /// What the peer lacks is known, and it gives us nothing.
    PEER_LACKS,
    /// We lack something, and told the peer to give it.
    WE_LACK,
    /// What the peer lacks is known, and it gives us what we lack.
    BOTH_LACK,
    /// The peer lacks something and cannot say briefly what it holds.
    SEEK,
    /// We have given everything.
    ALL_GIVEN,
    /// The peer has given everything.
    ALL_TAKEN,
    /// It is time to prove equality again, or an orphan shows that we lack something, or nothing
    /// has moved for too long.
    COMPARE_AGAIN,
    /// The link broke.
    LOST
  }

  private static final String TELL_PEERS =
      "queued appends are declined; what is in flight is finished; peers are told";

  /// What the machine may do: see the table of modes.
  public static final Chart<Mode, Trigger> LIFECYCLE =
      new Chart<>(
          "lifecycle",
          Mode.LOADING,
          Mode.class,
          Trigger.class,
          List.of(
              row(Mode.LOADING, Trigger.LOADED, Mode.ACTIVE, "tips are known"),
              row(Mode.LOADING, Trigger.ANOTHER_ROOT, Mode.REFUSED, "diagnostics only"),
              row(Mode.LOADING, Trigger.STORE_FAILED, Mode.READ_ONLY, ""),
              row(Mode.ACTIVE, Trigger.FAR_BEHIND, Mode.CATCHING_UP, "reads are marked partial"),
              row(Mode.CATCHING_UP, Trigger.CAUGHT_UP, Mode.ACTIVE, ""),
              row(Mode.ACTIVE, Trigger.FENCE, Mode.FENCED, "queued appends are declined"),
              row(Mode.CATCHING_UP, Trigger.FENCE, Mode.FENCED, "queued appends are declined"),
              row(Mode.FENCED, Trigger.ALL_EQUAL, Mode.CONVERGED, "by digest, peer by peer"),
              row(Mode.CONVERGED, Trigger.NOT_EQUAL, Mode.FENCED, ""),
              row(Mode.FENCED, Trigger.RESUME, Mode.ACTIVE, ""),
              row(Mode.CONVERGED, Trigger.RESUME, Mode.ACTIVE, ""),
              row(Mode.ACTIVE, Trigger.STORE_FULL, Mode.READ_ONLY, TELL_PEERS),
              row(Mode.CATCHING_UP, Trigger.STORE_FULL, Mode.READ_ONLY, TELL_PEERS),
              row(Mode.FENCED, Trigger.STORE_FULL, Mode.READ_ONLY, TELL_PEERS),
              row(Mode.CONVERGED, Trigger.STORE_FULL, Mode.READ_ONLY, TELL_PEERS),
              row(
                  Mode.READ_ONLY,
                  Trigger.STORE_ROOM,
                  Mode.ACTIVE,
                  "compare with every peer; a fence that was asked for holds"),
              row(Mode.ACTIVE, Trigger.STORE_FAILED, Mode.READ_ONLY, "in flight: unknown"),
              row(Mode.CATCHING_UP, Trigger.STORE_FAILED, Mode.READ_ONLY, "in flight: unknown"),
              row(Mode.FENCED, Trigger.STORE_FAILED, Mode.READ_ONLY, "in flight: unknown"),
              row(Mode.CONVERGED, Trigger.STORE_FAILED, Mode.READ_ONLY, "in flight: unknown"),
              row(Mode.READ_ONLY, Trigger.STORE_FAILED, Mode.READ_ONLY, "in flight: unknown")));

  /// What becomes of an append.
  public static final Chart<Creation, CreationStep> CREATION =
      new Chart<>(
          "creation",
          Creation.ASKED,
          Creation.class,
          CreationStep.class,
          List.of(
              row(Creation.ASKED, CreationStep.MODE_ALLOWS, Creation.QUEUED, "join the queue"),
              row(Creation.ASKED, CreationStep.MODE_FORBIDS, Creation.DECLINED, "say the mode"),
              row(
                  Creation.ASKED,
                  CreationStep.REPEATED,
                  Creation.ACKNOWLEDGED,
                  "answer the same events again"),
              row(
                  Creation.ASKED,
                  CreationStep.OTHER_REQUEST,
                  Creation.DECLINED,
                  "say that the key is taken"),
              row(
                  Creation.QUEUED,
                  CreationStep.STORE_READY,
                  Creation.IN_FLIGHT,
                  "parents := tips of the head; hash; seal each run's last; persist"),
              row(Creation.QUEUED, CreationStep.MODE_FORBIDS, Creation.DECLINED, "say the mode"),
              row(
                  Creation.QUEUED,
                  CreationStep.STORE_FAILED,
                  Creation.DECLINED,
                  "nothing was written"),
              row(
                  Creation.IN_FLIGHT,
                  CreationStep.PERSISTED,
                  Creation.ACKNOWLEDGED,
                  "answer; publish to readers; push to peers"),
              row(
                  Creation.IN_FLIGHT,
                  CreationStep.STORE_FAILED,
                  Creation.UNKNOWN,
                  "neither yes nor no is true")));

  /// What becomes of a run from elsewhere.
  public static final Chart<Reception, ReceptionStep> RECEPTION =
      new Chart<>(
          "reception",
          Reception.OFFERED,
          Reception.class,
          ReceptionStep.class,
          List.of(
              row(Reception.OFFERED, ReceptionStep.HERE, Reception.KNOWN, ""),
              row(Reception.OFFERED, ReceptionStep.NEW, Reception.UNSEALED, ""),
              row(Reception.OFFERED, ReceptionStep.CONDEMNED, Reception.REJECTED, "hang up"),
              row(Reception.UNSEALED, ReceptionStep.SEAL_VALID, Reception.SEALED, ""),
              row(Reception.UNSEALED, ReceptionStep.SEAL_WRONG, Reception.REJECTED, "hang up"),
              row(Reception.SEALED, ReceptionStep.QUIET, Reception.INTEGRATING, ""),
              row(
                  Reception.SEALED,
                  ReceptionStep.BUSY,
                  Reception.WAITING,
                  "up to 20 ms or 1 MiB, or until the sender says End"),
              row(Reception.WAITING, ReceptionStep.BATCH_DUE, Reception.INTEGRATING, ""),
              row(Reception.WAITING, ReceptionStep.STORE_FULL, Reception.DROPPED, ""),
              row(Reception.WAITING, ReceptionStep.STORE_FAILED, Reception.DROPPED, ""),
              row(Reception.INTEGRATING, ReceptionStep.HERE, Reception.KNOWN, ""),
              row(Reception.INTEGRATING, ReceptionStep.PARENTS_HERE, Reception.CONNECTED, ""),
              row(
                  Reception.INTEGRATING,
                  ReceptionStep.PARENTS_MISSING,
                  Reception.ORPHAN,
                  "compare with the sender; after a second, when it spreads along a tree"),
              row(Reception.INTEGRATING, ReceptionStep.NO_ROOM, Reception.DROPPED, "compare later"),
              row(Reception.ORPHAN, ReceptionStep.PARENT_ARRIVED, Reception.INTEGRATING, ""),
              row(Reception.ORPHAN, ReceptionStep.NO_ROOM, Reception.DROPPED, ""),
              row(Reception.ORPHAN, ReceptionStep.CONDEMNED, Reception.REJECTED, ""),
              row(
                  Reception.CONNECTED,
                  ReceptionStep.RULES_KEPT,
                  Reception.IN_FLIGHT,
                  "a position each; persist; look at the orphans that waited"),
              row(Reception.CONNECTED, ReceptionStep.RULE_BROKEN, Reception.REJECTED, "hang up"),
              row(
                  Reception.IN_FLIGHT,
                  ReceptionStep.PERSISTED,
                  Reception.ADMITTED,
                  "publish to readers; offer to other peers"),
              row(Reception.IN_FLIGHT, ReceptionStep.STORE_FAILED, Reception.DROPPED, "")));

  /// Where the conversation with a peer stands.
  public static final Chart<Session, SessionStep> SESSION =
      new Chart<>(
          "session",
          Session.GREETING,
          Session.class,
          SessionStep.class,
          List.of(
              row(
                  Session.GREETING,
                  SessionStep.HELLO,
                  Session.COMPARING,
                  "the two greetings are a comparison"),
              row(Session.GREETING, SessionStep.STRANGER, Session.REFUSED, "say why; hang up"),
              row(Session.COMPARING, SessionStep.NOBODY_LACKS, Session.IN_SYNC, ""),
              row(
                  Session.COMPARING,
                  SessionStep.PEER_LACKS,
                  Session.GIVING,
                  "ancestors(our tips) − what it holds"),
              row(
                  Session.COMPARING,
                  SessionStep.WE_LACK,
                  Session.TAKING,
                  "name our author tips above the cut, unless we did"),
              row(Session.COMPARING, SessionStep.SEEK, Session.RECONCILING, "ask by ranges"),
              row(Session.COMPARING, SessionStep.COMPARE_AGAIN, Session.COMPARING, "ask"),
              row(
                  Session.TAKING,
                  SessionStep.BOTH_LACK,
                  Session.EXCHANGING,
                  "ancestors(our tips) − what it holds"),
              row(Session.TAKING, SessionStep.SEEK, Session.RECONCILING, "ask by ranges"),
              row(Session.TAKING, SessionStep.ALL_TAKEN, Session.COMPARING, "ask"),
              row(Session.TAKING, SessionStep.COMPARE_AGAIN, Session.COMPARING, "ask"),
              row(
                  Session.RECONCILING,
                  SessionStep.BOTH_LACK,
                  Session.EXCHANGING,
                  "name what is common if both seek; stream the rest"),
              row(Session.RECONCILING, SessionStep.PEER_LACKS, Session.GIVING, "stream the rest"),
              row(Session.RECONCILING, SessionStep.ALL_TAKEN, Session.RECONCILING, ""),
              row(Session.RECONCILING, SessionStep.COMPARE_AGAIN, Session.COMPARING, "ask"),
              row(Session.EXCHANGING, SessionStep.ALL_GIVEN, Session.TAKING, "say End"),
              row(Session.EXCHANGING, SessionStep.ALL_TAKEN, Session.GIVING, ""),
              row(Session.EXCHANGING, SessionStep.COMPARE_AGAIN, Session.COMPARING, "ask"),
              row(
                  Session.GIVING,
                  SessionStep.ALL_GIVEN,
                  Session.COMPARING,
                  "say End; wait for the question"),
              row(Session.IN_SYNC, SessionStep.COMPARE_AGAIN, Session.COMPARING, "ask"),
              row(Session.GREETING, SessionStep.LOST, Session.DOWN, ""),
              row(Session.COMPARING, SessionStep.LOST, Session.DOWN, ""),
              row(Session.RECONCILING, SessionStep.LOST, Session.DOWN, ""),
              row(Session.EXCHANGING, SessionStep.LOST, Session.DOWN, ""),
              row(Session.GIVING, SessionStep.LOST, Session.DOWN, ""),
              row(Session.TAKING, SessionStep.LOST, Session.DOWN, ""),
              row(Session.IN_SYNC, SessionStep.LOST, Session.DOWN, ""),
              row(Session.REFUSED, SessionStep.LOST, Session.DOWN, "")));

  private Charts() {}

  /// All four, in the order in which the page shows them.
  public static List<Chart<?, ?>> all() {
    return List.of(LIFECYCLE, CREATION, RECEPTION, SESSION);
  }

  private static <S, E> Row<S, E> row(S from, E on, S to, String note) {
    return new Row<>(from, on, to, note);
  }
}
