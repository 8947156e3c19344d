package io.sennit.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.dag.EventStore;
import io.sennit.dag.Graphs;
import io.sennit.dag.PackedRuns;
import io.sennit.dag.Placed;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.Limits;
import io.sennit.event.PretendSigner;
import io.sennit.event.Run;
import io.sennit.event.Stripped;
import io.sennit.overlay.OverlayMessage;
import io.sennit.overlay.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class MessageCodecTest {
  private final MessageCodec here = new MessageCodec();
  private final MessageCodec there = new MessageCodec();

  private static Message.Give give(List<Event> events) {
    return new Message.Give(
        events.stream().map(event -> new Run(List.of(event))).toList(), Optional.empty());
  }

  private static Message decoded(MessageCodec codec, byte[] bytes) {
    return switch (codec.decode(bytes)) {
      case MessageCodec.Decoding.Decoded(var message) -> message;
      case MessageCodec.Decoding.Refused(var why) -> throw new AssertionError(why);
    };
  }

  private static List<EventId> ids(Message message) {
    return ((Message.Give) message)
        .runs().stream().flatMap(run -> run.events().stream()).map(Event::id).toList();
  }

  @Test
  void whatBothSidesGiveInTurnArrivesAsItWas() {
    Seeds.check(
        200,
        random -> {
          var here = new MessageCodec();
          var there = new MessageCodec();
          var events = Graphs.reordered(Graphs.random(random, 120), random);
          for (int from = 0; from < events.size(); ) {
            int to = Math.min(events.size(), from + random.nextInt(1, 15));
            if (random.nextInt(8) > 0) { // what is left out is named by its uuid
              var give = give(events.subList(from, to));
              boolean mine = random.nextBoolean();
              var bytes = (mine ? here : there).encode(give);
              assertThat(ids(decoded(mine ? there : here, bytes))).isEqualTo(ids(give));
            }
            from = to;
          }
        });
  }

  /// Messages that are under way in both directions at once, as on a real link.
  @Test
  void messagesThatCrossEachOtherArriveAsTheyWere() {
    Seeds.check(
        200,
        random -> {
          var ends = List.of(new MessageCodec(), new MessageCodec());
          var underWay = List.of(new ArrayList<byte[]>(), new ArrayList<byte[]>());
          var expected = List.of(new ArrayList<List<EventId>>(), new ArrayList<List<EventId>>());
          var events = Graphs.random(random, 150);
          for (int from = 0; from < events.size(); ) {
            int to = Math.min(events.size(), from + random.nextInt(1, 6));
            int side = random.nextInt(2);
            var give = give(events.subList(from, to));
            underWay.get(side).add(ends.get(side).encode(give));
            expected.get(side).add(ids(give));
            int arriving = random.nextInt(2);
            while (!underWay.get(arriving).isEmpty() && random.nextInt(3) > 0) {
              var message = decoded(ends.get(1 - arriving), underWay.get(arriving).removeFirst());
              assertThat(ids(message)).isEqualTo(expected.get(arriving).removeFirst());
            }
            from = to;
          }
        });
  }

  @Test
  void aParentThatTheLinkHasCarriedCostsOneByteOrTwo() {
    var root = Graphs.root().event();
    decoded(there, here.encode(give(List.of(root))));
    var first = Graphs.event(1, "{\"n\":1}", List.of(root.id()));
    var bytes = here.encode(give(List.of(first)));
    decoded(there, bytes);
    int near = bytes.length;
    int withoutParents = first.body().length - (EventId.TEXT_LENGTH + 2);
    assertThat(near - withoutParents).isLessThan(10);
    var answer = Graphs.event(2, "{\"n\":1}", List.of(first.id()));
    assertThat(there.encode(give(List.of(answer)))).hasSizeLessThan(near + 2);
    var stranger = Graphs.event(3, "{\"n\":1}", List.of(new EventId(1, 2, 3, 4)));
    assertThat(here.encode(give(List.of(stranger))).length).isBetween(near + 31, near + 33);
  }

  @Test
  void aRunArrivesWhole() {
    var root = Graphs.root().event();
    var signer = PretendSigner.number(5);
    var first = Graphs.draft("{\"n\":1}").finish(signer.machine(), List.of(root.id()), 0);
    var last = Graphs.draft("{\"n\":2}").finishSealed(signer, List.of(first.id()), 0);
    var give = new Message.Give(List.of(new Run(List.of(first, last))), Optional.empty());
    assertThat(decoded(there, here.encode(give))).isEqualTo(give);
  }

  @Test
  void aRouteArrivesWithItsRunsForOneByteMore() {
    var run = new Run(List.of(Graphs.root().event()));
    int plain = new MessageCodec().encode(new Message.Give(List.of(run), Optional.empty())).length;
    for (int tree = 0; tree < OverlayMessage.TREES; tree++) {
      for (int hops = Route.PULLED; hops <= Route.HOPS_MAX; hops++) {
        var route = Optional.of(Route.of(tree, hops));
        var give = new Message.Give(List.of(run), Optional.empty(), route);
        var bytes = new MessageCodec().encode(give);
        assertThat(decoded(new MessageCodec(), bytes)).isEqualTo(give);
        assertThat(bytes).hasSize(plain + 1);
      }
    }
    var bytes = new byte[] {21, 64, 0, 0};
    assertThat(new MessageCodec().decode(bytes))
        .isEqualTo(new MessageCodec.Decoding.Refused("a route of 15 hops"));
  }

  @Test
  void aRunThatIsCutShortIsAFault() {
    var root = Graphs.root().event();
    var signer = PretendSigner.number(5);
    var first = Graphs.draft("{\"n\":1}").finish(signer.machine(), List.of(root.id()), 0);
    var out = new Wire.Writer().type(8).number(2).number(0);
    out.number(0).number(Stripped.parentsAt(root)).number(Stripped.length(root));
    out.number(1).number(1).number(Stripped.parentsAt(first)).number(Stripped.length(first));
    Stripped.write(root, out::raw);
    Stripped.write(first, out::raw);
    var arrived = (Message.Give) decoded(there, out.toBytes());
    assertThat(arrived.runs()).hasSize(1);
    assertThat(arrived.fault()).isPresent();
  }

  /// Nothing is made of a length before it is checked, and no byte makes the decoder throw.
  @Test
  void damagedBytesAreRefusedOrMakeOtherEvents() {
    var outcomes = new int[3];
    Seeds.check(
        2000,
        random -> {
          var here = new MessageCodec();
          var there = new MessageCodec();
          var give = give(Graphs.random(random, random.nextInt(2, 8)));
          var bytes = here.encode(give);
          damage(bytes, random);
          switch (there.decode(bytes)) {
            case MessageCodec.Decoding.Refused _ -> outcomes[0]++;
            case MessageCodec.Decoding.Decoded(Message.Give(var runs, var fault, _)) -> {
              outcomes[fault.isPresent() ? 1 : 2]++;
              for (var run : runs) {
                assertThat(run.events().size()).isLessThanOrEqualTo(Limits.RUN_EVENTS_MAX);
              }
            }
            case MessageCodec.Decoding.Decoded _ -> outcomes[0]++;
          }
        });
    if (System.getProperty("seed") == null) {
      assertThat(outcomes).as("refused, faulty, other events").doesNotContain(0);
    }
  }

  private static void damage(byte[] bytes, SplittableRandom random) {
    for (int times = random.nextInt(1, 4); times > 0; times--) {
      int at =
          random.nextBoolean()
              ? random.nextInt(Math.min(40, bytes.length))
              : random.nextInt(bytes.length);
      bytes[at] = (byte) random.nextInt();
    }
  }

  /// Each parent takes one byte here and 67 once rebuilt.
  @Test
  void aMessageThatWouldGrowWithoutBoundIsRefused() {
    var root = Graphs.root().event();
    var events = new ArrayList<Event>();
    events.add(root);
    for (int n = 0; n < 1000; n++) {
      events.add(Graphs.event(n + 1, "{}", List.of(root.id())));
    }
    decoded(there, here.encode(give(events)));
    int many = 400;
    var out = new Wire.Writer().type(8).number(many).number(0);
    for (int event = 0; event < many; event++) {
      out.number(1000);
      for (int parent = 0; parent < 1000; parent++) {
        out.number(parent == 0 ? 1 : 2);
      }
      out.number(0).number(10);
    }
    out.raw(new byte[many * 10], 0, many * 10);
    assertThat(there.decode(out.toBytes()))
        .isInstanceOfSatisfying(
            MessageCodec.Decoding.Refused.class,
            refused -> assertThat(refused.why()).contains("16777216 bytes"));
  }

  private static PackedRuns packed(EventStore store, long first) {
    var placed = new ArrayList<Placed>();
    for (long position = first; position <= store.count(); position++) {
      placed.add(new Placed(store.node(position), store.event(position)));
    }
    return PackedRuns.of(placed, position -> store.node(position).id());
  }

  @Test
  void whatIsPackedArrivesAsAGive() {
    Seeds.check(
        50,
        random -> {
          var events = Graphs.random(random, random.nextInt(2, 100));
          var store = Graphs.store(events);
          long first = random.nextLong(1, store.count() + 1);
          var packed = packed(store, first);
          var codec = new MessageCodec();
          var arrived = (Message.Give) decoded(codec, codec.encode(new Message.Packed(packed)));
          assertThat(arrived).isEqualTo(give(events.subList((int) first - 1, events.size())));
          assertThat(packed.events()).isEqualTo(arrived.runs().size());
          assertThat(packed.sizeBytes())
              .isEqualTo(arrived.runs().stream().mapToLong(Run::sizeBytes).sum());
        });
  }

  @Test
  void damagedPackedBytesAreRefusedOrMakeOtherEvents() {
    var outcomes = new int[3];
    Seeds.check(
        1000,
        random -> {
          var store = Graphs.store(Graphs.random(random, random.nextInt(2, 8)));
          var bytes = new MessageCodec().encode(new Message.Packed(packed(store, 1)));
          damage(bytes, random);
          switch (new MessageCodec().decode(bytes)) {
            case MessageCodec.Decoding.Decoded(Message.Give(_, var fault, _)) ->
                outcomes[fault.isPresent() ? 1 : 2]++;
            case MessageCodec.Decoding _ -> outcomes[0]++;
          }
        });
    if (System.getProperty("seed") == null) {
      assertThat(outcomes).as("refused, faulty, other events").doesNotContain(0);
    }
  }

  @Test
  void packedParentsAreEarlierEventsOrNamed() {
    for (long step : new long[] {0, 1, 2, 1L << 40, Long.MAX_VALUE}) {
      var out = new Wire.Writer().type(17).number(1);
      out.number(1).number(3).id(Graphs.root().event().id()); // outside: the third before
      out.number(0).number(1).number(step).number(0).number(10).raw(new byte[10], 0, 10);
      assertThat(new MessageCodec().decode(out.toBytes()))
          .isInstanceOf(MessageCodec.Decoding.Refused.class);
    }
    var twice = new Wire.Writer().type(17).number(1).number(0);
    twice.number(0).number(2).number(Long.MAX_VALUE).number(Long.MAX_VALUE).number(0).number(10);
    assertThat(new MessageCodec().decode(twice.raw(new Wire.Writer()).toBytes()))
        .isInstanceOf(MessageCodec.Decoding.Refused.class);
  }

  @Test
  void packedEventsThatWouldGrowWithoutBoundAreRefused() {
    int many = 70;
    var out = new Wire.Writer().type(17).number(many).number(0);
    for (int event = 0; event < many; event++) {
      out.number(0).number(1000);
      for (int parent = 0; parent < 1000; parent++) {
        out.number(1);
      }
      out.number(0).number(10);
    }
    out.raw(new byte[many * 10], 0, many * 10);
    assertThat(new MessageCodec().decode(out.toBytes()))
        .isInstanceOfSatisfying(
            MessageCodec.Decoding.Refused.class,
            refused -> assertThat(refused.why()).contains("4194304 bytes"));
  }

  @Test
  void aParentThatWasNeverCarriedIsRefused() {
    for (long reference : new long[] {1, 2, 3, 1L << 40, (1L << 40) + 1}) {
      var out = new Wire.Writer().type(8).number(1).number(0);
      out.number(1).number(reference).number(0).number(10).raw(new byte[10], 0, 10);
      assertThat(new MessageCodec().decode(out.toBytes()))
          .isInstanceOf(MessageCodec.Decoding.Refused.class);
    }
  }

  /// Where an event names what a link that carries a part has not carried, it does so once.
  @Test
  void aUuidThatWasSaidOnceIsNamedByNumberFromThenOn() {
    var stranger = new EventId(1, 2, 3, 4);
    var announced = new EventId(5, 6, 7, 8);
    var first = here.encode(give(List.of(Graphs.event(1, "{}", List.of(stranger)))));
    var second = here.encode(give(List.of(Graphs.event(2, "{}", List.of(stranger)))));
    var have = here.encode(new Message.Have(List.of(announced)));
    var third = here.encode(give(List.of(Graphs.event(3, "{}", List.of(announced)))));
    assertThat(first.length - second.length).isEqualTo(EventId.SIZE_BYTES);
    assertThat(third).hasSameSizeAs(second);
    for (var message : List.of(first, second, have, third)) {
      assertThat(there.decode(message)).isInstanceOf(MessageCodec.Decoding.Decoded.class);
    }
    assertThat(
            ids(
                decoded(
                    there, here.encode(give(List.of(Graphs.event(4, "{}", List.of(announced))))))))
        .containsExactly(Graphs.event(4, "{}", List.of(announced)).id());
  }

  /// What the other side has said in full has no number on this side: it may be more than a link
  /// remembers, and nothing bounds how much of it is under way.
  @Test
  void aUuidThatTheOtherSideSaidIsSaidAgain() {
    var stranger = new EventId(1, 2, 3, 4);
    decoded(there, here.encode(give(List.of(Graphs.event(1, "{}", List.of(stranger))))));
    var answer = give(List.of(Graphs.event(2, "{}", List.of(stranger))));
    assertThat(ids(decoded(here, there.encode(answer)))).isEqualTo(ids(answer));
  }

  @Test
  void whatWasCarriedLongAgoIsForgottenByBothSidesAtOnce() {
    var carried = new Carried();
    int beyond = Carried.REMEMBERED + 10;
    for (int n = 0; n < beyond; n++) {
      carried.add(hashLike(n));
    }
    assertThat(carried.id(9)).isNull();
    assertThat(carried.id(10)).isEqualTo(hashLike(10));
    assertThat(carried.id(beyond)).isNull();
    assertThat(carried.number(hashLike(9), beyond, Carried.REMEMBERED)).isEqualTo(-1);
    for (int n = 10; n < beyond; n++) {
      assertThat(carried.number(hashLike(n), beyond, Carried.REMEMBERED)).isEqualTo(n);
    }
    assertThat(carried.number(hashLike(10), beyond, 5)).isEqualTo(-1);
  }

  @Test
  void idsThatWereGroundToCollideAreNamedInFullAtWorst() {
    var carried = new Carried();
    for (int n = 0; n < 1000; n++) {
      carried.add(new EventId(n, 0, 0, 7));
    }
    assertThat(carried.number(new EventId(999, 0, 0, 7), 1000, 1000)).isEqualTo(999);
    assertThat(carried.number(new EventId(0, 0, 0, 7), 1000, 1000)).isEqualTo(-1);
    assertThat(carried.id(0)).isEqualTo(new EventId(0, 0, 0, 7));
  }

  @Test
  void anEventThatWasCarriedTwiceIsNamedByTheLastTime() {
    var carried = new Carried();
    carried.add(hashLike(1));
    carried.add(hashLike(2));
    carried.add(hashLike(1));
    assertThat(carried.number(hashLike(1), 3, 3)).isEqualTo(2);
  }

  private static EventId hashLike(int n) {
    return new EventId(n, 0, 0, (n * 0x9E3779B97F4A7C15L) >>> 7);
  }
}
