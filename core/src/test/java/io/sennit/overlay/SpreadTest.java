package io.sennit.overlay;

import static io.sennit.overlay.Lone.contact;
import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.overlay.Lone.Given;
import io.sennit.overlay.Lone.Said;
import io.sennit.overlay.OverlayMessage.Beacon;
import io.sennit.overlay.OverlayMessage.Kind;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private static final long RUN = 4711;
  private static final int PARENT = 1;
  private static final int CHILD = 2;

  /// Has seven neighbours, one of them its parent in all trees, another its child.
  private static Lone inTrees() {
    var lone = new Lone(1);
    lone.overlay.start(List.of(contact(100), contact(101)), lone.now, lone);
    lone.neighbours(1, 7, Kind.RANDOM);
    for (int t = 0; t < Trees.COUNT; t++) {
      lone.says(PARENT, new Beacon(t, 1, 3, 1, 1_000, false));
      lone.says(CHILD, new OverlayMessage.Parent(t, true));
    }
    lone.run(50 * Lone.MILLI);
    lone.asked();
    return lone;
  }

  private static List<Integer> given(Lone lone) {
    return lone.asked(Given.class).stream().map(Given::peer).toList();
  }

  private static void arrives(Lone lone, int peer, Route route, int sizeBytes) {
    assertThat(lone.overlay.arriving(peer, RUN, route, lone.now)).isTrue();
    lone.overlay.admitted(RUN, sizeBytes, lone.now, lone);
  }

  @Test
  void aRunGoesAlongTheTreeAndIsNamedToTheOthers() {
    var lone = inTrees();
    arrives(lone, PARENT, new Route(2, 0), 300);
    assertThat(lone.asked(Given.class)).containsExactly(new Given(CHILD, RUN, new Route(2, 0)));
    lone.run(Spread.BATCH_MILLIS_MAX * Lone.MILLI);
    var named = new OverlayMessage.Announce(new long[] {RUN}, false);
    assertThat(lone.said(OverlayMessage.Announce.class))
        .containsExactlyInAnyOrder(
            new Said(3, named),
            new Said(4, named),
            new Said(5, named),
            new Said(6, named),
            new Said(7, named));
  }

  @Test
  void aFloodedRunGoesToEverybodyElse() {
    var lone = inTrees();
    arrives(lone, 4, new Route(2, 3), 300);
    var given = lone.asked(Given.class);
    assertThat(given).extracting(Given::peer).containsExactlyInAnyOrder(1, 2, 3, 5, 6, 7);
    assertThat(given).extracting(Given::route).containsOnly(new Route(2, 2));
  }

  /// The first step reaches all neighbours, each one more seven times as many: the mean is what was
  /// wanted, not the next power; whoever writes, one with many links or with few.
  @Test
  void aShareOfAllMachinesIsFlooded() {
    for (int links : List.of(3, 8, 40)) {
      var self =
          new Contact(Lone.contact(0).machine(), "host:0", Capacity.PUBLIC, Coordinate.UNKNOWN);
      var lone = new Lone(self, 1);
      lone.overlay.start(List.of(Lone.contact(100)), lone.now, lone);
      lone.neighbours(1, links, Kind.RANDOM);
      lone.counted(1, 60_000);
      for (int t = 0; t < Trees.COUNT; t++) {
        lone.says(1, new Beacon(t, 1, 0, 1, 1_000, false));
      }
      lone.asked();
      double machines = lone.overlay.figures().machines();
      double reached = 0;
      int runs = 5_000;
      for (int run = 0; run < runs; run++) {
        lone.overlay.wrote(run, 300, lone.now, lone);
        int hops = lone.asked(Given.class).getFirst().route().hops();
        reached += links * Math.pow(Capacity.HOME.most() - 1, hops) / runs;
      }
      assertThat(reached)
          .as("with %d links", links)
          .isCloseTo(Spread.FLOODED_SHARE * machines, Percentage.withPercentage(10));
    }
  }

  @Test
  void whoNamedARunIsNotTold() {
    var lone = inTrees();
    lone.says(5, new OverlayMessage.Announce(new long[] {RUN}, false));
    arrives(lone, PARENT, new Route(0, 0), 300);
    lone.says(6, new OverlayMessage.Announce(new long[] {RUN}, false));
    lone.run(Spread.BATCH_MILLIS_MAX * Lone.MILLI);
    assertThat(lone.said(OverlayMessage.Announce.class))
        .extracting(Said::peer)
        .containsExactlyInAnyOrder(3, 4, 7);
  }

  @Test
  void whatIsLateIsAskedForAtOneThenAtAnother() {
    var lone = inTrees();
    lone.says(5, new OverlayMessage.Announce(new long[] {RUN}, false));
    lone.says(6, new OverlayMessage.Announce(new long[] {RUN}, false));
    assertThat(lone.said(OverlayMessage.Pull.class)).isEmpty();
    lone.run(2 * Patience.MILLIS_MAX * Lone.MILLI);
    var asked = lone.said(OverlayMessage.Pull.class);
    assertThat(asked.subList(0, 2)).extracting(Said::peer).containsExactlyInAnyOrder(5, 6);
    assertThat(asked)
        .extracting(Said::message)
        .containsOnly(new OverlayMessage.Pull(new long[] {RUN}));
  }

  @Test
  void whenTheParentIsLostWhatIsMissingIsAskedForAtOnce() {
    var lone = inTrees();
    lone.says(5, new OverlayMessage.Announce(new long[] {RUN}, false));
    lone.asked();
    lone.overlay.down(PARENT, lone.now, lone);
    assertThat(lone.said(OverlayMessage.Pull.class)).extracting(Said::peer).containsExactly(5);
  }

  /// Else it would wait for a comparison: ten seconds were seen.
  @Test
  void whatWasNamedByOneWhoIsGoneIsAskedForWhenAnotherNamesIt() {
    var lone = inTrees();
    lone.says(PARENT, new OverlayMessage.Announce(new long[] {RUN}, false));
    lone.overlay.down(PARENT, lone.now, lone);
    lone.says(5, new OverlayMessage.Announce(new long[] {RUN}, false));
    lone.asked();
    lone.run(2 * Patience.MILLIS_MAX * Lone.MILLI);
    assertThat(lone.said(OverlayMessage.Pull.class)).extracting(Said::peer).contains(5);
  }

  @Test
  void whoAsksIsGivenAndTheAskedForGoesOnAlongTheTree() {
    var lone = inTrees();
    arrives(lone, 6, new Route(1, Route.PULLED), 300);
    assertThat(given(lone)).containsExactlyInAnyOrder(PARENT, CHILD);
    lone.says(7, new OverlayMessage.Pull(new long[] {RUN, 999}));
    assertThat(lone.asked(Given.class))
        .containsExactly(new Given(7, RUN, new Route(1, Route.PULLED)));
  }

  @Test
  void aLargeRunIsNamedAlongTheTreeAndAskedForAtOnce() {
    var lone = inTrees();
    arrives(lone, PARENT, new Route(0, Route.PULLED), Spread.PUSH_BYTES_MAX + 1);
    assertThat(lone.asked())
        .contains(new Said(CHILD, new OverlayMessage.Announce(new long[] {RUN}, true)))
        .noneMatch(Given.class::isInstance);
    lone.says(PARENT, new OverlayMessage.Announce(new long[] {12}, true));
    assertThat(lone.said(OverlayMessage.Pull.class))
        .containsExactly(new Said(PARENT, new OverlayMessage.Pull(new long[] {12})));
  }

  @Test
  void aDuplicateIsKnownAndChangesNoTree() {
    var lone = inTrees();
    arrives(lone, PARENT, new Route(0, 0), 300);
    var before = lone.overlay.figures().trees();
    assertThat(lone.overlay.arriving(3, RUN, new Route(0, 0), lone.now)).isFalse();
    assertThat(lone.overlay.figures().trees()).isEqualTo(before);
    assertThat(lone.overlay.figures().duplicates()).isEqualTo(1);
  }

  @Test
  void whatIsRefusedIsAskedForElsewhere() {
    var lone = inTrees();
    lone.says(5, new OverlayMessage.Announce(new long[] {RUN}, false));
    assertThat(lone.overlay.arriving(4, RUN, new Route(0, 0), lone.now)).isTrue();
    lone.overlay.refused(4, RUN, lone.now, lone);
    assertThat(lone.said(OverlayMessage.Pull.class)).extracting(Said::peer).containsExactly(5);
    assertThat(lone.overlay.arriving(5, RUN, new Route(0, Route.PULLED), lone.now)).isTrue();
  }

  @Test
  void whatNobodyNamedIsOnlyNamed() {
    var lone = inTrees();
    lone.overlay.admitted(RUN, 300, lone.now, lone);
    assertThat(given(lone)).isEmpty();
    lone.run(Spread.BATCH_MILLIS_MAX * Lone.MILLI);
    assertThat(lone.said(OverlayMessage.Announce.class)).hasSize(7);
  }
}
