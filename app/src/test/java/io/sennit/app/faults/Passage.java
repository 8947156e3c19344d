package io.sennit.app.faults;

import io.sennit.node.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The only way to a machine, wherever its process listens: it delays what passes, single
/// connections on it can be cut, and it can be closed to everybody for a while.
final class Passage implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Passage.class.getName());
  private static final int CHUNK = 8192;

  /// Chunks that are under way in one direction of a connection, at most.
  private static final int CHUNKS = 1024;

  /// What was read, and when it is to be passed on; nothing when the connection ended.
  private static final class Chunk {
    final byte[] bytes;
    final long dueNanos;

    Chunk(byte[] bytes, long dueNanos) {
      this.bytes = bytes;
      this.dueNanos = dueNanos;
    }
  }

  private record Connection(Socket near, Socket far) {
    void cut() throws IOException {
      near.close();
      far.close();
    }
  }

  private final ServerSocket server;
  private final ToLongFunction<Socket> oneWayNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Connection> connections = new ArrayList<>();
  private @Nullable Address to;
  private boolean shut;

  /// Without delay.
  Passage() {
    this(_ -> 0);
  }

  /// @param oneWayNanos how long what passes takes, in either direction, for a connection that came
  Passage(ToLongFunction<Socket> oneWayNanos) {
    this.oneWayNanos = oneWayNanos;
    try {
      server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  Address address() {
    return new Address("127.0.0.1", server.getLocalPort());
  }

  /// The machine's process listens there from now on.
  void to(Address address) {
    lock.lock();
    try {
      to = address;
    } finally {
      lock.unlock();
    }
  }

  /// Cuts a connection, if there is one.
  boolean cut(SplittableRandom random) throws IOException {
    lock.lock();
    try {
      connections.removeIf(connection -> connection.far.isClosed());
      if (connections.isEmpty()) {
        return false;
      }
      connections.remove(random.nextInt(connections.size())).cut();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Cuts all connections, and takes no more.
  void shut() throws IOException {
    lock.lock();
    try {
      shut = true;
      for (var connection : connections) {
        connection.cut();
      }
      connections.clear();
    } finally {
      lock.unlock();
    }
  }

  void open() {
    lock.lock();
    try {
      shut = false;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Address target() {
    lock.lock();
    try {
      return shut ? null : to;
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var near = server.accept();
        Thread.startVirtualThread(() -> pass(near));
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "the passage ended", e);
      }
    }
  }

  private void pass(Socket near) {
    try {
      var target = target();
      if (target == null) {
        near.close();
        return;
      }
      long delayNanos = oneWayNanos.applyAsLong(near);
      var connection = new Connection(near, new Socket(target.host(), target.port()));
      near.setTcpNoDelay(true);
      connection.far.setTcpNoDelay(true);
      lock.lock();
      try {
        if (shut) {
          connection.cut();
          return;
        }
        connections.add(connection);
      } finally {
        lock.unlock();
      }
      carry(near, connection.far, delayNanos);
      carry(connection.far, near, delayNanos);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the machine at the end of the passage does not answer", e);
      close(near);
    }
  }

  private static void carry(Socket from, Socket into, long delayNanos) {
    var underWay = new ArrayBlockingQueue<Chunk>(CHUNKS);
    Thread.startVirtualThread(() -> read(from, underWay, delayNanos));
    Thread.startVirtualThread(() -> write(underWay, into, from));
  }

  private static void read(Socket from, BlockingQueue<Chunk> underWay, long delayNanos) {
    var bytes = new byte[CHUNK];
    try {
      int read;
      do {
        read = readSome(from, bytes);
        var some = Arrays.copyOf(bytes, Math.max(0, read));
        underWay.put(new Chunk(some, System.nanoTime() + delayNanos));
      } while (read > 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int readSome(Socket from, byte[] bytes) {
    try {
      return from.getInputStream().read(bytes);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "one of the sides hung up", e);
      return -1;
    }
  }

  private static void write(BlockingQueue<Chunk> underWay, Socket into, Socket from) {
    try {
      var out = into.getOutputStream();
      for (var chunk = underWay.take(); chunk.bytes.length > 0; chunk = underWay.take()) {
        TimeUnit.NANOSECONDS.sleep(chunk.dueNanos - System.nanoTime());
        out.write(chunk.bytes);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "one of the sides hung up", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close(into);
    close(from);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a socket could not be closed", e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    shut();
  }
}
