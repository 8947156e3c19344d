package io.sennit.simulator;

import static io.sennit.simulator.Violation.unless;

import io.sennit.dag.Node;
import io.sennit.dag.PackedRuns;
import io.sennit.event.EventId;
import io.sennit.event.Seals;
import io.sennit.machine.Input;
import io.sennit.machine.Machine;
import io.sennit.machine.Output;
import io.sennit.recording.Retold;
import io.sennit.recording.Said;
import io.sennit.recording.Step;
import io.sennit.recording.StepReader;
import io.sennit.sync.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Carries out one part of a recording again: the production core, told what the machine was told,
/// must ask and say the same, step by step; and whatever one machine can show of the invariants is
/// checked after each.
///
/// I8, I10 and I11 speak of several machines and cannot be seen here. Of I9 the bound is checked,
/// and not that what was dropped can be fetched again.
public final class Replay {
  /// One sender's orphans, at most (I9).
  private static final int ORPHAN_EVENTS_MAX = 4096;

  private final StepReader reader;
  private final Seals seals;
  private final Said said = new Said();
  private final Audit audit;
  private final Machine machine;

  /// Appends that wait for an answer: how many events each. Only looked up, never iterated.
  private final Map<Long, Integer> pending = new HashMap<>();

  /// Links that are up. Only counted, never iterated.
  private final Set<Integer> peers = new HashSet<>();

  private long published;
  private boolean failed;

  /// A step that was carried out.
  public record Done(Step step, List<Output> outputs) {
    /// Copies the list.
    public Done {
      outputs = List.copyOf(outputs);
    }

    /// Counts from 1 in each part.
    public long number() {
      return step.number();
    }

    /// The monotonic time that the machine was given; only differences mean something.
    public long nowNanos() {
      return step.nowNanos();
    }

    /// The input, for people.
    public String input() {
      return Trace.describe(step.input());
    }

    /// The outputs, for people.
    public List<String> answers() {
      return outputs.stream().map(Trace::describe).map(String::strip).toList();
    }
  }

  /// Makes the machine as it was made when the recording began.
  ///
  /// @param seals checks seals for the machine, and once more for the audit
  /// @throws DifferenceException when it begins in another way
  public Replay(StepReader reader, Seals seals) {
    var beginning = reader.beginning();
    this.reader = reader;
    this.seals = seals;
    this.audit = new Audit(beginning.machine(), beginning.count(), beginning.tips());
    var retold = reader.retold();
    retold.learner(new Pupil(audit));
    try {
      this.machine = new Machine(retold, beginning.root(), retold, seals, beginning.seed());
    } catch (RuntimeException e) {
      throw new DifferenceException(0, "the machine does not begin: " + e.getMessage(), e);
    }
    requireAsked(0, beginning.asked());
  }

  /// What the store tells the machine, it tells the audit.
  private record Pupil(Audit audit) implements Retold.Learner {
    @Override
    public void stands(EventId id, long position) {
      audit.learn(id, position);
    }

    @Override
    public void stands(Node node) {
      audit.learn(node);
    }

    /// A store compresses them, and only what is durable can be in them.
    @Override
    public void stands(PackedRuns runs, long position) {
      audit.durableUpTo(position + runs.events() - 1, "packed to be given away");
    }
  }

  /// Carries out the next step; nothing after the last one.
  ///
  /// @throws DifferenceException when the machine does something else than was recorded
  /// @throws Violation when an invariant does not hold
  public Optional<Done> next() {
    var found = reader.next();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var step = found.get();
    try {
      before(step.input());
      var outputs = outputs(step);
      outputs.forEach(this::obey);
      after(step.input());
      reader.done(outputs);
      return Optional.of(new Done(step, outputs));
    } catch (Violation violation) {
      throw violation.at("step " + step.number() + ", " + Trace.describe(step.input()));
    }
  }

  private List<Output> outputs(Step step) {
    List<Output> outputs;
    try {
      outputs = machine.handle(step.input(), step.nowNanos());
    } catch (Retold.OtherQuestionException e) {
      throw new DifferenceException(
          step.number(), words(step) + "the machine does something else: " + e.getMessage(), e);
    } catch (Violation violation) { // of the audit, which learns what the machine learns
      throw violation;
    } catch (RuntimeException e) {
      requireSaid(step, said.of(e), "it broke off now: " + e.getMessage());
      throw new Violation("CORE", "the machine broke off, as it was recorded: " + e, e);
    }
    requireSaid(
        step,
        said.of(outputs),
        "now it says " + outputs.stream().map(Trace::describe).map(String::strip).toList());
    requireAsked(step.number(), step.asked());
    return outputs;
  }

