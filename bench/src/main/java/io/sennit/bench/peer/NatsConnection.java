package io.sennit.bench.peer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Speaks NATS's client protocol on one connection that all callers share.
final class NatsConnection implements AutoCloseable {
  private static final String INBOX = "_INBOX.bench.";

  /// Of the subscription to the inbox; others have higher ones.
  private static final long INBOX_NUMBER = 1;

  private final Socket socket;
  private final LinkedBlockingQueue<byte[][]> queue = new LinkedBlockingQueue<>();
  private final Map<String, CompletableFuture<String>> asked = new ConcurrentHashMap<>();

  /// By the number of their subscription.
  private final Map<String, Consumer<String>> readers = new ConcurrentHashMap<>();

  private final AtomicLong numbers = new AtomicLong();
  private final Thread writer = Thread.ofPlatform().daemon().unstarted(this::write);
  private final Thread reader = Thread.ofPlatform().daemon().unstarted(this::read);

  NatsConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    writer.start();
    reader.start();
    queue.add(new byte[][] {ascii("CONNECT {\"verbose\":false,\"pedantic\":false}\r\n")});
    queue.add(new byte[][] {ascii("SUB " + INBOX + "* " + INBOX_NUMBER + "\r\n")});
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// Publishes, and answers with what is said to it.
  CompletableFuture<String> request(String subject, byte[] payload) {
    var inbox = INBOX + numbers.incrementAndGet();
    var answer = new CompletableFuture<String>();
    asked.put(inbox, answer);
    queue.add(
        new byte[][] {
          ascii("PUB " + subject + " " + inbox + " " + payload.length + "\r\n"),
          payload,
          ascii("\r\n")
        });
    return answer;
  }

  /// Asks JetStream; an error it answers with is an exception.
  String ask(String subject, String json) {
    var answer = request("$JS.API." + subject, json.getBytes(StandardCharsets.UTF_8)).join();
    if (answer.contains("\"error\":")) {
      throw new IllegalStateException(subject + ": " + answer);
    }
    return answer;
  }

  /// From now on, whatever is published under this subject goes to the reader.
  void subscribe(String subject, Consumer<String> to) {
    var number = String.valueOf(INBOX_NUMBER + numbers.incrementAndGet());
    readers.put(number, to);
    queue.add(new byte[][] {ascii("SUB " + subject + " " + number + "\r\n")});
  }

  private void write() {
    try {
      var out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
      while (true) {
        var parts = queue.poll();
        if (parts == null) {
          out.flush();
          parts = queue.take();
        }
        for (var part : parts) {
          out.write(part);
        }
      }
    } catch (IOException | InterruptedException e) {
      failed(e);
    }
  }

  private void read() {
    try {
      var in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
      while (true) {
        var line = line(in);
        if (line.startsWith("MSG ")) {
          message(line.split(" "), in);
        } else if (line.equals("PING")) {
          queue.add(new byte[][] {ascii("PONG\r\n")});
        } else if (line.startsWith("-ERR")) {
          throw new IOException("NATS says " + line);
        }
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  /// `MSG subject sid [reply] size`, then so many bytes.
  private void message(String[] words, DataInputStream in) throws IOException {
    var payload = in.readNBytes(Integer.parseInt(words[words.length - 1]));
    in.skipNBytes(2);
    var text = new String(payload, StandardCharsets.UTF_8);
    var answer = asked.remove(words[1]);
    if (answer != null) {
      answer.complete(text);
    } else {
      readers.getOrDefault(words[2], _ -> {}).accept(text); // JetStream keeps the first subject
    }
  }

  private static String line(DataInputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("NATS hung up");
      }
      line.append((char) c);
    }
    in.skipNBytes(1);
    return line.toString();
  }

  /// Whoever waits learns that the connection is gone.
  private void failed(Exception e) {
    asked.values().forEach(answer -> answer.completeExceptionally(e));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    writer.interrupt();
  }
}
