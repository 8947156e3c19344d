package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class DoorbellTest {
  private static final long FOREVER_NANOS = TimeUnit.HOURS.toNanos(1);

  /// Whoever misses one ring hangs here: nothing else ends the wait.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noRingIsMissed(boolean worthLooking) throws InterruptedException {
    int rounds = 20_000;
    var given = new AtomicInteger();
    var taken = new AtomicInteger();
    var started = new SynchronousQueue<Doorbell>();
    var giver = new AtomicReference<Doorbell>();
    var owner =
        Thread.ofPlatform()
            .start(() -> {
              var doorbell = new Doorbell(Thread.currentThread(), () -> worthLooking);
              put(started, doorbell);
              for (int i = 1; i <= rounds; i++) {
                int next = i;
                while (given.get() < next) {
                  doorbell.await(() -> given.get() >= next, FOREVER_NANOS);
                }
                taken.set(next);
                giver.get().ring();
              }
            });
    giver.set(new Doorbell(Thread.currentThread(), () -> worthLooking));
    var doorbell = started.take();
    for (int i = 1; i <= rounds; i++) {
      int next = i;
      given.set(next);
      doorbell.ring();
      while (taken.get() < next) {
        giver.get().await(() -> taken.get() >= next, FOREVER_NANOS);
      }
    }
    owner.join();
    assertThat(taken).hasValue(rounds);
  }

  private static void put(SynchronousQueue<Doorbell> queue, Doorbell doorbell) {
    try {
      queue.put(doorbell);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
