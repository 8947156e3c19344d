package io.sennit.app.watch;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;

/// The terminal's alternate screen: what stood on the terminal before is there again afterwards.
public final class Canvas implements AutoCloseable {
  private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR = "\u001b[2J" + HOME;
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";

  private static final System.Logger LOG = System.getLogger(Canvas.class.getName());
  private static final Size USUAL = new Size(80, 24);

  private final Terminal terminal;
  private final PrintWriter out;
  private Size drawnSize = USUAL;
  private List<String> drawn = List.of();

  /// Takes the terminal of this process.
  ///
  /// @param out the terminal; JLine's own writer is closed as soon as the process begins to end
  public Canvas(PrintWriter out) {
    this.out = out;
    // Signals stay the JDK's: with JLine's own, Ctrl-C would end the process on the spot.
    try {
      terminal = TerminalBuilder.builder().system(true).nativeSignals(false).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    terminal.enterRawMode(); // keys are neither shown nor kept until a line ends
    out.print(ENTER);
    out.flush();
  }

  /// Its size now.
  public Size size() {
    var size = terminal.getSize();
    return size.getColumns() > 0 && size.getRows() > 0 ? size : USUAL;
  }

  /// Draws over what stood there, when something changed.
  public void draw(List<String> lines) {
    var size = size();
    if (size.equals(drawnSize) && lines.equals(drawn)) {
      return;
    }
    var text = new StringBuilder(size.equals(drawnSize) ? HOME : CLEAR);
    drawnSize = size;
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
      int key = terminal.reader().read(millis);
      return key == 'q' || key == 'Q' || key == NonBlockingReader.EOF;
    } catch (IOException theProcessEnds) {
      LOG.log(System.Logger.Level.DEBUG, "no more keys", theProcessEnds);
      return true;
    }
  }

  /// Gives the terminal back as it was.
  @Override
  public void close() {
    out.print(LEAVE);
    out.flush();
    try {
      terminal.close(); // which sets its attributes back
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
