package io.sennit.app.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets a command that runs until it is told to stop (Ctrl-C, SIGTERM) finish what it is doing, and
/// ends the process with 0: it did what it should.
final class UntilStopped implements AutoCloseable {
  private static final long FINISH_SECONDS_MAX = 10;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop);

  UntilStopped() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop() {
    stopped.countDown();
    try {
      if (finished.await(FINISH_SECONDS_MAX, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits so long at most.
  ///
  /// @return whether to stop now
  boolean await(Duration atMost) {
    try {
      return stopped.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// Everything that was to be done is done, and printed.
  @Override
  public void close() {
    if (stopped.getCount() > 0) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
    finished.countDown();
  }
}
