package io.sennit.app.watch;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The terminal's alternate screen: what stood on the terminal before is there again afterwards.
///
/// The terminal is asked and set by `stty`, not by a library: libraries close it on their own when
/// the process begins to end, while it is still being drawn on.
public final class Canvas implements AutoCloseable {
  /// So many columns and rows.
  public record Size(int columns, int rows) {}

  private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR = "\u001b[2J" + HOME;
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";

  private static final Logger LOG = System.getLogger(Canvas.class.getName());
  private static final Path TERMINAL = Path.of("/dev/tty");
  private static final Size USUAL = new Size(80, 24);
  private static final long SIZE_NANOS = 500_000_000L;

  private final PrintWriter out;
  private final String settings;
  private final CountDownLatch quit = new CountDownLatch(1);
  private Size size = USUAL;
  private long sizedNanos;
  private Size drawnSize = USUAL;
  private List<String> drawn = List.of();

  /// Takes the terminal of this process.
  ///
  /// @param out the terminal
  public Canvas(PrintWriter out) {
    this.out = out;
    this.settings = stty("-g");
    stty("-icanon", "-echo"); // keys are neither shown nor kept until a line ends
    size = askedSize();
    sizedNanos = System.nanoTime();
    Thread.ofPlatform().daemon().name("sennit-keys").start(this::readKeys);
    out.print(ENTER);
    out.flush();
  }

  /// Whether this computer has what it takes.
  public static boolean possible() {
    return Files.exists(TERMINAL);
  }

  private static String stty(String... words) {
    var command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(words));
    try {
      var process =
          new ProcessBuilder(command)
              .redirectInput(TERMINAL.toFile())
              .redirectErrorStream(true)
              .start();
      var said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.onExit().join().exitValue();
      if (code != 0) {
        throw new IOException("stty ended with %d: %s".formatted(code, said));
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException("the terminal cannot be set; add --once or --json", e);
    }
  }

  private void readKeys() {
    try {
      for (int key = System.in.read(); key >= 0; key = System.in.read()) {
        if (key == 'q' || key == 'Q') {
          break;
        }
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "no more keys", e);
    }
    quit.countDown();
  }

  /// Its size, at most half a second old.
  public Size size() {
    if (System.nanoTime() - sizedNanos > SIZE_NANOS) {
      size = askedSize();
      sizedNanos = System.nanoTime();
    }
    return size;
  }

  private static Size askedSize() {
    var words = stty("size").split(" ", -1);
    int rows = Integer.parseInt(words[0]);
    int columns = Integer.parseInt(words[1]);
    return rows > 0 && columns > 0 ? new Size(columns, rows) : USUAL;
  }

  /// Draws over what stood there, when something changed.
  public void draw(List<String> lines) {
    var present = size();
    if (present.equals(drawnSize) && lines.equals(drawn)) {
      return;
    }
    var text = new StringBuilder(present.equals(drawnSize) ? HOME : CLEAR);
    drawnSize = present;
    drawn = List.copyOf(lines);
    for (int i = 0; i < lines.size(); i++) {
      text.append(i == 0 ? "" : "\r\n").append(lines.get(i)).append(REST_OF_LINE);
    }
    out.print(text.append(REST_OF_SCREEN));
    out.flush();
  }

  /// Waits so long for a key.
  ///
  /// @return whether it was `q`, or there is no terminal any more
  public boolean quitWithin(long millis) {
    try {
      return quit.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// Gives the terminal back as it was.
  @Override
  public void close() {
    out.print(LEAVE);
    out.flush();
    stty(settings);
  }
}
