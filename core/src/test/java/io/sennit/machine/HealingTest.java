package io.sennit.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.dag.Digests;
import io.sennit.dag.EventStore;
import io.sennit.dag.Graphs;
import io.sennit.dag.Placed;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.PretendSigner;
import io.sennit.event.Run;
import io.sennit.sync.AuthorTips;
import io.sennit.sync.Frontier;
import io.sennit.sync.Ladder;
import io.sennit.sync.Message;
import io.sennit.sync.Snapshot;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a machine does about events that its store cannot read any more.
final class HealingTest {
  private static final int FIRST = 1;
  private static final int SECOND = 2;

  private final EventId root = Graphs.root().event().id();
  private final Set<Long> damaged = new HashSet<>();
  private final Lone lone = new Lone(Graphs.root(), this::damageable);
  private final List<Event> chain = new ArrayList<>();

  /// The store, in which some events cannot be read.
  private EventStore damageable(EventStore store) {
    return (EventStore)
        Proxy.newProxyInstance(
            EventStore.class.getClassLoader(),
            new Class<?>[] {EventStore.class},
            (_, method, arguments) -> {
              if (method.getName().equals("intact")) {
                long position = (Long) arguments[0];
                return damaged.contains(position)
                    ? Optional.empty()
                    : Optional.of(store.event(position));
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /// Five events of one machine at positions 2 to 6, and two peers that hold nothing but R.
  private void fiveEvents() {
    var parent = root;
    for (int i = 0; i < 5; i++) {
      chain.add(Graphs.event(3, "{\"n\":" + i + "}", List.of(parent)));
      parent = chain.getLast().id();
    }
    hello(FIRST);
    lone.give(FIRST, chain.toArray(Event[]::new));
    lone.integrate();
    assertThat(lone.store.count()).isEqualTo(6);
    lone.outputs.clear();
  }

  private void hello(int peer) {
    hello(peer, false);
  }

  /// @param open whether it wants what it lacks
  private void hello(int peer, boolean open) {
    lone.handle(new Input.PeerUp(peer, PretendSigner.number(peer).machine()));
    var frontier = new Frontier(1, Digests.ofTips(List.of(root)), List.of(root), 1);
    var snapshot =
        new Snapshot(frontier, 1, new Ladder(0, List.of()), new AuthorTips(0, List.of()));
    lone.handle(
        new Input.Received(peer, new Message.Hello(Message.VERSION, root, "", open, snapshot)));
  }

  private List<Placed> healed() {
    return lone.outputs.stream()
        .filter(Output.Heal.class::isInstance)
        .flatMap(output -> ((Output.Heal) output).events().stream())
        .toList();
  }

  @Test
  void aDamagedEventIsWantedFromOnePeerAfterTheOtherUntilItIsHealed() {
    fiveEvents();
    hello(SECOND);
    var victim = chain.get(1);
    damaged.add(3L);
    lone.handle(new Input.Damaged(List.of(3L)));
    assertThat(lone.machine.status().damaged()).isEqualTo(1);
    assertThat(lone.said(FIRST, Message.Want.class)).containsExactly(new Message.Want(ids(victim)));
    lone.handle(new Input.Received(FIRST, new Message.Damaged(ids(victim), false)));
    assertThat(lone.said(SECOND, Message.Want.class))
        .containsExactly(new Message.Want(ids(victim)));
    lone.give(SECOND, victim);
    assertThat(healed()).singleElement().matches(placed -> placed.position() == 3);
    assertThat(healed().getFirst().event().id()).isEqualTo(victim.id());
    damaged.clear();
    lone.handle(new Input.Healed(List.of(3L)));
    assertThat(lone.machine.status().damaged()).isZero();
    lone.outputs.clear();
    lone.pass(Healing.RETRY_NANOS * 10);
    lone.handle(new Input.TimerFired(new Timer.Heal()));
    assertThat(lone.said(FIRST, Message.Want.class)).isEmpty();
    assertThat(lone.said(SECOND, Message.Want.class)).isEmpty();
  }

  @Test
  void whatNobodyGivesIsWantedAgainEverMoreSlowly() {
    fiveEvents();
    lone.handle(new Input.Damaged(List.of(3L)));
    int wants = 0;
    for (int second = 0; second < 200; second++) {
      lone.outputs.clear();
      lone.pass(1_000_000_000);
      lone.handle(new Input.TimerFired(new Timer.Heal()));
      wants += lone.said(FIRST, Message.Want.class).size();
    }
    assertThat(wants).isBetween(5, 10);
  }

  @Test
  void anEventThatIsNotTheOneWantedHealsNothing() {
    fiveEvents();
    lone.handle(new Input.Damaged(List.of(3L)));
    lone.give(FIRST, List.of(new Run(List.of(chain.get(2)))));
    assertThat(healed()).isEmpty();
    assertThat(lone.machine.status().damaged()).isEqualTo(1);
  }

  @Test
  void aMachineWithDamageCreatesAndReceives() {
    fiveEvents();
    damaged.add(3L);
    lone.handle(new Input.Damaged(List.of(3L)));
    lone.append("{\"own\":1}");
    var next = Graphs.event(4, "{}", List.of(chain.getLast().id()));
    lone.give(FIRST, next);
    lone.integrate();
    assertThat(lone.store.count()).isEqualTo(8);
    assertThat(lone.acknowledged()).hasSize(1);
  }

  @Test
  void aStreamThatReachesADamagedEventEndsAndSaysSo() {
    fiveEvents();
    damaged.add(4L);
    hello(SECOND, true);
    var given =
        lone.said(SECOND, Message.Give.class).stream()
            .flatMap(give -> give.runs().stream())
            .toList();
    assertThat(given)
        .extracting(run -> run.last().id())
        .containsExactlyElementsOf(ids(chain.get(0), chain.get(1)));
    assertThat(lone.said(SECOND, Message.Damaged.class))
        .containsExactly(new Message.Damaged(ids(chain.get(2)), true));
    assertThat(lone.said(SECOND, Message.End.class)).isEmpty();
    lone.append("{\"own\":1}"); // nothing follows whose ancestors the peer was not given
    assertThat(
            lone.said(SECOND, Message.Give.class).stream()
                .mapToInt(give -> give.runs().size())
                .sum())
        .isEqualTo(2);
  }

  @Test
  void aPeerThatWantsADamagedEventIsToldAndTheOthersAreGiven() {
    fiveEvents();
    damaged.add(4L);
    hello(SECOND);
    lone.handle(
        new Input.Received(
            SECOND, new Message.Want(ids(chain.get(1), chain.get(2), chain.get(3)))));
    assertThat(lone.said(SECOND, Message.Damaged.class))
        .containsExactly(new Message.Damaged(ids(chain.get(2)), false));
    assertThat(lone.said(SECOND, Message.Give.class))
        .singleElement()
        .extracting(give -> give.runs().stream().map(run -> run.last().id()).toList())
        .isEqualTo(ids(chain.get(1), chain.get(3)));
  }

  private static List<EventId> ids(Event... events) {
    return List.of(events).stream().map(Event::id).toList();
  }
}
