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
import java.io.Serial;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/// Answers a machine that replays as its store and its signer answered when it was recorded.
public final class Retold implements EventStore, Signer {
  private final MachineId machine;
  private final Window window;
  private final Asked asked = new Asked();
  private final ArrayDeque<Answer> answers = new ArrayDeque<>();
  private Learner learner = new Learner() {};

  /// Whoever counts again what the machine says: it may learn what the machine learns.
  public interface Learner {
    /// The event with this uuid stands at this position of the store.
    default void stands(EventId id, long position) {}

    /// This is the place of an event of the store.
    default void stands(Node node) {}

    /// So many runs of the store begin at this position, packed.
    default void stands(PackedRuns runs, long position) {}
  }

  /// The machine asks what it did not ask when it was recorded.
  public static final class OtherQuestionException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    OtherQuestionException(String what) {
      super(what);
    }
  }

  /// What the world refused, in its own words.
  public static final class FailedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    FailedException(String why) {
      super(why);
    }
  }

  Retold(MachineId machine, Window window) {
    this.machine = machine;
    this.window = window;
  }

  /// Tells `learner` from now on.
  public void learner(Learner other) {
    learner = other;
  }

  /// What is answered next.
  void tell(List<Answer> next) {
    answers.clear();
    answers.addAll(next);
  }

  /// Answers that nobody has asked for.
  int left() {
    return answers.size();
  }

  /// Hash of what was asked since this was called last.
  long takeAsked() {
    return asked.take();
  }

  private Answer next(Question question) {
    var answer = answers.poll();
    return switch (answer) {
      case null -> throw new OtherQuestionException("it asks for more: " + question);
      case Answer.Failed(var why) -> throw new FailedException(why);
      default -> answer;
    };
  }

  private static OtherQuestionException other(Question question, Answer answer) {
    return new OtherQuestionException(
        "it asks " + question + ", and was answered " + answer.getClass().getSimpleName());
  }

  @Override
  public long count() {
    asked.about(Question.COUNT);
    return switch (next(Question.COUNT)) {
      case Answer.Count(var count) -> count;
      case Answer answer -> throw other(Question.COUNT, answer);
    };
  }

  @Override
  public long position(EventId id) {
    asked.about(Question.POSITION).about(id);
    return switch (next(Question.POSITION)) {
      case Answer.Position(var position) -> {
        if (position > 0) {
          learner.stands(id, position);
        }
        yield position;
      }
      case Answer answer -> throw other(Question.POSITION, answer);
    };
  }

  @Override
  public Node node(long position) {
    asked.about(Question.NODE).about(position);
    var node =
        switch (next(Question.NODE)) {
          case Answer.Place(var place) -> place;
          case Answer.PlaceAsBefore _ -> window.placeAt(position);
          case Answer answer -> throw other(Question.NODE, answer);
        };
    if (node == null || node.position() != position) {
      throw new OtherQuestionException("it asks for another place: that of " + position);
    }
    window.place(node);
    learner.stands(node);
    return node;
  }

  @Override
  public Event event(long position) {
    asked.about(Question.EVENT).about(position);
    return whole(Question.EVENT, position, next(Question.EVENT));
  }

  @Override
  public Optional<Event> intact(long position) {
    asked.about(Question.INTACT).about(position);
    var answer = next(Question.INTACT);
    return answer instanceof Answer.Damaged
        ? Optional.empty()
        : Optional.of(whole(Question.INTACT, position, answer));
  }

  private Event whole(Question question, long position, Answer answer) {
    var event =
        switch (answer) {
          case Answer.Whole(var at, var whole) when at == position -> whole;
          case Answer.WholeAsBefore _ -> window.eventAt(position);
          default -> throw other(question, answer);
        };
    if (event == null) {
      throw new OtherQuestionException("it asks for another event: that at " + position);
    }
    window.event(position, event);
    learner.stands(event.id(), position);
    return event;
  }

  @Override
  public Optional<PackedRuns> packed(long position) {
    asked.about(Question.PACKED).about(position);
    return switch (next(Question.PACKED)) {
      case Answer.Packed(var runs) -> {
        if (runs != null) {
          learner.stands(runs, position);
        }
        yield Optional.ofNullable(runs);
      }
      case Answer answer -> throw other(Question.PACKED, answer);
    };
  }

  @Override
  public List<EventId> tips() {
    asked.about(Question.TIPS);
    return ids(Question.TIPS);
  }

  private List<EventId> ids(Question question) {
    return switch (next(question)) {
      case Answer.Ids(var ids) -> ids;
      case Answer answer -> throw other(question, answer);
    };
  }

  @Override
  public Positions authorTips(MachineId author) {
    asked.about(Question.AUTHOR_TIPS).about(author);
    return switch (next(Question.AUTHOR_TIPS)) {
      case Answer.At(var positions) -> positions;
      case Answer answer -> throw other(Question.AUTHOR_TIPS, answer);
    };
  }

  @Override
  public List<MachineId> authors(MachineId after, int limit) {
    asked.about(Question.AUTHORS).about(after).about(limit);
    return switch (next(Question.AUTHORS)) {
      case Answer.Authors(var machines) -> machines;
      case Answer answer -> throw other(Question.AUTHORS, answer);
    };
  }

  @Override
  public Summary summary(Key from, Key to) {
    asked.about(Question.SUMMARY).about(from).about(to);
    return switch (next(Question.SUMMARY)) {
      case Answer.Sum(var summary) -> summary;
      case Answer answer -> throw other(Question.SUMMARY, answer);
    };
  }

  @Override
  public Key select(Key from, long rank) {
    asked.about(Question.SELECT).about(from).about(rank);
    return switch (next(Question.SELECT)) {
      case Answer.Keys(var keys) when keys.size() == 1 -> keys.getFirst();
      case Answer answer -> throw other(Question.SELECT, answer);
    };
  }

  @Override
  public List<Key> keys(Key from, Key to, int limit) {
    asked.about(Question.KEYS).about(from).about(to).about(limit);
    return switch (next(Question.KEYS)) {
      case Answer.Keys(var keys) -> keys;
      case Answer answer -> throw other(Question.KEYS, answer);
    };
  }

  @Override
  public List<EventId> idsWithPrefix(String prefix, int limit) {
    asked.about(Question.IDS_WITH_PREFIX).about(prefix).about(limit);
    return ids(Question.IDS_WITH_PREFIX);
  }

  @Override
  public Optional<Receipt> receipt(String key) {
    asked.about(Question.RECEIPT).about(key);
    return switch (next(Question.RECEIPT)) {
      case Answer.Kept(var receipt) -> Optional.ofNullable(receipt);
      case Answer answer -> throw other(Question.RECEIPT, answer);
    };
  }

  /// No machine writes to its store: it says what is to be persisted.
  @Override
  public void append(List<Placed> batch) {
    throw new IllegalStateException("a machine does not write to its store");
  }

  @Override
  public MachineId machine() {
    return machine;
  }

  @Override
  public byte[] sign(byte[] message) {
    asked.about(Question.SIGN).about(message);
    return switch (next(Question.SIGN)) {
      case Answer.Seal(var seal) -> seal;
      case Answer answer -> throw other(Question.SIGN, answer);
    };
  }
}
