package io.sennit.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A fresh machine as people run it: `./sennit run`, in a process of its own.
final class DaemonProcess implements AutoCloseable {
  private static final String PROGRAM = "../sennit";
  private static final Pattern HTTP = Pattern.compile("\"http\":\"http://127\\.0\\.0\\.1:(\\d+)\"");
  private static final long STOP_SECONDS_MAX = 10;

  /// At rest it uses less than this in so many milliseconds.
  private static final double REST_CPU_SECONDS_MAX = 0.05;

  private static final long REST_MILLIS = 500;

  private final Process process;
  private final int port;

  DaemonProcess(Path directory) throws IOException, InterruptedException {
    var made =
        new ProcessBuilder(PROGRAM, "init", "--dir", directory.toString(), "--name", "bench");
    if (made.redirectErrorStream(true).start().waitFor() != 0) {
      throw new IOException("sennit init did not work");
    }
    process =
        new ProcessBuilder(
                PROGRAM, "run", "--json", "--until-input-ends", "--dir", directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var ready = HTTP.matcher(String.valueOf(out.readLine()));
    if (!ready.find()) {
      throw new IOException("the daemon did not start");
    }
    port = Integer.parseInt(ready.group(1));
  }

  /// Of its HTTP API, on loopback.
  int port() {
    return port;
  }

  /// Processor time it has used so far, in seconds.
  double cpuSeconds() {
    return process.toHandle().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  /// Waits until it has nothing left to do, such as compacting its index.
  void awaitRest() throws InterruptedException {
    double before = cpuSeconds();
    double used = 1;
    while (used > REST_CPU_SECONDS_MAX) {
      Thread.sleep(REST_MILLIS);
      double now = cpuSeconds();
      used = now - before;
      before = now;
    }
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
