package io.sennit.app.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Draws a DAG line by line, children before parents, one lane for each line of descent.
///
/// ```text
///   ●       merge
///   ├─╮
///   │ ●     written on one side
///   ● │     written on the other
///   ├─╯
///   ●       the event both followed
/// ```
///
/// A lane that a line only crosses stays unbroken (`─│─`); one that it ends in does not (`─┤`,
/// `─┼─`).
public final class GraphDrawing {
  /// Parents beyond so many are not drawn but counted.
  private static final int PARENTS_MAX = 8;

  /// Lanes beyond so many are kept, but not drawn.
  private static final int LANES_MAX = 32;

  /// For each lane the event it leads to; null for a lane that is free.
  private final List<@Nullable String> lanes = new ArrayList<>();

  /// Begins with no lanes.
  public GraphDrawing() {}

  /// The lines for one event, all of whose children were drawn before.
  public List<String> add(String uuid, List<String> parents, String label) {
    var lines = new ArrayList<String>();
    int lane = lanes.indexOf(uuid);
    if (lane < 0) {
      lane = freeLane();
      lanes.set(lane, uuid);
    }
    if (lanes.lastIndexOf(uuid) > lane) {
      lines.add(joining(lane, uuid));
      trim();
    }
    int folded = Math.max(0, parents.size() - PARENTS_MAX);
    lines.add(row(lane, label + (folded == 0 ? "" : "  (+" + folded + ")")));
    lanes.set(lane, null);
    var drawn = parents.subList(0, parents.size() - folded);
    if (!drawn.isEmpty()) {
      int first = lanes.indexOf(drawn.getFirst());
      lanes.set(lane, drawn.getFirst());
      if (drawn.size() > 1 || (first >= 0 && first != lane)) {
        branching(lane, drawn.subList(1, drawn.size())).ifPresent(lines::add);
      }
    }
    trim();
    return lines;
  }

  private int freeLane() {
    int free = lanes.indexOf(null);
    if (free < 0) {
      lanes.add(null);
      free = lanes.size() - 1;
    }
    return free;
  }

  private void trim() {
    while (!lanes.isEmpty() && lanes.getLast() == null) {
      lanes.removeLast();
    }
  }

  private String row(int lane, String label) {
    var line = new StringBuilder();
    for (int i = 0; i < lanes.size(); i++) {
      line.append(i == lane ? '●' : lanes.get(i) == null ? ' ' : '│').append(' ');
    }
    return clipped(line, lane).append(' ').append(label).toString();
  }

  /// What is wider than people read is cut; the event itself is still shown.
  private static StringBuilder clipped(StringBuilder line, int lane) {
    if (line.length() > LANES_MAX * 2) {
      line.setLength(LANES_MAX * 2);
      line.append(lane < LANES_MAX ? "… " : "… ● ");
    }
    return line;
  }

  /// Other lanes that lead to the same event end in its lane.
  private String joining(int lane, String uuid) {
    int last = lanes.lastIndexOf(uuid);
    var line = new StringBuilder();
    for (int i = 0; i < lanes.size(); i++) {
      boolean ends = i > lane && uuid.equals(lanes.get(i));
      boolean inside = i > lane && i < last;
      char mark = lanes.get(i) == null ? (inside ? '─' : ' ') : '│';
      if (i == lane) {
        mark = '├';
      } else if (ends) {
        mark = i == last ? '╯' : '┴';
      }
      line.append(mark).append(i >= lane && i < last ? '─' : ' ');
      if (ends) {
        lanes.set(i, null);
      }
    }
    return clipped(line, 0).toString().stripTrailing();
  }

  /// Lanes for the parents after the first one.
  private Optional<String> branching(int lane, List<String> others) {
    var before = new ArrayList<>(lanes);
    int low = lane;
    int high = lane;
    var opened = new ArrayList<Integer>();
    var met = new ArrayList<Integer>();
    for (var parent : others) {
      int to = lanes.indexOf(parent);
      if (to < 0) {
        to = freeLane();
        lanes.set(to, parent);
        opened.add(to);
      } else {
        met.add(to);
      }
      low = Math.min(low, to);
      high = Math.max(high, to);
    }
    if (low == high) {
      return Optional.empty();
    }
    var line = new StringBuilder();
    for (int i = 0; i < lanes.size(); i++) {
      boolean was = i < before.size() && before.get(i) != null;
      boolean inside = i > low && i < high;
      char mark = was ? '│' : inside ? '─' : ' ';
      if (i == lane) {
        mark = low < lane && high > lane ? '┼' : low < lane ? '┤' : '├';
      } else if (opened.contains(i)) {
        mark = i == high ? '╮' : i == low ? '╭' : '┬';
      } else if (met.contains(i)) {
        mark = i == high ? '┤' : i == low ? '├' : '┼';
      }
      line.append(mark).append(i >= low && i < high ? '─' : ' ');
    }
    return Optional.of(clipped(line, 0).toString().stripTrailing());
  }
}
