package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.Seeds;
import io.sennit.dag.EventStore;
import io.sennit.dag.Graphs;
import io.sennit.event.Draft;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.PretendSigner;
import io.sennit.machine.Input;
import io.sennit.machine.Machine;
import io.sennit.machine.Output;
import io.sennit.machine.Timer;
import io.sennit.sync.Message;
import io.sennit.sync.MessageCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Two machines that have both written, and whatever is said between them as the bytes that a
/// socket would carry. The stream breaks after any byte; the next link ends what it began.
final class CutStreamTest {
  private static final long WHOLE = Long.MAX_VALUE;
  private static final int FLIGHTS_MAX = 10_000;

  /// One machine and its end of the link.
  private static final class End {
    final EventStore store;
    private final PretendSigner signer;
    private final Machine machine;
    private final List<Timer> timers = new ArrayList<>();
    private MessageCodec codec = new MessageCodec();
    private Outgoing outgoing = new Outgoing();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private byte[] heard = new byte[0];
    private int link;
    private long nowNanos;
    long repeated;

    End(List<Event> events, long number) {
      store = Graphs.store(events);
      signer = PretendSigner.number(number);
      machine = new Machine(store, Graphs.root(), signer, PretendSigner.seals(), number);
      handle(new Input.Loaded());
    }

    void append(int events) {
      var drafts = new ArrayList<Draft>();
      for (int n = 0; n < events; n++) {
        drafts.add(Graphs.draft("{\"says\":\"" + signer.machine() + "\",\"n\":" + n + "}"));
      }
      handle(new Input.Append(store.count(), drafts));
    }

    void up(End peer) {
      link++;
      codec = new MessageCodec();
      outgoing = new Outgoing();
      sent.reset();
      heard = new byte[0];
      handle(new Input.PeerUp(link, peer.signer.machine()));
    }

    /// What came of a frame that is not whole is nothing but the end of the link.
    void down() {
      if (heard.length > 0) {
        assertThatThrownBy(() -> frame(heard))
            .isInstanceOfAny(EOFException.class, Frame.FaultyException.class);
      }
      handle(new Input.PeerDown(link));
      fire(Timer.Integrate.class); // what came is taken in before the next link
    }

    private void handle(Input first) {
      var inputs = new ArrayDeque<>(List.of(first));
      while (!inputs.isEmpty()) {
        for (var output : machine.handle(inputs.remove(), nowNanos)) {
          switch (output) {
            case Output.Persist(var batch) -> {
              store.append(batch);
              inputs.add(new Input.Persisted(batch.getLast().position()));
            }
            case Output.Send(_, var message) -> assertThat(outgoing.add(message)).isTrue();
            case Output.SetTimer(var timer, _) -> timers.add(timer);
            case Output.Disconnect(_, var why) -> throw new AssertionError(why);
            default -> {
              // For applications and readers.
            }
          }
        }
      }
    }

    void fire(Class<? extends Timer> kind) {
      nowNanos += 100_000_000;
      var due = timers.stream().filter(kind::isInstance).distinct().toList();
      timers.removeAll(due);
      due.forEach(timer -> handle(new Input.TimerFired(timer)));
    }

    /// Everything that may be said now, as bytes.
    byte[] said() throws IOException, InterruptedException {
      var out = new DataOutputStream(sent);
      while (outgoing.ready()) {
        switch (outgoing.next()) {
          case Outgoing.Next.Tell(var credit) -> Frame.write(credit, out);
          case Outgoing.Next.Say(var message) -> {
            Frame.write(Frame.of(message, codec), out);
            if (message.gives()) {
              handle(new Input.Drained(link));
            }
          }
          case null -> throw new AssertionError("nobody closed it");
        }
      }
      var bytes = sent.toByteArray();
      sent.reset();
      return bytes;
    }

    void hear(byte[] bytes, int length) throws IOException {
      int before = heard.length;
      heard = Arrays.copyOf(heard, before + length);
      System.arraycopy(bytes, 0, heard, before, length);
      while (heard.length >= 4 && heard.length >= 4 + ByteBuffer.wrap(heard).getInt()) {
        var frame = frame(heard);
        heard = Arrays.copyOfRange(heard, 4 + ByteBuffer.wrap(heard).getInt(), heard.length);
        switch (frame) {
          case Frame.Credit credit -> assertThat(outgoing.credited(credit)).isTrue();
          case Frame.Carrying(var message) -> hear(codec.decode(message));
          case Frame.Ending _ -> throw new AssertionError("a frame is read whole");
        }
      }
    }

    private void hear(MessageCodec.Decoding decoding) {
      switch (decoding) {
        case MessageCodec.Decoding.Refused(var why) -> throw new AssertionError(why);
        case MessageCodec.Decoding.Decoded(var message) -> {
          if (message instanceof Message.Give(var runs, _, _)) {
            runs.forEach(run -> repeated += run.events().stream().filter(this::holds).count());
          }
          handle(new Input.Received(link, message));
          outgoing.handled(message);
        }
      }
    }

    private boolean holds(Event event) {
      return store.position(event.id()) != 0;
    }

    private static Frame frame(byte[] bytes) throws IOException {
      var in = new DataInputStream(new ByteArrayInputStream(bytes));
      return Frame.read(in, Frame.readLength(in));
    }

