package io.sennit.app.faults;

import io.sennit.node.Address;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A way to a machine that carries so many bytes from it and then holds back the rest.
final class Gate implements AutoCloseable {
  private final Entrance entrance;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private final List<Socket> sockets = new ArrayList<>();
  private long left;
  private boolean closed;

  /// @param sizeBytes that pass before it holds
  Gate(long sizeBytes) {
    this.left = sizeBytes;
    entrance = new Entrance(this::carry);
  }

  Address address() {
    return entrance.address();
  }

  /// This machine stands behind it from now on; who came before is turned away.
  void to(Address address) {
    entrance.to(address);
  }

  /// Lets so many more bytes pass.
  void pass(long sizeBytes) {
    lock.lock();
    try {
      left += sizeBytes;
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Lets everything pass from now on.
  void open() {
    lock.lock();
    try {
      left = Long.MAX_VALUE;
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void carry(Socket near, Socket far) throws IOException {
    lock.lock();
    try {
      if (closed) {
        near.close();
        far.close();
        return;
      }
      sockets.add(near);
      sockets.add(far);
    } finally {
      lock.unlock();
    }
    Thread.startVirtualThread(() -> copy(near, far, false));
    Thread.startVirtualThread(() -> copy(far, near, true));
  }

  private void copy(Socket from, Socket into, boolean counted) {
    try (from;
        into) {
      InputStream in = from.getInputStream();
      OutputStream out = into.getOutputStream();
      var bytes = new byte[4096];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (counted && !mayPass(read)) {
          return;
        }
        out.write(bytes, 0, read);
      }
    } catch (IOException e) {
      System.getLogger(Gate.class.getName())
          .log(System.Logger.Level.DEBUG, "one of the sides hung up", e);
    }
  }

  private boolean mayPass(int sizeBytes) {
    lock.lock();
    try {
      while (left < sizeBytes && !closed) {
        opened.awaitUninterruptibly();
      }
      left -= sizeBytes;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    lock.lock();
    try {
      closed = true;
      opened.signalAll();
      for (var socket : sockets) {
        socket.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
