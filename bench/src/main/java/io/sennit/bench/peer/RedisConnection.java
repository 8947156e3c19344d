package io.sennit.bench.peer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/// Speaks Redis's protocol (RESP 2) on one connection that all callers share: commands leave
/// together, answers come in their order. So many waiting clients cost few system calls.
final class RedisConnection implements AutoCloseable {
  private record Command(List<byte[]> words, CompletableFuture<Object> answer) {}

  private final Socket socket;
  private final LinkedBlockingQueue<Command> queue = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<CompletableFuture<Object>> asked = new LinkedBlockingQueue<>();
  private final Thread writer = Thread.ofPlatform().daemon().unstarted(this::write);
  private final Thread reader = Thread.ofPlatform().daemon().unstarted(this::read);

  RedisConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    writer.start();
    reader.start();
  }

  /// A whole number as `Long`, a text or bytes as `String`, a list as `List`, and for nothing an
  /// empty list.
  CompletableFuture<Object> send(byte[]... words) {
    var command = new Command(List.of(words), new CompletableFuture<>());
    queue.add(command);
    return command.answer;
  }

  Object ask(String... words) {
    var bytes = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = words[i].getBytes(StandardCharsets.UTF_8);
    }
    return send(bytes).join();
  }

  private void write() {
    try {
      var out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
      while (true) {
        var command = queue.poll();
        if (command == null) {
          out.flush();
          command = queue.take();
        }
        asked.add(command.answer);
        line(out, '*', command.words.size());
        for (var word : command.words) {
          line(out, '$', word.length);
          out.write(word);
          out.write('\r');
          out.write('\n');
        }
      }
    } catch (IOException | InterruptedException e) {
      failed(e);
    }
  }

  private static void line(OutputStream out, char kind, int number) throws IOException {
    out.write((kind + Integer.toString(number) + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void read() {
    try {
      var in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
      while (true) {
        var answer = value(in);
        var who = asked.take();
        if (answer instanceof IOException refused) {
          who.completeExceptionally(refused);
        } else {
          who.complete(answer);
        }
      }
    } catch (IOException | InterruptedException e) {
      failed(e);
    }
  }

  /// Whoever waits learns that the connection is gone.
  private void failed(Exception e) {
    asked.forEach(answer -> answer.completeExceptionally(e));
    queue.forEach(command -> command.answer.completeExceptionally(e));
  }

  private static Object value(DataInputStream in) throws IOException {
    int kind = in.read();
    if (kind < 0) {
      throw new EOFException("Redis hung up");
    }
    var line = line(in);
    return switch (kind) {
      case '+' -> line;
      case '-' -> new IOException("Redis says " + line);
      case ':' -> Long.parseLong(line);
      case '$' -> text(in, Integer.parseInt(line));
      case '*' -> list(in, Integer.parseInt(line));
      default -> throw new IOException("Redis answers with a " + (char) kind);
    };
  }

  private static Object text(DataInputStream in, int length) throws IOException {
    if (length < 0) {
      return List.of();
    }
    var bytes = in.readNBytes(length);
    in.skipNBytes(2);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static Object list(DataInputStream in, int size) throws IOException {
    var list = new ArrayList<Object>();
    for (int i = 0; i < size; i++) {
      list.add(value(in));
    }
    return list;
  }

  private static String line(DataInputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("Redis hung up");
      }
      line.append((char) c);
    }
    in.skipNBytes(1);
    return line.toString();
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
