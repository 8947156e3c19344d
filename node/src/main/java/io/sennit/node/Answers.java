package io.sennit.node;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// The thread on which futures are completed, so that nobody's code runs on the driver.
final class Answers implements Executor {
  private static final long IDLE_NANOS = 1_000_000_000L;

  private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final Thread thread = Thread.ofPlatform().name("sennit-answers").unstarted(this::run);
  private final Doorbell doorbell;
  private volatile boolean closing;

  /// @param worthLooking as for a [Doorbell]
  Answers(BooleanSupplier worthLooking) {
    doorbell = new Doorbell(thread, worthLooking);
  }

  void start() {
    thread.start();
  }

  @Override
  public void execute(Runnable task) {
    queue.add(task);
    doorbell.ring();
  }

  private void run() {
    while (true) {
      var task = queue.poll();
      if (task != null) {
        task.run();
      } else if (closing) {
        return;
      } else {
        doorbell.await(this::called, IDLE_NANOS);
      }
    }
  }

  private boolean called() {
    return closing || !queue.isEmpty();
  }

  /// Ends the thread when all that was handed in is done.
  void close() {
    closing = true;
    doorbell.ring();
  }
}
