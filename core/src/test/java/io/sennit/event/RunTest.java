package io.sennit.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.event.Draft.Drafting;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunTest {
  private static final PretendSigner SIGNER = PretendSigner.number(1);
  private static final EventId OUTSIDE = new EventId(1, 2, 3, 4);

  private static Draft draft(String json) {
    return ((Drafting.Drafted) Draft.of(json.getBytes(UTF_8), EventMaker.TIME)).draft();
  }

  private static List<EventId> ids(EventId... ids) {
    return Stream.of(ids).sorted().toList();
  }

  private static Event plain(String json, EventId... parents) {
    return draft(json).finish(SIGNER.machine(), ids(parents), 0);
  }

  private static Event sealed(String json, EventId... parents) {
    return draft(json).finishSealed(SIGNER, ids(parents), 0);
  }

  /// A chain of so many events, the last one sealed.
  private static List<Event> chain(int count, String json) {
    var events = new ArrayList<Event>();
    var last = OUTSIDE;
    for (int i = 1; i < count; i++) {
      events.add(plain(json, last));
      last = events.getLast().id();
    }
    events.add(sealed(json, last));
    return events;
  }

  private static void assertRefused(String why, List<Event> events) {
    assertThat(Run.of(events))
        .isInstanceOfSatisfying(
            Run.Forming.Refused.class,
            refused -> {
              assertThat(refused.rejection().reason()).isEqualTo(Reason.MALFORMED_RUN);
              assertThat(refused.rejection().detail()).contains(why);
            });
  }

  @Test
  void aChainWithOneSealAtItsEndIsARun() {
    var events = chain(5, "{}");
    assertThat(Run.of(events)).isEqualTo(new Run.Forming.Formed(new Run(events)));
    var run = new Run(events);
    assertThat(run.last()).isEqualTo(events.getLast());
    assertThat(run.machine()).isEqualTo(SIGNER.machine());
    assertThat(run.sizeBytes())
        .isEqualTo(events.stream().mapToLong(event -> event.body().length).sum());
    assertThat(run.sealedBy(PretendSigner.seals())).isTrue();
    assertThat(run.sealedBy((machine, message, seal) -> false)).isFalse();
  }

  @Test
  void theRemainderOfARunIsARun() {
    var events = chain(5, "{}");
    assertThat(Run.of(events.subList(2, 5))).isInstanceOf(Run.Forming.Formed.class);
  }

  @Test
  void aRunNeedsASealAtItsEndAndOnlyThere() {
    var events = chain(3, "{}");
    assertRefused("ends with a sealed event", List.of());
    assertRefused("ends with a sealed event", events.subList(0, 2));
    assertThatThrownBy(() -> new Run(events.subList(0, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    var first = sealed("{}", OUTSIDE);
    assertRefused("seal inside", List.of(first, sealed("{}", first.id())));
  }

  @Test
  void eachEventNamesTheOneBeforeAndNoEarlierOne() {
    var a = plain("{\"n\":1}", OUTSIDE);
    var b = plain("{\"n\":2}", a.id());
    assertRefused("predecessor", List.of(a, sealed("{}", OUTSIDE)));
    assertRefused("predecessor", List.of(b, a, sealed("{}", b.id())));
    assertRefused("second event without seal", List.of(a, b, sealed("{}", a.id(), b.id())));
    assertThat(Run.of(List.of(a, b, sealed("{}", b.id(), OUTSIDE))))
        .isInstanceOf(Run.Forming.Formed.class);
  }

  @Test
  void aRunIsOneMachines() {
    var other = PretendSigner.number(2);
    var first = draft("{}").finish(other.machine(), List.of(OUTSIDE), 0);
    assertRefused("another machine", List.of(first, sealed("{}", first.id())));
  }

  @Test
  void aRunHasAtMost256Events() {
    assertThat(Run.of(chain(256, "{}"))).isInstanceOf(Run.Forming.Formed.class);
    assertRefused("257 events", chain(257, "{}"));
  }

  @Test
  void aRunHasAtMost4MiB() {
    var large = "{\"x\":\"%s\"}".formatted("x".repeat(65_000));
    int sizeBytes = plain(large, OUTSIDE).body().length;
    int most = (Limits.RUN_SIZE_BYTES_MAX - Event.SIG_MEMBER_LENGTH) / sizeBytes;
    assertThat(Run.of(chain(most, large))).isInstanceOf(Run.Forming.Formed.class);
    assertRefused("bytes", chain(most + 1, large));
    int room = Limits.RUN_SIZE_BYTES_MAX - (int) new Run(chain(most, large)).sizeBytes();
    var filling = room - plain("{\"x\":\"\"}", OUTSIDE).body().length;
    var exact = new ArrayList<Event>();
    exact.add(plain("{\"x\":\"%s\"}".formatted("y".repeat(filling)), OUTSIDE));
    var last = exact.getLast().id();
    for (int i = 1; i < most; i++) {
      exact.add(plain(large, last));
      last = exact.getLast().id();
    }
    exact.add(sealed(large, last));
    assertThat(new Run(exact).sizeBytes()).isEqualTo(Limits.RUN_SIZE_BYTES_MAX);
    assertThat(Run.of(exact)).isInstanceOf(Run.Forming.Formed.class);
  }
}
