package io.sennit.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.dag.Digests;
import io.sennit.dag.Graphs;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.PretendSigner;
import io.sennit.sync.AuthorTips;
import io.sennit.sync.Frontier;
import io.sennit.sync.Ladder;
import io.sennit.sync.Message;
import io.sennit.sync.Message.Knows;
import io.sennit.sync.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A machine that lacks something takes it from one peer at a time, though it says Hello to all.
final class OneProviderTest {
  private final EventId root = Graphs.root().event().id();
  private final Event event = Graphs.event(3, "{\"n\":1}", List.of(root));
  private final Lone lone = new Lone();

  private void up(int peer) {
    lone.handle(new Input.PeerUp(peer, PretendSigner.number(peer).machine()));
  }

  private void hello(int peer, EventId tip, int count) {
    say(peer, new Message.Hello(Message.VERSION, root, "", false, snapshot(tip, count)));
  }

  private static Snapshot snapshot(EventId tip, int count) {
    var frontier = new Frontier(count, Digests.ofTips(List.of(tip)), List.of(tip), 1);
    return new Snapshot(frontier, 1, new Ladder(0, List.of()), new AuthorTips(0, List.of()));
  }

  private void say(int peer, Message message) {
    lone.handle(new Input.Received(peer, message));
  }

  private <T extends Message> T last(int peer, Class<T> kind) {
    return lone.said(peer, kind).getLast();
  }

  @Test
  void onlyTheFirstIsToldToGiveAtOnce() {
    up(1);
    up(2);
    assertThat(last(1, Message.Hello.class).open()).isTrue();
    assertThat(last(2, Message.Hello.class).open()).isFalse();
  }

  @Test
  void theOthersWaitAndAreAskedWhenTheFirstHasGiven() {
    up(1);
    up(2);
    hello(2, event.id(), 2);
    assertThat(last(2, Message.Verdict.class).knows()).isEqualTo(Knows.LATER);
    hello(1, event.id(), 2);
    assertThat(last(1, Message.Verdict.class).knows()).isEqualTo(Knows.LACKS);
    say(1, new Message.Damaged(List.of(event.id()), true)); // it cannot give
    assertThat(last(2, Message.Describe.class))
        .matches(describe -> describe.open() && !describe.answer());
    say(2, new Message.Describe(1, true, false, snapshot(event.id(), 2)));
    assertThat(last(2, Message.Verdict.class).knows()).isEqualTo(Knows.LACKS);
    lone.give(2, event);
    say(2, new Message.End());
    assertThat(lone.store.count()).isEqualTo(2);
    var compare = last(2, Message.Compare.class);
    assertThat(compare.digest()).isEqualTo(lone.machine.status().digest());
    say(2, new Message.Verdict(compare.number(), Knows.EQUAL));
    assertThat(lone.machine.status().peers().getLast().state()).isEqualTo("in-sync");
  }

  @Test
  void whoHasNothingToGiveKeepsNobodyWaiting() {
    up(1);
    up(2);
    hello(1, root, 1);
    hello(2, event.id(), 2);
    assertThat(last(2, Message.Verdict.class).knows()).isEqualTo(Knows.LACKS);
  }

  @Test
  void whoIsGoneKeepsNobodyWaiting() {
    up(1);
    up(2);
    hello(2, event.id(), 2);
    assertThat(last(2, Message.Verdict.class).knows()).isEqualTo(Knows.LATER);
    lone.handle(new Input.PeerDown(1));
    assertThat(last(2, Message.Describe.class).open()).isTrue();
  }

  /// A second description would make the peer give up what it answers to the first.
  @Test
  void aQuestionThatCrossesOursIsAnsweredByWhatWeHaveSaid() {
    up(1);
    hello(1, event.id(), 2);
    say(1, new Message.End()); // it has given nothing of what it claims
    assertThat(lone.said(1, Message.Describe.class)).hasSize(1);
    say(1, new Message.Compare(1, 2, Digests.ofTips(List.of(event.id()))));
    assertThat(lone.said(1, Message.Describe.class)).hasSize(1);
    say(1, new Message.Describe(2, true, false, snapshot(event.id(), 2)));
    assertThat(last(1, Message.Verdict.class)).isEqualTo(new Message.Verdict(2, Knows.LACKS));
    assertThat(lone.machine.status().peers().getFirst().state()).isEqualTo("taking");
  }
}
