package io.sennit.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A peer's server: a process of ours that listens on a port of loopback, and is stopped with us.
final class Server implements AutoCloseable {
  private static final long START_NANOS_MAX = 30_000_000_000L;
  private static final long STOP_SECONDS_MAX = 60;

  private final Process process;
  private final Thread stop = new Thread(this::stop);

  /// Starts it, and waits until it takes connections.
  ///
  /// @param log where what it prints is kept
  Server(List<String> command, Path log, int port) throws IOException, InterruptedException {
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .directory(log.resolveSibling("").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(stop); // also when the measurement is interrupted
    process.getOutputStream().close();
    long begin = System.nanoTime();
    while (!answers(port)) {
      if (!process.isAlive() || System.nanoTime() - begin > START_NANOS_MAX) {
        process.destroy();
        throw new IOException(command.getFirst() + " did not start: " + Files.readString(log));
      }
      Thread.sleep(10);
    }
  }

  /// A port of loopback that nobody listens on.
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  /// Runs a program to its end; answers what it printed.
  static String run(Path directory, List<String> command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).directory(directory.toFile()).start();
    process.getOutputStream().close();
    var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + words);
    }
    return words.strip();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(stop);
    stop();
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /// Bytes that the files below take.
  static long diskBytes(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
