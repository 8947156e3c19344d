package io.sennit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/// Where processor time goes during a measurement: samples of the JDK's flight recorder, taken by
/// processor time (JEP 509), of this process and of the machines that it starts.
///
/// A compiler's, collector's or RocksDB's own threads are no Java threads and are not sampled.
final class Profile implements AutoCloseable {
  private static final String SAMPLE = "jdk.CPUTimeSample";
  private static final String ENDING = ".jfr";
  private static final int SHOWN = 12;

  /// Where recordings go while a profile is wanted.
  private static volatile @Nullable Path recordings;

  private final Folder folder;
  private final Recording own;

  private Profile(Folder folder, Recording own) {
    this.folder = folder;
    this.own = own;
  }

  static Profile start() throws IOException {
    var folder = Folder.fresh();
    recordings = folder.path();
    var own = new Recording();
    own.enable(SAMPLE).with("throttle", "10ms").withStackTrace();
    own.start();
    return new Profile(folder, own);
  }

  /// What a process that takes part is started with.
  static List<String> options() {
    var into = recordings;
    return into == null
        ? List.of()
        : List.of(
            "-Xlog:jfr+startup=error", // its standard output is for answers
            "-XX:StartFlightRecording="
                + SAMPLE
                + "#enabled=true,"
                + SAMPLE
                + "#throttle=10ms,dumponexit=true,filename="
                + into.resolve("%p" + ENDING));
  }

  /// A section for each process that took much.
  ///
  /// @return Markdown
  String end() throws IOException {
    own.stop();
    var into = folder.path();
    own.dump(into.resolve(ProcessHandle.current().pid() + ENDING));
    var samples = new ArrayList<Samples>();
    try (Stream<Path> files = Files.list(into)) {
      for (var file : files.filter(path -> path.toString().endsWith(ENDING)).sorted().toList()) {
        samples.add(Samples.of(file));
      }
    }
    long most = samples.stream().mapToLong(Samples::count).max().orElse(0);
    var text = new StringBuilder();
    samples.stream()
        .filter(process -> process.count() * 10 >= most)
        .sorted(Comparator.comparingLong(Samples::count).reversed())
        .forEach(process -> text.append(process.markdown()));
    return text.toString();
  }

  @Override
  public void close() {
    recordings = null;
    own.close();
    folder.close();
  }

  /// Those of one process, by thread and by where they were taken.
  private record Samples(
      String process, long count, Map<String, Long> threads, Map<String, Long> places) {
    static Samples of(Path file) throws IOException {
      var threads = new TreeMap<String, Long>();
      var places = new TreeMap<String, Long>();
      long count = 0;
      try (var recording = new RecordingFile(file)) {
        while (recording.hasMoreEvents()) {
          var event = recording.readEvent();
          if (event.getEventType().getName().equals(SAMPLE) && event.getStackTrace() != null) {
            count++;
            threads.merge(thread(event), 1L, Long::sum);
            places.merge(place(event), 1L, Long::sum);
          }
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      return new Samples(file.getFileName().toString().replace(ENDING, ""), count, threads, places);
    }

    /// Its kind: numbers and addresses in names are left out.
    private static String thread(RecordedEvent event) {
      RecordedThread thread = event.getThread("eventThread");
      var name = thread == null ? null : thread.getJavaName();
      return name == null || name.isBlank() ? "virtual or other" : name.replaceAll("[-:.\\d]+", "");
    }

    /// The innermost method, and the innermost of Sennit's where that is another one.
    private static String place(RecordedEvent event) {
      var frames = event.getStackTrace().getFrames();
      var inner = name(frames.getFirst());
      var ours =
          frames.stream()
              .map(Samples::name)
              .filter(name -> name.startsWith("io.sennit."))
              .findFirst();
      return ours.isEmpty() || ours.get().equals(inner)
          ? "`" + inner + "`"
          : "`" + inner + "` for `" + ours.get() + "`";
    }

    private static String name(RecordedFrame frame) {
      var method = frame.getMethod();
      return method.getType().getName() + "." + method.getName();
    }

    String markdown() {
      boolean measuring = process.equals(String.valueOf(ProcessHandle.current().pid()));
      return (measuring ? "## The measuring process" : "## A machine of its own")
          + "\n\n"
          + count
          + " samples, one for each 10 ms.\n\n"
          + table("thread", threads)
          + table("where", places);
    }

    private String table(String what, Map<String, Long> counts) {
      var text = new StringBuilder("| " + what + " | of the samples |\n| --- | ---: |\n");
      counts.entrySet().stream()
          .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
          .limit(SHOWN)
          .forEach(entry ->
              text.append(
                  String.format(
                      Locale.ROOT,
                      "| %s | %.1f %% |%n",
                      entry.getKey(),
                      100.0 * entry.getValue() / Math.max(1, count))));
      return text.append('\n').toString();
    }
  }
}
