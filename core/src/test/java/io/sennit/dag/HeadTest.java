package io.sennit.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.Seeds;
import io.sennit.Shows;
import io.sennit.event.Event;
import io.sennit.machine.Invariant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeadTest {
  @Test
  @Shows({Invariant.I5, Invariant.I7})
  void theDurablePartIsAPrefixOfTheHead() {
    Seeds.check(
        50,
        random -> {
          var events = Graphs.random(random, 40);
          var store = Graphs.store(events.subList(0, 1));
          var head = new Head(store);
          var flight = new ArrayList<Placed>();
          for (var event : events.subList(1, events.size())) {
            flight.add(head.enter(event));
            if (random.nextInt(3) == 0) {
              store.append(flight);
              head.persisted(flight.getLast().position());
              assertThat(head.durable()).isEqualTo(flight.getLast().position());
              flight.clear();
            }
            assertThat(List.copyOf(head.durableTips())).isEqualTo(store.tips());
            assertThat(head.durable()).isEqualTo(store.count());
            assertThat(head.inFlight()).isEqualTo(flight.size());
          }
          assertThat(head.tips().keySet()).containsExactlyElementsOf(Graphs.store(events).tips());
        });
  }

  @Test
  @Shows(Invariant.I2)
  void anEventDoesNotEnterBeforeItsParents() {
    var events = Graphs.random(new java.util.SplittableRandom(1), 2);
    Event child = Graphs.event(1, "{}", List.of(events.get(1).id()));
    var head = new Head(Graphs.store(events.subList(0, 1)));
    assertThatThrownBy(() -> head.enter(child)).hasMessageContaining("before its parent");
  }
}
