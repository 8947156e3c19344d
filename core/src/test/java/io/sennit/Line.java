package io.sennit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// A TCP line to a port of this computer that a test holds, slows and cuts.
public final class Line implements AutoCloseable {
  private static final int CHUNK_SIZE_BYTES = 1024;

  /// More than a test will ever send.
  private static final int EVERYTHING = Integer.MAX_VALUE / 2;

  /// Where one connection ends.
  ///
  /// @param forth whether the bytes are counted that go to the port, or those that come from it
  /// @param afterSizeBytes so many pass, and not one more
  /// @param reset whether both ends learn of it by a reset, or as if the other had hung up
  public record Cut(boolean forth, long afterSizeBytes, boolean reset) {}

  private record Connection(Socket from, Socket to, Optional<Cut> cut) {}

  private final Supplier<Optional<Cut>> cuts;
  private final ServerSocket server;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong cutOff = new AtomicLong();
  private final Semaphore gate = new Semaphore(0);
  private volatile int target;
  private volatile boolean held;

  /// A line that is never cut by itself. It leads nowhere yet.
  public Line() {
    this(Optional::empty);
  }

  /// @param cuts asked once for each connection
  public Line(Supplier<Optional<Cut>> cuts) {
    this.cuts = cuts;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("line").start(this::accept);
  }

  /// Where it begins.
  public int port() {
    return server.getLocalPort();
  }

  /// It leads to this port from now on.
  public void to(int port) {
    target = port;
  }

  /// Connections so far.
  public long accepted() {
    return accepted.get();
  }

  /// Connections that are up.
  public int open() {
    return connections.size();
  }

  /// Connections that were cut as planned.
  public long cutOff() {
    return cutOff.get();
  }

  /// Nothing passes from now on but what is [allowed][#allow].
  public void hold() {
    gate.drainPermits();
    held = true;
  }

  /// So much more may pass while it is held.
  public void allow(int sizeBytes) {
    gate.release(sizeBytes);
  }

  /// Everything passes again.
  public void release() {
    if (held) {
      held = false;
      gate.release(EVERYTHING); // whoever waits at the gate
    }
  }

  /// Cuts every connection; the next ones are taken as before.
  public void cut() {
    connections.forEach(connection -> end(connection, true));
  }

  private void accept() {
    while (true) {
      try {
        var from = server.accept();
        accepted.incrementAndGet();
        Thread.ofVirtual().start(() -> connect(from));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket from) {
    try {
      var to = new Socket(InetAddress.getLoopbackAddress(), target);
      from.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
      var connection = new Connection(from, to, cuts.get());
      connections.add(connection);
      Thread.ofVirtual().start(() -> pass(connection, true));
      pass(connection, false);
    } catch (IOException nobodyThere) {
      close(from, false);
    }
  }

  private void pass(Connection connection, boolean forth) {
    var chunk = new byte[CHUNK_SIZE_BYTES];
    var cut = connection.cut.filter(planned -> planned.forth == forth);
    long leftSizeBytes = cut.map(Cut::afterSizeBytes).orElse(Long.MAX_VALUE);
    try {
      var in = (forth ? connection.from : connection.to).getInputStream();
      var out = (forth ? connection.to : connection.from).getOutputStream();
      while (leftSizeBytes > 0) {
        int read = in.read(chunk, 0, (int) Math.min(chunk.length, leftSizeBytes));
        if (read < 0) {
          end(connection, false);
          return;
        }
        if (held) {
          gate.acquire(read);
        }
        out.write(chunk, 0, read);
        leftSizeBytes -= read;
      }
      cutOff.incrementAndGet();
      end(connection, cut.orElseThrow().reset);
    } catch (IOException oneEndIsGone) {
      end(connection, false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(connection, true);
    }
  }

  private void end(Connection connection, boolean reset) {
    connections.remove(connection);
    close(connection.from, reset);
    close(connection.to, reset);
  }

  private static void close(Socket socket, boolean reset) {
    try (socket) {
      if (reset) {
        socket.setSoLinger(true, 0);
      }
    } catch (IOException closedAlready) {
      // There is nothing left to close.
    }
  }

  @Override
  public void close() {
    try (server) {
      release();
      connections.forEach(connection -> end(connection, true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
