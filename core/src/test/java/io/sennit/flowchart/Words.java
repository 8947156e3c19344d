package io.sennit.flowchart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The first sentences of the doc comments in one source file, by what they stand before: an enum's
/// constant (`Mode.ACTIVE`) or a record (`Append`).
final class Words {
  private static final Pattern TYPE = Pattern.compile("^\\s*public enum (\\w+)\\b.*");
  private static final Pattern RECORD = Pattern.compile("^\\s*record (\\w+)\\(.*");
  private static final Pattern CONSTANT = Pattern.compile("^\\s*([A-Z][A-Z0-9_]*)(?:[,;(].*)?$");

  private final Path source;
  private final Map<String, String> sentences = new LinkedHashMap<>();

  Words(Path source) throws IOException {
    this.source = source;
    String type = "";
    var comment = new StringBuilder();
    for (var line : Files.readAllLines(source)) {
      var text = line.strip();
      if (text.startsWith("///")) {
        comment.append(text.substring(3).strip()).append('\n');
        continue;
      }
      var enumeration = TYPE.matcher(line);
      var constant = CONSTANT.matcher(line);
      var record = RECORD.matcher(line);
      if (enumeration.matches()) {
        type = enumeration.group(1);
      } else if (!comment.isEmpty() && record.matches()) {
        sentences.put(record.group(1), sentence(comment));
      } else if (!comment.isEmpty() && constant.matches()) {
        sentences.put(type + "." + constant.group(1), sentence(comment));
      }
      comment.setLength(0);
    }
  }

  /// What the comment says of this constant.
  String of(Enum<?> constant) {
    return of(constant.getDeclaringClass().getSimpleName() + "." + constant.name());
  }

  private String of(String name) {
    var sentence = sentences.get(name);
    if (sentence == null) {
      throw new IllegalStateException(name + " has no doc comment in " + source);
    }
    return sentence;
  }

  /// All, by name, in the order of the file.
  Map<String, String> all() {
    return sentences;
  }

  /// A constant's name as people see it, in the status, the console and on this page.
  static String word(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The first paragraph, without links.
  private static String sentence(CharSequence comment) {
    var paragraph = comment.toString().split("\n\n|\n@", 2)[0];
    return paragraph.strip().replace('\n', ' ').replaceAll("\\[#?([\\w.#]+)]", "`$1`");
  }
}
