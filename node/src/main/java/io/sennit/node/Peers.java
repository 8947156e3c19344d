package io.sennit.node;

import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.Seals;
import io.sennit.machine.Input;
import io.sennit.machine.Status;
import io.sennit.node.NodeStatus.PeerStatus;
import io.sennit.overlay.Capacity;
import io.sennit.overlay.Contact;
import io.sennit.overlay.Coordinate;
import io.sennit.sync.Message;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keeps the links: listens, dials and dials again, keeps one link for each [Instance], and refuses
/// whom an operator hung up on.
///
/// While few machines are known, every known address has a virtual thread that keeps a connection
/// to it. With more, the machine's overlay says whom to dial, and only addresses that an operator
/// added are kept besides. Where both sides dial at once, the connection dialled by the machine
/// with the smaller key stays, on both sides.
final class Peers implements Link.Listener {
  private static final Logger LOG = System.getLogger(Peers.class.getName());
  private static final int CONNECT_MILLIS_MAX = 5_000;
  private static final int HANDSHAKE_MILLIS_MAX = 10_000;

  /// Connections that may be shaking hands at once.
  private static final int STRANGERS_MAX = 64;

  /// A link that lived so long was a success: the next dial need not wait long.
  private static final long SUCCESS_NANOS = 2_000_000_000L;

  /// How long a peer may take to hear that this machine is being closed.
  private static final long FAREWELL_MILLIS_MAX = 300;

  /// Up to so many other machines, all that are known are kept connected.
  private static final int FEW = 8;

  /// A peer that has links enough is dialled again after half to three halves of this, unless this
  /// machine has no other link.
  private static final long ENOUGH_NANOS = 60_000_000_000L;

  /// Contacts that the overlay is told of when it begins, at most.
  private static final int CONTACTS_MAX = 128;

  private static final String ITSELF = "this is the machine itself";
  private static final String SECOND = "another connection to the same machine stays";

  /// Refusals that say nothing bad of either side.
  private static final Set<String> HARMLESS = Set.of(Link.CLOSING, Link.LET_GO, ITSELF, SECOND);

  private final MachineId self;
  private final EventId root;
  private final SealChecks seals;
  private final Tls tls;
  private final Driver driver;
  private final AtomicInteger numbers = new AtomicInteger();
  private final PeerLog log = new PeerLog();
  private final Semaphore strangers = new Semaphore(STRANGERS_MAX);
  private final LongAdder sentSizeBytes = new LongAdder();
  private final LongAdder sentEventSizeBytes = new LongAdder();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private final AddressBook book;
  private final Map<String, Dial> dials = new LinkedHashMap<>();
  private final Map<Instance, Link> links = new TreeMap<>();
  private final Map<Link, String> listens = new LinkedHashMap<>();
  private @Nullable ServerSocket server;
  private @Nullable Address listening;
  private List<Address> advertised = List.of();
  private boolean closed;

  private final BookKeeper keeper;

  /// One address that is kept connected.
  private static final class Dial {
    final Address address;
    final String pinned;
    String state = "connecting";
    String detail = "";
    boolean ended;

    /// Somebody asked for this connection since it was last tried.
    boolean atOnce;

    /// One side had links enough, and when it is asked again.
    boolean letGo;

    long againNanos;

    Dial(Address address, String pinned) {
      this.address = address;
      this.pinned = pinned;
    }
  }

  Peers(MachineKey key, EventId root, Seals seals, Driver driver, AddressBook book) {
    this.self = key.machine();
    this.root = root;
    this.seals = new SealChecks(seals);
    this.tls = new Tls(key);
    this.driver = driver;
    this.book = book;
    this.keeper = new BookKeeper(this, driver);
    driver.dialWith(
        contact -> Thread.ofVirtual().name("sennit-dial-once").start(() -> dialOnce(contact)));
  }

