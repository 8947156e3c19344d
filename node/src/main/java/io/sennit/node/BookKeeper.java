package io.sennit.node;

import io.sennit.machine.Input;
import io.sennit.machine.Machine;
import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Keeps the address book and the overlay in step: writes down every few seconds whom the overlay
/// could link with, and names to it, now and then, some of those that were written down long ago,
/// so that parts of a federation that were separated for long find each other.
final class BookKeeper {
  private static final long WRITE_MILLIS = 5_000;

  /// Every so many times some are named.
  private static final int NAME_TIMES = 12;

  private static final int NAMED_MAX = 2;

  /// How long the machine may take to answer.
  private static final long PATIENCE_SECONDS = 30;

  private final Peers peers;
  private final Driver driver;
  private final Thread thread = Thread.ofVirtual().name("sennit-book").unstarted(this::keep);

  BookKeeper(Peers peers, Driver driver) {
    this.peers = peers;
    this.driver = driver;
  }

  void start() {
    thread.start();
  }

  private void keep() {
    try {
      for (int times = 1; true; times++) {
        Thread.sleep(WRITE_MILLIS);
        write();
        if (times % NAME_TIMES == 0) {
          driver.tell(new Input.Known(peers.contacts(NAMED_MAX)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is closed
    }
  }

  private void write() throws InterruptedException {
    try {
      peers.remember(driver.query(Machine::book).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      System.getLogger(BookKeeper.class.getName())
          .log(Level.DEBUG, "the machine does not say whom it knows", e);
    }
  }

  /// Writes once more, and ends.
  void close() {
    thread.interrupt();
    try {
      thread.join();
      write();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
