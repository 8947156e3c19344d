package io.sennit.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A machine in a process of its own, seen from the measurement: see [ChildMachine].
final class MachineProcess implements AutoCloseable {
  private static final long STOP_SECONDS_MAX = 30;

  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  /// Frames written to links.
  record SentBytes(long all, long events) {
    SentBytes minus(SentBytes before) {
      return new SentBytes(all - before.all, events - before.events);
    }

    SentBytes plus(SentBytes other) {
      return new SentBytes(all + other.all, events + other.events);
    }

    /// What it took to agree on which events to send.
    long control() {
      return all - events;
    }
  }

  MachineProcess() {
    try {
      var command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:+UseParallelGC"));
      command.addAll(Profile.options());
      command.addAll(
          List.of(
              "-cp", System.getProperty("java.class.path"), Bench.class.getName(), Bench.CHILD));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /// Says a command and waits for its answer.
  String ask(Object... words) {
    tell(words);
    return answer();
  }

  /// Says a command whose answer is asked for later.
  void tell(Object... words) {
    try {
      commands.write(String.join(" ", Stream.of(words).map(String::valueOf).toList()) + "\n");
      commands.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The answer to the oldest command that has none.
  String answer() {
    try {
      var line = answers.readLine();
      if (line == null || !line.startsWith("ok ")) {
        throw new IllegalStateException("a machine in a process of its own: " + line);
      }
      return line.substring("ok ".length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long number() {
    return Long.parseLong(answer());
  }

  static long[] numbers(String answer) {
    return Stream.of(answer.split(" ")).mapToLong(Long::parseLong).toArray();
  }

  long count() {
    return numbers(ask("count"))[0];
  }

  /// Waits until it has told its peers all that it has to.
  void awaitQuiet() {
    ask("in-sync");
  }

  SentBytes sent() {
    var both = numbers(ask("sent"));
    return new SentBytes(both[0], both[1]);
  }

  /// Both must hold the same DAG.
  static void requireEqual(MachineProcess one, MachineProcess other) {
    var status = one.ask("status");
    if (!status.equals(other.ask("status"))) {
      throw new IllegalStateException("two machines differ that should be equal: " + status);
    }
  }

  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
