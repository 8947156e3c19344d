package io.sennit.app.cli;

import io.sennit.app.door.Json;
import io.sennit.app.view.Output;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Takes events from a file.
@Command(
    name = "import",
    description = {
      "Takes JSON Lines from a file (also .gz) or standard input (-).",
      "A line with `uuid` is a whole event, verified and offered unchanged; any other is appended."
    })
final class ImportCommand implements Callable<Integer> {
  @Mixin private Place place;

  @Parameters(paramLabel = "FILE", description = "A file of JSON Lines, or - for standard input.")
  private String file;

  @Option(names = "--strict", description = "Stop at the first bad line.")
  private boolean strict;

  @Mixin private Output output;

  @SuppressWarnings("NullAway.Init")
  ImportCommand() {}

  @Override
  public Integer call() throws IOException {
    long taken;
    long bad;
    try (var door = place.open();
        var bar = progressBar();
        var in = input(bar)) {
      var importer = new Importer(door, fault -> output.note("sennit: " + fault));
      importer.take(new LineInput(in), strict);
      taken = importer.taken();
      bad = importer.bad();
    }
    if (output.json()) {
      var said = new LinkedHashMap<String, Object>();
      said.put("imported", taken);
      said.put("bad", bad);
      output.line(Json.text(said));
    } else {
      output.line(
          "%,d %s imported, %,d bad %s"
              .formatted(taken, taken == 1 ? "line" : "lines", bad, bad == 1 ? "line" : "lines"));
    }
    return bad == 0 ? 0 : Failures.FAILED;
  }

  private InputStream input(@Nullable ProgressBar bar) throws IOException {
    InputStream raw = file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
    var counted = new BufferedInputStream(bar == null ? raw : new Counted(raw, bar), 1 << 16);
    return new BufferedInputStream(
        file.endsWith(".gz") ? new GZIPInputStream(counted, 1 << 16) : counted, 1 << 16);
  }

  /// A bar for people who watch; nothing when standard error is no terminal.
  private @Nullable ProgressBar progressBar() throws IOException {
    boolean watched = Output.isWatched();
    if (!watched || output.json() || file.equals("-")) {
      return null;
    }
    return new ProgressBarBuilder()
        .setTaskName("import")
        .setInitialMax(Files.size(Path.of(file)))
        .setUnit(" kB", 1024)
        .build();
  }

  private static final class Counted extends FilterInputStream {
    private final ProgressBar bar;

    Counted(InputStream in, ProgressBar bar) {
      super(in);
      this.bar = bar;
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      bar.stepBy(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int read = super.read(target, from, length);
      bar.stepBy(Math.max(0, read));
      return read;
    }
  }
}
