package io.sennit.node;

import io.sennit.dag.EventStore;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Those who are shown every event: each is a virtual thread that reads the store up to the
/// position that is published. Nothing is queued for them, so a slow one delays only itself.
final class Readers {
  private final EventStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private volatile long position;

  Readers(EventStore store) {
    this.store = store;
    this.position = store.count();
  }

  long position() {
    return position;
  }

  void published(long upTo) {
    lock.lock();
    try {
      position = upTo;
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Subscription subscribe(long after, Consumer<Entry> consumer) {
    if (after < 0) {
      throw new IllegalArgumentException("positions count from 1: " + after);
    }
    var reader = new Reader(after, consumer);
    readers.add(reader);
    reader.thread.start();
    return reader;
  }

  void close() {
    readers.forEach(Reader::close);
  }

  private final class Reader implements Subscription {
    private final Consumer<Entry> consumer;
    private final Thread thread = Thread.ofVirtual().name("sennit-reader").unstarted(this::run);
    private volatile long at;
    private volatile boolean ended;

    Reader(long after, Consumer<Entry> consumer) {
      this.at = after;
      this.consumer = consumer;
    }

    @Override
    public long position() {
      return at;
    }

    @Override
    public boolean ended() {
      return ended;
    }

    private void run() {
      try {
        while (awaitMore()) {
          long next = at + 1;
          consumer.accept(new Entry(next, store.node(next).height(), store.event(next)));
          at = next;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        System.getLogger(Readers.class.getName())
            .log(Level.ERROR, "a reader failed at position " + (at + 1) + " and is ended", e);
      } finally {
        ended = true;
        readers.remove(this);
      }
    }

    /// @return false when it is over
    private boolean awaitMore() throws InterruptedException {
      if (at < Readers.this.position) {
        return !ended;
      }
      lock.lock();
      try {
        while (!ended && at >= Readers.this.position) {
          grown.await();
        }
        return !ended;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        ended = true;
        grown.signalAll();
      } finally {
        lock.unlock();
      }
      if (Thread.currentThread() != thread) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
