package io.sennit.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// Runs commands in this process and keeps what they print.
public final class Shell {
  /// What a command answered.
  public record Answer(int code, String out, String err) {
    /// Its lines on standard output.
    public List<String> lines() {
      return out.lines().toList();
    }

    /// Its only line on standard output.
    public String line() {
      assertThat(lines()).hasSize(1);
      return lines().getFirst();
    }
  }

  private Shell() {}

  /// Runs a command line, whatever becomes of it.
  public static Answer run(Object... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    int code = SennitCommand.execute(new PrintWriter(out, true), new PrintWriter(err, true), words);
    return new Answer(code, out.toString(), err.toString());
  }

  /// Runs a command line that works.
  public static Answer done(Object... arguments) {
    var answer = run(arguments);
    assertThat(answer.code()).as(answer.err()).isZero();
    return answer;
  }

  /// Runs a command line that ends with this code and one line on standard error.
  public static String refused(int code, Object... arguments) {
    var answer = run(arguments);
    assertThat(answer.code()).as(answer.out() + answer.err()).isEqualTo(code);
    assertThat(answer.err().lines().filter(line -> !line.isBlank()))
        .as("one line says what to do")
        .hasSize(1);
    return answer.err().strip();
  }
}
