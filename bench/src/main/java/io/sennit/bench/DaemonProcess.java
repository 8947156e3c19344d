package io.sennit.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A machine as people run it: `./sennit run`, in a process of its own.
final class DaemonProcess implements AutoCloseable {
  private static final String PROGRAM = "../sennit";
  private static final Pattern HTTP = Pattern.compile("\"http\":\"http://127\\.0\\.0\\.1:(\\d+)\"");
  private static final HttpClient STATUS = HttpClient.newHttpClient();
  private static final long STOP_SECONDS_MAX = 10;

  /// At rest it uses less than this in so many milliseconds.
  private static final double REST_CPU_SECONDS_MAX = 0.05;

  private static final long REST_MILLIS = 500;

  private final Process process;
  private final int port;

  /// Runs the machine in this directory; one is founded where there is none.
  DaemonProcess(Path directory) throws IOException, InterruptedException {
    if (!Files.exists(directory)) {
      ask("init", "--dir", directory.toString(), "--name", "bench");
    }
    var daemon =
        new ProcessBuilder(
                PROGRAM, "run", "--json", "--until-input-ends", "--dir", directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    if (!Profile.options().isEmpty()) {
      daemon.environment().put("SENNIT_JAVA_OPTS", String.join(" ", Profile.options()));
    }
    process = daemon.start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var ready = HTTP.matcher(String.valueOf(out.readLine()));
    if (!ready.find()) {
      throw new IOException("the daemon did not start");
    }
    port = Integer.parseInt(ready.group(1));
  }

  /// Carries out a command of the command line.
  ///
  /// @return what it prints
  static String ask(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(List.of(words));
    var asked = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (asked.waitFor() != 0) {
      throw new IOException("sennit " + words[0] + " did not work");
    }
    return said.strip();
  }

  /// What `GET /v1/status` answers.
  String status() throws IOException, InterruptedException {
    var url = URI.create("http://127.0.0.1:" + port + "/v1/status");
    return STATUS
        .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
        .body();
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
