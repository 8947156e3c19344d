package io.sennit.simulator;

import io.sennit.dag.Graphs;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// Histories with the shape of real collaboration: many authors, branches that live for a while,
/// merges.
final class Histories {
  private static final Pattern COMMIT =
      Pattern.compile("\"author\":(\\d+),\"parents\":\\[([\\d,]*)\\]");

  private Histories() {}

  /// The commits of a real project as events with the commits' own parents, or nothing where the
  /// trace is not on this computer. It is not part of the project.
  static Optional<List<Event>> real(Path trace, int most) throws IOException {
    if (!Files.exists(trace)) {
      return Optional.empty();
    }
    var events = new ArrayList<Event>();
    events.add(Graphs.root().event());
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(trace)), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine();
          line != null && events.size() <= most;
          line = lines.readLine()) {
        var commit = COMMIT.matcher(line);
        if (!commit.find()) {
          throw new IOException("not a commit: " + line);
        }
        var parents = new TreeSet<EventId>();
        for (var parent : commit.group(2).split(",", 0)) {
          if (!parent.isEmpty()) {
            parents.add(events.get(Integer.parseInt(parent) + 1).id());
          }
        }
        if (parents.isEmpty()) {
          parents.add(events.getFirst().id());
        }
        events.add(event(Long.parseLong(commit.group(1)), events.size(), parents));
      }
    }
    return Optional.of(events);
  }

  /// A generated history of the same shape: a quarter of the events merge a branch into the trunk,
  /// and few authors write most of it.
  static List<Event> generated(SplittableRandom random, int size) {
    var events = new ArrayList<Event>();
    events.add(Graphs.root().event());
    var branches = new ArrayList<EventId>();
    var trunk = events.getFirst().id();
    while (events.size() <= size) {
      var parents = new TreeSet<EventId>();
      boolean merges = !branches.isEmpty() && random.nextInt(4) == 0;
      boolean branch = !merges && random.nextInt(3) > 0;
      if (merges) {
        parents.add(trunk);
        parents.add(branches.remove(random.nextInt(branches.size())));
      } else if (branch && !branches.isEmpty() && random.nextInt(3) > 0) {
        parents.add(branches.remove(random.nextInt(branches.size())));
      } else if (branch) {
        parents.add(events.get(Math.max(0, events.size() - 1 - random.nextInt(200))).id());
      } else {
        parents.add(trunk);
      }
      long author = (long) (Math.pow(random.nextDouble(), 3) * 300);
      var event = event(author, events.size(), parents);
      events.add(event);
      if (branch) {
        branches.add(event.id());
      } else {
        trunk = event.id();
      }
    }
    return events;
  }

  private static Event event(long author, int number, Set<EventId> parents) {
    return Graphs.event(author + 1, "{\"n\":" + number + ",\"type\":\"commit\"}", parents);
  }
}
