package io.sennit.bench.peer;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A peer that is driven by a script of its own, `bench/peers/NAME/*.mjs`, in a process of Node.
///
/// The script takes commands, a line each, and answers each with one line. Records are handed over
/// as lines of a file.
abstract class NodePeer implements Peer {
  private static final long STOP_SECONDS_MAX = 10;

  private final Path folder;
  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;
  private final String version;
  private long said;

  /// @param setup names the folder below `bench/peers`
  /// @param script without `.mjs`
  NodePeer(Path folder, String setup, String script)
      throws Missing, IOException, InterruptedException {
    this.folder = folder;
    var installed = Setup.folder(setup);
    process =
        new ProcessBuilder(
                installed.resolve("node").toString(),
                installed.resolve(script + ".mjs").toString(),
                folder.toString())
            .redirectError(folder.resolve("errors.txt").toFile())
            .directory(installed.toFile())
            .start();
    commands = process.outputWriter(StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    version = ask("about");
  }

  /// Says a command and waits for its answer.
  final String ask(String... words) throws IOException {
    commands.write(String.join(" ", words) + "\n");
    commands.flush();
    while (true) {
      var line = answers.readLine();
      if (line == null || line.startsWith("failed ")) {
        throw new IOException(line + " " + Files.readString(folder.resolve("errors.txt")).strip());
      }
      if (line.startsWith("ok ")) {
        return line.substring("ok ".length());
      }
      // what a library prints
    }
  }

  /// A file of so many records that were not used before.
  final String records(int count) throws IOException {
    var file = folder.resolve("records" + said + ".jsonl");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < count; i++) {
        out.write(new String(new Order(0, said++).body(), StandardCharsets.UTF_8));
        out.write('\n');
      }
    }
    return file.toString();
  }

  final double number(String... words) throws IOException {
    return Double.parseDouble(ask(words));
  }

  /// Its version and that of Node.
  final String version() {
    return version;
  }

  final List<String> apart(int records) throws IOException {
    return List.of(records(records), records(records));
  }

  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroy();
      }
    } catch (IOException e) {
      process.destroy();
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
