package io.sennit.app.cli;

import io.sennit.app.door.Door;
import io.sennit.app.door.Json;
import io.sennit.app.view.Output;
import io.sennit.event.Draft;
import io.sennit.event.Event;
import io.sennit.event.EventReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
  private static final int CHUNK_LINES = 2_000;
  private static final int CHUNK_SIZE_BYTES = 4 * 1024 * 1024;

  @Mixin private Place place;

  @Parameters(paramLabel = "FILE", description = "A file of JSON Lines, or - for standard input.")
  private String file;

  @Option(names = "--strict", description = "Stop at the first bad line.")
  private boolean strict;

  @Mixin private Output output;

  private final List<String> drafts = new ArrayList<>();
  private final List<Event> whole = new ArrayList<>();
  private boolean runIsOpen;
  private long chunkSizeBytes;
  private long taken;
  private long bad;

  @SuppressWarnings("NullAway.Init")
  ImportCommand() {}

  @Override
  public Integer call() throws IOException {
    try (var door = place.open();
        var bar = progressBar();
        var in = input(bar)) {
      take(in, door);
      flush(door);
    }
    var said = new LinkedHashMap<String, Object>();
    said.put("imported", taken);
    said.put("bad", bad);
    output.line(
        output.json() ? Json.text(said) : taken + " events imported, " + bad + " bad lines");
    return bad == 0 ? 0 : Failures.FAILED;
  }

  private void take(InputStream in, Door door) throws IOException {
    long number = 0;
    for (var line = line(in); line != null; line = line(in)) {
      number++;
      var text = new String(line, StandardCharsets.UTF_8);
      if (text.isBlank()) {
        continue;
      }
      var fault = sort(line, text, door);
      if (!fault.isEmpty()) {
        bad++;
        output.note("sennit: line " + number + ": " + fault);
        if (strict) {
          return;
        }
      }
      chunkSizeBytes += line.length;
      boolean full =
          drafts.size() + whole.size() >= CHUNK_LINES || chunkSizeBytes >= CHUNK_SIZE_BYTES;
      if (full && !runIsOpen) {
        flush(door);
      }
    }
  }

  /// Puts a line where it belongs; answers what is wrong with it, or nothing.
  private String sort(byte[] line, String text, Door door) {
    if (!text.contains("\"uuid\"")) {
      return draft(line, text, door);
    }
    return switch (EventReader.readWhole(line)) {
      case EventReader.Reading.Read(var event) -> {
        if (!drafts.isEmpty()) {
          flush(door);
        }
        if (!event.parents().isEmpty()) {
          whole.add(event);
          runIsOpen = !event.sealed();
        }
        yield "";
      }
      case EventReader.Reading.Refused(var rejection) ->
          draft(line, text, door).isEmpty() ? "" : rejection.detail();
    };
  }

  private String draft(byte[] line, String text, Door door) {
    return switch (Draft.of(line, "")) {
      case Draft.Drafting.Refused(var rejection) -> rejection.detail();
      case Draft.Drafting.Drafted _ -> {
        if (!whole.isEmpty()) {
          flush(door);
        }
        drafts.add(text);
        yield "";
      }
    };
  }

  private void flush(Door door) {
    if (!whole.isEmpty()) {
      door.offer(whole);
    }
    if (!drafts.isEmpty()) {
      door.append(drafts);
    }
    taken += whole.size() + drafts.size();
    whole.clear();
    drafts.clear();
    chunkSizeBytes = 0;
  }

  /// The next line without its end, or null.
  private static byte @Nullable [] line(InputStream in) throws IOException {
    int next = in.read();
    if (next < 0) {
      return null;
    }
    var line = new ByteArrayOutputStream(512);
    while (next >= 0 && next != '\n') {
      line.write(next);
      next = in.read();
    }
    return line.toByteArray();
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
