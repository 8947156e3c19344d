package io.sennit.recording;

import io.sennit.dag.EventStore;
import io.sennit.dag.Key;
import io.sennit.dag.Node;
import io.sennit.dag.PackedRuns;
import io.sennit.dag.Placed;
import io.sennit.dag.Positions;
import io.sennit.dag.Receipt;
import io.sennit.dag.Summary;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.Signer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Stands between a machine and its store and signer, and notes what they answer. It belongs to the
/// thread of the machine.
public final class Witness implements EventStore, Signer {
  private final EventStore store;
  private final Signer signer;
  private final Asked asked = new Asked();
  private List<Answer> answers = new ArrayList<>();
  private boolean resting;

  /// Of these two.
  public Witness(EventStore store, Signer signer) {
    this.store = store;
    this.signer = signer;
  }

  /// What was asked and answered since this was called last.
  public Heard take() {
    var heard = new Heard(answers, asked.take());
    answers = new ArrayList<>();
    return heard;
  }

  /// Notes nothing any more.
  public void rest() {
    resting = true;
    answers = List.of();
  }

  /// Questions and answers of one step.
  ///
  /// @param asked hash of the questions
  public record Heard(List<Answer> answers, long asked) {}

  private <T> T note(Supplier<T> ask, Function<T, Answer> answer) {
    if (resting) {
      return ask.get();
    }
    T told;
    try {
      told = ask.get();
    } catch (RuntimeException e) { // the machine hears it, too
      answers.add(new Answer.Failed(String.valueOf(e.getMessage())));
      throw e;
    }
    answers.add(answer.apply(told));
    return told;
  }

  @Override
  public long count() {
    asked.about(Question.COUNT);
    return note(store::count, Answer.Count::new);
  }

  @Override
  public long position(EventId id) {
    asked.about(Question.POSITION).about(id);
    return note(() -> store.position(id), Answer.Position::new);
  }

  @Override
  public Node node(long position) {
    asked.about(Question.NODE).about(position);
    return note(() -> store.node(position), Answer.Place::new);
  }

  @Override
  public Event event(long position) {
    asked.about(Question.EVENT).about(position);
    return note(() -> store.event(position), event -> new Answer.Whole(position, event));
  }

  @Override
  public Optional<Event> intact(long position) {
    asked.about(Question.INTACT).about(position);
    return note(
        () -> store.intact(position),
        found ->
            found
                .<Answer>map(event -> new Answer.Whole(position, event))
                .orElseGet(Answer.Damaged::new));
  }

  @Override
  public Optional<PackedRuns> packed(long position) {
    asked.about(Question.PACKED).about(position);
    return note(() -> store.packed(position), runs -> new Answer.Packed(runs.orElse(null)));
  }

  @Override
  public List<EventId> tips() {
    asked.about(Question.TIPS);
    return note(store::tips, Answer.Ids::new);
  }

  @Override
  public Positions authorTips(MachineId machine) {
    asked.about(Question.AUTHOR_TIPS).about(machine);
    return note(() -> store.authorTips(machine), Answer.At::new);
  }

  @Override
  public List<MachineId> authors(MachineId after, int limit) {
    asked.about(Question.AUTHORS).about(after).about(limit);
    return note(() -> store.authors(after, limit), Answer.Authors::new);
  }

  @Override
  public Summary summary(Key from, Key to) {
    asked.about(Question.SUMMARY).about(from).about(to);
    return note(() -> store.summary(from, to), Answer.Sum::new);
  }

  @Override
  public Key select(Key from, long rank) {
    asked.about(Question.SELECT).about(from).about(rank);
    return note(() -> store.select(from, rank), key -> new Answer.Keys(List.of(key)));
  }

  @Override
  public List<Key> keys(Key from, Key to, int limit) {
    asked.about(Question.KEYS).about(from).about(to).about(limit);
    return note(() -> store.keys(from, to, limit), Answer.Keys::new);
  }

  @Override
  public List<EventId> idsWithPrefix(String prefix, int limit) {
    asked.about(Question.IDS_WITH_PREFIX).about(prefix).about(limit);
    return note(() -> store.idsWithPrefix(prefix, limit), Answer.Ids::new);
  }

  @Override
  public Optional<Receipt> receipt(String key) {
    asked.about(Question.RECEIPT).about(key);
    return note(() -> store.receipt(key), receipt -> new Answer.Kept(receipt.orElse(null)));
  }

  /// No machine writes to its store: it says what is to be persisted.
  @Override
  public void append(List<Placed> batch) {
    throw new IllegalStateException("a machine does not write to its store");
  }

  @Override
  public MachineId machine() {
    return signer.machine();
  }

  @Override
  public byte[] sign(byte[] message) {
    asked.about(Question.SIGN).about(message);
    return note(() -> signer.sign(message), Answer.Seal::new);
  }
}
