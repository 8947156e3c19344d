package io.sennit.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.Seeds;
import io.sennit.event.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A scenario says all that is needed to repeat a world.
final class ScenarioTest {
  @Test
  void aScenarioIsALineOfText() {
    Seeds.check(
        200,
        random -> {
          var scenario = Scenario.of(random.nextLong(), random.nextBoolean() ? 0 : 5);
          assertThat(scenario.toString()).doesNotContain("\n");
          assertThat(Scenario.parse(scenario.toString())).isEqualTo(scenario);
          var nothing = scenario.with(List.of());
          assertThat(Scenario.parse(nothing.toString())).isEqualTo(nothing);
        });
  }

  @Test
  void theTextRunsAsItsSeedDoes() {
    Seeds.check(
        3,
        random -> {
          var scenario = Scenario.of(random.nextLong(), 3);
          assertThat(Simulation.run(Scenario.parse(scenario.toString())).traceHash())
              .isEqualTo(Simulation.run(scenario.seed(), 3).traceHash());
        });
  }

  /// Actions that change nothing the others meet: what every machine writes is the same with and
  /// without them.
  @Test
  void leavingOutAnActionLeavesTheOthersAsTheyWere() {
    Seeds.check(
        10,
        random -> {
          var all = new ArrayList<Scenario.Action>();
          for (int number = 0; number < 30; number++) {
            all.add(new Scenario.Action(number, number % 3 == 1 ? Fault.CLOCK_JUMP : null));
          }
          var whole = new Scenario(random.nextLong(), 4, all);
          var writes = whole.with(all.stream().filter(a -> a.fault() == null).toList());
          assertThat(written(writes)).isEqualTo(written(whole));
          var half = whole.with(all.subList(0, 15));
          assertThat(written(whole)).containsAll(written(half)).isNotEqualTo(written(half));
        });
  }

  /// Site and sentence of every event.
  private static Set<String> written(Scenario scenario) {
    var root = Root.found(PretendKey.number(0), "pretended", new byte[16], World.TIME);
    var world = new World(1, root, PretendKey::number, PretendKey.seals());
    for (int n = 0; n < scenario.machines(); n++) {
      world.addSite();
    }
    world.connectAll();
    new Chaos(world, new Network(world, scenario.stream(Scenario.LINKS))).run(scenario);
    assertThat(world.runUntilEqual(60_000_000_000L)).isTrue();
    var written = new TreeSet<String>();
    var store = world.sites().getFirst().store();
    for (long at = 2; at <= store.count(); at++) {
      var text = World.text(store.event(at));
      int from = text.indexOf("\"n\":");
      written.add(store.node(at).machine() + text.substring(from, text.indexOf(',', from)));
    }
    return written;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "seed=1",
        "seed=1 machines=3",
        "seed=1 machines=1 actions=",
        "seed=1 machines=31 actions=",
        "seed=x machines=3 actions=",
        "machines=3 seed=1 actions=",
        "seed=1 machines=3 actions=1",
        "seed=1 machines=3 actions=1:sing",
        "seed=1 machines=3 actions=1:vanished",
        "seed=1 machines=3 actions=-1:crash",
        "seed=1 machines=3 actions=2:crash,1:crash",
        "seed=1 machines=3 actions=1:crash,",
      })
  void whatIsNoScenarioIsRefused(String text) {
    assertThatThrownBy(() -> Scenario.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theCommandRepeatsIt() {
    var scenario = Scenario.of(7, 0);
    assertThat(Simulator.repeat(scenario)).isEqualTo("simulator/simulate --seed 7");
    assertThat(Simulator.repeat(Scenario.of(7, 30)))
        .isEqualTo("simulator/simulate --seed 7 --machines 30");
    var one = scenario.with(scenario.actions().subList(0, 1));
    assertThat(Simulator.repeat(one)).isEqualTo("simulator/simulate --scenario \"" + one + "\"");
  }

  /// Otherwise a kept scenario would not say what it says now.
  @Test
  void everyChosenFaultHasAWord() {
    Stream.of(Fault.values())
        .filter(Fault::chosen)
        .forEach(fault -> {
          var text = "seed=1 machines=2 actions=" + new Scenario.Action(5, fault);
          assertThat(Scenario.parse(text).actions().getFirst().fault()).isEqualTo(fault);
        });
  }
}
