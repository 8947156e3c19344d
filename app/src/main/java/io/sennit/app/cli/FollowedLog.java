package io.sennit.app.cli;

import io.sennit.app.door.Door;
import io.sennit.app.door.Follower;
import io.sennit.app.door.Follower.Cursor;
import io.sennit.app.door.HttpDoor;
import io.sennit.app.door.Json;
import io.sennit.app.view.Output;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Prints a daemon's events as they come: one line each, with `--json` as `GET /v1/events` answers
/// them, so that the last line printed tells where to go on.
final class FollowedLog implements Follower.Reader {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Output output;
  private final UntilStopped running;

  private FollowedLog(Output output, UntilStopped running) {
    this.output = output;
    this.running = running;
  }

  /// Prints until the command is told to stop or nobody reads any more.
  ///
  /// @param after where to begin; null for the last `limit` events
  static void print(
      Supplier<Optional<HttpDoor>> daemon, @Nullable String after, int limit, Output output) {
    var cursor = after == null ? null : Cursor.parse(after);
    try (var running = new UntilStopped()) {
      var from = cursor == null ? last(limit, daemon) : cursor;
      new Follower(daemon, from, new FollowedLog(output, running)).follow();
      output.out().flush();
    }
  }

  private static Cursor last(int limit, Supplier<Optional<HttpDoor>> daemon) {
    var found =
        daemon
            .get()
            .orElseThrow(() ->
                new Door.RefusedException(
                    503, "no daemon runs this machine, so nothing new comes: start 'sennit run'"));
    try (found) {
      var events = Json.number(Json.read(found.status()), "events");
      return new Cursor(Math.max(0, events - limit), "");
    }
  }

  @Override
  public boolean event(Door.Line line) {
    output.line(
        output.json()
            ? "{\"position\":" + line.position() + ",\"event\":" + line.event() + "}"
            : LogCommand.label(line));
    return true;
  }

  @Override
  public boolean caughtUp() {
    return !output.out().checkError(); // which flushes
  }

  @Override
  public void away(String why) {
    output.out().flush();
    output.note("sennit: the daemon went away; waiting for it (" + why + ")");
  }

  @Override
  public void back() {
    output.note("sennit: the daemon is back");
  }

  @Override
  public boolean pause() {
    return !running.await(PAUSE);
  }
}