    Set<EventId> ids() {
      var ids = new TreeSet<EventId>();
      for (long position = 1; position <= store.count(); position++) {
        ids.add(store.event(position).id());
      }
      return ids;
    }
  }

  /// Two histories that begin alike.
  private record Apart(List<Event> left, List<Event> right, int appends) {
    End leftEnd() {
      var end = new End(left, 1001);
      end.append(appends);
      return end;
    }

    End rightEnd() {
      var end = new End(right, 1002);
      end.append(appends);
      return end;
    }
  }

  private static Apart apart(int authors, int shared, int each, int appends) {
    var root = Graphs.root().event();
    var common = new ArrayList<>(List.of(root));
    grow(common, 1, authors, shared);
    var left = new ArrayList<>(common);
    grow(left, 1, Math.max(1, authors / 2), each);
    var right = new ArrayList<>(common);
    grow(right, 1 + authors / 2, Math.max(1, authors / 2), each);
    return new Apart(left, right, appends);
  }

  private static void grow(List<Event> events, long first, int authors, int count) {
    for (int n = 0; n < count; n++) {
      var parents = new TreeSet<EventId>();
      for (int back = 1; back <= Math.min(2, events.size()); back++) {
        parents.add(events.get(events.size() - back).id());
      }
      events.add(Graphs.event(first + n % authors, "{\"at\":" + events.size() + "}", parents));
    }
  }

  /// More authors than are named one by one, all at one height.
  private static Apart crowds() {
    var root = Graphs.root().event();
    var left = new ArrayList<>(List.of(root));
    for (int author = 1; author <= 600; author++) {
      left.add(Graphs.event(author, "{}", List.of(root.id())));
    }
    var right = new ArrayList<>(left);
    for (int n = 0; n < 40; n++) {
      left.add(Graphs.event(5_000 + n, "{}", List.of(root.id())));
      right.add(Graphs.event(6_000 + n, "{}", List.of(root.id())));
    }
    return new Apart(left, right, 0);
  }

  /// Links them for so many bytes, both directions together.
  ///
  /// @return how many were carried
  private static long talk(End left, End right, long bytesMax, boolean leftFirst)
      throws IOException, InterruptedException {
    left.up(right);
    right.up(left);
    long carried = 0;
    for (int flights = 0; ; flights++) {
      assertThat(flights).as("they never fall silent").isLessThan(FLIGHTS_MAX);
      var fromLeft = left.said();
      var fromRight = right.said();
      if (fromLeft.length + fromRight.length == 0) {
        return carried;
      }
      for (boolean fromLeftNow : new boolean[] {leftFirst, !leftFirst}) {
        var bytes = fromLeftNow ? fromLeft : fromRight;
        int length = (int) Math.min(bytes.length, bytesMax - carried);
        (fromLeftNow ? right : left).hear(bytes, length);
        carried += length;
        if (carried == bytesMax) {
          return carried;
        }
      }
      left.fire(Timer.Integrate.class);
      right.fire(Timer.Integrate.class);
    }
  }

  /// Cut after so many bytes, then linked again.
  ///
  /// @return how many bytes the first link carried
  private static long cutAfter(Apart apart, long bytes, boolean leftFirst)
      throws IOException, InterruptedException {
    var left = apart.leftEnd();
    var right = apart.rightEnd();
    var all = left.ids();
    all.addAll(right.ids());
    long carried = talk(left, right, bytes, leftFirst);
    left.down();
    right.down();
    talk(left, right, WHOLE, leftFirst);
    assertThat(left.ids()).isEqualTo(all);
    assertThat(right.ids()).isEqualTo(all);
    assertThat(left.store.count()).isEqualTo(all.size());
    assertThat(right.store.count()).isEqualTo(all.size());
    assertThat(left.machine.status().digest()).isEqualTo(right.machine.status().digest());
    assertThat(left.machine.status().peers().getFirst().state()).isEqualTo("in-sync");
    assertThat(right.machine.status().peers().getFirst().state()).isEqualTo("in-sync");
    assertThat(left.repeated + right.repeated).as("events given twice").isZero();
    return carried;
  }

  @Test
  void afterEveryByteOfASmallExchange() throws IOException, InterruptedException {
    var apart = apart(3, 5, 4, 3);
    for (boolean leftFirst : new boolean[] {true, false}) {
      long whole = cutAfter(apart, WHOLE, leftFirst);
      assertThat(whole).isBetween(1_000L, 20_000L);
      for (long bytes = 0; bytes < whole; bytes++) {
        cutAfter(apart, bytes, leftFirst);
      }
    }
  }

  @Test
  void afterAnyByteOfALargerExchange() throws IOException, InterruptedException {
    anywhere(apart(64, 300, 2_000, 300), 20);
  }

  @Test
  void afterAnyByteWhileAuthorTipsAreSketched() throws IOException, InterruptedException {
    anywhere(crowds(), 40);
  }

  private static void anywhere(Apart apart, int runs) throws IOException, InterruptedException {
    long whole = cutAfter(apart, WHOLE, true);
    Seeds.check(runs, random -> cutAfter(apart, below(random, whole), random.nextBoolean()));
  }

  /// Half of the cuts are early, where most is said that is no event.
  private static long below(SplittableRandom random, long whole) {
    return random.nextLong(random.nextBoolean() ? whole : Math.min(whole, 3_000));
  }
}
