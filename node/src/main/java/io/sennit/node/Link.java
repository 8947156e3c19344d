package io.sennit.node;

import io.sennit.event.MachineId;
import io.sennit.sync.Message;
import io.sennit.sync.MessageCodec;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;

/// One connection to a peer: a thread reads frames, a virtual one writes them. The reader is a
/// platform thread, because what wakes it is the socket itself and not a second thread that polls.
///
/// Both directions are bounded. The reader stops while the driver has not handled what it read
/// before, so a fast sender meets TCP's own flow control; a queue of outgoing messages that runs
/// full ends the link.
final class Link {
  /// What a link tells of its life, on its own threads.
  interface Listener {
    /// A message came. Say [Link#handled] when it was dealt with.
    void received(Link link, Message message, int sizeBytes);

    /// A frame was written to the socket.
    ///
    /// @param events whether it carries any
    void sent(int sizeBytes, boolean events);

    /// A give was written to the socket.
    void drained(Link link);

    /// The link is gone, for this reason. Said once.
    void closed(Link link, String why);
  }

  /// Why a link ends when its machine does. Peers say it to each other.
  static final String CLOSING = "this machine is being closed";

  /// Why a link ends that the overlay has no use for. Peers say it to each other.
  static final String LET_GO = "this machine has links enough";

  private static final Logger LOG = System.getLogger(Link.class.getName());
  private static final int UNHANDLED_SIZE_BYTES_MAX = Frame.SIZE_BYTES_MAX;

  /// A peer says something every few seconds; one that is silent for so long is gone.
  private static final int SILENCE_MILLIS_MAX = 60_000;

  private final int number;
  private final boolean dialled;
  private final String address;
  private final Socket plain;
  private final Tls.Secured secured;
  private final Listener listener;
  private final MessageCodec codec = new MessageCodec();
  private final Outgoing outgoing = new Outgoing();
  private final Semaphore unhandled = new Semaphore(UNHANDLED_SIZE_BYTES_MAX);

  /// Completes when everything that was read is delivered; only the reading thread has it.
  private CompletableFuture<Void> delivered = CompletableFuture.completedFuture(null);

  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile String why = "";
  private final CountDownLatch gone = new CountDownLatch(1);

  /// @param number ours for this link, never used again
  /// @param address where it was dialled, or where it came from
  Link(
      int number,
      Socket plain,
      Tls.Secured secured,
      boolean dialled,
      String address,
      Listener listener) {
    this.number = number;
    this.plain = plain;
    this.secured = secured;
    this.dialled = dialled;
    this.address = address;
    this.listener = listener;
  }

  void start() throws IOException {
    secured.socket().setSoTimeout(SILENCE_MILLIS_MAX);
    Thread.ofPlatform().daemon().name("sennit-link-" + number + "-read").start(this::read);
    Thread.ofVirtual().name("sennit-link-" + number + "-write").start(this::write);
  }

  int number() {
    return number;
  }

  MachineId machine() {
    return secured.instance().machine();
  }

  Instance instance() {
    return secured.instance();
  }

  boolean dialled() {
    return dialled;
  }

  String address() {
    return address;
  }

  /// Queues a message. A peer that does not take what it is told loses the link.
  void send(Message message) {
    if (!outgoing.add(message)) {
      close("it does not read what it is sent");
    }
  }

  /// Sends what is queued and this last message, then closes.
  void refuse(String why) {
    send(new Message.Refuse(why));
  }

  /// Delivers when this is ready, and everything before was delivered. The reading thread calls it.
  void inOrder(CompletableFuture<Void> ready, Runnable deliver) {
    if (delivered.state() == Future.State.SUCCESS && ready.state() == Future.State.SUCCESS) {
      deliver.run();
    } else {
      delivered = delivered.thenCombine(ready, (_, _) -> null).thenRun(deliver);
      var _ =
          delivered.exceptionally(e -> {
            failed("dealing with what was read", e);
            return null;
          });
    }
  }

  /// A message that took so many bytes on the link is dealt with.
  void handled(Message message, int sizeBytes) {
    outgoing.handled(message);
    unhandled.release(permits(sizeBytes));
  }

  private static int permits(int sizeBytes) {
    return Math.min(Math.max(1, sizeBytes), UNHANDLED_SIZE_BYTES_MAX);
  }

  private void read() {
    try {
      var in =
          new DataInputStream(new BufferedInputStream(secured.socket().getInputStream(), 1 << 16));
      while (!closed.get()) {
        int length = Frame.readLength(in);
        unhandled.acquire(permits(length));
        switch (Frame.read(in, length)) {
          case Frame.Credit credit -> {
            unhandled.release(permits(length));
            if (!outgoing.credited(credit)) {
              close("it deals with more than it was given");
              return;
            }
          }
          case Frame.Ending _ -> throw new IllegalStateException("what is read is whole");
          case Frame.Carrying(var bytes) -> {
            switch (codec.decode(bytes)) {
              case MessageCodec.Decoding.Refused(var why) -> {
                close("not a message: " + why);
                return;
              }
              case MessageCodec.Decoding.Decoded(var message) ->
                  listener.received(this, message, length);
            }
          }
        }
      }
    } catch (Frame.FaultyException e) {
      close(String.valueOf(e.getMessage()));
    } catch (EOFException e) {
      close("it hung up");
    } catch (SSLException e) {
      boolean cut = e.getCause() instanceof EOFException;
      close(cut ? "it hung up" : "the connection broke: " + e.getMessage());
    } catch (IOException e) {
      close("the connection broke: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close("the reader was stopped");
    } catch (RuntimeException e) { // a fault of ours; only this link ends
      failed("reading", e);
    }
  }

  private void write() {
    try {
      var out =
          new DataOutputStream(
              new BufferedOutputStream(secured.socket().getOutputStream(), 1 << 16));
      for (var next = outgoing.next(); next != null; next = outgoing.next()) {
        switch (next) {
          case Outgoing.Next.Tell(var credit) -> listener.sent(Frame.write(credit, out), false);
          case Outgoing.Next.Say(var message) -> {
            listener.sent(Frame.write(Frame.of(message, codec), out), message.gives());
            if (message.gives()) {
              listener.drained(this);
            }
            if (message instanceof Message.Refuse(var why)) {
              out.flush();
              close(why);
            }
          }
        }
        if (!outgoing.ready()) {
          out.flush();
        }
      }
    } catch (IOException e) {
      close("the connection broke: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close("the writer was stopped");
    } catch (RuntimeException e) {
      failed("writing", e);
    }
  }

  private void failed(String doing, Throwable e) {
    if (!closed.get()) { // else what it needed may be gone, too
      LOG.log(Level.ERROR, doing + " failed on the link with " + address, e);
    }
    close(doing + " failed on the other side");
  }

  /// Closes the socket at once, whatever the peer does.
  void close(String why) {
    if (closed.compareAndSet(false, true)) {
      this.why = why;
      try {
        plain.close();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "closing a socket failed", e);
      }
      outgoing.close();
      unhandled.release(UNHANDLED_SIZE_BYTES_MAX);
      listener.closed(this, why);
      gone.countDown();
    }
  }

  void awaitClosed() throws InterruptedException {
    gone.await();
  }

  /// Waits so long at most.
  void awaitClosed(long nanos) {
    try {
      if (!gone.await(nanos, TimeUnit.NANOSECONDS)) {
        LOG.log(Level.DEBUG, "{0} takes no farewell", address);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether it ended because one side has links enough.
  boolean wasLetGo() {
    return why.contains(LET_GO);
  }

  boolean isClosed() {
    return closed.get();
  }
}
