package io.sennit.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a page shows, compared with what came.
///
/// | shown | stands for |
/// | --- | --- |
/// | `…` alone on a line | any lines, or none |
/// | `…` in a line | any text, or none |
/// | 7 to 64 digits `0-9a-f` with a letter among them | as many digits; whoever is shown twice is the same twice, a prefix too |
/// | 43 or 86 characters of base64url; 6 before a time; 10 after a peer's state | a key or a seal; the same |
/// | a time of day with its date; a number of s, ms or min | any time |
/// | `sennit1-…` | a ticket |
///
/// Everything else is compared character by character. The uuids of several parents stand in the
/// order of their digits, which differs from one run to the next; so do tips and the lines of a
/// drawing: those may come in any order, and the strands of a drawing are left out.
final class Likeness {
  private static final Pattern VARIES =
      Pattern.compile(
          "(?<any>…)"
              + "|(?<ticket>sennit1-[\\w-]*)"
              + "|(?<time>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)"
              + "|(?<took>\\b\\d+(?:\\.\\d+)? (?=(?:s|ms|min)\\b))"
              + "|(?<id>(?<![\\w-])(?=\\d*[a-f])[0-9a-f]{7,64}(?![\\w-]))"
              + "|(?<key>(?<![\\w-])(?:[\\w-]{86}|[\\w-]{43}|[\\w-]{6}(?=  \\d{4}-\\d\\d-\\d\\dT)"
              + "|(?<=(?:known|in-sync|refused|waiting)  )[\\w-]{10})(?![\\w-]))");
  private static final Pattern ID = Pattern.compile("(?<![\\w-])[0-9a-f]{7,64}(?![\\w-])");
  private static final Pattern SEVERAL_PARENTS =
      Pattern.compile("\"parents\" ?: ?\\[[^\\]]*,[^\\]]*\\]");
  private static final Pattern STRANDS = Pattern.compile("^[ ●│├┤┬┴┼─╮╯╰╭]*");

  /// A uuid or key that the page shows, and the one that it stands for in this run.
  private record Pair(String shown, String real) {
    /// Two that begin alike on the page begin alike in the run, and only they.
    boolean agrees(Pair other) {
      int length = Math.min(shown.length(), other.shown.length());
      return shown.regionMatches(0, other.shown, 0, length)
          == real.regionMatches(0, other.real, 0, length);
    }
  }

  private List<Pair> pairs = List.of();

  /// The command, with the uuids of this run in the place of those of the page.
  String real(String command) {
    return ID.matcher(command)
        .replaceAll(id -> {
          for (var pair : pairs) {
            if (pair.shown.startsWith(id.group())) {
              return pair.real.substring(0, id.group().length());
            }
          }
          return id.group();
        });
  }

  /// Whether this came. If so, it is remembered which uuid stands for which.
  boolean isLike(List<String> shown, List<String> came, boolean inOrder) {
    var found = inOrder ? inOrder(shown, came, pairs) : inAnyOrder(shown, came, pairs);
    found.ifPresent(grown -> pairs = grown);
    return found.isPresent();
  }

  /// The lines of a drawing without their strands; one that has nothing else is left out.
  static List<String> withoutStrands(List<String> lines) {
    return lines.stream()
        .map(line -> STRANDS.matcher(line).replaceFirst(""))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static Optional<List<Pair>> inOrder(
      List<String> shown, List<String> came, List<Pair> pairs) {
    if (shown.isEmpty()) {
      return came.isEmpty() ? Optional.of(pairs) : Optional.empty();
    }
    var rest = shown.subList(1, shown.size());
    if (shown.getFirst().equals("…")) {
      for (int skipped = 0; skipped <= came.size(); skipped++) {
        var found = inOrder(rest, came.subList(skipped, came.size()), pairs);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }
    if (came.isEmpty()) {
      return Optional.empty();
    }
    return line(shown.getFirst(), came.getFirst(), pairs)
        .flatMap(grown -> inOrder(rest, came.subList(1, came.size()), grown));
  }

  private static Optional<List<Pair>> inAnyOrder(
      List<String> shown, List<String> came, List<Pair> pairs) {
    if (shown.isEmpty()) {
      return came.isEmpty() ? Optional.of(pairs) : Optional.empty();
    }
    var rest = shown.subList(1, shown.size());
    if (shown.getFirst().equals("…")) {
      return inAnyOrder(rest, came, pairs).or(() -> inAnyOrderAmong(rest, came, pairs));
    }
    for (int i = 0; i < came.size(); i++) {
      var others = new ArrayList<>(came);
      others.remove(i);
      var found =
          line(shown.getFirst(), came.get(i), pairs)
              .flatMap(grown -> inAnyOrder(rest, others, grown));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// As before, and others may have come too.
  private static Optional<List<Pair>> inAnyOrderAmong(
      List<String> shown, List<String> came, List<Pair> pairs) {
    if (shown.isEmpty()) {
      return Optional.of(pairs);
    }
    for (int i = 0; i < came.size(); i++) {
      var others = new ArrayList<>(came);
      others.remove(i);
      var found =
          line(shown.getFirst(), came.get(i), pairs)
              .flatMap(grown -> inAnyOrderAmong(shown.subList(1, shown.size()), others, grown));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// The pairs with those of this line, if it is like this.
  private static Optional<List<Pair>> line(String shown, String came, List<Pair> pairs) {
    var regex = new StringBuilder();
    var named = new ArrayList<String>();
    var unordered = SEVERAL_PARENTS.matcher(shown);
    boolean several = unordered.find();
    int end = 0;
    for (var varies = VARIES.matcher(shown); varies.find(); end = varies.end()) {
      regex.append(Pattern.quote(shown.substring(end, varies.start())));
      if (varies.group("any") != null) {
        regex.append(".*");
      } else if (varies.group("ticket") != null) {
        regex.append("sennit1-[\\w-]*");
      } else if (varies.group("time") != null) {
        regex.append("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?");
      } else if (varies.group("took") != null) {
        regex.append("\\d+(?:\\.\\d+)? ");
      } else {
        var kind = varies.group("id") != null ? "[0-9a-f]" : "[\\w-]";
        var form = kind + "{" + varies.group().length() + "}";
        boolean loose =
            several && varies.start() > unordered.start() && varies.end() < unordered.end();
        regex.append(loose ? form : "(" + form + ")");
        if (!loose) {
          named.add(varies.group());
        }
      }
    }
    regex.append(Pattern.quote(shown.substring(end)));
    var match = Pattern.compile(regex.toString()).matcher(came);
    if (!match.matches()) {
      return Optional.empty();
    }
    var grown = new ArrayList<>(pairs);
    for (int i = 0; i < named.size(); i++) {
      var pair = new Pair(named.get(i), match.group(i + 1));
      if (!grown.stream().allMatch(pair::agrees)) {
        return Optional.empty();
      }
      grown.addFirst(pair);
    }
    return Optional.of(grown);
  }
}
