package io.sennit.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Runs `bench/peers/NAME/setup`, which finds or fetches a peer.
final class Setup {
  private static final Path SCRIPTS = Path.of("peers");

  private Setup() {}

  /// Where the peer's programs lie.
  static Path folder(String name) throws Missing, IOException, InterruptedException {
    var process =
        new ProcessBuilder(SCRIPTS.resolve(name).resolve("setup").toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    var last = words.substring(words.lastIndexOf('\n') + 1);
    if (process.waitFor() != 0) {
      throw new Missing(last);
    }
    return Path.of(last);
  }
}
