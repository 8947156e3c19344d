package io.sennit.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sennit.Seeds;
import io.sennit.dag.Graphs;
import io.sennit.event.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a machine measures of the federation, where it is known what it should find.
final class WidthTest {
  private static final long SECOND_NANOS = 1_000_000_000;

  /// Twenty machines, ten events a second, half a second of delay: λ·h is 5.
  @Test
  void rateDelayAndTipsAreThoseOfTheFederation() {
    Seeds.check(
        5,
        random -> {
          int machines = 20;
          double eventsPerSecond = 10;
          var relayed = new Relayed(machines, SECOND_NANOS / 2, true);
          int events = 0;
          double seconds = 0;
          while (true) {
            seconds -= Math.log(1 - random.nextDouble()) / eventsPerSecond;
            if (seconds > 60) {
              break;
            }
            relayed.writeIn((long) (seconds * SECOND_NANOS), random.nextInt(machines));
            events++;
          }
          relayed.runUntil(60 * SECOND_NANOS);
          var width = relayed.status(0).width();
          // it looks at the last 55 s at least, and those of the last half second are on their way
          assertThat(width.eventsPerSecond()).isCloseTo(events / 60.0, within(0.8));
          // tips of 60 s, or 120 times the delay; they vary by their root
          assertThat(width.tipsMean()).isCloseTo(5, within(4 * Math.sqrt(5.0 / 60) + 0.5));
          assertThat(width.parentsPerEvent()).isCloseTo(5, within(1.5));
          assertThat(width.boundedShare()).isZero();
          // somebody writes within 0.1 s of a way on average, and no way is shorter than 0.5 s
          assertThat(width.delaySeconds().orElseThrow()).isBetween(0.5, 0.65);
          assertThat(width.lambdaH().orElseThrow())
              .isEqualTo(width.eventsPerSecond() * width.delaySeconds().orElseThrow());
        });
  }

  @Test
  void whoIsAloneHasOneTipAndNobodyWhoAnswers() {
    var lone = new Lone();
    lone.append("{}");
    lone.pass(10 * SECOND_NANOS);
    lone.append("{}");
    lone.pass(10 * SECOND_NANOS);
    lone.handle(new Input.Resume());
    var width = lone.machine.status().width();
    assertThat(width.eventsPerSecond()).isCloseTo(0.1, within(1e-9));
    assertThat(width.tipsMean()).isEqualTo(1);
    assertThat(width.parentsPerEvent()).isEqualTo(1);
    assertThat(width.delaySeconds()).isEmpty();
    assertThat(width.lambdaH()).isEmpty();
  }

  @Test
  void aMinuteLaterNothingIsLeft() {
    var lone = new Lone();
    lone.append("{}", "{}");
    lone.pass(30 * SECOND_NANOS);
    lone.handle(new Input.Resume());
    assertThat(lone.machine.status().width().eventsPerSecond()).isCloseTo(2 / 30.0, within(1e-9));
    lone.pass(WidthMeter.STEPS * WidthMeter.STEP_NANOS);
    lone.handle(new Input.Resume());
    var width = lone.machine.status().width();
    assertThat(width.eventsPerSecond()).isZero();
    assertThat(width.parentsPerEvent()).isZero();
    assertThat(width.tipsMean()).isEqualTo(1);
  }

  @Test
  void boundedEventsAreCounted() {
    var lone = new Lone();
    var root = Graphs.root().event().id();
    var branches = new ArrayList<Event>();
    for (int n = 0; n < 300; n++) {
      branches.add(Graphs.event(100 + n, "{}", List.of(root)));
    }
    lone.give(1, branches.toArray(Event[]::new));
    lone.append("{}");
    lone.pass(SECOND_NANOS);
    lone.handle(new Input.Resume());
    var width = lone.machine.status().width();
    assertThat(width.boundedShare()).isCloseTo(1 / 301.0, within(1e-9));
    assertThat(width.parentsPerEvent()).isCloseTo((300 + 32) / 301.0, within(1e-9));
    assertThat(width.tipsMean()).isEqualTo(269);
  }

  /// Half of the time from the own event to the first that names it, or a later one of the chain.
  @Test
  void theDelayIsHalfOfAnAnswer() {
    var lone = new Lone();
    lone.append("{}");
    lone.pass(SECOND_NANOS / 10);
    lone.append("{}");
    var named = lone.last().id();
    lone.pass(SECOND_NANOS / 10);
    lone.give(1, Graphs.event(3, "{\"a\":1}", List.of(Graphs.root().event().id())));
    assertThat(lone.machine.status().width().delaySeconds()).isEmpty();
    lone.pass(SECOND_NANOS / 5);
    lone.give(1, Graphs.event(3, "{\"a\":2}", List.of(named)));
    assertThat(lone.machine.status().width().delaySeconds().orElseThrow())
        .isCloseTo(0.2, within(1e-9));
  }
}
