package io.sennit.node;

import io.sennit.event.MachineId;
import io.sennit.event.Root;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// What a new machine needs to enter a federation: R itself, who invites, and where it listens.
///
/// Its text is one word: `sennit1-` and base64url of a JSON object with `inviter`, `peers` and
/// `root`, the last one R whole, as a string; and behind the object the first 8 bytes of its
/// SHA-256, so that a ticket with any character changed is refused instead of leading to an address
/// that nobody has.
public record Ticket(Root root, MachineId inviter, List<Address> addresses) {
  private static final String PREFIX = "sennit1-";
  private static final int CHECK_SIZE_BYTES = 8;
  private static final JsonFactory JSON = new JsonFactory();

  /// Copies the list.
  public Ticket {
    addresses = List.copyOf(addresses);
  }

  /// A ticket for the federation of this R, which is checked, seal included.
  ///
  /// @throws SennitException in words, when the bytes are no R
  public static Ticket of(byte[] root, String inviter, List<Address> addresses) {
    return switch (Root.read(root, new Ed25519Seals())) {
      case Root.Reading.Refused(var why) -> throw refused("its root is refused: " + why, null);
      case Root.Reading.Read(var read) -> new Ticket(read, MachineId.parse(inviter), addresses);
    };
  }

  /// Reads a ticket's text and checks R, seal included.
  ///
  /// @throws SennitException in words, when the text is no ticket
  public static Ticket parse(String text) {
    var word = text.strip();
    if (!word.startsWith(PREFIX)) {
      throw refused("it does not begin with " + PREFIX, null);
    }
    try {
      var bytes = Base64.getUrlDecoder().decode(word.substring(PREFIX.length()));
      var json = Arrays.copyOf(bytes, Math.max(0, bytes.length - CHECK_SIZE_BYTES));
      if (!word.equals(text(json))) {
        throw refused("it is damaged; copy it whole", null);
      }
      return read(json);
    } catch (IllegalArgumentException | JacksonException e) {
      throw refused("it is damaged; copy it whole", e);
    }
  }

  private static Ticket read(byte[] json) {
    var inviter = "";
    var root = "";
    var addresses = new ArrayList<Address>();
    try (var in = JSON.createParser(ObjectReadContext.empty(), json)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = in.currentName();
        in.nextToken();
        switch (name) {
          case "inviter" -> inviter = in.getString();
          case "root" -> root = in.getString();
          case "peers" -> {
            while (in.nextToken() == JsonToken.VALUE_STRING) {
              addresses.add(Address.parse(in.getString()));
            }
          }
          default -> in.skipChildren();
        }
      }
    }
    return of(root.getBytes(StandardCharsets.UTF_8), inviter, addresses);
  }

  private static SennitException refused(String why, @Nullable Throwable cause) {
    var message = "this is no ticket: " + why;
    return cause == null
        ? new SennitException(SennitException.Kind.REFUSED, message)
        : new SennitException(SennitException.Kind.REFUSED, message, cause);
  }

  @Override
  public String toString() {
    var bytes = new ByteArrayOutputStream();
    try (var out = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      out.writeStartObject();
      out.writeName("inviter");
      out.writeString(inviter.toString());
      out.writeName("peers");
      out.writeStartArray();
      addresses.forEach(address -> out.writeString(address.toString()));
      out.writeEndArray();
      out.writeName("root");
      out.writeString(new String(root.event().toJson(), StandardCharsets.UTF_8));
      out.writeEndObject();
    }
    return text(bytes.toByteArray());
  }

  private static String text(byte[] json) {
    try {
      var whole = Arrays.copyOf(json, json.length + CHECK_SIZE_BYTES);
      var hash = MessageDigest.getInstance("SHA-256").digest(json);
      System.arraycopy(hash, 0, whole, json.length, CHECK_SIZE_BYTES);
      return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
