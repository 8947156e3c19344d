package io.sennit.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.dag.Digests;
import io.sennit.dag.Graphs;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.PretendSigner;
import io.sennit.event.Run;
import io.sennit.overlay.Capacity;
import io.sennit.overlay.Contact;
import io.sennit.overlay.Coordinate;
import io.sennit.overlay.OverlayMessage;
import io.sennit.overlay.Route;
import io.sennit.sync.AuthorTips;
import io.sennit.sync.Frontier;
import io.sennit.sync.Ladder;
import io.sennit.sync.Message;
import io.sennit.sync.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The overlay inside the machine: what it says is done, and what it loses is found.
final class GossipTest {
  private static final int PEERS = 8;
  private static final int MANY = 20;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final EventId root = Graphs.root().event().id();
  private final Lone lone = new Lone();

  private static MachineId machine(int peer) {
    return PretendSigner.number(peer).machine();
  }

  private static Contact contact(int number) {
    return new Contact(machine(number), "host:" + number, Capacity.HOME, Coordinate.UNKNOWN);
  }

  private Message.Hello hello() {
    var frontier = new Frontier(1, Digests.ofTips(List.of(root)), List.of(root), 1);
    return new Message.Hello(
        Message.VERSION,
        root,
        "",
        false,
        new Snapshot(frontier, 1, new Ladder(0, List.of()), new AuthorTips(0, List.of())));
  }

  private void say(int peer, Message message) {
    lone.handle(new Input.Received(peer, message));
  }

  private void say(int peer, OverlayMessage message) {
    say(peer, new Message.Overlay(message));
  }

  /// Eight neighbours, and contacts of many more.
  private void amongMany() {
    lone.handle(new Input.Known(IntStream.range(1, MANY).mapToObj(GossipTest::contact).toList()));
    for (int peer = 1; peer <= PEERS; peer++) {
      lone.handle(new Input.PeerUp(peer, machine(peer), false));
      say(peer, hello());
      var kind = OverlayMessage.Kind.RANDOM;
      say(peer, new OverlayMessage.Neighbour(contact(peer), kind, false));
    }
    lone.outputs.clear();
  }

