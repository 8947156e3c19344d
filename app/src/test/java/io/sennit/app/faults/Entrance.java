package io.sennit.app.faults;

import io.sennit.node.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// An address that stands for a machine, wherever its process listens: whoever comes is led there.
final class Entrance implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Entrance.class.getName());
  private static final int WAITING_MAX = 64;

  /// Carries what the two sides of a connection say.
  @FunctionalInterface
  interface Carrier {
    /// Takes over both sockets, unless it fails; called on a thread of its own.
    void carry(Socket near, Socket far) throws IOException;
  }

  private final ServerSocket server;
  private final Carrier carrier;
  private volatile @Nullable Address to;
  private volatile boolean shut;

  Entrance(Carrier carrier) {
    this.carrier = carrier;
    try {
      server = new ServerSocket(0, WAITING_MAX, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  Address address() {
    return new Address("127.0.0.1", server.getLocalPort());
  }

  /// The machine's process listens there from now on; who came before is turned away.
  void to(Address address) {
    to = address;
  }

  /// Turns everybody away until it is opened.
  void shut() {
    shut = true;
  }

  void open() {
    shut = false;
  }

  boolean isShut() {
    return shut;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var near = server.accept();
        Thread.startVirtualThread(() -> lead(near));
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "nobody comes any more", e);
      }
    }
  }

  private void lead(Socket near) {
    try {
      var target = shut ? null : to;
      if (target == null) {
        near.close();
      } else {
        carrier.carry(near, new Socket(target.host(), target.port()));
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the machine behind the entrance does not answer", e);
      close(near);
    }
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a socket could not be closed", e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
