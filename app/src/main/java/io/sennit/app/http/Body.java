package io.sennit.app.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A request's body, bounded while it is read.
final class Body {
  private Body() {}

  /// The media type without parameters, in lower case; empty when the request says none.
  static String mediaType(ServerRequest request) {
    var type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
    int semicolon = type.indexOf(';');
    var parameters = semicolon < 0 ? "" : type.substring(semicolon + 1).toLowerCase(Locale.ROOT);
    if (parameters.contains("charset") && !parameters.matches(".*charset\\s*=\\s*\"?utf-8\"?.*")) {
      throw new Problem(415, "JSON is UTF-8 here: encode the body in it, and leave out charset");
    }
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  static Problem wrongType(String type, String wanted) {
    var said = type.isEmpty() ? "the request says no Content-Type" : "not the Content-Type " + type;
    return new Problem(415, said + ": say " + wanted);
  }

  /// Everything, when it is not more than so many bytes.
  static byte[] read(ServerRequest request, int sizeBytesMax) {
    if (request.headers().first(HeaderNames.CONTENT_ENCODING).isPresent()) {
      throw new Problem(415, "send the body as it is, without Content-Encoding");
    }
    if (request.headers().contentLength().orElse(0) > sizeBytesMax) {
      throw tooLarge(sizeBytesMax);
    }
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    var bytes = new ByteArrayOutputStream();
    try (var in = request.content().inputStream()) {
      var chunk = new byte[16 * 1024];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        bytes.write(chunk, 0, read);
        if (bytes.size() > sizeBytesMax) {
          throw tooLarge(sizeBytesMax);
        }
      }
    } catch (IOException e) {
      throw new Problem(400, "the body broke off: send it again");
    }
    return bytes.toByteArray();
  }

  private static Problem tooLarge(int sizeBytesMax) {
    return new Problem(
        413, "the body has more than %,d bytes: send it in parts".formatted(sizeBytesMax));
  }

  /// The text that these bytes are in UTF-8.
  ///
  /// @throws CharacterCodingException when they are not
  static String text(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
