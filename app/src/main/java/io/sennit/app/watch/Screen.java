package io.sennit.app.watch;

import io.sennit.app.door.Json;
import io.sennit.app.view.GraphDrawing;
import io.sennit.app.view.Printed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jline.utils.WCWidth;

/// Draws what is known of the machines as lines that fit.
public final class Screen {
  private static final Set<String> WELL = Set.of("active", "fenced", "converged");
  private static final Set<String> LINKED =
      Set.of("in-sync", "comparing", "giving", "taking", "exchanging", "reconciling");

  private static final int DIGEST_LENGTH = 16;
  private static final int PEERS_MAX = 8;

  private final int width;
  private final int height;
  private final Paint paint;

  /// @param width columns
  /// @param height rows, of which the last stays empty
  public Screen(int width, int height, Paint paint) {
    this.width = width;
    this.height = height;
    this.paint = paint;
  }

  /// The picture, at most as many lines as there is room for.
  ///
  /// @param time to be shown
  public List<String> draw(List<Sight> sights, String time) {
    var lines = new ArrayList<String>();
    lines.add(headline(sights, time));
    for (var sight : sights) {
      lines.add("");
      machine(lines, sight);
    }
    var shown = sights.stream().filter(Sight::answers).findFirst();
    if (shown.isPresent() && lines.size() + 3 < height) {
      lines.add("");
      lines.add(
          paint.bold(clipped("The end of the graph on " + Printed.safe(shown.get().name(), 40))));
      graph(lines, shown.get());
    }
    return lines.subList(0, Math.min(lines.size(), Math.max(1, height - 1)));
  }

  private String headline(List<Sight> sights, String time) {
    long digests = sights.stream().filter(Sight::answers).map(Sight::digest).distinct().count();
    long silent = sights.stream().filter(sight -> !sight.answers()).count();
    var answer = silent == 0 || digests == 0 ? "" : ", " + silent + " without an answer";
    var many = sights.size() == 1 ? "1 machine" : sights.size() + " machines";
    var left = "sennit  " + time + "  " + many;
    if (digests == 0) {
      return paint.bad(clipped(left + ": no answer"));
    }
    if (sights.size() == 1) {
      return paint.bold(clipped(left));
    }
    var said = digests == 1 ? "equal" : digests + " different digests";
    var rest = clipped(left + ": " + said + answer);
    return Sight.equal(sights) ? paint.good(rest) : paint.warn(rest);
  }

  private void machine(List<String> lines, Sight sight) {
    var name = Printed.safe(sight.name(), 40);
    if (!sight.answers()) {
      lines.add(paint.bad(clipped("○ " + name + "  " + Printed.safe(sight.fault(), 200))));
      return;
    }
    var status = sight.status();
    var mode = Json.string(status, "mode");
    var line =
        clipped(
            "● %s  %s  %,d events%s  %,.1f/s  %d %s  digest %s"
                .formatted(
                    name,
                    Printed.safe(mode, 20),
                    Json.number(status, "events"),
                    Json.number(status, "behind") > 0 ? ", behind " + Printed.behind(status) : "",
                    sight.perSecond(),
                    Json.strings(status, "tips").size(),
                    Json.strings(status, "tips").size() == 1 ? "tip" : "tips",
                    Printed.safe(sight.digest(), DIGEST_LENGTH)));
    lines.add(WELL.contains(mode) ? paint.bold(line) : paint.warn(line));
    var peers = Json.objects(status, "peers");
    for (var peer : peers.subList(0, Math.min(peers.size(), PEERS_MAX))) {
      lines.add(peer(peer));
    }
    if (peers.size() > PEERS_MAX) {
      lines.add(clipped("    and %d more peers".formatted(peers.size() - PEERS_MAX)));
    }
  }

  private String peer(Map<String, Object> peer) {
    var state = Json.string(peer, "state");
    var line =
        clipped(
            "    %-22s %-12s %s"
                .formatted(
                    Printed.safe(Json.string(peer, "address"), 60),
                    Printed.safe(state, 20),
                    Printed.safe(Json.string(peer, "detail"), 200)));
    return LINKED.contains(state) ? line : paint.warn(line);
  }

  private void graph(List<String> lines, Sight sight) {
    var drawing = new GraphDrawing();
    for (var line : sight.top()) {
      var event = Json.read(line.event());
      var label =
          Json.string(event, "uuid").substring(0, 8)
              + "  "
              + Json.string(event, "machine").substring(0, 6)
              + "  "
              + Printed.summary(line.event(), width);
      drawing
          .add(Json.string(event, "uuid"), Json.strings(event, "parents"), label)
          .forEach(drawn -> lines.add(clipped(drawn)));
      if (lines.size() >= height) {
        return;
      }
    }
  }

  /// Cut to the width, in columns: some characters take two, some none.
  String clipped(String line) {
    int columns = 0;
    for (int i = 0; i < line.length(); ) {
      int point = line.codePointAt(i);
      columns += Math.max(0, WCWidth.wcwidth(point));
      if (columns > width) {
        return line.substring(0, i);
      }
      i += Character.charCount(point);
    }
    return line;
  }
}
