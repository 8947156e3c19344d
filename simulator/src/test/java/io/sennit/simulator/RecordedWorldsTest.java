package io.sennit.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.dag.EventStore;
import io.sennit.event.Root;
import io.sennit.event.Seals;
import io.sennit.event.Signer;
import io.sennit.machine.Input;
import io.sennit.machine.Machine;
import io.sennit.machine.Output;
import io.sennit.recording.Beginning;
import io.sennit.recording.StepReader;
import io.sennit.recording.StepWriter;
import io.sennit.recording.Witness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every machine of some pretended worlds is recorded, crashes, full disks and hostile peers
/// included, and replayed.
final class RecordedWorldsTest {
  private static final long SEEDS = 40;

  /// What is written for an input.
  private interface Change {
    Input written(int part, int step, Input input);
  }

  /// Records every life of every machine, one piece a step.
  private static final class Recorded implements Tap {
    private final Change change;
    final List<List<byte[]>> parts = new ArrayList<>();
    final Set<Class<?>> inputs = new HashSet<>();
    private final Map<Integer, Life> lives = new HashMap<>();

    Recorded(Change change) {
      this.change = change;
    }

    private record Life(int part, Witness witness, StepWriter steps, List<byte[]> pieces) {}

    @Override
    public Machine begin(
        int site, EventStore store, Root root, Signer signer, Seals seals, long seed) {
      var witness = new Witness(store, signer);
      var machine = new Machine(witness, root, witness, seals, seed);
      var beginning =
          Beginning.of(
              root, signer, seed, store.count(), store.tips(), "it starts", witness.take());
      var steps = new StepWriter(beginning);
      var pieces = new ArrayList<>(List.of(steps.take()));
      lives.put(site, new Life(parts.size(), witness, steps, pieces));
      parts.add(pieces);
      return machine;
    }

    @Override
    public List<Output> handle(int site, Machine machine, Input input, long nowNanos) {
      var outputs = machine.handle(input, nowNanos);
      var life = Objects.requireNonNull(lives.get(site));
      inputs.add(input.getClass());
      life.steps.step(
          nowNanos,
          change.written(life.part, life.pieces.size(), input),
          life.witness.take(),
          outputs);
      life.pieces.add(life.steps.take());
      return outputs;
    }
  }

  private static StepReader reader(List<byte[]> pieces) {
    var left = pieces.iterator();
    return new StepReader(() -> left.hasNext() ? left.next() : none(), PretendKey.seals());
  }

  private static byte @Nullable [] none() {
    return null;
  }

  private static long replay(List<byte[]> pieces) {
    var replay = new Replay(reader(pieces), PretendKey.seals());
    long steps = 0;
    while (replay.next().isPresent()) {
      steps++;
    }
    return steps;
  }

  @Test
  @Timeout(600)
  void whatHappensToAnyMachineHappensAgain() {
    var inputs = new HashSet<Class<?>>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      var plain = Simulation.run(seed, 0);
      var recorded = new Recorded((_, _, input) -> input);
      var outcome = Simulation.run(Scenario.of(seed, 0), recorded);
      assertThat(outcome.traceHash())
          .as("recording changes nothing, seed %s", seed)
          .isEqualTo(plain.traceHash());
      for (var part : recorded.parts) {
        assertThat(replay(part)).as("seed %s", seed).isEqualTo(part.size() - 1);
      }
      inputs.addAll(recorded.inputs);
    }
    var never = new HashSet<Class<?>>(Set.of(Input.class.getPermittedSubclasses()));
    never.removeAll(inputs);
    assertThat(never)
        .as("inputs that no world has")
        .containsExactlyInAnyOrder(Input.Damaged.class, Input.Healed.class, Input.Resume.class);
  }

  @Test
  void anotherInputIsADifferenceAtItsStep() {
    var part = changed(1, _ -> new Input.Listening("harbour:7400")); // where it was told: begin
    assertThat(part).hasSizeGreaterThan(20);
    assertThatThrownBy(() -> replay(part))
        .isInstanceOfSatisfying(DifferenceException.class, e -> assertThat(e.step()).isEqualTo(1))
        .hasMessageContaining("was recorded");
  }

  @Test
  void anotherDraftIsADifferenceAtItsStep() {
    var at = new int[1];
    var recorded =
        new Recorded((part, step, input) -> {
          if (part != 0 || at[0] != 0 || !(input instanceof Input.Append append)) {
            return input;
          }
          at[0] = step;
          return new Input.Append(
              append.request(), List.of(World.draft("{\"other\":true}", World.TIME)));
        });
    Simulation.run(Scenario.of(1, 3), recorded);
    assertThatThrownBy(() -> replay(recorded.parts.getFirst()))
        .isInstanceOfSatisfying(
            DifferenceException.class, e -> assertThat(e.step()).isEqualTo(at[0]));
  }

  @Test
  void aStepThatIsMissingIsADifference() {
    var part = changed(0, UnaryOperator.identity());
    part.remove(1); // the store is never said to be open
    assertThatThrownBy(() -> replay(part)).isInstanceOf(DifferenceException.class);
  }

  /// The first part of a world, of which the step with this number was written as another.
  private static List<byte[]> changed(int number, UnaryOperator<Input> change) {
    var recorded =
        new Recorded(
            (part, step, input) -> part == 0 && step == number ? change.apply(input) : input);
    Simulation.run(Scenario.of(1, 3), recorded);
    return recorded.parts.getFirst();
  }
}
