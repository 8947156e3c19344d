package io.sennit.app.http;

import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/// A request's body, bounded in size and time while it is read.
final class Body {
  /// What is read of a refused body, so that its sender hears why.
  private static final long SKIP_SIZE_BYTES_MAX = 64L * 1024 * 1024;

  private static final int TOO_LARGE = ProblemType.TOO_LARGE.status();

  private static final long SKIP_NANOS_MAX = 2_000_000_000L;

  private final ServerRequest request;
  private final ServerResponse response;
  private final BodyWatch watch;
  private final Thread thread = Thread.currentThread();
  private final long beginNanos = System.nanoTime();

  /// Set by whoever is first: the reader at the end of the body, or the watch that gives up.
  private final AtomicBoolean settled = new AtomicBoolean();

  /// To be read by the thread that makes it.
  Body(ServerRequest request, ServerResponse response, BodyWatch watch) {
    this.request = request;
    this.response = response;
    this.watch = watch;
  }

  /// The media type without parameters, in lower case; empty when the request says none.
  static String mediaType(ServerRequest request) {
    var types = request.headers().values(HeaderNames.CONTENT_TYPE);
    if (types.size() > 1) {
      throw new Problem(ProblemType.INVALID_REQUEST, "several Content-Types: say the right one");
    }
    var type = types.isEmpty() ? "" : types.getFirst();
    int semicolon = type.indexOf(';');
    var parameters = semicolon < 0 ? "" : type.substring(semicolon + 1).toLowerCase(Locale.ROOT);
    if (parameters.contains("charset") && !parameters.matches(".*charset\\s*=\\s*\"?utf-8\"?.*")) {
      throw new Problem(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "JSON is UTF-8 here: encode the body in it, and leave out charset");
    }
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  static Problem wrongType(String type, String wanted) {
    var said = type.isEmpty() ? "the request says no Content-Type" : "not the Content-Type " + type;
    return new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, said + ": say " + wanted);
  }

  /// Everything, when it is not more than so many bytes.
  byte[] read(int sizeBytesMax) {
    if (request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
      throw new Problem(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "send the body as it is, without Content-Encoding");
    }
    long length = request.headers().contentLength().orElse(-1);
    if (length > sizeBytesMax) {
      throw tooLarge(sizeBytesMax);
    }
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    watch.enter(this);
    try {
      return read(request.content().inputStream(), length, sizeBytesMax);
    } finally {
      watch.leave(this);
    }
  }

  private byte[] read(InputStream in, long length, int sizeBytesMax) {
    try {
      var bytes = length >= 0 ? exactly(in, (int) length) : upTo(in, sizeBytesMax);
      settle();
      return bytes;
    } catch (Problem problem) {
      settle();
      request.context().register(in); // whoever closes the connection reads on for a moment
      throw problem;
    } catch (IOException | UncheckedIOException | InsufficientDataAvailableException e) {
      settle();
      throw brokeOff();
    } catch (RequestException | NumberFormatException e) {
      settle();
      if (e instanceof RequestException large && large.status().code() == TOO_LARGE) {
        throw tooLarge(sizeBytesMax);
      }
      throw new Problem(
          ProblemType.MALFORMED_HTTP,
          "the frame of the body is wrong (" + e.getMessage() + "): check how it is sent");
    }
  }

  private void settle() {
    if (!settled.compareAndSet(false, true)) {
      throw new CloseConnectionException("the body did not come in time");
    }
  }

  /// Answers in place of the thread that waits for more, and closes the connection, when so much
  /// time has passed. Called by the watch.
  void giveUpAfter(Duration patience) {
    if (System.nanoTime() - beginNanos > patience.toNanos() && settled.compareAndSet(false, true)) {
      Api.answer(request, response, tooSlow(patience));
      thread.interrupt(); // on a virtual thread, this closes the socket it waits for
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    var bytes = new byte[length];
    if (in.readNBytes(bytes, 0, length) < length || in.read() >= 0) { // the end must be seen
      throw brokeOff();
    }
    return bytes;
  }

  private static byte[] upTo(InputStream in, int sizeBytesMax) throws IOException {
    var bytes = in.readNBytes(sizeBytesMax + 1);
    if (bytes.length > sizeBytesMax) {
      throw tooLarge(sizeBytesMax);
    }
    return bytes;
  }

  /// Whether all of it was read.
  static boolean isRead(ServerRequest request) {
    return !request.content().hasEntity() || request.content().consumed();
  }

  /// Reads on for a moment without keeping anything: a connection that is closed while bytes are
  /// under way may take the answer with it.
  static void skip(ServerRequest request) {
    if (isRead(request) || request.headers().containsToken(HeaderValues.EXPECT_100)) {
      return;
    }
    long endNanos = System.nanoTime() + SKIP_NANOS_MAX;
    var chunk = new byte[16 * 1024];
    try {
      var in = request.context().get(InputStream.class).orElseGet(request.content()::inputStream);
      long skipped = 0;
      int read = 0;
      while (read >= 0 && skipped <= SKIP_SIZE_BYTES_MAX && System.nanoTime() < endNanos) {
        skipped += read;
        read = in.read(chunk);
      }
    } catch (IOException | RuntimeException e) {
      System.getLogger(Body.class.getName())
          .log(System.Logger.Level.DEBUG, "a refused body broke off", e);
    }
  }

  private static Problem brokeOff() {
    return new Problem(
        ProblemType.INVALID_REQUEST,
        "the body broke off, or is shorter than it says: send it again, whole");
  }

  private static Problem tooSlow(Duration patience) {
    return new Problem(
        ProblemType.BODY_TOO_SLOW,
        "the body was not here after %d ms: send less at once".formatted(patience.toMillis()));
  }

  private static Problem tooLarge(int sizeBytesMax) {
    return new Problem(
        ProblemType.TOO_LARGE,
        "the body has more than %,d bytes: send it in parts".formatted(sizeBytesMax));
  }
}
