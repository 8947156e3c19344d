package io.sennit.simulator.tips;

import io.sennit.event.EventId;
import io.sennit.event.Limits;
import java.util.List;
import java.util.Locale;

/// Rows as Markdown.
final class Table {
  private Table() {}

  /// The rows of one kind of delay.
  static String of(List<Row> rows) {
    var text = new StringBuilder();
    text.append(
        """
        | machines | λ·h | tips held (p99) | parents | bounded | covered after (longest) | bytes a parent: log | link | all tips always: parents | text of them | covered after |
        | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        """);
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  /// One row, with its end of line.
  static String line(Row row) {
    var sennit = row.sennit();
    var strict = row.strict();
    boolean same = sennit.boundedShare() == 0;
    return String.format(
        Locale.ROOT,
        "| %,d | %,.0f | %s (%,.0f) | %s | %s | %.1f h (%.1f h) | %.2f | %.2f | %s | %s | %s |%n",
        row.machines(),
        row.lambdaH(),
        number(sennit.tips()),
        sennit.tipsP99(),
        number(sennit.parents()),
        percent(sennit.boundedShare()),
        sennit.coveredMean(),
        sennit.coveredMax(),
        row.diskBytes(),
        row.linkBytes(),
        same ? "the same" : parents(strict),
        bytes(strict.parents() * (EventId.TEXT_LENGTH + 3)),
        same ? "" : String.format(Locale.ROOT, "%.1f h", strict.coveredMean()));
  }

  private static String parents(Figures strict) {
    return strict.tipsP99() > Limits.PARENTS_MAX
        ? number(strict.parents()) + ", not allowed"
        : number(strict.parents());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%,.0f", value);
  }

  private static String percent(double share) {
    return share == 0
        ? "none"
        : share == 1 ? "all" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String bytes(double value) {
    return value < 1000
        ? String.format(Locale.ROOT, "%.0f B", value)
        : String.format(Locale.ROOT, "%.1f kB", value / 1000);
  }
}
