package io.sennit.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.event.Draft;
import io.sennit.event.EventId;
import io.sennit.event.Run;
import io.sennit.event.Seals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

final class SealChecksTest {
  private static final int RUNS = 200;

  @Test
  void eachSealIsCheckedOnceAndItsVerdictKept() {
    var runs = runs();
    var checked = new ConcurrentLinkedQueue<byte[]>();
    var key = new Ed25519Seals();
    Seals counting =
        (machine, message, seal) -> {
          checked.add(seal);
          return key.valid(machine, message, seal);
        };
    try (var checks = new SealChecks(counting)) {
      checks.check(runs).join();
    }
    assertThat(checked).hasSize(RUNS);
    assertThat(runs).allMatch(run -> run.sealedBy(counting));
    assertThat(checked).as("nothing is checked twice").hasSize(RUNS);
  }

  @Test
  void aCheckThatFailsIsNotTakenForAnAnswer() {
    Seals broken =
        (machine, message, seal) -> {
          throw new IllegalStateException("the library is broken");
        };
    try (var checks = new SealChecks(broken)) {
      assertThatThrownBy(() -> checks.check(runs()).join())
          .hasMessageContaining("the library is broken");
    }
  }

  private static List<Run> runs() {
    var key = MachineKey.generate();
    var runs = new ArrayList<Run>();
    var parent = new EventId(1, 2, 3, 4);
    for (int i = 0; i < RUNS; i++) {
      var json = "{\"n\":" + i + ",\"time\":\"2026-11-22T14:00:00.000Z\"}";
      if (Draft.of(json.getBytes(UTF_8), "") instanceof Draft.Drafting.Drafted(var draft)
          && Run.of(List.of(draft.finishSealed(key, List.of(parent), 0)))
              instanceof Run.Forming.Formed(var run)) {
        runs.add(run);
        parent = run.last().id();
      }
    }
    return runs;
  }
}