  private static String words(Step step) {
    return Trace.describe(step.input()) + ": ";
  }

  private void requireSaid(Step step, long now, String what) {
    if (now != step.said()) {
      throw new DifferenceException(
          step.number(),
          "%sthe machine says something else: %016x was recorded, %016x is it now; %s"
              .formatted(words(step), step.said(), now, what));
    }
  }

  private void requireAsked(long step, long recorded) {
    var asking = reader.asking();
    if (asking.asked() != recorded || asking.left() > 0) {
      throw new DifferenceException(
          step,
          "the machine asks its store or its signer something else: %016x was recorded, %016x is it now"
              .formatted(recorded, asking.asked()));
    }
  }

  private void before(Input input) {
    switch (input) {
      case Input.Append(var request, var drafts, _) -> pending.put(request, drafts.size());
      case Input.Offer(_, var runs) -> audit.offered(runs);
      case Input.Received(_, Message.Give(var runs, _, _)) -> audit.offered(runs);
      case Input.Persisted(var position) -> audit.durable(position);
      case Input.StoreFailed _ -> failed = true;
      case Input.PeerUp(var peer, _, _) -> peers.add(peer);
      case Input.PeerDown(var peer) -> peers.remove(peer);
      default -> {
        // It changes nothing that is counted here.
      }
    }
  }

  private void obey(Output output) {
    switch (output) {
      case Output.Persist(var batch) -> {
        unless(!failed, "I4", () -> "it writes to a store that has failed");
        audit.persist(batch);
        for (var placed : batch) {
          unless(
              !placed.event().sealed() || placed.event().sealedBy(seals),
              "SEAL",
              () -> placed.node().id() + " is admitted with a false seal");
        }
      }
      case Output.Heal(var events) ->
          events.forEach(placed -> audit.learn(placed.event().id(), placed.position()));
      case Output.Acknowledge(var request, var positions) -> acknowledge(request, positions);
      case Output.Decline(var request, _) -> pending.remove(request);
      case Output.NoRoom(var request, _) -> pending.remove(request);
      case Output.Mismatch(var request, _) -> pending.remove(request);
      case Output.Unknown(var request, _) -> pending.remove(request);
      case Output.Publish(var position) -> {
        audit.durableUpTo(position, "published");
        unless(position >= published, "I4", () -> "it publishes " + position + " again");
        published = position;
      }
      case Output.Send(_, Message.Packed _) -> {
        // It was looked at when the store packed it.
      }
      case Output.Send(_, var message) -> audit.says(message);
      case Output.Disconnect _,
          Output.LetGo _,
          Output.Dial _,
          Output.SetTimer _,
          Output.Report _ -> {
        // They claim nothing.
      }
    }
  }

  private void acknowledge(long request, List<Long> positions) {
    var events = pending.remove(request);
    unless(
        events == null || events == positions.size(),
        "I7",
        () -> "it acknowledges " + positions.size() + " of " + events + " events");
    positions.forEach(position -> audit.durableUpTo(position, "acknowledged"));
  }

  private void after(Input input) {
    if (input instanceof Input.Received(_, Message.Give _)) {
      int orphans = machine.status().orphans();
      unless(
          orphans <= ORPHAN_EVENTS_MAX * peers.size(),
          "I9",
          () -> "it keeps " + orphans + " orphans of " + peers.size() + " peers");
    }
    unless(
        pending.isEmpty() || !audit.atRest(),
        "I12",
        () -> "it lets appends wait although its disk is free: " + pending.size());
  }

  /// How the machine is after the last step.
  public State state() {
    var status = machine.status();
    return new State(
        status.mode().word(),
        status.why(),
        status.events(),
        status.tips(),
        status.digest(),
        status.orphans(),
        status.inFlight(),
        peers.size());
  }

  /// How a machine is after a step.
  ///
  /// @param mode lowercase words of `docs/flowchart.md`
  /// @param why why it writes nothing, or empty
  /// @param events durable ones, R included
  /// @param tips durable ones, ascending
  /// @param orphans events that wait for ancestors
  /// @param inFlight events on their way to the disk
  /// @param peers links that are up
  public record State(
      String mode,
      String why,
      long events,
      List<EventId> tips,
      EventId digest,
      int orphans,
      int inFlight,
      int peers) {
    /// Copies the list.
    public State {
      tips = List.copyOf(tips);
    }
  }
}
