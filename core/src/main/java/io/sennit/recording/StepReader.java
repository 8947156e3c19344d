package io.sennit.recording;

import io.sennit.event.Root;
import io.sennit.event.Seals;
import io.sennit.machine.Output;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads a part, step by step, while a machine carries the steps out: what it hands to the disk is
/// not written a second time.
public final class StepReader {
  private final Supplier<byte @Nullable []> pieces;
  private final InputCodec inputs = new InputCodec();
  private final Window window = new Window();
  private final Beginning beginning;
  private final Retold retold;
  private ByteReader piece;
  private long lastNanos;
  private long steps;

  /// Reads the beginning.
  ///
  /// @param pieces as they were written, null after the last one
  /// @param seals checks the seal of R
  public StepReader(Supplier<byte @Nullable []> pieces, Seals seals) {
    this.pieces = pieces;
    var first = pieces.get();
    if (first == null) {
      throw new MalformedRecordingException("it is empty");
    }
    this.piece = new ByteReader(first);
    this.beginning = beginning(piece, seals);
    this.retold = new Retold(beginning.machine(), window);
    retold.tell(beginning.answers());
  }

  private static Beginning beginning(ByteReader in, Seals seals) {
    long version = in.number();
    if (version != StepWriter.VERSION) {
      throw new MalformedRecordingException(
          "it is of version " + version + ", and this build reads " + StepWriter.VERSION);
    }
    return new Beginning(
        root(in.bytes(), seals),
        in.machine(),
        in.word(),
        in.number(),
        in.list(in::id),
        in.text(),
        answers(in),
        in.word());
  }

  private static Root root(byte[] json, Seals seals) {
    return switch (Root.read(json, seals)) {
      case Root.Reading.Read(var root) -> root;
      case Root.Reading.Refused(var why) ->
          throw new MalformedRecordingException("its R is refused: " + why);
    };
  }

  private static List<Answer> answers(ByteReader in) {
    return in.list(() -> AnswerCodec.read(in));
  }

  /// Where it begins.
  public Beginning beginning() {
    return beginning;
  }

  /// What answers the machine that is made now, and then step by step.
  public Retold retold() {
    return retold;
  }

  /// The next step, whose answers are told from now on; nothing after the last one.
  public Optional<Step> next() {
    while (piece.atEnd()) {
      var more = pieces.get();
      if (more == null) {
        return Optional.empty();
      }
      piece = new ByteReader(more);
    }
    lastNanos += piece.signed();
    var input = inputs.read(piece);
    var answers = answers(piece);
    var step = new Step(++steps, lastNanos, input, answers, piece.word(), piece.word());
    retold.tell(answers);
    return Optional.of(step);
  }

  /// The machine has carried the step out and said the same as when it was recorded.
  public void done(List<Output> outputs) {
    for (var output : outputs) {
      if (output instanceof Output.Persist(var batch)) {
        batch.forEach(window::persist);
      }
    }
  }

  /// What the machine asked since it was told answers, and whether it asked for all of them.
  public Asking asking() {
    return new Asking(retold.takeAsked(), retold.left());
  }

  /// What a machine asked in one step.
  ///
  /// @param asked hash of the questions
  /// @param left answers that nobody has asked for
  public record Asking(long asked, int left) {}
}
