package io.sennit.node;

import io.sennit.sync.Message;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What waits to be written to a link, and how much may.
///
/// Messages leave in their order. Runs leave only as far as the peer has dealt with those before:
/// that bounds what it has to keep, and lets it name them by number. What we have dealt with is
/// told before anything else, so that two machines that give each other much never wait for each
/// other.
final class Outgoing {
  /// Events that may be under way, unless a single message carries more.
  static final long EVENTS_MAX = 32_768;

  /// Bytes of events, rebuilt, that may be under way, unless a single message carries more.
  static final long SIZE_BYTES_MAX = 16L * 1024 * 1024;

  private static final int MESSAGES_MAX = 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Message> messages = new ArrayDeque<>();

  /// Given to the peer, and dealt with by it.
  private final Total given = new Total();

  private final Total accepted = new Total();

  /// Dealt with here, and what the peer was told of it.
  private final Total handled = new Total();

  private final Total told = new Total();
  private boolean closed;

  /// Events and their bytes, counted from the link's beginning.
  private static final class Total {
    long events;
    long sizeBytes;

    void add(Message message) {
      switch (message) {
        case Message.Give(var runs, _, _) -> {
          for (var run : runs) {
            events += run.events().size();
            sizeBytes += run.sizeBytes();
          }
        }
        case Message.Packed(var runs) -> {
          events += runs.events();
          sizeBytes += runs.sizeBytes();
        }
        default -> {
          // It carries no events.
        }
      }
    }

    void set(Total other) {
      events = other.events;
      sizeBytes = other.sizeBytes;
    }
  }

  /// What to write next.
  sealed interface Next {
    /// A message.
    record Say(Message message) implements Next {}

    /// What was dealt with here.
    record Tell(Frame.Credit credit) implements Next {}
  }

  /// Queues a message.
  ///
  /// @return whether there was room
  boolean add(Message message) {
    lock.lock();
    try {
      if (messages.size() >= MESSAGES_MAX) {
        return false;
      }
      messages.add(message);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// A message from the peer is dealt with.
  void handled(Message message) {
    if (message instanceof Message.Give give) {
      lock.lock();
      try {
        handled.add(give);
        if (creditDue()) {
          changed.signal();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /// The peer has dealt with so much.
  ///
  /// @return whether that is possible
  boolean credited(Frame.Credit credit) {
    lock.lock();
    try {
      boolean possible =
          credit.events() >= accepted.events
              && credit.events() <= given.events
              && credit.sizeBytes() >= accepted.sizeBytes
              && credit.sizeBytes() <= given.sizeBytes;
      if (possible) {
        accepted.events = credit.events();
        accepted.sizeBytes = credit.sizeBytes();
        changed.signal();
      }
      return possible;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for what may be written next; null when the link is closed.
  @Nullable Next next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        if (creditDue()) {
          told.set(handled);
          return new Next.Tell(new Frame.Credit(told.events, told.sizeBytes));
        }
        var first = messages.peek();
        if (first != null && mayGo(first)) {
          messages.remove();
          given.add(first);
          return new Next.Say(first);
        }
        changed.await();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private boolean creditDue() {
    return handled.events - told.events >= EVENTS_MAX / 4
        || handled.sizeBytes - told.sizeBytes >= SIZE_BYTES_MAX / 4;
  }

  /// Whether it is no run, or nothing is under way, or there is room for it.
  private boolean mayGo(Message message) {
    if (!message.gives() || given.events == accepted.events) {
      return true;
    }
    var total = new Total();
    total.set(given);
    total.add(message);
    return total.events - accepted.events <= EVENTS_MAX
        && total.sizeBytes - accepted.sizeBytes <= SIZE_BYTES_MAX;
  }

  /// Whether [#next] would answer at once.
  boolean ready() {
    lock.lock();
    try {
      var first = messages.peek();
      return closed || creditDue() || (first != null && mayGo(first));
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      messages.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
