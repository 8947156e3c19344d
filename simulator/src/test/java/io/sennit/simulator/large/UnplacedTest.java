package io.sennit.simulator.large;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.event.MachineId;
import io.sennit.overlay.Capacity;
import io.sennit.overlay.Contact;
import io.sennit.overlay.Coordinate;
import io.sennit.overlay.Crowd;
import io.sennit.overlay.OverlayMessage;
import io.sennit.overlay.OverlayMessage.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UnplacedTest {
  private static final Coordinate SOMEWHERE = new Coordinate(30, -40, 5);

  private final Unplaced unplaced = new Unplaced(number -> contact(number, Coordinate.UNKNOWN));

  private static Contact contact(int number, Coordinate coordinate) {
    return new Contact(new MachineId(1, 2, 3, number), "10.0.0.1:7000", Capacity.HOME, coordinate);
  }

  private static Contact somewhere(int number) {
    return contact(number, SOMEWHERE);
  }

  private static Contact nowhere(int number) {
    return contact(number, Coordinate.UNKNOWN);
  }

  @Test
  void nobodyHearsWhereOthersStand() {
    var before = List.of(somewhere(7), somewhere(8));
    var after = List.of(nowhere(7), nowhere(8));
    assertThat(
            List.of(
                unplaced.of(new OverlayMessage.Join(somewhere(1))),
                unplaced.of(new OverlayMessage.Walk(somewhere(2), 5)),
                unplaced.of(new OverlayMessage.Neighbour(somewhere(3), Kind.NEAR, true)),
                unplaced.of(new OverlayMessage.Welcome(somewhere(4), Kind.RANDOM)),
                unplaced.of(new OverlayMessage.Decline(before)),
                unplaced.of(new OverlayMessage.Leave(before)),
                unplaced.of(new OverlayMessage.Shuffle(somewhere(5), 2, before)),
                unplaced.of(new OverlayMessage.Shuffled(before))))
        .containsExactly(
            new OverlayMessage.Join(nowhere(1)),
            new OverlayMessage.Walk(nowhere(2), 5),
            new OverlayMessage.Neighbour(nowhere(3), Kind.NEAR, true),
            new OverlayMessage.Welcome(nowhere(4), Kind.RANDOM),
            new OverlayMessage.Decline(after),
            new OverlayMessage.Leave(after),
            new OverlayMessage.Shuffle(nowhere(5), 2, after),
            new OverlayMessage.Shuffled(after));
  }

  @Test
  void distancesAreStillMeasured() {
    var ping = new OverlayMessage.Ping(1, SOMEWHERE, new Crowd(1, 2, 3, 4, 5));
    var pong = new OverlayMessage.Pong(1, SOMEWHERE);
    assertThat(unplaced.of(ping)).isSameAs(ping);
    assertThat(unplaced.of(pong)).isSameAs(pong);
  }
}
