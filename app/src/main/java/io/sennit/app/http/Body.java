package io.sennit.app.http;

import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;

/// A request's body, bounded in size and time while it is read.
final class Body {
  /// What is read of a refused body, so that its sender hears why.
  private static final long SKIP_SIZE_BYTES_MAX = 64L * 1024 * 1024;

  private static final long SKIP_NANOS_MAX = 2_000_000_000L;

  private final ServerRequest request;
  private final Duration patience;

  /// @param patience until the whole body is here
  Body(ServerRequest request, Duration patience) {
    this.request = request;
    this.patience = patience;
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
    var in = request.content().inputStream();
    try {
      return length >= 0 ? exactly(in, (int) length) : upTo(in, sizeBytesMax);
    } catch (Problem problem) {
      request.context().register(in); // whoever closes the connection reads on for a moment
      throw problem;
    } catch (IOException | InsufficientDataAvailableException e) {
      throw brokeOff();
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof SocketTimeoutException ? tooSlow() : brokeOff();
    }
  }

  private byte[] exactly(InputStream in, int length) throws IOException {
    long endNanos = System.nanoTime() + patience.toNanos();
    var bytes = new byte[length];
    for (int at = 0; at < length; ) {
      int read = in.read(bytes, at, length - at);
      if (read < 0) {
        throw brokeOff();
      }
      at += read;
      if (at < length && System.nanoTime() > endNanos) {
        throw tooSlow();
      }
    }
    return bytes;
  }

  private byte[] upTo(InputStream in, int sizeBytesMax) throws IOException {
    long endNanos = System.nanoTime() + patience.toNanos();
    var bytes = new ByteArrayOutputStream();
    var chunk = new byte[16 * 1024];
    for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      bytes.write(chunk, 0, read);
      if (bytes.size() > sizeBytesMax) {
        throw tooLarge(sizeBytesMax);
      }
      if (System.nanoTime() > endNanos) {
        throw tooSlow();
      }
    }
    return bytes.toByteArray();
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

  private Problem tooSlow() {
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
