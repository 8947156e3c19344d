package io.sennit.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Shows;
import io.sennit.dag.Graphs;
import io.sennit.event.PretendSigner;
import io.sennit.sync.Message;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A machine whose disk is full, and its peer.
final class FullDiskTest {
  private static final int LINK = 1;
  private static final String WHY = "the disk is full";

  private final Lone full = new Lone();
  private final Lone peer = new Lone();
  private int fullSaid;
  private int peerSaid;
  private int gives;

  @BeforeEach
  void connect() {
    full.append("{\"of\":\"the one whose disk is full\"}");
    full.handle(new Input.PeerUp(LINK, PretendSigner.number(1).machine()));
    peer.handle(new Input.PeerUp(LINK, PretendSigner.number(2).machine()));
    talk();
    assertEqual();
  }

  /// Carries what each says to the other until both are silent.
  private void talk() {
    boolean silent;
    do {
      int before = fullSaid + peerSaid;
      fullSaid = carry(full, fullSaid, peer);
      peerSaid = carry(peer, peerSaid, full);
      silent = before == fullSaid + peerSaid;
    } while (!silent);
  }

  private int carry(Lone from, int said, Lone to) {
    for (int i = said; i < from.outputs.size(); i++) {
      if (from.outputs.get(i) instanceof Output.Send(var link, var message)) {
        if (message.gives() && from == peer) {
          gives++;
        }
        to.handle(new Input.Received(LINK, Lone.heard(message)));
        if (message.gives()) {
          from.handle(new Input.Drained(link));
        }
      }
    }
    return from.outputs.size();
  }

  private void prove() {
    full.handle(new Input.TimerFired(new Timer.Prove(LINK)));
    talk();
    peer.handle(new Input.TimerFired(new Timer.Prove(LINK)));
    talk();
  }

  private void assertEqual() {
    assertThat(full.machine.status().digest()).isEqualTo(peer.machine.status().digest());
  }

  @Test
  void appendsAreDeclinedWithTheReasonAndTakenAgainWhenThereIsRoom() {
    full.holdSyncs();
    long inFlight = full.append("{\"n\":1}");
    long queued = full.append("{\"n\":2}");
    full.handle(new Input.StoreFull(WHY));
    long late = full.append("{\"n\":3}");
    assertThat(full.outputs).contains(new Output.NoRoom(queued, WHY), new Output.NoRoom(late, WHY));
    assertThat(full.machine.status().mode()).isEqualTo(Mode.READ_ONLY);
    assertThat(full.machine.status().why()).isEqualTo(WHY);
    full.sync();
    assertThat(full.acknowledged()).extracting(Output.Acknowledge::request).contains(inFlight);
    full.handle(new Input.StoreRoom());
    long after = full.append("{\"n\":4}");
    full.sync();
    assertThat(full.acknowledged()).extracting(Output.Acknowledge::request).contains(after);
    assertThat(full.machine.status().why()).isEmpty();
    talk();
    assertEqual();
  }

  @Test
  void aPeerThatWasToldGivesNothingUntilThereIsRoom() {
    full.handle(new Input.StoreFull(WHY));
    talk();
    assertThat(peer.machine.status().peers().getFirst().takesNothing()).isEqualTo(WHY);
    for (int n = 0; n < 20; n++) {
      peer.append("{\"n\":" + n + "}");
    }
    talk();
    prove();
    assertThat(gives).isZero();
    assertThat(full.store.count()).isEqualTo(2);
    full.handle(new Input.StoreRoom());
    talk();
    assertEqual();
    assertThat(gives).isEqualTo(1);
    assertThat(peer.machine.status().peers().getFirst().takesNothing()).isEmpty();
    peer.append("{\"live\":true}");
    talk();
    assertEqual();
  }

  @Test
  void aPeerStillGetsEverythingThatItLacks() {
    full.handle(new Input.PeerDown(LINK));
    peer.handle(new Input.PeerDown(LINK));
    full.append("{\"here\":1}");
    peer.append("{\"there\":1}");
    full.handle(new Input.StoreFull(WHY));
    full.handle(new Input.PeerUp(LINK, PretendSigner.number(1).machine()));
    peer.handle(new Input.PeerUp(LINK, PretendSigner.number(2).machine()));
    talk();
    assertThat(gives).isZero();
    assertThat(full.store.count()).isEqualTo(3);
    assertThat(peer.store.count()).isEqualTo(4);
    prove();
    full.handle(new Input.StoreRoom());
    talk();
    assertEqual();
    assertThat(full.store.count()).isEqualTo(4);
  }

  @Test
  void whatWaitsToBeTakenIsDroppedAndFetchedAgain() {
    var root = Graphs.root().event().id();
    full.handle(new Input.PeerUp(2, PretendSigner.number(3).machine()));
    for (int n = 0; n < 3000; n++) {
      full.give(2, Graphs.event(5, "{\"n\":" + n + "}", List.of(root)));
    }
    long taken = full.store.count();
    full.handle(new Input.StoreFull(WHY));
    full.integrate();
    assertThat(full.store.count()).isEqualTo(taken);
    full.handle(new Input.StoreRoom());
    for (int n = 0; n < 3000; n++) {
      full.give(2, Graphs.event(5, "{\"n\":" + n + "}", List.of(root)));
    }
    full.integrate();
    assertThat(full.store.count()).isEqualTo(3002);
    assertThat(taken).isLessThan(3002);
  }

  @Test
  void aFenceHoldsAcrossAFullDisk() {
    full.handle(new Input.Fence());
    full.handle(new Input.StoreFull(WHY));
    assertThat(full.machine.status().mode()).isEqualTo(Mode.READ_ONLY);
    full.handle(new Input.StoreRoom());
    assertThat(full.machine.status().mode()).isIn(Mode.FENCED, Mode.CONVERGED);
    full.handle(new Input.Resume());
    assertThat(full.machine.status().mode()).isEqualTo(Mode.ACTIVE);
  }

  @Test
  void roomDoesNotMendAStoreThatFailed() {
    full.handle(new Input.StoreFailed("fsync: Input/output error", false));
    full.handle(new Input.StoreFull(WHY));
    full.handle(new Input.StoreRoom());
    assertThat(full.machine.status().mode()).isEqualTo(Mode.READ_ONLY);
    assertThat(full.machine.status().why()).contains("Input/output error");
    long late = full.append("{}");
    assertThat(full.outputs).contains(new Output.Decline(late, "fsync: Input/output error"));
  }

  /// What was in flight is claimed of no event any more, neither as held nor as a parent.
  @Test
  @Shows(Invariant.I7)
  void afterAFailedWriteOnlyWhatIsDurableIsSpokenOf() {
    full.holdSyncs();
    peer.append("{\"on\":\"its way\"}");
    talk();
    assertThat(full.machine.status().inFlight()).isEqualTo(1);
    full.handle(new Input.StoreFailed("write: No space left on device", true));
    talk();
    prove();
    assertThat(full.machine.status().inFlight()).isZero();
    assertThat(full.machine.status().events()).isEqualTo(2);
    var said =
        full.outputs.stream()
            .filter(Output.Send.class::isInstance)
            .map(output -> ((Output.Send) output).message())
            .filter(Message.Verdict.class::isInstance)
            .toList();
    assertThat(((Message.Verdict) said.getLast()).knows()).isEqualTo(Message.Knows.LATER);
    long late = full.append("{}");
    assertThat(full.outputs).contains(new Output.NoRoom(late, "write: No space left on device"));
  }
}
