package io.sennit.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// The rules for events the slow way: decode, parse to a tree, write the tree again, compare, then
/// look at the members. It shares no code with the reader.
final class ReferenceReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(1_000_000)
                  .maxNameLength(10_000_000)
                  .maxNumberLength(10_000_000)
                  .build())
          .build();

  private ReferenceReader() {}

  /// Not an event, for this reason.
  static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;
    final Reason reason;

    Fault(Reason reason, String message) {
      super(reason + ": " + message);
      this.reason = reason;
    }
  }

  /// The event object without `uuid`.
  static Json.Obj read(byte[] body) {
    var object = parse(body);
    if (!Arrays.equals(object.canonical(), body)) {
      throw new Fault(Reason.NOT_CANONICAL, "written again it is other bytes");
    }
    checkMembers(object);
    return object;
  }

  /// The object of an application.
  static Json.Obj readDraft(byte[] json) {
    var object = parse(json);
    for (var name : object.members().keySet()) {
      if (name.matches("machine|parents|sennit|sig|tips|uuid")) {
        throw new Fault(Reason.RESERVED_NAME, name);
      }
    }
    if (!(object.members().getOrDefault("time", new Json.Text("")) instanceof Json.Text)) {
      throw new Fault(Reason.MALFORMED_MEMBER, "time");
    }
    int sizeBytes = object.canonical().length + (object.members().isEmpty() ? -1 : 0);
    int time = object.members().containsKey("time") ? 0 : 34;
    if (sizeBytes + 56 + 13 + 95 + time + 24 > 65536) {
      throw new Fault(Reason.TOO_LARGE, "with the system's members");
    }
    return object;
  }

  private static Json.Obj parse(byte[] bytes) {
    var text = decode(bytes);
    try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      var first = parser.nextToken();
      if (first == null) {
        throw new Fault(Reason.NOT_JSON, "empty");
      }
      var value = value(parser, first, 1);
      if (parser.nextToken() != null) {
        throw new Fault(Reason.NOT_JSON, "text behind");
      }
      if (value instanceof Json.Obj object) {
        return object;
      }
      throw new Fault(Reason.NOT_AN_OBJECT, "");
    } catch (JacksonException e) {
      boolean surrogate = e.getOriginalMessage().contains("surrogate");
      throw new Fault(surrogate ? Reason.LONE_SURROGATE : Reason.NOT_JSON, e.getOriginalMessage());
    }
  }

  private static String decode(byte[] bytes) {
    try {
      var text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      if (text.startsWith("\ufeff")) {
        throw new Fault(Reason.NOT_UTF8, "byte order mark");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new Fault(Reason.NOT_UTF8, e.toString());
    }
  }

  private static Json value(JsonParser parser, JsonToken token, int depth) {
    return switch (token) {
      case START_OBJECT -> object(parser, depth(depth));
      case START_ARRAY -> {
        depth(depth);
        var items = new ArrayList<Json>();
        for (var next = parser.nextToken();
            next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          items.add(value(parser, next, depth + 1));
        }
        yield new Json.Arr(items);
      }
      case VALUE_STRING -> new Json.Text(text(parser.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        var fault = ReferenceNumbers.fault(parser.getString());
        if (fault != null) {
          throw new Fault(fault, parser.getString());
        }
        yield new Json.Num(Double.parseDouble(parser.getString()));
      }
      case VALUE_TRUE -> new Json.Word("true");
      case VALUE_FALSE -> new Json.Word("false");
      case VALUE_NULL -> new Json.Word("null");
      default -> throw new AssertionError("no value begins with " + token);
    };
  }

  private static int depth(int depth) {
    if (depth > 64) {
      throw new Fault(Reason.TOO_DEEP, "");
    }
    return depth;
  }

  private static Json object(JsonParser parser, int depth) {
    var members = new TreeMap<String, Json>();
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      text(name);
      if (members.put(name, value(parser, parser.nextToken(), depth + 1)) != null) {
        throw new Fault(Reason.DUPLICATE_NAME, name);
      }
    }
    return new Json.Obj(members);
  }

  private static String text(String text) {
    for (int codePoint : text.codePoints().toArray()) {
      if (codePoint >= 0xd800 && codePoint <= 0xdfff) {
        throw new Fault(Reason.LONE_SURROGATE, "");
      }
    }
    return text;
  }

  private static void checkMembers(Json.Obj object) {
    var members = object.members();
    check(isBase64(members.get("machine"), 32), Reason.MALFORMED_MEMBER, "machine");
    if (!(members.get("parents") instanceof Json.Arr(var items))) {
      throw new Fault(Reason.MALFORMED_MEMBER, "parents");
    }
    var parents = new ArrayList<String>();
    for (var parent : items) {
      check(
          parent instanceof Json.Text(var text) && text.matches("[0-9a-f]{64}"),
          Reason.MALFORMED_MEMBER,
          "parents");
      parents.add(((Json.Text) parent).value());
    }
    check(parents.size() <= 1024, Reason.TOO_MANY_PARENTS, "");
    check(
        parents.stream().sorted().distinct().toList().equals(parents),
        Reason.PARENTS_NOT_SORTED,
        "");
    var sig = members.get("sig");
    check(sig == null || isBase64(sig, 64), Reason.MALFORMED_MEMBER, "sig");
    check(members.get("time") instanceof Json.Text, Reason.MALFORMED_MEMBER, "time");
    var tips = members.get("tips");
    check(
        tips == null
            || (tips instanceof Json.Num(var number)
                && number == Math.rint(number)
                && number > parents.size()
                && number < 0x1p53),
        Reason.MALFORMED_MEMBER,
        "tips");
    check(!members.containsKey("uuid"), Reason.MALFORMED_MEMBER, "uuid");
    var measured = new TreeMap<>(members);
    measured.put("parents", new Json.Raw("[]"));
    check(new Json.Obj(measured).canonical().length <= 65536, Reason.TOO_LARGE, "");
    var sennit = members.get("sennit");
    if (parents.isEmpty()) {
      check(sennit instanceof Json.Obj, Reason.NOT_THE_ROOT, "");
    } else {
      check(sennit == null, Reason.RESERVED_NAME, "sennit");
    }
  }

  private static void check(boolean good, Reason reason, String message) {
    if (!good) {
      throw new Fault(reason, message);
    }
  }

  private static boolean isBase64(@Nullable Json value, int sizeBytes) {
    if (!(value instanceof Json.Text(var text)) || !text.matches("[A-Za-z0-9_-]+")) {
      return false;
    }
    if (text.length() % 4 == 1) {
      return false;
    }
    var raw = Base64.getUrlDecoder().decode(text);
    return raw.length == sizeBytes
        && Base64.getUrlEncoder().withoutPadding().encodeToString(raw).equals(text);
  }
}
