package io.sennit.app.faults;

import io.sennit.app.door.Json;

/// What the faults look for in an event's text.
final class Event {
  private Event() {}

  static String uuid(String event) {
    return Json.string(Json.read(event), "uuid");
  }
}