  private <T extends OverlayMessage> List<T> overlaySaid(int peer, Class<T> kind) {
    return lone.said(peer, Message.Overlay.class).stream()
        .map(Message.Overlay::message)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private List<Integer> givenTo() {
    return IntStream.rangeClosed(1, PEERS)
        .filter(peer -> !lone.said(peer, Message.Give.class).isEmpty())
        .boxed()
        .toList();
  }

  @Test
  void beforeAnybodyIsNamedThereIsNoOverlay() {
    lone.handle(new Input.PeerUp(1, machine(1), true));
    say(1, hello());
    say(1, new OverlayMessage.Join(contact(1)));
    assertThat(lone.said(1, Message.Overlay.class)).isEmpty();
    assertThat(lone.machine.overlay()).isEmpty();
    lone.append("{}");
    assertThat(lone.said(1, Message.Give.class)).hasSize(1);
  }

  @Test
  void whomItNamesIsDialledAndAskedToJoin() {
    lone.handle(new Input.Known(List.of(contact(1))));
    assertThat(lone.outputs).contains(new Output.Dial(contact(1)));
    lone.handle(new Input.PeerUp(1, machine(1), true));
    assertThat(lone.said(1, Message.Overlay.class)).as("a stranger is asked nothing").isEmpty();
    say(1, hello());
    assertThat(overlaySaid(1, OverlayMessage.Join.class)).hasSize(1);
  }

  @Test
  void itTellsOthersHowMuchItCarries() {
    lone.handle(new Input.Carrying(Capacity.LEAF));
    lone.handle(new Input.Known(List.of(contact(1))));
    lone.handle(new Input.PeerUp(1, machine(1), true));
    say(1, hello());
    lone.handle(new Input.Carrying(Capacity.PUBLIC));
    lone.handle(new Input.Known(List.of(contact(2))));
    lone.handle(new Input.PeerUp(2, machine(2), true));
    say(2, hello());
    assertThat(overlaySaid(1, OverlayMessage.Join.class))
        .extracting(said -> said.self().capacity())
        .containsExactly(Capacity.LEAF);
    assertThat(overlaySaid(2, OverlayMessage.Join.class))
        .extracting(said -> said.self().capacity())
        .containsExactly(Capacity.PUBLIC);
    assertThat(lone.machine.overlay().orElseThrow().capacity()).isEqualTo(Capacity.PUBLIC);
  }

  @Test
  void aLinkThatEndsBeforeItIsGreetedIsNoLink() {
    lone.handle(new Input.Known(List.of(contact(1))));
    lone.handle(new Input.PeerUp(1, machine(1), true));
    lone.handle(new Input.PeerDown(1));
    lone.outputs.clear();
    for (int times = 0; times < 4; times++) {
      lone.pass(60 * SECOND_NANOS);
      lone.handle(new Input.TimerFired(new Timer.Overlay()));
    }
    assertThat(lone.outputs).as("it is tried again").contains(new Output.Dial(contact(1)));
  }

  @Test
  void inAMeshEverybodyIsGivenWhatIsNew() {
    lone.handle(new Input.Known(List.of()));
    lone.handle(new Input.PeerUp(1, machine(1), false));
    say(1, hello());
    say(1, new OverlayMessage.Join(contact(1)));
    lone.append("{}");
    assertThat(lone.said(1, Message.Give.class))
        .extracting(Message.Give::route)
        .containsExactly(Optional.empty());
  }

  @Test
  void amongManyARunThatWasGivenByOneIsNotGivenBackAndNotNamedByHave() {
    amongMany();
    var event = Graphs.event(500, "{}", List.of(root));
    var give =
        new Message.Give(
            List.of(new Run(List.of(event))), Optional.empty(), Optional.of(Route.of(1, 2)));
    say(3, give);
    assertThat(lone.store.position(event.id())).isEqualTo(2);
    assertThat(givenTo()).contains(1, 2).doesNotContain(3);
    assertThat(lone.said(1, Message.Give.class).getFirst().route()).contains(Route.of(1, 1));
    for (int peer = 1; peer <= PEERS; peer++) {
      assertThat(lone.said(peer, Message.Have.class)).isEmpty();
    }
    say(4, give);
    assertThat(lone.machine.overlay().orElseThrow().duplicates()).isEqualTo(1);
  }

  @Test
  void whatIsPulledIsGivenAtOnce() {
    amongMany();
    lone.append("{}");
    lone.outputs.clear();
    say(5, new OverlayMessage.Pull(new long[] {lone.last().id().a(), 4711}));
    assertThat(lone.said(5, Message.Give.class)).hasSize(1);
    var give = lone.said(5, Message.Give.class).getFirst();
    assertThat(give.runs().getFirst().last().id()).isEqualTo(lone.last().id());
    assertThat(give.route().map(Route::pulled)).contains(true);
  }

  @Test
  void anOrphanThatSpreadsWaitsASecondForItsParents() {
    amongMany();
    var parent = Graphs.event(500, "{\"n\":1}", List.of(root));
    var child = Graphs.event(501, "{\"n\":2}", List.of(parent.id()));
    var route = Optional.of(Route.of(0, 0));
    say(3, new Message.Give(List.of(new Run(List.of(child))), Optional.empty(), route));
    assertThat(lone.machine.status().orphans()).isEqualTo(1);
    assertThat(lone.said(3, Message.Describe.class)).isEmpty();
    lone.pass(SECOND_NANOS / 2);
    lone.handle(new Input.TimerFired(new Timer.Parents(3)));
    assertThat(lone.said(3, Message.Describe.class)).isEmpty();
    lone.pass(SECOND_NANOS);
    lone.handle(new Input.TimerFired(new Timer.Parents(3)));
    assertThat(lone.said(3, Message.Describe.class)).as("a comparison begins").hasSize(1);
  }

  private Message.Describe describe(EventId tip) {
    return describe(tip, false, new AuthorTips(0, List.of()));
  }

  private Message.Describe describe(EventId tip, boolean open, AuthorTips authors) {
    var frontier = new Frontier(2, Digests.ofTips(List.of(tip)), List.of(tip), 1);
    var nothing = new Ladder(0, List.of());
    return new Message.Describe(1, false, open, new Snapshot(frontier, 1, nothing, authors));
  }

  @Test
  void whatAPeerHoldsIsHopedForBeforeItIsAskedFor() {
    amongMany();
    var event = Graphs.event(500, "{}", List.of(root));
    say(3, describe(event.id()));
    assertThat(lone.said(3, Message.Verdict.class).getLast().knows())
        .isEqualTo(Message.Knows.LATER);
    var route = Optional.of(Route.of(0, 0));
    say(4, new Message.Give(List.of(new Run(List.of(event))), Optional.empty(), route));
    lone.outputs.clear();
    lone.pass(SECOND_NANOS);
    lone.handle(new Input.TimerFired(new Timer.Prove(3)));
    assertThat(lone.said(3, Message.class)).as("it has come by itself").isEmpty();
    assertThat(lone.machine.status().peers().get(2).state()).isEqualTo("in-sync");
  }

  @Test
  void whoWaitsToBeGivenIsGivenAlsoAfterTheHopeIsOver() {
    amongMany();
    lone.append("{}");
    var event = Graphs.event(500, "{}", List.of(root));
    say(3, describe(event.id(), true, new AuthorTips(200, List.of())));
    var route = Optional.of(Route.of(0, 0));
    say(4, new Message.Give(List.of(new Run(List.of(event))), Optional.empty(), route));
    lone.pass(SECOND_NANOS);
    lone.handle(new Input.TimerFired(new Timer.Prove(3)));
    lone.outputs.clear();
    say(3, new Message.Tips(new AuthorTips(0, List.of())));
    assertThat(lone.said(3, Message.Give.class)).isNotEmpty();
    assertThat(lone.machine.status().peers().get(2).state()).isNotEqualTo("in-sync");
  }

  @Test
  void whatDoesNotComeByItselfIsAskedFor() {
    amongMany();
    say(3, describe(Graphs.event(500, "{}", List.of(root)).id()));
    lone.outputs.clear();
    lone.pass(SECOND_NANOS);
    lone.handle(new Input.TimerFired(new Timer.Prove(3)));
    assertThat(lone.said(3, Message.Describe.class)).hasSize(1);
    say(3, describe(Graphs.event(500, "{}", List.of(root)).id()));
    assertThat(lone.said(3, Message.Verdict.class).getLast().knows())
        .isEqualTo(Message.Knows.LACKS);
  }

  @Test
  void whoTakesTooLittleIsGivenNoMoreAndComparedWithLater() {
    amongMany();
    for (int n = 0; n < Outflow.SPREAD_MAX + 100; n++) {
      lone.append("{\"n\":" + n + "}"); // nothing is drained
    }
    var given = givenTo();
    assertThat(given).isNotEmpty();
    int peer = given.getFirst();
    int gives = lone.said(peer, Message.Give.class).size();
    assertThat(lone.said(peer, Message.Compare.class)).isEmpty();
    for (int n = 0; n < gives; n++) {
      lone.handle(new Input.Drained(peer));
    }
    assertThat(lone.said(peer, Message.Give.class)).as("what waited is forgotten").hasSize(gives);
    assertThat(lone.said(peer, Message.Compare.class)).hasSize(1);
  }

  @Test
  void aCopyOfAMachineIsAnotherNeighbour() {
    lone.handle(new Input.Known(List.of()));
    for (int peer = 1; peer <= 2; peer++) {
      lone.handle(new Input.PeerUp(peer, machine(1), false));
      say(peer, hello());
      say(peer, new OverlayMessage.Join(contact(1)));
    }
    assertThat(lone.machine.overlay().orElseThrow().active()).isEqualTo(2);
    assertThat(lone.machine.book()).as("one address").containsExactly(contact(1));
  }

  @Test
  void withManyPeersOneIsAskedForEqualityAndWhenFencedAllAre() {
    amongMany();
    assertThat(asked()).isEqualTo(1);
    assertThat(asked()).isEqualTo(0);
    lone.handle(new Input.Fence());
    assertThat(asked()).isEqualTo(PEERS);
  }

  /// So many are asked when all of their timers run out.
  private int asked() {
    lone.outputs.clear();
    var asked = new ArrayList<Integer>();
    for (int peer = 1; peer <= PEERS; peer++) {
      lone.handle(new Input.TimerFired(new Timer.Prove(peer)));
      if (!lone.said(peer, Message.Compare.class).isEmpty()) {
        asked.add(peer);
      }
    }
    return asked.size();
  }

  @Test
  void recentRunsAreRememberedAndOldOnesMakeRoom() {
    var recent = new RecentRuns();
    int many = 300_000;
    for (int n = 1; n <= many; n++) {
      recent.add(name(n), n);
    }
    int found = 0;
    for (int n = many - 20_000; n <= many; n++) {
      found += recent.position(name(n)) == n ? 1 : 0;
    }
    assertThat(found).isGreaterThan(19_900);
    assertThat(recent.position(4711)).isZero();
  }

  private static long name(long n) {
    long mixed = (n ^ n >>> 30) * 0xbf58476d1ce4e5b9L;
    return (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
  }
}
