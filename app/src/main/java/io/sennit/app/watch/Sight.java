package io.sennit.app.watch;

import io.sennit.app.door.Door;
import io.sennit.app.door.Json;
import java.util.List;
import java.util.Map;

/// How a machine looked when it was asked last.
///
/// @param name how the command line calls it
/// @param status members of `GET /v1/status`; empty when it did not answer
/// @param perSecond events that became visible here, since it was asked before
/// @param top the highest events, children before parents
/// @param fault why it did not answer, or empty
public record Sight(
    String name, Map<String, Object> status, double perSecond, List<Door.Line> top, String fault) {
  /// Copies the list.
  public Sight {
    top = List.copyOf(top);
  }

  static Sight none(String name, String fault) {
    return new Sight(name, Map.of(), 0, List.of(), fault);
  }

  /// Whether it answered.
  public boolean answers() {
    return fault.isEmpty();
  }

  /// The digest of its DAG, or empty.
  public String digest() {
    return Json.string(status, "digest");
  }

  /// Whether all of them answer and hold the same.
  public static boolean equal(List<Sight> sights) {
    return sights.stream().allMatch(Sight::answers)
        && sights.stream().map(Sight::digest).distinct().count() <= 1;
  }
}
