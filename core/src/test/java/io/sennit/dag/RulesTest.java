package io.sennit.dag;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Shows;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.PretendSigner;
import io.sennit.event.Reason;
import io.sennit.machine.Invariant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class RulesTest {
  private final Event root = Graphs.root().event();
  private final Head head = new Head(Graphs.store(List.of(root)));

  @Test
  void aRunInOrderKeepsTheRules() {
    var first = unsealed(1, "{\"n\":1}", root.id());
    var last = Graphs.event(1, "{\"n\":2}", List.of(first.id()));
    assertThat(Rules.fault(head, List.of(first, last))).isEmpty();
  }

  @Test
  void anotherMachinesEventWithoutSealIsNobodysParent() {
    var first = unsealed(1, "{\"n\":1}", root.id());
    head.enter(first);
    head.enter(Graphs.event(1, "{\"n\":2}", List.of(first.id())));
    var stranger = Graphs.event(2, "{\"n\":3}", List.of(first.id()));
    assertThat(reason(List.of(stranger))).contains(Reason.FOREIGN_UNSEALED_PARENT);
  }

  @Test
  void anEventHasOnePredecessorAtMost() {
    var left = unsealed(1, "{\"n\":1}", root.id());
    var right = unsealed(1, "{\"n\":2}", root.id());
    head.enter(left);
    head.enter(right);
    var both = Graphs.event(1, "{\"n\":3}", List.of(left.id(), right.id()));
    assertThat(reason(List.of(both))).contains(Reason.FOREIGN_UNSEALED_PARENT);
  }

  @Test
  void theBeginningThatIsHereCountsForTheLimitsOfTheRun() {
    var before = root.id();
    for (int n = 0; n < 255; n++) {
      var event = unsealed(1, "{\"n\":" + n + "}", before);
      head.enter(event);
      before = event.id();
    }
    head.enter(Graphs.event(1, "{\"seals\":\"one branch\"}", List.of(before)));
    var last = Graphs.event(1, "{\"seals\":\"the other\"}", List.of(before));
    assertThat(reason(List.of(last))).isEmpty();
    var more = unsealed(1, "{\"n\":255}", before);
    var tooMany = Graphs.event(1, "{\"n\":256}", List.of(more.id()));
    assertThat(reason(List.of(more, tooMany))).contains(Reason.MALFORMED_RUN);
  }

  @Test
  @Shows(Invariant.I1)
  void onlyTheRootHasNoParents() {
    var other =
        io.sennit.event.Root.found(PretendSigner.number(9), "other", new byte[16], Graphs.TIME)
            .event();
    assertThat(reason(List.of(other))).contains(Reason.NOT_THE_ROOT);
  }

  private Optional<Reason> reason(List<Event> run) {
    return Rules.fault(head, run).map(fault -> fault.rejection().reason());
  }

  private static Event unsealed(long machine, String json, EventId parent) {
    return Graphs.draft(json)
        .finish(
            PretendSigner.number(machine).machine(),
            List.copyOf(new TreeSet<>(List.of(parent))),
            0);
  }
}
