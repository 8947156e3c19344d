package io.sennit.dag;

import io.sennit.event.Event;
import io.sennit.event.Limits;
import io.sennit.event.Reason;
import io.sennit.event.Rejection;
import java.util.List;
import java.util.Optional;

/// What an event must be among its ancestors. Pure: the verdict is the same on every machine, for
/// ever.
public final class Rules {
  private Rules() {}

  /// Checks the events of a run, or of its remainder, whose parents are all here or in the run
  /// before them.
  ///
  /// @return what is wrong with the first faulty event
  public static Optional<Fault> fault(Head head, List<Event> run) {
    long count = 0;
    long sizeBytes = 0;
    for (int i = 0; i < run.size(); i++) {
      var event = run.get(i);
      var predecessor = i == 0 ? null : run.get(i - 1);
      if (event.parents().isEmpty()) {
        return fault(event, Reason.NOT_THE_ROOT, "has no parents and is not the root");
      }
      long before = 0;
      for (var parent : event.parents()) {
        if (predecessor != null && parent.equals(predecessor.id())) {
          continue;
        }
        var node = head.node(head.position(parent));
        if (node.sealed()) {
          continue;
        }
        if (predecessor != null || before != 0 || !node.machine().equals(event.machine())) {
          return fault(
              event,
              Reason.FOREIGN_UNSEALED_PARENT,
              "names " + parent + ", which has no seal and is not its one predecessor");
        }
        before = node.position();
      }
      while (before != 0) { // the run's beginning is here already: its limits count the whole
        var node = head.node(before);
        count++;
        sizeBytes += node.sizeBytes();
        before = predecessor(head, node);
      }
      count++;
      sizeBytes += event.body().length;
      if (count > Limits.RUN_EVENTS_MAX || sizeBytes > Limits.RUN_SIZE_BYTES_MAX) {
        return fault(
            event,
            Reason.MALFORMED_RUN,
            "its run has " + count + " events, " + sizeBytes + " bytes");
      }
    }
    return Optional.empty();
  }

  /// Position of the parent without seal, or 0 when there is none.
  public static long predecessor(Graph graph, Node node) {
    var parents = node.parents();
    for (int i = parents.size() - 1; i >= 0; i--) {
      if (!graph.node(parents.get(i)).sealed()) {
        return parents.get(i);
      }
    }
    return 0;
  }

  /// What is wrong, and with which event.
  public record Fault(Event event, Rejection rejection) {}

  private static Optional<Fault> fault(Event event, Reason reason, String detail) {
    return Optional.of(
        new Fault(event, new Rejection(reason, "event " + event.id() + " " + detail)));
  }
}
