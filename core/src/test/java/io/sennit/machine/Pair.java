package io.sennit.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.dag.EventStore;
import io.sennit.dag.Graphs;
import io.sennit.dag.Placed;
import io.sennit.event.Event;
import io.sennit.event.PretendSigner;
import io.sennit.sync.Fingerprints;
import io.sennit.sync.Message;
import io.sennit.sync.MessageCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Two machines and the link between them, on which every byte and every half of a round trip is
/// counted: whatever both say at one moment arrives together, and then they answer.
final class Pair {
  /// Of a frame around a message: its length and its kind.
  static final int FRAME_SIZE_BYTES = 5;

  private static final int LINK = 1;

  /// More halves of round trips than any exchange in these tests takes.
  private static final int FLIGHTS_MAX = 20_000;

  final Side left;
  Side right;

  /// Halves of round trips until the first events arrived on either side, until the last, and until
  /// both were silent. Only so many messages with events are under way at once.
  int flightsToFirstEvents;

  int flightsToLastEvent;

  int flights;

  /// Bytes of everything but runs, and of runs.
  long controlSizeBytes;

  long givenSizeBytes;

  /// Events that arrived where they were already.
  long repeated;

  /// How often each kind of message was sent.
  final TreeMap<String, Integer> kinds = new TreeMap<>();

  /// One machine, its end of the link, and what it has said.
  static final class Side {
    final EventStore store;
    final Machine machine;
    private final PretendSigner signer;
    private MessageCodec codec = new MessageCodec();
    private final List<Message> said = new ArrayList<>();
    private final List<Message> unsent = new ArrayList<>();
    private final List<Timer> timers = new ArrayList<>();
    String hungUp = "";
    private long requests;
    private long nowNanos;

    /// How many halves of a round trip the disk takes; 0 for one that syncs at once.
    int syncFlights;

    private int flight;
    private final ArrayDeque<Unsynced> unsynced = new ArrayDeque<>();

    private record Unsynced(int due, List<Placed> batch) {}

    Side(EventStore store, long number, Fingerprints fingerprints) {
      this.store = store;
      this.signer = PretendSigner.number(number);
      this.machine =
          new Machine(store, Graphs.root(), signer, PretendSigner.seals(), fingerprints, number);
      handle(new Input.Loaded());
    }

    void handle(Input input) {
      for (var output : machine.handle(input, nowNanos)) {
        switch (output) {
          case Output.Persist(var batch) -> {
            unsynced.add(new Unsynced(flight + syncFlights, batch));
            sync(flight);
          }
          case Output.Send(_, var message) -> unsent.add(message);
          case Output.SetTimer(var timer, _) -> timers.add(timer);
          case Output.Disconnect(_, var why) -> hungUp = why;
          default -> {
            // For applications and readers.
          }
        }
      }
    }

    /// Writes events of its own.
    void append(int events) {
      for (int n = 0; n < events; n++) {
        handle(new Input.Append(++requests, List.of(Graphs.draft("{\"said\":" + requests + "}"))));
      }
    }

    String state() {
      return machine.status().peers().getFirst().state();
    }

    /// What was said since the last call.
    private List<Message> take() {
      var taken = List.copyOf(unsent);
      unsent.clear();
      said.addAll(taken);
      return taken;
    }

    /// Everything said so far, of one kind.
    <T extends Message> List<T> said(Class<T> kind) {
      return said.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void sync(int now) {
      flight = now;
      while (!unsynced.isEmpty() && unsynced.getFirst().due <= now) {
        var batch = unsynced.removeFirst().batch;
        store.append(batch);
        handle(new Input.Persisted(batch.getLast().position()));
      }
    }

    private boolean silent() {
      return unsent.isEmpty() && unsynced.isEmpty();
    }

    /// Batches that wait for their time.
    private void integrate() {
      if (timers.remove(new Timer.Integrate())) {
        handle(new Input.TimerFired(new Timer.Integrate()));
      }
    }
  }

  Pair(EventStore left, EventStore right) {
    this(left, right, Fingerprints.WHOLE);
  }

  Pair(EventStore left, EventStore right, Fingerprints fingerprints) {
    this.left = new Side(left, 1001, fingerprints);
    this.right = new Side(right, 1002, fingerprints);
  }

  Pair(List<Event> left, List<Event> right) {
    this(Graphs.store(left), Graphs.store(right));
  }

