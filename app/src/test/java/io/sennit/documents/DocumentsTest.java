package io.sennit.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Repository;
import io.sennit.documents.Page.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Follows every page from top to bottom, as [Page] reads it, and compares what it shows with what
/// comes, as [Likeness] says.
///
/// A command has to end with 0, unless the next one is `echo $?`. One that only looks (`status`,
/// `log`, a `curl` that sends nothing, …) may need a moment until it sees what the page shows, as a
/// reader would look again. One that ends with `&` goes on in the background until the end of the
/// page; its lines have to come before the page goes on.
final class DocumentsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Pattern LOOKS =
      Pattern.compile(
          "^(?:\\S*sennit (?:status|log|tips|peers|show|doctor|export|why)\\b.*"
              + "|curl (?!.*(?:-d|-X|--data|--request)\\b).*|(?:cat|grep|jq|test|head|tail) .*)",
          Pattern.DOTALL);
  private static final Pattern ANY_ORDER = Pattern.compile(" (?:--graph|tips|demo)\\b");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> whatAPageShowsIsWhatComes() throws IOException {
    var pages = new ArrayList<Page>();
    for (var file : Repository.files(".md")) {
      var page = Page.read(file);
      if (page.isTried() && page.name().contains(System.getProperty("page", ""))) {
        pages.add(page);
      }
    }
    var readers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    var tests =
        pages.stream()
            .map(page -> {
              var followed = readers.submit(() -> follow(page));
              return DynamicTest.dynamicTest(page.name(), () -> rethrow(followed));
            })
            .toList();
    readers.shutdown();
    return tests.stream();
  }

  private static void rethrow(Future<?> followed) throws Throwable {
    try {
      followed.get();
    } catch (ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /// The blocks that are not run: each is seen on its page, and has a reason that holds.
  @Test
  void onlyTheseBlocksAreNotRun() throws IOException {
    var found = new TreeMap<String, List<String>>();
    for (var file : Repository.files(".md")) {
      for (var step : Page.read(file).steps()) {
        if (step instanceof Step.PassOver(_, var reason)) {
          found.computeIfAbsent(Repository.name(file), _ -> new ArrayList<>()).add(reason);
        }
      }
    }
    assertThat(found)
        .as("a new one needs a reason that a test cannot get around")
        .isEqualTo(NotRun.BLOCKS);
  }

  /// A command in a block of another kind would not be run, and nobody would see it.
  @Test
  void commandsStandInBlocksThatAreRun() throws IOException {
    var found = new ArrayList<String>();
    for (var file : Repository.files(".md")) {
      for (var step : Page.read(file).steps()) {
        if (step instanceof Step.Overlook(int line, var command)) {
          found.add(Repository.name(file) + ":" + line + ": " + command);
        }
      }
    }
    assertThat(found).as("use a block 'console'").isEmpty();
  }

  private Void follow(Page page) throws IOException, TimeoutException {
    var root = folder.resolve(page.name().replace('/', '-'));
    var likeness = new Likeness();
    try (var terminal =
        new Terminal(
            Files.createDirectories(root.resolve("clone")),
            Files.createDirectories(root.resolve("notes")))) {
      for (int i = 0; i < page.steps().size(); i++) {
        switch (page.steps().get(i)) {
          case Step.PassOver _, Step.Overlook _ -> {}
          case Step.Save(_, var file, var text) -> terminal.save(file, text);
          case Step.Run run -> {
            boolean mayFail =
                i + 1 < page.steps().size()
                    && page.steps().get(i + 1) instanceof Step.Run next
                    && next.command().equals("echo $?");
            run(page, run, mayFail, terminal, likeness);
          }
        }
      }
    }
    return null;
  }

  private static void run(
      Page page, Step.Run run, boolean mayFail, Terminal terminal, Likeness likeness)
      throws IOException, TimeoutException {
    var command = likeness.real(run.command());
    boolean goesOn = command.endsWith("&");
    boolean looks = LOOKS.matcher(command).matches() && !mayFail && !goesOn;
    long until = System.nanoTime() + PATIENCE.toNanos();
    var typed = type(page, run, command, terminal);
    while (true) {
      var printed = terminal.printed(typed);
      boolean worked = mayFail || terminal.exitCode() == 0;
      if (worked && (run.shown().isEmpty() || isLike(run, printed, likeness))) {
        return;
      }
      if ((!goesOn && !looks) || System.nanoTime() > until) {
        throw new AssertionError(
            "%s, line %d:%n$ %s%nended with %d and printed%n%s%n%s"
                .formatted(
                    page.name(),
                    run.line(),
                    run.command(),
                    terminal.exitCode(),
                    String.join("\n", printed),
                    run.shown().isEmpty()
                        ? ""
                        : "but the page shows\n" + String.join("\n", run.shown())));
      }
      pause();
      if (looks) {
        typed = type(page, run, command, terminal);
      }
    }
  }

  private static Terminal.Typed type(Page page, Step.Run run, String command, Terminal terminal)
      throws IOException {
    try {
      return terminal.type(command, command.contains("\n") && run.shown().isEmpty());
    } catch (IOException | TimeoutException e) {
      throw new IOException(
          page.name() + ", line " + run.line() + ":\n$ " + run.command() + "\ndid not end", e);
    }
  }

  private static boolean isLike(Step.Run run, List<String> printed, Likeness likeness) {
    if (!ANY_ORDER.matcher(run.command()).find()) {
      return likeness.isLike(run.shown(), printed, true);
    }
    return likeness.isLike(
        Likeness.withoutStrands(run.shown()), Likeness.withoutStrands(printed), false);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
