package io.sennit.machine;

import io.sennit.event.Draft;
import io.sennit.event.MachineId;
import io.sennit.event.Run;
import io.sennit.overlay.Capacity;
import io.sennit.overlay.Contact;
import io.sennit.sync.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened.
public sealed interface Input {
  /// The store is open and its tips are known: begin.
  record Loaded() implements Input {}

  /// This machine can be dialled at `host:port`; peers are told.
  record Listening(String address) implements Input {}

  /// This machine can carry so much for others; peers are told. Without it, as an ordinary one.
  record Carrying(Capacity capacity) implements Input {}

  /// An application wants to say something; its drafts stay together, in this order.
  ///
  /// @param request the driver's number for this call; the answer carries it
  /// @param key null when the application gave none
  record Append(long request, List<Draft> drafts, @Nullable RequestKey key) implements Input {
    /// Copies the list.
    public Append {
      drafts = List.copyOf(drafts);
    }

    /// Without a key.
    public Append(long request, List<Draft> drafts) {
      this(request, drafts, null);
    }
  }

  /// An application hands in whole runs from elsewhere.
  record Offer(long request, List<Run> runs) implements Input {
    /// Copies the list.
    public Offer {
      runs = List.copyOf(runs);
    }
  }

  /// Everything up to this position is durable and visible in the store.
  record Persisted(long position) implements Input {}

  /// The disk has no room for more than what is in flight.
  ///
  /// @param why for people: where, how much is free, how much is needed
  record StoreFull(String why) implements Input {}

  /// There is room again; what was in flight when the disk was full is durable.
  record StoreRoom() implements Input {}

  /// The store takes nothing more from this machine. What was in flight may or may not be durable.
  ///
  /// @param full whether it failed because the disk is full
  record StoreFailed(String why, boolean full) implements Input {}

  /// The store found the events at these positions damaged.
  record Damaged(List<Long> positions) implements Input {
    /// Copies the list.
    public Damaged {
      positions = List.copyOf(positions);
    }
  }

  /// The events at these positions can be read again.
  record Healed(List<Long> positions) implements Input {
    /// Copies the list.
    public Healed {
      positions = List.copyOf(positions);
    }
  }

  /// A link to a peer is up; both sides are authenticated.
  ///
  /// @param peer the driver's number for this link, never used again
  /// @param dialled whether it was dialled here
  record PeerUp(int peer, MachineId machine, boolean dialled) implements Input {
    /// One that was dialled there.
    public PeerUp(int peer, MachineId machine) {
      this(peer, machine, false);
    }
  }

  /// The link is gone.
  record PeerDown(int peer) implements Input {}

  /// The peer said something.
  record Received(int peer, Message message) implements Input {}

  /// The link has carried one more message with runs that was handed to it.
  record Drained(int peer) implements Input {}

  /// These machines can be linked with, as far as is known: from the address book, a ticket, or
  /// settings. The first of these, even when it names nobody, begins the overlay.
  record Known(List<Contact> contacts) implements Input {
    /// Copies the list.
    public Known {
      contacts = List.copyOf(contacts);
    }
  }

  /// No link came of [Output.Dial], or there is one already.
  record Unreachable(Contact contact) implements Input {}

  /// A timer that was set has run out.
  record TimerFired(Timer timer) implements Input {}

  /// Stop creating, so that all machines can be proven equal.
  record Fence() implements Input {}

  /// Create again.
  record Resume() implements Input {}
}
