package io.sennit.simulator.tips;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the border between strict and bounded lies: `simulator/tips`.
public final class Border {
  /// The seed of what the page shows.
  static final long SEED = 1;

  static final List<Integer> MACHINES = List.of(10, 100, 1_000, 10_000);
  static final List<Integer> LAMBDA_H = List.of(1, 10, 100, 300, 1_000, 3_000, 10_000);

  private static final String USAGE =
      """
      simulator/tips [--write] [--delay CONSTANT|VARIED] [--seed S]

        --write      puts tables and drawing into docs/relaxations.md and docs/tips.svg
        --delay D    this table alone
        --seed S     another seed than the page's (1)
      """;

  private Border() {}

  /// The command line.
  public static void main(String[] args) throws IOException {
    boolean write = false;
    long seed = SEED;
    var delays = List.of(Delay.values());
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--write")) {
        write = true;
      } else if (args[i].equals("--seed")
          && i + 1 < args.length
          && args[i + 1].matches("\\d{1,18}")) {
        seed = Long.parseLong(args[++i]);
      } else if (args[i].equals("--delay")
          && i + 1 < args.length
          && args[i + 1].matches("CONSTANT|VARIED")) {
        delays = List.of(Delay.valueOf(args[++i]));
      } else {
        System.err.print(USAGE);
        System.exit(2);
      }
    }
    var docs = Path.of("docs");
    for (var delay : delays) {
      var rows = rows(delay, seed);
      var table = Table.of(rows);
      System.out.println(delay + "\n\n" + table);
      if (write) {
        var page = docs.resolve("relaxations.md");
        Files.writeString(page, withTable(Files.readString(page), delay, table));
        if (delay == Delay.CONSTANT) {
          Files.writeString(docs.resolve("tips.svg"), Drawing.of(rows));
        }
      }
    }
  }

  private static List<Row> rows(Delay delay, long seed) {
    var rows = new ArrayList<Row>();
    for (int machines : MACHINES) {
      for (int lambdaH : LAMBDA_H) {
        rows.add(Row.of(machines, lambdaH, delay, seed));
        System.err.print(Table.line(rows.getLast()));
      }
    }
    return rows;
  }

  /// The page with this table between its marks.
  static String withTable(String page, Delay delay, String table) {
    var marks =
        Pattern.compile("(?s)(<!-- simulator/tips: " + delay + " -->\n).*?(<!-- end -->)")
            .matcher(page);
    if (!marks.find()) {
      throw new UncheckedIOException(
          new IOException("the page has no place for the table of " + delay));
    }
    return marks.replaceFirst("$1" + Matcher.quoteReplacement("\n" + table + "\n") + "$2");
  }
}
