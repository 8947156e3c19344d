package io.sennit.machine;

import io.sennit.dag.Placed;
import io.sennit.overlay.Contact;
import io.sennit.sync.Message;
import java.util.List;

/// What to do. The order of a list of outputs is the order to obey.
public sealed interface Output {
  /// Make these durable, all or none, after everything that was persisted before; then make them
  /// visible in the store and say [Input.Persisted].
  record Persist(List<Placed> batch) implements Output {
    /// Copies the list.
    public Persist {
      batch = List.copyOf(batch);
    }
  }

  /// Put these, which are damaged in the store, back at their positions, then say [Input.Healed].
  record Heal(List<Placed> events) implements Output {
    /// Copies the list.
    public Heal {
      events = List.copyOf(events);
    }
  }

  /// The events of this request are durable at these positions, in order.
  record Acknowledge(long request, List<Long> positions) implements Output {
    /// Copies the list.
    public Acknowledge {
      positions = List.copyOf(positions);
    }
  }

  /// Nothing of this request was or will be stored.
  record Decline(long request, String why) implements Output {}

  /// The disk is full: nothing of this request was or will be stored.
  record NoRoom(long request, String why) implements Output {}

  /// The key of this request was used for another one: nothing of it was or will be stored.
  record Mismatch(long request, String why) implements Output {}

  /// The store failed while this request was in flight: its events may or may not be durable.
  record Unknown(long request, String why) implements Output {}

  /// Local readers may see everything up to this position.
  record Publish(long position) implements Output {}

  /// Tell the peer.
  record Send(int peer, Message message) implements Output {}

  /// Hang up.
  record Disconnect(int peer, String why) implements Output {}

  /// Hang up after what was said: there are links enough, and nothing is wrong with either side.
  record LetGo(int peer, String why) implements Output {}

  /// Dial this machine once; the answer is [Input.PeerUp] or [Input.Unreachable].
  record Dial(Contact contact) implements Output {}

  /// Fire after a delay.
  record SetTimer(Timer timer, long delayNanos) implements Output {}

  /// A peer did something that people should know of.
  record Report(int peer, String what) implements Output {}
}
