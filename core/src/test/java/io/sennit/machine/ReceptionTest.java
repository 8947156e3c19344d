package io.sennit.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.Shows;
import io.sennit.dag.Graphs;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.PretendSigner;
import io.sennit.event.Run;
import io.sennit.event.Signer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ReceptionTest {
  private static final int PEER = 1;
  private final EventId root = Graphs.root().event().id();

  private static Lone withPeer() {
    var lone = new Lone();
    lone.handle(new Input.PeerUp(PEER, PretendSigner.number(1).machine()));
    return lone;
  }

  @Test
  @Shows(Invariant.I8)
  void everyArrivalOrderGivesTheSameTips() {
    Seeds.check(
        60,
        random -> {
          var events = Graphs.random(random, random.nextInt(2, 80));
          var expected = Graphs.store(events).tips();
          var lone = withPeer();
          var deliveries = new ArrayList<>(events.subList(1, events.size()));
          deliveries.addAll(events.subList(1, events.size())); // everything twice
          var left = Graphs.shuffled(deliveries, random);
          while (!left.isEmpty()) {
            int size = Math.min(left.size(), random.nextInt(1, 6));
            lone.give(PEER, left.subList(0, size).toArray(Event[]::new));
            left = left.subList(size, left.size());
          }
          assertThat(lone.machine.status().tips()).isEqualTo(expected);
          assertThat(lone.store.count()).isEqualTo(events.size());
          assertThat(lone.machine.status().orphans()).isZero();
        });
  }

  @Test
  void anOrphanJoinsWhenItsLastParentArrives() {
    var lone = withPeer();
    var a = Graphs.event(1, "{\"n\":1}", List.of(root));
    var b = Graphs.event(2, "{\"n\":2}", List.of(root));
    var child = Graphs.event(3, "{}", List.of(a.id(), b.id()));
    lone.give(PEER, child);
    lone.give(PEER, a);
    assertThat(lone.machine.status().orphans()).isEqualTo(1);
    assertThat(lone.machine.status().tips()).containsExactly(a.id());
    lone.give(PEER, b);
    assertThat(lone.machine.status().orphans()).isZero();
    assertThat(lone.machine.status().tips()).containsExactly(child.id());
  }

  @Test
  @Shows(Invariant.I9)
  void oneSendersOrphansAreBoundedAndCanBeSentAgain() {
    var lone = withPeer();
    var chain = chain(Receiver.ORPHAN_EVENTS_MAX + 100);
    for (int i = 1; i < chain.size(); i++) {
      lone.give(PEER, chain.get(i));
    }
    lone.integrate();
    assertThat(lone.machine.status().orphans()).isEqualTo(Receiver.ORPHAN_EVENTS_MAX);
    lone.give(PEER, chain.getFirst());
    lone.give(PEER, chain.toArray(Event[]::new));
    lone.integrate();
    assertThat(lone.store.count()).isEqualTo(chain.size() + 1L);
    assertThat(lone.machine.status().orphans()).isZero();
  }

  @Test
  @Shows(Invariant.I9)
  void whenTheSenderIsGoneItsOrphansAreDropped() {
    var lone = withPeer();
    var chain = chain(10);
    lone.give(PEER, chain.get(5));
    lone.give(PEER, chain.get(6));
    lone.handle(new Input.PeerDown(PEER));
    assertThat(lone.machine.status().orphans()).isZero();
    lone.handle(new Input.PeerUp(2, PretendSigner.number(2).machine()));
    lone.give(2, chain.toArray(Event[]::new));
    assertThat(lone.store.count()).isEqualTo(11);
  }

  @Test
  @Shows(Invariant.I9)
  void whatWaitsForABatchWhenItsSenderIsGoneWaitsForNoParents() {
    var lone = withPeer();
    var chain = chain(2_000);
    lone.give(PEER, chain.subList(0, 1_500).toArray(Event[]::new)); // much arrives: batches
    lone.give(PEER, chain.get(1_600));
    assertThat(lone.machine.status().orphans()).as("it waits for the batch").isZero();
    lone.handle(new Input.PeerDown(PEER));
    lone.integrate();
    assertThat(lone.machine.status().orphans()).as("nobody could be charged").isZero();
    assertThat(lone.store.count()).isEqualTo(1_501);
    lone.handle(new Input.PeerUp(2, PretendSigner.number(2).machine()));
    lone.give(2, chain.subList(1_500, 2_000).toArray(Event[]::new));
    lone.integrate();
    assertThat(lone.store.count()).isEqualTo(2_001);
  }

  /// Else whoever gives the end of a run alone, and stays, keeps its beginning away for ever.
  @Test
  void aWholeRunTakesThePlaceOfItsEndThatWaitsForItsBeginning() {
    var lone = withPeer();
    lone.handle(new Input.PeerUp(2, PretendSigner.number(2).machine()));
    var author = PretendSigner.number(3);
    var first = Graphs.draft("{\"n\":1}").finish(author.machine(), List.of(root), 0);
    var second = Graphs.draft("{\"n\":2}").finish(author.machine(), List.of(first.id()), 0);
    var last = Graphs.draft("{\"n\":3}").finishSealed(author, List.of(second.id()), 0);
    var after = Graphs.event(4, "{}", List.of(last.id()));
    lone.give(PEER, List.of(new Run(List.of(last))));
    lone.give(PEER, after);
    lone.give(PEER, List.of(new Run(List.of(second, last))));
    assertThat(lone.machine.status().orphans()).isEqualTo(3);
    lone.give(2, List.of(new Run(List.of(last))));
    assertThat(lone.machine.status().orphans()).as("what is shorter changes nothing").isEqualTo(3);
    lone.give(2, List.of(new Run(List.of(first, second, last))));
    assertThat(lone.store.count()).isEqualTo(5);
    assertThat(lone.machine.status().orphans()).isZero();
    assertThat(lone.machine.status().tips()).containsExactly(after.id());
  }

  @Test
  void aLongChainOfOrphansIsReleasedWithoutRecursion() {
    var lone = withPeer();
    var chain = chain(4000);
    for (int i = chain.size() - 1; i > 0; i--) {
      lone.give(PEER, chain.get(i));
    }
    lone.integrate();
    lone.give(PEER, chain.getFirst());
    lone.integrate();
    assertThat(lone.store.count()).isEqualTo(4001);
  }

  @Test
  void aRunWithAWrongSealIsRejectedAndItsSenderHungUpOn() {
    var lone = withPeer();
    var liar =
        new Signer() {
          @Override
          public MachineId machine() {
            return PretendSigner.number(5).machine();
          }

          @Override
          public byte[] sign(byte[] message) {
            return new byte[64];
          }
        };
    var forged = Graphs.draft("{}").finishSealed(liar, List.of(root), 0);
    lone.give(PEER, forged);
    assertThat(lone.store.count()).isEqualTo(1);
    assertThat(lone.outputs).anyMatch(Output.Disconnect.class::isInstance);
  }

  @Test
  void theEventsBeforeAFaultyOneMayStandUnderAnotherSeal() {
    var lone = withPeer();
    var machine = PretendSigner.number(4);
    var first = Graphs.draft("{\"n\":1}").finish(machine.machine(), List.of(root), 0);
    var liar =
        new Signer() {
          @Override
          public MachineId machine() {
            return machine.machine();
          }

          @Override
          public byte[] sign(byte[] message) {
            return new byte[64];
          }
        };
    var forged = Graphs.draft("{\"n\":2}").finishSealed(liar, List.of(first.id()), 0);
    lone.give(PEER, List.of(new Run(List.of(first, forged))));
    var honest = Graphs.draft("{\"n\":3}").finishSealed(machine, List.of(first.id()), 0);
    lone.give(PEER, List.of(new Run(List.of(first, honest))));
    assertThat(lone.machine.status().tips()).containsExactly(honest.id());
    var descendant = Graphs.event(6, "{}", List.of(forged.id()));
    lone.give(PEER, descendant);
    assertThat(lone.machine.status().orphans()).isZero();
    assertThat(lone.store.count()).isEqualTo(3);
  }

  @Test
  void twoRunsOfAForkedMachineMayShareTheirBeginning() {
    var lone = withPeer();
    var machine = PretendSigner.number(4);
    var shared = Graphs.draft("{\"n\":1}").finish(machine.machine(), List.of(root), 0);
    var left = Graphs.draft("{\"n\":2}").finishSealed(machine, List.of(shared.id()), 0);
    var right = Graphs.draft("{\"n\":3}").finishSealed(machine, List.of(shared.id()), 0);
    lone.give(PEER, List.of(new Run(List.of(shared, left))));
    lone.give(PEER, List.of(new Run(List.of(shared, right))));
    assertThat(lone.store.count()).isEqualTo(4);
    assertThat(lone.store.position(right.id())).isEqualTo(4);
    assertThat(new TreeSet<>(lone.machine.status().tips()))
        .containsExactlyInAnyOrder(left.id(), right.id());
  }

  /// Each names 200 parents, 13 kB of text: if that ended their batch early, the events written
  /// meanwhile would name as many, and so on.
  @Test
  void theTextOfParentsDoesNotEndABatch() {
    var lone = withPeer();
    var many = new ArrayList<Event>();
    for (int n = 0; n < 1200; n++) {
      many.add(Graphs.event(100 + n, "{}", List.of(root)));
    }
    lone.give(PEER, many.toArray(Event[]::new));
    lone.integrate();
    var parents = many.subList(0, 200).stream().map(Event::id).toList();
    for (int n = 0; n < 100; n++) {
      lone.give(PEER, Graphs.event(8, "{\"n\":" + n + "}", parents));
    }
    assertThat(lone.store.count()).isEqualTo(1201);
    lone.integrate();
    assertThat(lone.store.count()).isEqualTo(1301);
  }

  @Test
  void whileManyArriveTheyJoinInBatchesSoThatOwnEventsChain() {
    var lone = withPeer();
    var many = chain(1200);
    lone.give(PEER, many.toArray(Event[]::new));
    lone.integrate();
    assertThat(lone.store.count()).isEqualTo(1201);
    var late = Graphs.event(8, "{}", List.of(root));
    lone.give(PEER, late);
    lone.append("{\"own\":1}");
    lone.append("{\"own\":2}");
    assertThat(lone.last().parents()).containsExactly(lone.store.node(1202).id());
    assertThat(lone.store.position(late.id())).isZero();
    lone.integrate();
    assertThat(lone.store.position(late.id())).isEqualTo(1204);
  }

  @Test
  void runsOfAnApplicationAreTakenWhenTheirParentsAreHere() {
    var lone = new Lone();
    var chain = chain(3);
    lone.handle(new Input.Offer(1, List.of(new Run(List.of(chain.get(1))))));
    assertThat(lone.outputs)
        .anyMatch(output ->
            output instanceof Output.Decline(_, var why)
                && why.contains(chain.getFirst().id().toString()));
    var runs = chain.stream().map(event -> new Run(List.of(event))).toList();
    lone.handle(new Input.Offer(2, runs));
    lone.handle(new Input.Offer(3, runs));
    assertThat(lone.acknowledged())
        .containsExactly(
            new Output.Acknowledge(2, List.of(2L, 3L, 4L)),
            new Output.Acknowledge(3, List.of(2L, 3L, 4L)));
  }

  private List<Event> chain(int length) {
    var chain = new ArrayList<Event>(length);
    var before = root;
    for (int n = 0; n < length; n++) {
      var event = Graphs.event(3, "{\"n\":" + n + "}", List.of(before));
      chain.add(event);
      before = event.id();
    }
    return chain;
  }
}
