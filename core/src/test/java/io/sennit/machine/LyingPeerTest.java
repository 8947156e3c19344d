package io.sennit.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.dag.Digests;
import io.sennit.dag.Graphs;
import io.sennit.dag.Key;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.PretendSigner;
import io.sennit.sync.AuthorTips;
import io.sennit.sync.Frontier;
import io.sennit.sync.Ladder;
import io.sennit.sync.Message;
import io.sennit.sync.Range;
import io.sennit.sync.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A peer that says whatever it likes loses its link, and nothing wrong is stored.
final class LyingPeerTest {
  private static final int LINK = 1;

  /// More than any lie should take.
  private static final int ANSWERS_MAX = 3_000;

  private final EventId root = Graphs.root().event().id();
  private final Lone machine = new Lone();
  private final List<Event> events = new ArrayList<>();
  private int heard;

  @BeforeEach
  void someHistory() {
    var parent = root;
    machine.handle(new Input.PeerUp(9, PretendSigner.number(9).machine()));
    for (int n = 0; n < 200; n++) {
      events.add(Graphs.event(3, "{\"n\":" + n + "}", List.of(parent)));
      parent = events.getLast().id();
    }
    machine.give(9, events.toArray(Event[]::new));
    machine.integrate();
    machine.handle(new Input.PeerDown(9));
    machine.outputs.clear();
    assertThat(machine.store.count()).isEqualTo(201);
  }

  private static Snapshot claiming(long count, EventId... tips) {
    var ascending = List.of(tips).stream().sorted().toList();
    return new Snapshot(
        new Frontier(count, Digests.ofTips(ascending), ascending, ascending.size()),
        1,
        new Ladder(0, List.of()),
        new AuthorTips(0, List.of()));
  }

  private void say(Message message) {
    machine.handle(new Input.Received(LINK, message));
    if (message instanceof Message.Hello) {
      machine.outputs.removeIf(output -> output instanceof Output.SetTimer);
    }
  }

  private void hello(Snapshot snapshot) {
    machine.handle(new Input.PeerUp(LINK, PretendSigner.number(2).machine()));
    say(new Message.Hello(Message.VERSION, root, "", true, snapshot));
  }

  /// Answers everything the machine says, until it hangs up.
  ///
  /// @return why it did
  private String until(Function<Message, List<Message>> lies) {
    for (int answers = 0; answers < ANSWERS_MAX; ) {
      if (heard == machine.outputs.size()) {
        machine.handle(new Input.TimerFired(new Timer.Prove(LINK)));
        answers++;
      }
      for (; heard < machine.outputs.size(); heard++) {
        switch (machine.outputs.get(heard)) {
          case Output.Send(_, var message) -> {
            lies.apply(message).forEach(this::say);
            answers++;
            if (message.gives()) {
              machine.handle(new Input.Drained(LINK));
            }
          }
          case Output.Disconnect(_, var why) -> {
            return why;
          }
          default -> {
            // Not for the peer.
          }
        }
      }
    }
    return "";
  }

  @Test
  void falseTips() {
    var claim = claiming(500, new EventId(1, 2, 3, 4), new EventId(5, 6, 7, 8));
    hello(claim);
    say(new Message.End());
    var why =
        until(message ->
            switch (message) {
              case Message.Describe _ ->
                  List.of(new Message.Describe(1, true, false, claim), new Message.End());
              case Message.Compare compare ->
                  List.of(new Message.Verdict(compare.number(), Message.Knows.LATER));
              default -> List.of();
            });
    assertThat(why).isEqualTo("it never gives what it claims to hold");
    assertThat(machine.store.count()).isEqualTo(201);
  }

  /// It speaks of a proof that never was, and never says what it holds.
  @Test
  void aFalseMemory() {
    machine.handle(new Input.PeerUp(LINK, PretendSigner.number(2).machine()));
    say(new Message.Again(Message.VERSION, "", true, 201, new EventId(1, 2, 3, 4)));
    assertThat(hungUp()).isEmpty();
    machine.handle(new Input.TimerFired(new Timer.Prove(LINK)));
    assertThat(machine.outputs)
        .anyMatch(output ->
            output instanceof Output.Send(_, var message) && message instanceof Message.Compare);
    say(new Message.Again(Message.VERSION, "", true, 201, new EventId(1, 2, 3, 4)));
    assertThat(hungUp()).isEqualTo("it greets twice");
  }

  /// It gets less than it lacks; that is its own harm.
  @Test
  void falseAuthorTips() {
    var lie =
        new Snapshot(
            new Frontier(7, new EventId(0, 0, 0, 1), List.of(new EventId(9, 9, 9, 9)), 1),
            5,
            new Ladder(1000, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
            new AuthorTips(
                0, List.of(new AuthorTips.Tip(1, 1L << 50, 2), new AuthorTips.Tip(1, 3, 4))));
    hello(lie);
    say(new Message.Tips(new AuthorTips(Long.MAX_VALUE, List.of())));
    say(new Message.Tips(new AuthorTips(1L << 40, List.of(new AuthorTips.Tip(0, 0, 0)))));
    say(new Message.Common(List.of(new EventId(4, 4, 4, 4))));
    say(new Message.Seek());
    say(new Message.Seek());
    for (var knows : Message.Knows.values()) {
      for (int number = 0; number < 3; number++) {
        say(new Message.Verdict(number, knows));
        say(new Message.Verdict(number, knows));
      }
    }
    say(new Message.End());
    say(new Message.End());
    say(new Message.Describe(3, true, true, lie));
    say(new Message.Describe(4, false, true, lie));
    assertThat(machine.store.count()).isEqualTo(201);
    machine.append("{\"goes\":\"on\"}");
    assertThat(machine.acknowledged()).hasSize(1);
  }

  @Test
  void theSameIsWantedWithoutEnd() {
    hello(claiming(1, root));
    var ids = events.stream().map(Event::id).toList();
    for (int times = 0; times < 1000 && hungUp().isEmpty(); times++) {
      say(new Message.Want(ids));
      machine.handle(new Input.Drained(LINK));
    }
    assertThat(hungUp()).isEqualTo("it wants the same again and again");
  }

  @Test
  void rangesAreAskedWithoutEnd() {
    hello(claiming(1, root));
    var range = new Range.Fingerprint(Key.MIN, Key.MAX, 5, 1, 2);
    for (int times = 0; times < 1000 && hungUp().isEmpty(); times++) {
      say(new Message.Ranges(false, times, List.of(range)));
    }
    assertThat(hungUp()).isEqualTo("it never ends the reconciliation");
  }

  @Test
  void rangesAreAnsweredWithoutEnd() {
    var plain = claiming(500, new EventId(1, 2, 3, 4));
    hello(
        new Snapshot(
            plain.frontier(), 1, new Ladder(10, List.of()), new AuthorTips(10, List.of())));
    say(new Message.Seek());
    var why =
        until(message ->
            message instanceof Message.Ranges(var answer, var salt, var ranges) && !answer
                ? List.of(
                    new Message.Ranges(
                        true,
                        salt,
                        ranges.stream()
                            .map(range ->
                                (Range)
                                    new Range.Fingerprint(range.from(), range.to(), 99, 1, salt))
                            .toList()))
                : List.of());
    assertThat(why).isEqualTo("it never ends the reconciliation");
    assertThat(machine.store.count()).isEqualTo(201);
  }

  private String hungUp() {
    return machine.outputs.stream()
        .filter(Output.Disconnect.class::isInstance)
        .map(output -> ((Output.Disconnect) output).why())
        .findFirst()
        .orElse("");
  }
}
