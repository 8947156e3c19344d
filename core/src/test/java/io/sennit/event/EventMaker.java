package io.sennit.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/// Makes random objects and events that keep every rule, with a liking for the edges of each.
final class EventMaker {
  static final String TIME = "2026-11-22T14:03:22.123Z";

  private static final List<String> NAMES =
      List.of(
          "",
          "a",
          "b",
          "machina",
          "machine2",
          "parent",
          "parentsx",
          "senni",
          "sennits",
          "si",
          "sig2",
          "tim",
          "times",
          "tip",
          "tipss",
          "type",
          "uui",
          "uuid ",
          "uuid2",
          "zz",
          "é",
          "€",
          "\ud7ff",
          "\ue000",
          "\uffff",
          "😀",
          "\udbff\udfff",
          "a\n",
          "a\"",
          "a\\",
          "a!",
          "\0",
          "\u001f",
          "\u007f",
          "\u0080");

  private static final List<String> CHARACTERS =
      List.of(
          "\0",
          "\b",
          "\t",
          "\n",
          "\u000b",
          "\f",
          "\r",
          "\u001f",
          "\"",
          "\\",
          "/",
          "\u007f",
          "\u0080",
          "é",
          "\u07ff",
          "\u0800",
          "€",
          "\u2028",
          "\ud7ff",
          "\ue000",
          "\ufdd0",
          "\ufeff",
          "\ufffd",
          "\uffff",
          "\ud800\udc00",
          "😀",
          "\udbff\udfff");

  private final SplittableRandom random;

  EventMaker(SplittableRandom random) {
    this.random = random;
  }

  /// An application's object.
  Json.Obj object() {
    var members = members(random.nextInt(8), 4);
    if (random.nextInt(4) == 0) {
      members.put("time", new Json.Text(text()));
    }
    return new Json.Obj(members);
  }

  /// The object of an event, without `uuid`.
  Json.Obj event() {
    var members = object().members();
    var parents = new TreeSet<String>();
    int count = random.nextInt(20) == 0 ? 40 : 1 + random.nextInt(3);
    while (parents.size() < count) {
      parents.add(id().toString());
    }
    members.put("machine", new Json.Text(base64(32)));
    var texts = parents.stream().map(parent -> (Json) new Json.Text(parent)).toList();
    members.put("parents", new Json.Arr(new ArrayList<>(texts)));
    members.putIfAbsent("time", new Json.Text(TIME));
    if (random.nextBoolean()) {
      members.put("sig", new Json.Text(base64(64)));
    }
    if (random.nextInt(4) == 0) {
      members.put("tips", new Json.Num(count + 1 + random.nextInt(1000)));
    }
    if (random.nextInt(20) == 0) {
      members.put("parents", new Json.Arr(List.of()));
      members.put("sennit", new Json.Obj(members(random.nextInt(3), 2)));
    }
    return new Json.Obj(members);
  }

  EventId id() {
    return new EventId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  String base64(int sizeBytes) {
    var raw = new byte[sizeBytes];
    random.nextBytes(raw);
    return new String(Base64.getUrlEncoder().withoutPadding().encode(raw), US_ASCII);
  }

  private SortedMap<String, Json> members(int count, int depth) {
    var members = new TreeMap<String, Json>();
    for (int i = 0; i < count; i++) {
      members.put(name(), value(depth));
    }
    return members;
  }

  /// No name of the system's.
  String name() {
    return random.nextInt(4) == 0 ? text() + "~" : NAMES.get(random.nextInt(NAMES.size()));
  }

  Json value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0, 1 -> new Json.Num(number());
      case 2, 3, 4 -> new Json.Text(text());
      case 5 -> new Json.Word(List.of("true", "false", "null").get(random.nextInt(3)));
      case 6 -> new Json.Obj(members(random.nextInt(4), depth - 1));
      default -> {
        var items = new ArrayList<Json>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(value(depth - 1));
        }
        yield new Json.Arr(items);
      }
    };
  }

  String text() {
    var text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      if (random.nextInt(3) == 0) {
        text.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
      } else {
        text.append((char) (' ' + random.nextInt(95)));
      }
    }
    return text.toString();
  }

  /// A number the format has a place for.
  double number() {
    double number =
        switch (random.nextInt(8)) {
          case 0 -> random.nextInt(20) - 10;
          case 1 -> random.nextLong() >> (11 + random.nextInt(53));
          case 2 -> random.nextInt(1_000_000) / 100.0;
          case 3 -> random.nextInt(1_000_000) / Math.pow(10, random.nextInt(30));
          case 4 -> Double.longBitsToDouble(1 + random.nextInt(300));
          case 5 -> Double.longBitsToDouble(random.nextLong() >>> (12 + random.nextInt(50)));
          case 6 -> Math.scalb(1.0, random.nextInt(2046) - 1022);
          default -> Double.longBitsToDouble(random.nextLong());
        };
    double size = Math.abs(number);
    return Double.isFinite(number) && !(size >= 0x1p53 && size < 1e21) ? number : number();
  }
}
