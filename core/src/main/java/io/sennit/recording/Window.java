package io.sennit.recording;

import io.sennit.dag.Node;
import io.sennit.dag.Placed;
import io.sennit.event.Event;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// What a part has said of positions lately: places and events that need not be said again.
///
/// Writer and reader keep the same, by the same rule: what came first goes first.
final class Window {
  private static final int PLACES_MAX = 65_536;
  private static final int EVENTS_MAX = 16_384;
  private static final long EVENTS_SIZE_BYTES_MAX = 16L * 1024 * 1024;

  private final LinkedHashMap<Long, Node> places = new LinkedHashMap<>();
  private final LinkedHashMap<Long, Event> events = new LinkedHashMap<>();
  private long eventsSizeBytes;

  /// The machine has handed this to the disk.
  void persist(Placed placed) {
    place(placed.node());
    event(placed.position(), placed.event());
  }

  void place(Node node) {
    places.putLast(node.position(), node);
    if (places.size() > PLACES_MAX) {
      places.pollFirstEntry();
    }
  }

  void event(long position, Event event) {
    var before = events.putLast(position, event);
    eventsSizeBytes += event.body().length - (before == null ? 0 : before.body().length);
    while (events.size() > EVENTS_MAX || eventsSizeBytes > EVENTS_SIZE_BYTES_MAX) {
      eventsSizeBytes -= events.pollFirstEntry().getValue().body().length;
    }
  }

  @Nullable Node placeAt(long position) {
    return places.get(position);
  }

  @Nullable Event eventAt(long position) {
    return events.get(position);
  }
}
