package io.sennit.bench;

import io.sennit.bench.peer.Order;
import io.sennit.dag.MemoryStore;
import io.sennit.dag.Node;
import io.sennit.dag.Placed;
import io.sennit.dag.Positions;
import io.sennit.event.Draft;
import io.sennit.event.Root;
import io.sennit.machine.Input;
import io.sennit.machine.Machine;
import io.sennit.machine.Output;
import io.sennit.machine.Timer;
import io.sennit.node.Ed25519Seals;
import io.sennit.sync.Message;
import io.sennit.sync.MessageCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Two machines that talk in memory: the core as it is, without sockets and disks, so that what
/// they say can be counted to the byte, and how often they wait for each other.
///
/// Whatever is said in one step arrives in the next one: two steps are a round trip. A disk here
/// syncs at once.
final class Talk {
  private static final int STEPS_MAX = 100_000;
  private static final int PER_CALL = 256;

  private final Side one;
  private final Side other;

  /// The number of the link, on both sides.
  private int link;

  private int steps;
  private int stepsUntilEqual;
  private long controlBytes;
  private long eventBytes;

  /// What it took.
  ///
  /// @param roundTrips until both held the same
  /// @param controlBytes of all messages but those with events, both directions, to the very end
  /// @param eventBytes of messages with events, before a link compresses them
  record Took(double roundTrips, long controlBytes, long eventBytes) {}

  /// Both hold R alone.
  Talk() {
    var founder = new Author(1_000);
    var root = Root.found(founder, "bench", new byte[16], Author.TIME);
    one = new Side(root, founder);
    other = new Side(root, new Author(1_001));
  }

  /// One of the two.
  private static final class Side {
    final MemoryStore store = new MemoryStore();
    final Machine machine;
    MessageCodec codec = new MessageCodec();
    final Author author;

    /// Said, and not yet on its way.
    final List<Message> said = new ArrayList<>();

    /// Timers that are set; when they are due does not matter here.
    final List<Timer> timers = new ArrayList<>();

    private long request;
    private long nowNanos;
    private long written;

    Side(Root root, Author author) {
      this.author = author;
      var first = root.event();
      var node =
          new Node(1, first.id(), 0, first.machine(), true, first.body().length, Positions.of());
      store.append(List.of(new Placed(node, first)));
      machine = new Machine(store, root, author, new Ed25519Seals(), author.number());
      handle(new Input.Loaded());
    }

    void write(int events) {
      for (int done = 0; done < events; done += PER_CALL) {
        var drafts = new ArrayList<Draft>();
        for (int i = done; i < Math.min(events, done + PER_CALL); i++) {
          drafts.add(Author.draft(new Order(author.number(), written++)));
        }
        handle(new Input.Append(++request, drafts));
      }
    }

    void handle(Input first) {
      var inputs = new ArrayDeque<>(List.of(first));
      while (!inputs.isEmpty()) {
        for (var output : machine.handle(inputs.remove(), nowNanos)) {
          switch (output) {
            case Output.Persist(var batch) -> {
              store.append(batch);
              inputs.add(new Input.Persisted(batch.getLast().position()));
            }
            case Output.Send(var peer, var message) -> {
              said.add(message);
              if (message.gives()) {
                inputs.add(new Input.Drained(peer));
              }
            }
            case Output.SetTimer(var timer, _) -> {
              timers.remove(timer);
              timers.add(timer);
            }
            case Output.Disconnect(_, var why) -> throw new IllegalStateException(why);
            default -> {
              // For applications and people.
            }
          }
        }
      }
    }

    /// Time passes until these timers are due.
    void fire(Class<? extends Timer> kind) {
      nowNanos += 60_000_000_000L;
      var due = timers.stream().filter(kind::isInstance).toList();
      timers.removeAll(due);
      due.forEach(timer -> handle(new Input.TimerFired(timer)));
    }
  }

  /// Each writes so many events that the other does not have.
  void write(int events) {
    one.write(events);
    other.write(events);
  }

  /// They meet, and talk until they have nothing more to say.
  Took meet() {
    link++;
    one.codec = new MessageCodec();
    other.codec = new MessageCodec();
    one.handle(new Input.PeerUp(link, other.author.machine()));
    other.handle(new Input.PeerUp(link, one.author.machine()));
    return talk();
  }

  /// The link between them is gone.
  void part() {
    one.handle(new Input.PeerDown(link));
    other.handle(new Input.PeerDown(link));
  }

  /// They prove once more that they hold the same.
  Took proveAgain() {
    one.fire(Timer.Prove.class);
    other.fire(Timer.Prove.class);
    return talk();
  }

  private Took talk() {
    steps = 0;
    stepsUntilEqual = 0;
    controlBytes = 0;
    eventBytes = 0;
    while (step()) {
      if (steps > STEPS_MAX) {
        throw new IllegalStateException("two machines talk without end");
      }
    }
    if (!equal()) {
      throw new IllegalStateException("two machines have nothing more to say, and differ");
    }
    return new Took(stepsUntilEqual / 2.0, controlBytes, eventBytes);
  }

  /// What was said arrives.
  ///
  /// @return whether there was anything
  private boolean step() {
    if (one.said.isEmpty() && other.said.isEmpty()) {
      one.fire(Timer.Ask.class);
      other.fire(Timer.Ask.class);
    }
    if (one.said.isEmpty() && other.said.isEmpty()) {
      return false;
    }
    boolean before = equal();
    var toOther = List.copyOf(one.said);
    var toOne = List.copyOf(other.said);
    one.said.clear();
    other.said.clear();
    steps++;
    toOther.forEach(message -> carry(message, one, other));
    toOne.forEach(message -> carry(message, other, one));
    one.fire(Timer.Integrate.class);
    other.fire(Timer.Integrate.class);
    if (!before && equal()) {
      stepsUntilEqual = steps;
    }
    return true;
  }

  private void carry(Message message, Side from, Side to) {
    var bytes = from.codec.encode(message);
    if (message.gives()) {
      eventBytes += bytes.length;
    } else {
      controlBytes += bytes.length;
    }
    switch (to.codec.decode(bytes)) {
      case MessageCodec.Decoding.Decoded(var decoded) ->
          to.handle(new Input.Received(link, decoded));
      case MessageCodec.Decoding.Refused(var why) -> throw new IllegalStateException(why);
    }
  }

  private boolean equal() {
    return one.store.tips().equals(other.store.tips());
  }
}
