package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.dag.Graphs;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.Run;
import io.sennit.sync.Message;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class OutgoingTest {
  private static final Event EVENT =
      Graphs.event(1, "{\"type\":\"small\"}", Set.of(Graphs.root().event().id()));
  private static final Message WORD = new Message.Refuse("a word");

  private final Outgoing outgoing = new Outgoing();

  /// What is counted is events and bytes, so the same one will do many times.
  private static Message.Give give(long events) {
    return new Message.Give(
        Collections.nCopies((int) events, new Run(List.of(EVENT))), Optional.empty());
  }

  private static Message.Give large(int sizeBytes) {
    var text = "{\"text\":\"" + "x".repeat(60_000) + "\"}";
    var event = Graphs.event(1, text, Set.of(Graphs.root().event().id()));
    int count = 1 + sizeBytes / event.body().length;
    return new Message.Give(Collections.nCopies(count, new Run(List.of(event))), Optional.empty());
  }

  private static Frame.Credit credit(long events) {
    return new Frame.Credit(events, events * EVENT.body().length);
  }

  private void says(Message message) throws InterruptedException {
    assertThat(outgoing.ready()).isTrue();
    assertThat(outgoing.next()).isEqualTo(new Outgoing.Next.Say(message));
  }

  private void waits() {
    assertThat(outgoing.ready()).isFalse();
  }

  @Test
  void messagesLeaveInTheirOrder() throws InterruptedException {
    waits();
    var have = new Message.Have(List.of(new EventId(1, 2, 3, 4)));
    outgoing.add(WORD);
    outgoing.add(have);
    outgoing.add(give(3));
    says(WORD);
    says(have);
    says(give(3));
    waits();
  }

  @Test
  void aGiveWaitsUntilThePeerHasDealtWithEnough() throws InterruptedException {
    outgoing.add(give(Outgoing.EVENTS_MAX - 1));
    outgoing.add(give(1));
    outgoing.add(give(2));
    outgoing.add(WORD);
    says(give(Outgoing.EVENTS_MAX - 1));
    says(give(1));
    waits(); // the word behind the give, too: order is kept
    assertThat(outgoing.credited(credit(1))).isTrue();
    waits();
    assertThat(outgoing.credited(credit(2))).isTrue();
    says(give(2));
    says(WORD);
    waits();
  }

  @Test
  void bytesAreBoundedLikeEvents() throws InterruptedException {
    var half = large((int) (Outgoing.SIZE_BYTES_MAX / 2));
    outgoing.add(half);
    outgoing.add(half);
    says(half);
    waits();
    long bytes = half.runs().stream().mapToLong(Run::sizeBytes).sum();
    assertThat(outgoing.credited(new Frame.Credit(half.runs().size(), bytes))).isTrue();
    says(half);
  }

  @Test
  void whatIsLargerThanTheWindowGoesAlone() throws InterruptedException {
    outgoing.add(give(1));
    outgoing.add(give(Outgoing.EVENTS_MAX + 1));
    says(give(1));
    waits();
    assertThat(outgoing.credited(credit(1))).isTrue();
    says(give(Outgoing.EVENTS_MAX + 1));
    waits();
  }

  @Test
  void whatWasDealtWithHereIsToldBeforeAnythingElse() throws InterruptedException {
    outgoing.add(give(Outgoing.EVENTS_MAX));
    says(give(Outgoing.EVENTS_MAX));
    outgoing.add(give(1)); // has to wait for the peer
    outgoing.handled(give(Outgoing.EVENTS_MAX / 4 - 1));
    outgoing.handled(WORD);
    waits();
    outgoing.handled(give(1));
    assertThat(outgoing.next()).isEqualTo(new Outgoing.Next.Tell(credit(Outgoing.EVENTS_MAX / 4)));
    waits();
  }

  @Test
  void aPeerCannotHaveDealtWithMoreThanItWasGivenOrLessThanBefore() throws InterruptedException {
    outgoing.add(give(10));
    says(give(10));
    assertThat(outgoing.credited(credit(11))).isFalse();
    assertThat(outgoing.credited(new Frame.Credit(10, 1_000_000))).isFalse();
    assertThat(outgoing.credited(credit(5))).isTrue();
    assertThat(outgoing.credited(credit(4))).isFalse();
    assertThat(outgoing.credited(new Frame.Credit(-1, -1))).isFalse();
    assertThat(outgoing.credited(credit(10))).isTrue();
  }

  @Test
  void aPeerThatReadsNothingIsNoticed() {
    int taken = 0;
    while (taken <= 100_000 && outgoing.add(WORD)) {
      taken++;
    }
    assertThat(taken).isBetween(1, 100_000);
  }

  @Test
  void whoeverWaitsLearnsThatTheLinkIsClosed() throws Exception {
    var waiting =
        CompletableFuture.supplyAsync(() -> {
          try {
            return Optional.ofNullable(outgoing.next());
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    outgoing.close();
    assertThat(waiting.get()).isEmpty();
    assertThat(outgoing.ready()).isTrue();
    assertThat(outgoing.next()).isNull();
  }
}