  /// @param said where others are told to dial this machine; empty to choose
  Address listen(Address address, List<Address> said) {
    lock.lock();
    try {
      if (server != null) {
        throw new SennitException(SennitException.Kind.REFUSED, "this machine listens already");
      }
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(address.host(), address.port()));
      listening = new Address(address.host(), server.getLocalPort());
      advertised = Advertised.of(listening, said);
      var accepting = server;
      Thread.ofVirtual().name("sennit-accept").start(() -> accept(accepting));
      return listening;
    } catch (IOException e) {
      throw new SennitException(
          SennitException.Kind.REFUSED, "cannot listen on " + address + ": " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  String listening() {
    lock.lock();
    try {
      return listening == null ? "" : listening.toString();
    } finally {
      lock.unlock();
    }
  }

  /// Where others are told to dial this machine.
  List<Address> advertised() {
    lock.lock();
    try {
      return advertised;
    } finally {
      lock.unlock();
    }
  }

  private void accept(ServerSocket from) {
    while (true) {
      try {
        var socket = from.accept();
        if (strangers.tryAcquire()) {
          Thread.ofVirtual().name("sennit-greet").start(() -> greet(socket));
        } else {
          socket.close();
        }
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "the listener ended", e);
        return;
      }
    }
  }

  private void greet(Socket socket) {
    var from = String.valueOf(socket.getRemoteSocketAddress()).replace("/", "");
    try {
      open(socket, false, from, "");
    } catch (IOException e) {
      log.stranger(from, String.valueOf(e.getMessage()));
    } finally {
      strangers.release();
    }
  }

  /// Shakes hands, and takes the link in or refuses it.
  private Link open(Socket socket, boolean dialled, String address, String pinned)
      throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(HANDSHAKE_MILLIS_MAX);
      var secured = tls.secure(socket, dialled);
      var link = new Link(numbers.incrementAndGet(), socket, secured, dialled, address, this);
      var refusal = admit(link, pinned);
      if (refusal.isEmpty()) {
        log.up(link);
        driver.linkUp(link, link.machine()); // before anything can arrive
      } else {
        log.refused(link, refusal, !HARMLESS.contains(refusal));
        link.refuse(refusal);
      }
      try {
        link.start();
      } catch (IOException e) {
        link.close("the connection broke: " + e.getMessage());
        throw e;
      }
      return link;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /// @return why the link is not welcome, or nothing
  private String admit(Link link, String pinned) {
    lock.lock();
    try {
      var key = link.machine().toString();
      if (closed) {
        return Link.CLOSING;
      } else if (link.machine().equals(self)) {
        return ITSELF;
      } else if (!pinned.isEmpty() && !pinned.equals(key)) {
        return "the ticket names another machine at this address";
      } else if (book.refuses(key)) {
        return "an operator of this machine hung up on you";
      }
      var other = links.get(link.instance());
      if (other != null && !other.isClosed()) {
        if (dialler(other).equals(dialler(link)) || dialler(link).compareTo(dialler(other)) < 0) {
          other.close("a newer connection to the same machine took its place");
        } else {
          return SECOND;
        }
      }
      links.put(link.instance(), link);
      changed.signalAll();
      return "";
    } finally {
      lock.unlock();
    }
  }

  private MachineId dialler(Link link) {
    return link.dialled() ? self : link.machine();
  }

  /// Keeps a connection to this address from now on.
  ///
  /// @param pinned the key that must answer there, or empty when any may
  void connect(Address address, String pinned) {
    lock.lock();
    try {
      var known = book.get(address.toString()).orElse(AddressBook.Known.heard(pinned));
      book.entries()
          .forEach((other, its) -> {
            if (!its.machine().isEmpty() && its.machine().equals(known.machine())) {
              book.put(other, new AddressBook.Known(its.machine(), false, its.added()));
            }
          });
      book.put(address.toString(), new AddressBook.Known(known.machine(), false, true));
      book.flush();
      var running = dials.get(address.toString());
      if (running != null) {
        running.atOnce = true;
      }
      dial(address, pinned);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void dial(Address address, String pinned) {
    var running = dials.get(address.toString());
    boolean own = address.equals(listening) || advertised.contains(address);
    if (closed || own || (running != null && !running.ended)) {
      return;
    }
    var dial = new Dial(address, pinned);
    dials.put(address.toString(), dial);
    Thread.ofVirtual().name("sennit-dial-" + address).start(() -> keepConnected(dial));
  }

  void connectKnown() {
    List<Contact> contacts;
    lock.lock();
    try {
      boolean few = book.machines() <= FEW;
      book.entries()
          .forEach((address, known) -> {
            if (!known.refused() && (few || known.added() || known.machine().isEmpty())) {
              dial(Address.parse(address), known.machine());
            }
          });
      contacts = contacts(CONTACTS_MAX);
    } finally {
      lock.unlock();
    }
    driver.tell(new Input.Known(contacts));
  }

  /// Machines that the book has an address of, drawn at random.
  List<Contact> contacts(int most) {
    lock.lock();
    try {
      var all = new ArrayList<Contact>();
      book.entries()
          .forEach((address, known) -> {
            if (!known.refused()
                && !known.machine().isEmpty()
                && !known.machine().equals(self.toString())) {
              var machine = MachineId.parse(known.machine());
              all.add(new Contact(machine, address, Capacity.HOME, Coordinate.UNKNOWN));
            }
          });
      Collections.shuffle(all, new Random());
      return List.copyOf(all.subList(0, Math.min(most, all.size())));
    } finally {
      lock.unlock();
    }
  }

  /// Writes down whom the overlay could link with.
  void remember(List<Contact> contacts) {
    lock.lock();
    try {
      for (var contact : contacts) {
        remember(contact.address(), AddressBook.Known.heard(contact.machine().toString()));
      }
      book.flush();
    } finally {
      lock.unlock();
    }
  }

  private void remember(String address, AddressBook.Known contact) {
    try {
      var known = dialable(address).toString();
      if (book.get(known).map(AddressBook.Known.heard("")::equals).orElse(true)) {
        book.put(known, contact);
      }
    } catch (IllegalArgumentException e) {
      LOG.log(Level.DEBUG, "a contact that nobody can dial", e);
    }
  }

  /// From now on the address book is kept.
  void start() {
    keeper.start();
  }

  /// Hangs up on the machine behind this address and refuses it.
  boolean disconnect(Address address) {
    List<Link> up;
    lock.lock();
    try {
      var known = book.get(address.toString());
      if (known.isEmpty()) {
        return false;
      }
      var key = known.get().machine();
      book.put(address.toString(), new AddressBook.Known(key, true, false));
      book.flush();
      up = linksOf(key);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    up.forEach(link -> link.close("an operator of this machine hung up"));
    return true;
  }

  /// All that are up with the machine of this key; several when it runs in several instances.
  private List<Link> linksOf(String key) {
    return links.values().stream()
        .filter(link -> link.machine().toString().equals(key) && !link.isClosed())
        .toList();
  }

  private void keepConnected(Dial dial) {
    var backoff = new Backoff(new SplittableRandom());
    try {
      while (awaitTurn(dial)) {
        long begunNanos = System.nanoTime();
        begin(dial);
        try {
          var socket = new Socket();
          socket.connect(
              new InetSocketAddress(dial.address.host(), dial.address.port()), CONNECT_MILLIS_MAX);
          var link = open(socket, true, dial.address.toString(), dial.pinned);
          learn(dial.address.toString(), link.machine());
          say(dial, "connected", "");
          link.awaitClosed();
          letGo(dial, link.wasLetGo());
          if (link.machine().equals(self)) {
            end(dial);
            return;
          }
        } catch (IOException e) {
          say(dial, "waiting", String.valueOf(e.getMessage()));
          log.unreachable(dial.address, String.valueOf(e.getMessage()));
        }
        if (System.nanoTime() - begunNanos > SUCCESS_NANOS) {
          backoff.succeeded();
        }
        if (pause(dial, backoff.nextNanos())) {
          backoff.succeeded();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end(dial);
  }

  private void letGo(Dial dial, boolean letGo) {
    lock.lock();
    try {
      dial.letGo = letGo;
      dial.againNanos =
          System.nanoTime() + ENOUGH_NANOS / 2 + new SplittableRandom().nextLong(ENOUGH_NANOS);
    } finally {
      lock.unlock();
    }
  }

  private void begin(Dial dial) {
    lock.lock();
    try {
      dial.atOnce = false;
      dial.letGo = false;
    } finally {
      lock.unlock();
    }
  }

  private void end(Dial dial) {
    lock.lock();
    try {
      dial.ended = true;
    } finally {
      lock.unlock();
    }
  }

  private void say(Dial dial, String state, String detail) {
    lock.lock();
    try {
      dial.state = state;
      dial.detail = detail;
    } finally {
      lock.unlock();
    }
  }

  private void learn(String address, MachineId machine) {
    lock.lock();
    try {
      var before = book.get(address).orElse(AddressBook.Known.heard(""));
      book.put(
          address, new AddressBook.Known(machine.toString(), before.refused(), before.added()));
    } finally {
      lock.unlock();
    }
  }

  /// Waits while the machine behind the address is connected already.
  ///
  /// @return whether to dial; false when it is over or refused
  private boolean awaitTurn(Dial dial) throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        var known = book.get(dial.address.toString()).orElse(AddressBook.Known.heard(""));
        if (closed || known.refused()) {
          return false;
        }
        boolean kept = known.added() || known.machine().isEmpty() || book.machines() <= FEW;
        if (!kept) {
          return false;
        }
        if (known.machine().equals(self.toString())) {
          return false;
        }
        long restNanos = dial.letGo ? dial.againNanos - System.nanoTime() : 0;
        if (linksOf(known.machine()).isEmpty()) {
          if (restNanos <= 0 || dial.atOnce || links.isEmpty()) {
            dial.state = "connecting";
            return true;
          }
          dial.state = "waiting";
          long _ = changed.awaitNanos(restNanos);
        } else {
          dial.state = "connected";
          changed.await();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Waits out the delay; a change of the links or the book does not shorten it, closing does, and
  /// somebody who asks for this connection.
  ///
  /// @return whether somebody asked
  private boolean pause(Dial dial, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (left > 0 && !closed && !dial.atOnce) {
        left = changed.awaitNanos(left);
      }
      return dial.atOnce;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void received(Link link, Message message, int sizeBytes) {
    switch (message) {
      case Message.Hello hello -> {
        if (hello.root().equals(root) && hello.version() == Message.VERSION) {
          listensAt(link, hello.listen());
        }
        toDriver(link, message, sizeBytes);
      }
      case Message.Again again -> {
        if (again.version() == Message.VERSION) {
          listensAt(link, again.listen());
        }
        toDriver(link, message, sizeBytes);
      }
      case Message.Refuse(var why) when HARMLESS.contains(why) -> link.close("it says: " + why);
      case Message.Refuse(var why) -> {
        refusedBy(link, why);
        toDriver(link, message, sizeBytes);
      }
      case Message.Give(var runs, _, _) -> {
        var checked =
            runs.size() > 1 ? seals.check(runs) : CompletableFuture.<Void>completedFuture(null);
        link.inOrder(checked, () -> driver.received(link, message, sizeBytes));
      }
      default -> toDriver(link, message, sizeBytes);
    }
  }

  private void toDriver(Link link, Message message, int sizeBytes) {
    link.inOrder(
        CompletableFuture.completedFuture(null), () -> driver.received(link, message, sizeBytes));
  }

  private void refusedBy(Link link, String why) {
    log.refusedBy(link, why);
    lock.lock();
    try {
      var dial = dials.get(link.address());
      if (dial != null) {
        dial.detail = "it refuses: " + why;
      }
    } finally {
      lock.unlock();
    }
  }

  /// The peer can be dialled there: remember it.
  private void listensAt(Link link, String listen) {
    if (listen.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      var address = dialable(listen);
      listens.put(link, listen);
      learn(listen, link.machine());
      if (book.machines() <= FEW) {
        dial(address, link.machine().toString());
      }
    } catch (IllegalArgumentException e) {
      log.wrong(link, "it says that it listens at " + listen);
      return;
    } finally {
      lock.unlock();
    }
  }

  /// Dials whom the machine names, once.
  private void dialOnce(Contact contact) {
    try {
      var address = dialable(contact.address());
      if (mayDial(contact, address)) {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS_MAX);
        var link = open(socket, true, address.toString(), contact.machine().toString());
        driver.dialled(link, contact);
        return;
      }
    } catch (IllegalArgumentException | IOException e) {
      LOG.log(Level.DEBUG, "nobody answers at " + contact.address(), e);
    }
    driver.tell(new Input.Unreachable(contact));
  }

  /// Whether a thread dials this machine anyhow.
  private boolean isKept(Address address, String key) {
    return dials.values().stream()
        .anyMatch(dial ->
            !dial.ended
                && !dial.letGo
                && (dial.address.equals(address)
                    || book.get(dial.address.toString())
                        .map(known -> known.machine().equals(key))
                        .orElse(false)));
  }

  private boolean mayDial(Contact contact, Address address) {
    lock.lock();
    try {
      var key = contact.machine().toString();
      boolean own = address.equals(listening) || advertised.contains(address);
      return !closed
          && !own
          && !book.refuses(key)
          && linksOf(key).isEmpty()
          && !isKept(address, key);
    } finally {
      lock.unlock();
    }
  }

  /// @throws IllegalArgumentException when nobody elsewhere can dial it
  private static Address dialable(String text) {
    var address = Address.parse(text);
    if (address.wildcard() || address.port() == 0) {
      throw new IllegalArgumentException("nobody can dial " + text);
    }
    return address;
  }

  @Override
  public void sent(int sizeBytes, boolean events) {
    sentSizeBytes.add(sizeBytes);
    if (events) {
      sentEventSizeBytes.add(sizeBytes);
    }
  }

  Sent sent() {
    return new Sent(sentSizeBytes.sum(), sentEventSizeBytes.sum());
  }

  @Override
  public void drained(Link link) {
    driver.drained(link);
  }

  @Override
  public void closed(Link link, String why) {
    lock.lock();
    try {
      if (links.remove(link.instance(), link)) {
        log.down(link, why);
      }
      listens.remove(link);
      var dial = dials.get(link.address());
      if (dial != null) {
        dial.state = "waiting";
        if (dial.detail.isEmpty()) {
          dial.detail = why;
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    driver.linkDown(link);
  }

  /// Every peer that is known, connected or not.
  List<PeerStatus> status(List<Status.Peer> sessions) {
    lock.lock();
    try {
      var byNumber = new TreeMap<Integer, Status.Peer>();
      sessions.forEach(session -> byNumber.put(session.peer(), session));
      var peers = new TreeMap<String, PeerStatus>();
      boolean few = book.machines() <= FEW;
      book.entries()
          .forEach((address, known) -> {
            var dial = dials.get(address);
            if (!few && dial == null && !known.refused() && !known.added()) {
              return;
            }
            var state = known.refused() ? "refused" : dial == null ? "known" : dial.state;
            var detail = dial == null || known.refused() ? "" : dial.detail;
            peers.put(address, new PeerStatus(address, known.machine(), state, detail));
          });
      for (var link : links.values()) {
        var session = byNumber.get(link.number());
        var address = listens.getOrDefault(link, link.address());
        var state = session == null ? "greeting" : session.state();
        var closed = session == null ? "" : session.takesNothing();
        var detail = closed.isEmpty() ? "" : "it takes no events: " + closed;
        peers.put(address, new PeerStatus(address, link.machine().toString(), state, detail));
      }
      peers.values().removeIf(peer -> peer.machine().equals(self.toString()));
      return List.copyOf(peers.values());
    } finally {
      lock.unlock();
    }
  }

  /// Stops listening and dialling, and hangs up.
  void close() {
    List<Link> up;
    lock.lock();
    try {
      closed = true;
      up = new ArrayList<>(links.values());
      if (server != null) {
        server.close();
      }
      changed.signalAll();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing the listener failed", e);
      up = new ArrayList<>(links.values());
    } finally {
      lock.unlock();
    }
    keeper.close();
    up.forEach(link -> link.refuse(Link.CLOSING));
    long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FAREWELL_MILLIS_MAX);
    up.forEach(link -> {
      link.awaitClosed(untilNanos - System.nanoTime());
      link.close(Link.CLOSING);
    });
    seals.close();
  }
}
