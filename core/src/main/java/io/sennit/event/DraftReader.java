package io.sennit.event;

import io.sennit.event.Draft.Drafting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Makes an application's JSON canonical.
///
/// The parser is lenient in places, so what it does not check is checked here: UTF-8 before it
/// begins; surrogates, numbers, names and depth as it goes; the rest of the text at its end. Its
/// own limits are lifted where the format has others.
final class DraftReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  static final List<String> RESERVED =
      List.of("machine", "parents", "sennit", "sig", "tips", "uuid");
  static final String TIME = "time";

  /// Integers of so many characters, the sign included, are their own canonical form.
  private static final int PLAIN_INTEGER_LENGTH_MAX = 15;

  private final JsonParser parser;
  private final CanonicalText text;
  private final OpenObject members = new OpenObject();

  /// What is open, outermost first; an array is null.
  private final List<@Nullable OpenObject> open = new ArrayList<>();

  private boolean timeGiven;
  private boolean timeIsNext;
  private @Nullable Rejection fault;

  private DraftReader(JsonParser parser, int sizeBytesExpected) {
    this.parser = parser;
    this.text = new CanonicalText(sizeBytesExpected);
  }

  static Drafting read(byte[] json, String time) {
    var plain = PlainDraft.read(json, time);
    return plain == null ? readWithCare(json, time) : plain;
  }

  private static Drafting readWithCare(byte[] json, String time) {
    if (Utf8.startsWithMark(json)) {
      return refuse(Reason.NOT_UTF8, "byte 0: a byte order mark; remove it");
    }
    int notUtf8 = Utf8.firstFault(json);
    if (notUtf8 >= 0) {
      return refuse(Reason.NOT_UTF8, "byte " + notUtf8 + ": not UTF-8; encode the text anew");
    }
    int sizeBytes = Math.min(json.length, Limits.EVENT_SIZE_BYTES_MAX) + 64;
    try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      return new DraftReader(parser, sizeBytes).draft(time);
    } catch (JacksonException e) {
      return refuse(reason(e), place(e.getLocation()) + words(e));
    }
  }

  /// Half a surrogate pair in a name, unlike one in a value, is found by the parser itself.
  private static Reason reason(JacksonException fault) {
    var message = fault.getOriginalMessage();
    return message.startsWith("Unexpected low surrogate")
            || message.startsWith("Broken surrogate pair")
        ? Reason.LONE_SURROGATE
        : Reason.NOT_JSON;
  }

  /// What the parser says, without the places in its own buffers.
  private static String words(JacksonException fault) {
    return fault.getOriginalMessage().replaceFirst("(?s) \\(start marker at .*", "; end it");
  }

  private static Drafting refuse(Reason reason, String detail) {
    return new Drafting.Refused(new Rejection(reason, detail));
  }

  private static String place(@Nullable TokenStreamLocation at) {
    return at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
  }

  private Drafting draft(String time) {
    var first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      return first == null
          ? refuse(Reason.NOT_JSON, "the text is empty; an event is a JSON object")
          : refuse(Reason.NOT_AN_OBJECT, "an event is a JSON object; put the value in one");
    }
    open.add(members);
    while (!open.isEmpty() && fault == null) {
      take(parser.nextToken());
    }
    if (fault == null && parser.nextToken() != null) {
      note(Reason.NOT_JSON, "one object is one event; remove what follows");
    }
    if (fault == null) {
      complete(time);
    }
    return fault == null ? Draft.of(members, text) : new Drafting.Refused(fault);
  }

  private void complete(String time) {
    if (!timeGiven) {
      members.add(TIME, text.length());
      text.ascii("\"time\":");
      string(time.toCharArray(), 0, time.length());
      text.put(',');
    }
    sort(members);
  }

  private void take(@Nullable JsonToken token) {
    if (timeIsNext && token != JsonToken.VALUE_STRING) {
      note(Reason.MALFORMED_MEMBER, "time has to be a string; leave it out to have it filled in");
    }
    timeIsNext = false;
    switch (token) {
      case PROPERTY_NAME -> name(parser.currentName());
      case VALUE_STRING -> {
        string(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
        text.put(',');
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          number(parser.getString(), token == JsonToken.VALUE_NUMBER_INT);
      case VALUE_TRUE -> text.ascii("true,");
      case VALUE_FALSE -> text.ascii("false,");
      case VALUE_NULL -> text.ascii("null,");
      case START_OBJECT -> open(new OpenObject(), '{');
      case START_ARRAY -> open(null, '[');
      case END_OBJECT -> close('{', '}');
      case END_ARRAY -> close('[', ']');
      case null, default -> note(Reason.NOT_JSON, "the text ends too early");
    }
    if (text.length() > Limits.EVENT_SIZE_BYTES_MAX) {
      note(Reason.TOO_LARGE, "an event has at most " + Limits.EVENT_SIZE_BYTES_MAX + " bytes");
    }
  }

  private void name(String name) {
    var object = Objects.requireNonNull(open.getLast(), "a name stands in an object");
    if (open.size() == 1) {
      if (RESERVED.contains(name)) {
        note(Reason.RESERVED_NAME, "the member " + name + " is the system's; rename yours");
      }
      timeIsNext = name.equals(TIME);
      timeGiven |= timeIsNext;
    }
    object.add(name, text.length());
    string(name.toCharArray(), 0, name.length());
    text.put(':');
  }

  private void string(char[] chars, int from, int count) {
    if (!text.string(chars, from, count)) {
      note(Reason.LONE_SURROGATE, "half of a surrogate pair is no character; remove it");
    }
  }

  private void number(String number, boolean integer) {
    if (integer && number.length() <= PLAIN_INTEGER_LENGTH_MAX && !number.equals("-0")) {
      text.ascii(number).put(',');
      return;
    }
    double value = Double.parseDouble(number);
    var numberFault = Numbers.fault(number, value);
    if (numberFault != null) {
      note(numberFault, Numbers.advice(numberFault));
    } else {
      text.ascii(Numbers.format(value)).put(',');
    }
  }

  private void open(@Nullable OpenObject object, char bracket) {
    if (open.size() == Limits.DEPTH_MAX) {
      note(Reason.TOO_DEEP, "nested deeper than " + Limits.DEPTH_MAX + "; flatten it");
    }
    open.add(object);
    text.put(bracket);
  }

  private void close(char opening, char closing) {
    var object = open.removeLast();
    if (open.isEmpty()) {
      return;
    }
    if (object != null) {
      sort(object);
    }
    if (text.last() == opening) {
      text.put(closing);
    } else {
      text.replaceLast(closing);
    }
    text.put(',');
  }

  private void sort(OpenObject object) {
    if (!object.sort(text)) {
      note(Reason.DUPLICATE_NAME, "an object has each name once; two are " + object.duplicate());
    }
  }

  /// The first fault is the one that is told.
  private void note(Reason reason, String advice) {
    if (fault == null) {
      fault = new Rejection(reason, place(parser.currentTokenLocation()) + advice);
    }
  }
}