  /// Links them, and carries what they say until both are silent.
  Pair connect() {
    return connectFor(FLIGHTS_MAX);
  }

  /// Links them, and carries what they say for so many halves of round trips.
  Pair connectFor(int flightsMax) {
    left.codec = new MessageCodec();
    right.codec = new MessageCodec();
    left.handle(new Input.PeerUp(LINK, right.signer.machine()));
    right.handle(new Input.PeerUp(LINK, left.signer.machine()));
    talk(flightsMax);
    return this;
  }

  /// The link breaks; what was under way is lost.
  void hangUp() {
    left.take();
    right.take();
    left.handle(new Input.PeerDown(LINK));
    right.handle(new Input.PeerDown(LINK));
  }

  /// The right machine is started again, so it remembers nothing but its store.
  void restartRight() {
    restartRight(right.store);
  }

  /// The right machine is started again, and this is what its store holds.
  void restartRight(EventStore store) {
    right = new Side(store, 1002, Fingerprints.WHOLE);
  }

  /// Counts from here on.
  void forget() {
    flightsToFirstEvents = 0;
    flightsToLastEvent = 0;
    flights = 0;
    controlSizeBytes = 0;
    givenSizeBytes = 0;
    repeated = 0;
    kinds.clear();
  }

  /// It is time for one to prove that they hold the same.
  void prove(Side side) {
    side.handle(new Input.TimerFired(new Timer.Prove(LINK)));
    talk();
  }

  /// Proves until both are in sync, as the timers of a real machine would.
  void proveUntilEqual() {
    for (int times = 0; times < 100 && !equal(); times++) {
      prove(times % 2 == 0 ? left : right);
    }
  }

  boolean equal() {
    return left.machine.status().digest().equals(right.machine.status().digest());
  }

  private void talk() {
    int before = flights;
    talk(FLIGHTS_MAX);
    assertThat(flights - before).as("they never fall silent: " + kinds).isLessThan(FLIGHTS_MAX);
  }

  private void talk(int flightsMax) {
    for (int n = 0; n < flightsMax && !(left.silent() && right.silent()); n++) {
      var fromLeft = left.take();
      var fromRight = right.take();
      flights++;
      var toRight = encoded(left, fromLeft);
      var toLeft = encoded(right, fromRight);
      arrive(left, toRight, right);
      arrive(right, toLeft, left);
      left.integrate();
      right.integrate();
      left.sync(flights);
      right.sync(flights);
    }
  }

  private List<byte[]> encoded(Side from, List<Message> messages) {
    var all = new ArrayList<byte[]>();
    for (var message : messages) {
      var bytes = from.codec.encode(message);
      kinds.merge(message.getClass().getSimpleName(), 1, Integer::sum);
      if (message.gives()) {
        givenSizeBytes += bytes.length + FRAME_SIZE_BYTES;
      } else {
        controlSizeBytes += bytes.length + FRAME_SIZE_BYTES;
      }
      all.add(bytes);
    }
    return all;
  }

  private void arrive(Side from, List<byte[]> messages, Side to) {
    for (var bytes : messages) {
      var message =
          switch (to.codec.decode(bytes)) {
            case MessageCodec.Decoding.Decoded(var decoded) -> decoded;
            case MessageCodec.Decoding.Refused(var why) -> throw new AssertionError(why);
          };
      if (message instanceof Message.Give(var runs, _, _)) {
        flightsToFirstEvents = flightsToFirstEvents == 0 ? flights : flightsToFirstEvents;
        flightsToLastEvent = flights;
        for (var run : runs) {
          for (var event : run.events()) {
            repeated += to.store.position(event.id()) == 0 ? 0 : 1;
          }
        }
      }
      to.handle(new Input.Received(LINK, message));
      if (message instanceof Message.Give) {
        from.handle(new Input.Drained(LINK));
      }
    }
  }

  /// A line of a table.
  String figures(String what) {
    return String.format(
        java.util.Locale.ROOT,
        "%-40s %6d B control, %9d B of events, %4d repeated; first and last events after %.1f and"
            + " %.1f round trips, silence after %.1f; %s",
        what,
        controlSizeBytes,
        givenSizeBytes,
        repeated,
        flightsToFirstEvents / 2.0,
        flightsToLastEvent / 2.0,
        flights / 2.0,
        kinds);
  }
}
