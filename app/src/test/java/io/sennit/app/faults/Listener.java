package io.sennit.app.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// Reads a machine's stream until the machine ends, and writes down when each event became visible
/// there.
final class Listener {
  private static final String ID = "id: ";

  private final HttpURLConnection connection;
  private final Map<String, Long> seenNanos = new ConcurrentHashMap<>();
  private final CountDownLatch begun = new CountDownLatch(1);

  /// Begins behind the newest event.
  Listener(URI daemon) throws IOException, InterruptedException {
    connection = (HttpURLConnection) daemon.resolve("/v1/stream?from=now").toURL().openConnection();
    Thread.startVirtualThread(this::read);
    begun.await();
  }

  private void read() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(ID)) {
          seenNanos.putIfAbsent(line.substring(line.lastIndexOf(':') + 1), System.nanoTime());
          begun.countDown();
        }
      }
    } catch (IOException e) {
      System.getLogger(Listener.class.getName())
          .log(System.Logger.Level.DEBUG, "the stream ended", e);
    } finally {
      begun.countDown();
    }
  }

  boolean saw(String uuid) {
    return seenNanos.containsKey(uuid);
  }

  /// When it became visible, by this process's clock.
  long nanos(String uuid) {
    var nanos = seenNanos.get(uuid);
    if (nanos == null) {
      throw new IllegalStateException("it has not seen " + uuid);
    }
    return nanos;
  }
}
