package io.sennit.app.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// A rehearsal as one HTML page that needs nothing but itself: no script, no font, no address. It
/// is well-formed XML too.
public final class Page {
  /// Its name in a folder.
  public static final String FILE = "index.html";

  private static final List<List<String>> GLOSSARY =
      List.of(
          List.of(
              "machine", "One computer of the federation. Every machine ends up with every event."),
          List.of(
              "event", "Something that one machine has written, and that all others are to hold."),
          List.of(
              "delivery",
              "One event at one other machine. An event among 1,000 machines is delivered 999"
                  + " times."),
          List.of(
              "payload copy",
              "One time that a machine was sent an event itself, and not only told of it by name."
                  + " More than one of them for a delivery is waste."),
          List.of(
              "parents, tips",
              "An event names as parents what its writer knew and nobody had named yet; those are"
                  + " the tips at that moment. Many tips mean that many wrote at once."),
          List.of(
              "repair",
              "What the machines that are left do after a crash: notice it, dial others, and give"
                  + " each other what they lack. Nobody tells them to."),
          List.of(
              "pretended time",
              "The clock of the rehearsal. It has nothing to do with how long the rehearsal took"
                  + " here."));

  private final Told told;
  private final StringBuilder out = new StringBuilder();

  private Page(Told told) {
    this.told = told;
  }

  /// The whole page.
  public static String html(Told told) {
    return new Page(told).html();
  }

  private String html() {
    var summary = told.summary();
    var title = "A rehearsal with " + Amount.count(told.plan().machines(), "machine");
    out.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        <header>
        <h1>%s</h1>
        <p class="verdict %s">%s</p>
        <p class="soft">Nothing of this has happened: the network and the machines are pretended, by a simulator that runs the code of
        the overlay as it is. The same command gives the same page, but for the time and the memory that it took.</p>
        </header>
        <main>
        """
            .formatted(
                Html.text(title),
                style(),
                Html.text(title),
                summary.equal() ? "good" : "bad",
                Html.text(Words.verdict(summary))));
    figures();
    plots();
    plan();
    words();
    out.append(
        "</main>\n<footer>seed %d · trace %s · %s steps in %s of pretended time</footer>\n</body>\n</html>\n"
            .formatted(
                summary.seed(),
                Html.text(summary.traceHash()),
                Amount.count(summary.deliveries()),
                Amount.seconds(summary.virtualSeconds())));
    return out.toString();
  }

  private static String style() {
    try (var css = Page.class.getResourceAsStream("page.css")) {
      return new String(
          Objects.requireNonNull(css, "page.css is missing in the jar").readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void figures() {
    out.append(
        """
        <section>
        <h2>The figures, beside what the design asks</h2>
        <table class="figures">
        <thead><tr><th>what</th><th>here</th><th>the design asks</th><th></th></tr></thead>
        <tbody>
        """);
    for (var target : Target.of(told)) {
      out.append(
          "<tr><th>%s<small>%s</small></th><td class=\"figure\">%s</td><td class=\"soft\">%s</td><td>%s</td></tr>\n"
              .formatted(
                  Html.text(target.name()),
                  Html.text(target.means()),
                  Html.text(target.measured()),
                  Html.text(target.asked().orElse("")),
                  mark(target.verdict())));
    }
    out.append("</tbody>\n</table>\n</section>\n");
  }

  private static String mark(Target.Verdict verdict) {
    return switch (verdict) {
      case REACHED -> "<span class=\"good\">✓ reached</span>";
      case MISSED -> "<span class=\"bad\">✗ missed</span>";
      case NOT_MEASURED -> "<span class=\"soft\">not measured</span>";
      case NOT_ASKED -> "";
    };
  }

  private void plots() {
    out.append("<section>\n<h2>How it went</h2>\n<div class=\"plots\">\n");
    for (var chart : Charts.of(told)) {
      out.append(chart.html());
    }
    out.append("</div>\n</section>\n");
  }

  private void plan() {
    out.append("<section>\n<h2>What was rehearsed</h2>\n<table>\n<tbody>\n");
    for (var row : PlanRows.of(told.plan(), told.place())) {
      out.append(
          "<tr><th>%s</th><td>%s</td></tr>\n"
              .formatted(Html.text(row.what()), Html.text(row.value())));
    }
    out.append("</tbody>\n</table>\n<p>The command that repeats it:</p>\n<pre><code>");
    out.append(Html.text(told.commandLine())).append("</code></pre>\n</section>\n");
  }

  private void words() {
    out.append("<section>\n<h2>What is not modelled</h2>\n<ul>\n");
    for (var sentence : NotModelled.SENTENCES) {
      out.append("<li>").append(Html.text(sentence)).append("</li>\n");
    }
    out.append("</ul>\n</section>\n<section>\n<h2>Words</h2>\n<dl>\n");
    for (var word : GLOSSARY) {
      out.append(
          "<dt>%s</dt><dd>%s</dd>\n"
              .formatted(Html.text(word.getFirst()), Html.text(word.getLast())));
    }
    out.append("</dl>\n</section>\n");
  }
}
