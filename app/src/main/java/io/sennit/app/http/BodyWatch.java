package io.sennit.app.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Gives up on bodies that do not come in time.
final class BodyWatch implements AutoCloseable {
  private static final int LOOKS = 8;

  private final Duration patience;
  private final Set<Body> bodies = ConcurrentHashMap.newKeySet();
  private final Thread thread = Thread.ofVirtual().name("sennit-body-watch").unstarted(this::watch);

  /// @param patience until a whole body is here
  BodyWatch(Duration patience) {
    this.patience = patience;
    thread.start();
  }

  void enter(Body body) {
    bodies.add(body);
  }

  void leave(Body body) {
    bodies.remove(body);
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(patience.dividedBy(LOOKS));
        bodies.forEach(body -> body.giveUpAfter(patience));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server stops
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
