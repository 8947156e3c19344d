package io.sennit.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.simulator.large.Plan;
import io.sennit.simulator.large.Plan.Faults;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TargetTest {
  private static Target named(String name, Plan plan) {
    return Target.of(Tale.told(plan, Tale.good().summary())).stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static double most(String name, Plan plan) {
    return named(name, plan).most();
  }

  @Test
  void aLargerCrashMayTakeLonger() {
    var plan = Plan.of(1_000);
    assertThat(most("repair", plan)).isEqualTo(30);
    assertThat(most("repair", plan.with(Faults.crash(0.8)))).isEqualTo(120);
    assertThat(most("repair", plan.with(Faults.crash(0.9)))).isNaN();
    assertThat(most("repair", plan.with(Faults.crash(0)))).isNaN();
  }

  @Test
  void randomLinksMayTakeLonger() {
    var name = "99 of 100 delivered within";
    assertThat(most(name, Plan.of(1_000))).isEqualTo(450);
    assertThat(most(name, Plan.of(1_000).withNear(false))).isEqualTo(900);
  }

  @Test
  void nothingIsAskedOfAWorldTheDesignDoesNotSpeakOf() {
    var name = "half delivered within";
    assertThat(most(name, Plan.of(1_000))).isEqualTo(350);
    assertThat(most(name, Plan.of(1_000).withNatShare(0.5))).isNaN();
    assertThat(most(name, Plan.of(1_000).with(new Faults(0.1, 0, 0, List.of(), 0.3, 0.1)))).isNaN();
    assertThat(named(name, Plan.of(1_000).withNatShare(0.5)).verdict())
        .isEqualTo(Target.Verdict.NOT_ASKED);
  }
}
