package io.sennit.app.faults;

import io.sennit.node.Address;
import java.io.IOException;
import java.lang.System.Logger.Level;
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

  private final Entrance entrance;
  private final ToLongFunction<Socket> oneWayNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Connection> connections = new ArrayList<>();

  /// Without delay.
  Passage() {
    this(_ -> 0);
  }

  /// @param oneWayNanos how long what passes takes, in either direction, for a connection that came
  Passage(ToLongFunction<Socket> oneWayNanos) {
    this.oneWayNanos = oneWayNanos;
    entrance = new Entrance(this::pass);
  }

  Address address() {
    return entrance.address();
  }

  /// The machine's process listens there from now on.
  void to(Address address) {
    entrance.to(address);
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
    entrance.shut();
    lock.lock();
    try {
      for (var connection : connections) {
        connection.cut();
      }
      connections.clear();
    } finally {
      lock.unlock();
    }
  }

  void open() {
    entrance.open();
  }

  private void pass(Socket near, Socket far) throws IOException {
    long delayNanos = oneWayNanos.applyAsLong(near);
    near.setTcpNoDelay(true);
    far.setTcpNoDelay(true);
    var connection = new Connection(near, far);
    lock.lock();
    try {
      if (entrance.isShut()) {
        connection.cut();
        return;
      }
      connections.add(connection);
    } finally {
      lock.unlock();
    }
    carry(near, far, delayNanos);
    carry(far, near, delayNanos);
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
    Entrance.close(into);
    Entrance.close(from);
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    shut();
  }
}
