package io.sennit.node;

import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.machine.Mode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// How this machine is, at one moment.
///
/// @param mode lowercase words of `docs/flowchart.md`
/// @param why why it writes nothing, or empty
/// @param events durable events, R included
/// @param behind how many more a connected peer was last known to hold, at least
/// @param secondsLeft how long it takes to get them at the pace of the last seconds, where that can
///   be told
/// @param tips ascending
/// @param digest SHA-256 over the raw uuids of the tips: equal digests prove equal DAGs
/// @param damaged events that cannot be read here and are wanted from peers
/// @param width how wide the DAG is and how fast it grows
/// @param listen where this machine takes peers' connections, or empty
/// @param advertised where others are told to dial it; they are told the first, tickets name all
public record NodeStatus(
    MachineId machine,
    EventId root,
    String federation,
    String mode,
    String why,
    long events,
    long behind,
    OptionalLong secondsLeft,
    List<EventId> tips,
    EventId digest,
    int orphans,
    int damaged,
    Width width,
    String listen,
    List<Address> advertised,
    List<PeerStatus> peers) {
  /// The modes there are, and how a machine is called that has stopped by itself.
  public static final List<String> MODES =
      Stream.concat(Stream.of(Mode.values()).map(NodeStatus::word), Stream.of("stopped")).toList();

  /// A mode as users read it.
  static String word(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Copies the lists.
  public NodeStatus {
    tips = List.copyOf(tips);
    advertised = List.copyOf(advertised);
    peers = List.copyOf(peers);
  }

  /// Over the last minute: what joined, and what that means for the parents of events.
  ///
  /// @param eventsPerSecond λ: events that joined here, of all machines; those of a copy, too
  /// @param tipsMean tips, averaged over time
  /// @param parentsPerEvent of the events that joined; 0 when none did
  /// @param boundedShare of those, the ones that do not name all tips, 0 to 1
  /// @param delaySeconds h: half of the time from an own event until another machine's event that
  ///   names it, or a later one, is here; absent when there was none
  /// @param lambdaH λ·h, where h is known
  public record Width(
      double eventsPerSecond,
      double tipsMean,
      double parentsPerEvent,
      double boundedShare,
      OptionalDouble delaySeconds,
      OptionalDouble lambdaH) {
    /// Of a machine that has stopped.
    static Width still(int tips) {
      return new Width(0, tips, 0, 0, OptionalDouble.empty(), OptionalDouble.empty());
    }

    static Width of(io.sennit.machine.Width width) {
      return new Width(
          width.eventsPerSecond(),
          width.tipsMean(),
          width.parentsPerEvent(),
          width.boundedShare(),
          width.delaySeconds(),
          width.lambdaH());
    }
  }

  /// One peer, connected or not.
  ///
  /// @param address where it listens, or where it dialled from
  /// @param machine its key, or empty while unknown
  /// @param state one word: `connecting`, `waiting` (to dial again), `refused` (by us), or a word
  ///   of the session's chart such as `in-sync`
  /// @param detail a sentence when something is wrong, or empty
  public record PeerStatus(String address, String machine, String state, String detail) {}
}
