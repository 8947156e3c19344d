package io.sennit.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.Shows;
import io.sennit.dag.Ancestry;
import io.sennit.dag.Graphs;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.EventReader;
import io.sennit.event.PretendSigner;
import io.sennit.event.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class CreationTest {
  private final Lone lone = new Lone();
  private final EventId root = Graphs.root().event().id();

  @Test
  void eventsWrittenAloneFormAChain() {
    for (int n = 0; n < 5; n++) {
      lone.append("{\"n\":" + n + "}");
    }
    for (long position = 2; position <= 6; position++) {
      var before = lone.store.node(position - 1).id();
      assertThat(lone.store.event(position).parents()).containsExactly(before);
      assertThat(lone.store.event(position).sealed()).isTrue();
    }
  }

  @Test
  @Shows(Invariant.I6)
  void aNewEventTakesAll64TipsAsParents() {
    var tips = branches(64);
    lone.append("{}");
    assertThat(lone.last().parents()).containsExactlyElementsOf(tips);
    assertThat(lone.last().tips()).isZero();
    assertThat(lone.machine.status().tips()).containsExactly(lone.last().id());
  }

  @Test
  @Shows(Invariant.I6)
  void above256TipsAnEventTakes32AndSaysHowManyThereWere() {
    lone.append("{\"mine\":1}");
    var own = lone.last().id();
    branches(300);
    lone.append("{\"mine\":2}");
    var bounded = lone.last();
    assertThat(bounded.parents()).hasSize(32).contains(own);
    assertThat(bounded.tips()).isEqualTo(301);
  }

  /// The border lies at 256, and events that are bounded bring the width down to it.
  @Test
  void boundedEventsGatherTheTipsUntilAllCanBeTaken() {
    branches(300);
    int bounded = 0;
    do {
      lone.append("{\"gather\":" + bounded + "}");
      bounded++;
    } while (lone.last().tips() > 0);
    assertThat(bounded).isBetween(2, 4);
    assertThat(lone.machine.status().tips()).containsExactly(lone.last().id());
    assertThat(lone.last().parents()).hasSizeLessThanOrEqualTo(256);
  }

  @Test
  void everyTipIsChosenSoonerOrLater() {
    var tips = branches(2000);
    var chosen = new TreeSet<EventId>();
    for (int n = 0; n < 10; n++) {
      lone.append("{\"n\":" + n + "}");
      chosen.addAll(lone.last().parents());
    }
    chosen.retainAll(tips);
    assertThat(chosen).hasSize(32 + 9 * 31);
    long inLowerHalf = chosen.stream().filter(id -> id.a() >= 0).count();
    assertThat(inLowerHalf).as("of 311 ids, those below the middle").isBetween(100L, 211L);
  }

  @Test
  void aBatchIsRunsOf256WithOneSealEach() {
    var jsons = new String[600];
    for (int n = 0; n < jsons.length; n++) {
      jsons[n] = "{\"n\":" + n + "}";
    }
    long request = lone.append(jsons);
    assertThat(lone.acknowledged()).hasSize(1);
    assertThat(lone.acknowledged().getFirst().request()).isEqualTo(request);
    assertThat(lone.acknowledged().getFirst().positions())
        .hasSize(600)
        .startsWith(2L)
        .endsWith(601L);
    var seals = new ArrayList<Long>();
    for (long position = 2; position <= 601; position++) {
      if (lone.store.node(position).sealed()) {
        seals.add(position);
      }
    }
    assertThat(seals).containsExactly(257L, 513L, 601L);
  }

  @Test
  void everyEventReadsBackAsItself() {
    lone.append("{\"a\":1}", "{\"b\":[1,2,{\"c\":null}]}", "{\"zebra\":\"after uuid\"}");
    for (long position = 1; position <= lone.store.count(); position++) {
      var event = lone.store.event(position);
      assertThat(EventReader.read(event.body())).isEqualTo(new EventReader.Reading.Read(event));
      assertThat(EventReader.readWhole(event.toJson()))
          .isEqualTo(new EventReader.Reading.Read(event));
      assertThat(position == 1 || event.sealed() == (position == 4)).isTrue();
    }
    var run = List.of(lone.store.event(2), lone.store.event(3), lone.store.event(4));
    assertThat(Run.of(run)).isEqualTo(new Run.Forming.Formed(new Run(run)));
    assertThat(new Run(run).sealedBy(PretendSigner.seals())).isTrue();
  }

  @Test
  @Shows(Invariant.I7)
  void nothingIsAcknowledgedBeforeItIsDurable() {
    lone.holdSyncs();
    lone.append("{}");
    assertThat(lone.acknowledged()).isEmpty();
    assertThat(lone.machine.status().events()).isEqualTo(1);
    assertThat(lone.machine.status().tips()).containsExactly(root);
    assertThat(lone.machine.status().inFlight()).isEqualTo(1);
    lone.sync();
    assertThat(lone.acknowledged()).hasSize(1);
    assertThat(lone.machine.status().events()).isEqualTo(2);
  }

  @Test
  void fewThatWaitWhileTheDiskSyncsAreOneBatch() {
    lone.holdSyncs();
    for (int n = 0; n < 32; n++) {
      lone.append("{\"n\":" + n + "}");
    }
    assertThat(lone.machine.status().inFlight()).isEqualTo(1);
    lone.sync();
    assertThat(lone.acknowledged()).hasSize(32);
    assertThat(sealed(2, 33)).containsExactly(2L, 33L);
  }

  @Test
  void manyThatWaitWhileTheDiskSyncsAreASecondBatch() {
    lone.holdSyncs();
    for (int n = 0; n < 65; n++) {
      lone.append("{\"n\":" + n + "}");
    }
    assertThat(lone.machine.status().inFlight()).isEqualTo(33);
    lone.sync();
    assertThat(lone.acknowledged()).hasSize(65);
    assertThat(sealed(2, 66)).containsExactly(2L, 34L, 66L);
  }

  private List<Long> sealed(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .filter(position -> lone.store.node(position).sealed())
        .boxed()
        .toList();
  }

  @Test
  void aStoreThatFailsLeavesWhatWasInFlightUnknownAndDeclinesTheRest() {
    lone.holdSyncs();
    long inFlight = lone.append("{}");
    long queued = lone.append("{}");
    lone.handle(new Input.StoreFailed("no space", false));
    long late = lone.append("{}");
    assertThat(lone.outputs)
        .contains(new Output.Unknown(inFlight, "no space"), new Output.Decline(queued, "no space"));
    assertThat(lone.outputs)
        .anyMatch(output -> output instanceof Output.Decline(var r, _) && r == late);
    assertThat(lone.machine.status().mode()).isEqualTo(Mode.READ_ONLY);
  }

  @Test
  void eventsOfOneMachineStayOneChainAlsoWhenBounded() {
    Seeds.check(
        5,
        random -> {
          var own = new Lone();
          var self = PretendSigner.number(Lone.NUMBER).machine();
          own.handle(new Input.PeerUp(1, PretendSigner.number(1).machine()));
          long machine = Lone.NUMBER;
          for (int step = 0; step < 12; step++) {
            var tip = own.store.node(1).id();
            var foreign = new ArrayList<Event>();
            for (int n = random.nextInt(120); n > 0; n--) {
              foreign.add(Graphs.event(++machine, "{}", List.of(tip)));
            }
            own.give(1, foreign.toArray(Event[]::new));
            own.integrate();
            own.append("{\"step\":" + step + "}");
          }
          long before = 0;
          for (long position = 1; position <= own.store.count(); position++) {
            if (own.store.node(position).machine().equals(self)) {
              if (before != 0) {
                assertThat(Ancestry.isAncestor(own.store::node, before, position)).isTrue();
              }
              before = position;
            }
          }
        });
  }

  private Set<EventId> branches(int count) {
    lone.handle(new Input.PeerUp(1, PretendSigner.number(1).machine()));
    var branches = new ArrayList<Event>();
    for (int n = 0; n < count; n++) {
      branches.add(Graphs.event(n + 1, "{}", List.of(root)));
    }
    lone.give(1, branches.toArray(Event[]::new));
    lone.integrate();
    return new TreeSet<>(branches.stream().map(Event::id).toList());
  }

  private static final RequestKey KEY = new RequestKey("order 7", "ab".repeat(32));

  private void append(long request, RequestKey key) {
    lone.handle(
        new Input.Append(
            request, List.of(Graphs.draft("{\"n\":1}"), Graphs.draft("{\"n\":2}")), key));
  }

  private List<Output> since(int from) {
    return lone.outputs.subList(from, lone.outputs.size());
  }

  @Test
  void aRequestThatIsRepeatedIsAnsweredWithTheSameEvents() {
    append(1, KEY);
    lone.append("{}");
    int before = lone.outputs.size();
    append(2, KEY);
    assertThat(since(before)).containsExactly(new Output.Acknowledge(2, List.of(2L, 3L)));
    assertThat(lone.store.count()).isEqualTo(4);
  }

  @Test
  void aRequestThatIsRepeatedOnTheWayIsAnsweredWhenTheFirstIs() {
    lone.holdSyncs();
    append(1, KEY);
    append(2, KEY);
    lone.append("{\"before\":\"the next batch\"}");
    append(3, new RequestKey("order 8", KEY.fingerprint()));
    append(4, new RequestKey("order 8", KEY.fingerprint()));
    assertThat(lone.acknowledged()).isEmpty();
    lone.sync();
    assertThat(lone.acknowledged())
        .contains(
            new Output.Acknowledge(1, List.of(2L, 3L)),
            new Output.Acknowledge(2, List.of(2L, 3L)),
            new Output.Acknowledge(3, List.of(5L, 6L)),
            new Output.Acknowledge(4, List.of(5L, 6L)));
    assertThat(lone.store.count()).isEqualTo(6);
  }

  @Test
  void aKeyIsGoodForOneRequest() {
    var other = new RequestKey(KEY.key(), "cd".repeat(32));
    lone.holdSyncs();
    append(1, KEY);
    append(2, other);
    lone.sync();
    append(3, other);
    assertThat(lone.outputs.stream().filter(Output.Mismatch.class::isInstance))
        .map(output -> ((Output.Mismatch) output).request())
        .containsExactly(2L, 3L);
    assertThat(lone.store.count()).isEqualTo(3);
  }

  @Test
  void aKeyOfADeclinedRequestIsFree() {
    lone.handle(new Input.Fence());
    append(1, KEY);
    lone.handle(new Input.Resume());
    append(2, KEY);
    assertThat(lone.acknowledged()).containsExactly(new Output.Acknowledge(2, List.of(2L, 3L)));
  }

  @Test
  void whoRepeatsARequestOfAFailedStoreHearsThatNobodyKnows() {
    lone.holdSyncs();
    append(1, KEY);
    append(2, KEY);
    lone.handle(new Input.StoreFailed("no room", false));
    assertThat(lone.outputs)
        .contains(new Output.Unknown(1, "no room"), new Output.Unknown(2, "no room"));
  }
}
