package io.sennit.recording;

import io.sennit.machine.Input;
import io.sennit.machine.Output;
import java.util.List;

/// One part as bytes: its beginning, then its steps. They are cut into pieces as it pleases whoever
/// writes them, between any two steps.
public final class StepWriter {
  /// The version of the format that this build writes, and the only one that it reads.
  static final int VERSION = 1;

  private final ByteWriter out = new ByteWriter();
  private final InputCodec inputs = new InputCodec();
  private final Said said = new Said();
  private final Window window = new Window();
  private long lastNanos;
  private long steps;

  /// Begins a part.
  public StepWriter(Beginning beginning) {
    out.number(VERSION);
    out.bytes(beginning.root().event().toJson());
    out.machine(beginning.machine()).word(beginning.seed()).number(beginning.count());
    out.list(beginning.tips(), out::id).text(beginning.why());
    answers(beginning.answers());
    out.word(beginning.asked());
  }

  /// One more step.
  public void step(long nowNanos, Input input, Witness.Heard heard, List<Output> outputs) {
    write(nowNanos, input, heard.answers(), heard.asked(), said.of(outputs));
    for (var output : outputs) {
      if (output instanceof Output.Persist(var batch)) {
        batch.forEach(window::persist);
      }
    }
  }

  /// The last step of a machine that broke off.
  public void brokeOff(long nowNanos, Input input, Witness.Heard heard, RuntimeException brokeOff) {
    write(nowNanos, input, heard.answers(), heard.asked(), said.of(brokeOff));
  }

  private void write(long nowNanos, Input input, List<Answer> answers, long asked, long said) {
    out.signed(nowNanos - lastNanos);
    lastNanos = nowNanos;
    inputs.write(out, input);
    answers(answers);
    out.word(asked).word(said);
    steps++;
  }

  private void answers(List<Answer> answers) {
    out.list(answers, answer -> AnswerCodec.write(out, answer, window));
  }

  /// Steps so far.
  public long steps() {
    return steps;
  }

  /// Bytes that were not taken yet.
  public int sizeBytes() {
    return out.size();
  }

  /// The next piece.
  public byte[] take() {
    return out.take();
  }
}
