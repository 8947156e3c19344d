package io.sennit.recording;

import io.sennit.dag.Key;
import io.sennit.dag.Node;
import io.sennit.dag.PackedRuns;
import io.sennit.dag.Positions;
import io.sennit.dag.Receipt;
import io.sennit.dag.Summary;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a machine was told when it asked its store or its signer, in the order of its questions.
///
/// The questions are not kept: the machine that replays asks them again, and a hash shows that they
/// are the same.
public sealed interface Answer {
  /// To `count`.
  record Count(long count) implements Answer {}

  /// To `position`; 0 when the event is not there.
  record Position(long position) implements Answer {}

  /// To `node`.
  record Place(Node node) implements Answer {}

  /// To `node`: what the part has said of this position before.
  record PlaceAsBefore() implements Answer {}

  /// To `event` and `intact`.
  ///
  /// @param position where it stands
  record Whole(long position, Event event) implements Answer {}

  /// To `event` and `intact`: what the part has said of this position before.
  record WholeAsBefore() implements Answer {}

  /// To `intact`: what is kept of the event is damaged.
  record Damaged() implements Answer {}

  /// To `packed`; null when nothing is packed there.
  record Packed(@Nullable PackedRuns runs) implements Answer {}

  /// To `tips`, `idsWithPrefix`.
  record Ids(List<EventId> ids) implements Answer {
    /// Copies the list.
    public Ids {
      ids = List.copyOf(ids);
    }
  }

  /// To `authorTips`.
  record At(Positions positions) implements Answer {}

  /// To `authors`.
  record Authors(List<MachineId> machines) implements Answer {
    /// Copies the list.
    public Authors {
      machines = List.copyOf(machines);
    }
  }

  /// To `summary`.
  record Sum(Summary summary) implements Answer {}

  /// To `select` and `keys`.
  record Keys(List<Key> keys) implements Answer {
    /// Copies the list.
    public Keys {
      keys = List.copyOf(keys);
    }
  }

  /// To `receipt`; null when there is none.
  record Kept(@Nullable Receipt receipt) implements Answer {}

  /// To `sign`.
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record Seal(byte[] seal) implements Answer {}

  /// To any question: the world refused, in these words.
  record Failed(String why) implements Answer {}
}
