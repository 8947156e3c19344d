package io.sennit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Small rules of the house that nobody wants to check by eye.
class HouseTest {
  /// Words for work that was put off, written so that this file does not contain them.
  private static final Pattern PUT_OFF = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

  /// A path that exists on somebody's computer only.
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w./~}*-])/(home|Users|work|root)/\\w|\\b[A-Z]:\\\\Users");

  /// What a merge leaves where two people changed one place.
  private static final Pattern CONFLICT = Pattern.compile("^(<{7}|>{7}|\\|{7}) ");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");

  @Test
  void nothingIsPutOffInAComment() throws IOException {
    assertThat(linesWith(PUT_OFF)).as("finish it, or open an issue").isEmpty();
  }

  @Test
  void noPathOfOneComputerIsWrittenDown() throws IOException {
    assertThat(linesWith(MACHINE_PATH)).as("say it relative to the repository").isEmpty();
  }

  @Test
  void everyMergeIsFinished() throws IOException {
    assertThat(linesWith(CONFLICT)).as("choose one side").isEmpty();
  }

  @Test
  void everyPackageIntroducesItself() throws IOException {
    var silent = new TreeSet<String>();
    for (var source : Repository.files(".java")) {
      boolean inMain = Repository.name(source).contains("/src/main/java/io/");
      if (inMain && !Files.exists(source.resolveSibling("package-info.java"))) {
        silent.add(Repository.name(source));
      }
    }
    assertThat(silent).as("files in packages without package-info.java").isEmpty();
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    var broken = new ArrayList<String>();
    for (var page : Repository.files(".md")) {
      var text = CODE_BLOCK.matcher(Files.readString(page)).replaceAll("");
      var links = LINK.matcher(text);
      while (links.find()) {
        var link = links.group(1);
        if (!link.matches("^[a-z]+:.*") && !leadsSomewhere(page, link)) {
          broken.add(Repository.name(page) + " → " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    int hash = link.indexOf('#');
    var file = hash < 0 ? link : link.substring(0, hash);
    var target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return hash < 0
        || !target.toString().endsWith(".md")
        || anchors(target).contains(link.substring(hash + 1));
  }

  /// The names under which a page's headings can be linked.
  private static Set<String> anchors(Path page) throws IOException {
    var anchors = new HashSet<String>();
    for (var line : Files.readAllLines(page)) {
      if (line.startsWith("#")) {
        anchors.add(
            line.replaceFirst("^#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-'));
      }
    }
    return anchors;
  }

  private static List<String> linesWith(Pattern pattern) throws IOException {
    var found = new ArrayList<String>();
    var files = Repository.files(".java", ".md", ".xml", ".puml", ".sh", ".ts", ".css", ".txt");
    for (var file : files) {
      int number = 0;
      for (var line : Files.readAllLines(file)) {
        number++;
        if (pattern.matcher(line).find()) {
          found.add(Repository.name(file) + ":" + number + ": " + line.strip());
        }
      }
    }
    return found;
  }
}
