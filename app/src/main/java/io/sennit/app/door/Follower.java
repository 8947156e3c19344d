package io.sennit.app.door;

import io.sennit.app.door.Door.Line;
import io.sennit.app.door.Door.RefusedException;
import java.util.Optional;
import java.util.function.Supplier;

/// Shows a daemon's events as they come, each once and in its order, also across restarts of the
/// daemon.
///
/// It asks for what stands behind the last event it showed, and names that event: a store that has
/// another one there is another store, and is refused. While nothing new is there it asks again
/// after a short pause.
public final class Follower {
  /// Where a reader stands: behind the event with this uuid at this position.
  ///
  /// @param uuid empty when any event may stand there
  public record Cursor(long position, String uuid) {
    /// Reads `N` or `N:uuid`.
    ///
    /// @throws IllegalArgumentException with a sentence for people
    public static Cursor parse(String text) {
      if (!text.matches("[0-9]{1,18}(:[0-9a-f]{64})?")) {
        throw new IllegalArgumentException(
            "a cursor is a position, or POSITION:UUID, not '" + text + "'");
      }
      int colon = text.indexOf(':');
      return colon < 0
          ? new Cursor(Long.parseLong(text), "")
          : new Cursor(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
    }

    @Override
    public String toString() {
      return uuid.isEmpty() ? Long.toString(position) : position + ":" + uuid;
    }
  }

  /// Who is shown the events.
  public interface Reader {
    /// The next event.
    ///
    /// @return whether to go on
    boolean event(Line line);

    /// All that is there was shown: what was printed may be flushed.
    ///
    /// @return whether to go on
    boolean caughtUp();

    /// The daemon does not answer any more.
    void away(String why);

    /// The daemon answers again.
    void back();

    /// Waits a moment before the daemon is asked again.
    ///
    /// @return whether to go on
    boolean pause();
  }

  private final Supplier<Optional<HttpDoor>> daemon;
  private final Reader reader;
  private Cursor at;

  /// @param daemon finds it, anew whenever it was lost: it may come back at another port
  public Follower(Supplier<Optional<HttpDoor>> daemon, Cursor after, Reader reader) {
    this.daemon = daemon;
    this.at = after;
    this.reader = reader;
  }

  /// Follows until the reader has enough.
  ///
  /// @throws RefusedException when the store is another one than the cursor speaks of
  public void follow() {
    var found = daemon.get();
    boolean away = false;
    while (true) {
      if (found.isPresent()) {
        try (var door = found.get()) {
          if (!follow(door, away)) {
            return;
          }
        } catch (RefusedException e) {
          if (e.status() < 500) {
            throw e;
          }
          if (!away) {
            reader.away(String.valueOf(e.getMessage()));
          }
        }
        away = true;
      }
      if (!reader.pause()) {
        return;
      }
      found = daemon.get();
    }
  }

  /// @return false when the reader has enough
  private boolean follow(HttpDoor door, boolean wasAway) {
    boolean away = wasAway;
    while (true) {
      var page = door.page(at.toString());
      if (away) {
        reader.back();
        away = false;
      }
      for (var line : page) {
        at = new Cursor(line.position(), Json.string(Json.read(line.event()), "uuid"));
        if (!reader.event(line)) {
          return false;
        }
      }
      if (page.isEmpty() && !(reader.caughtUp() && reader.pause())) {
        return false;
      }
    }
  }
}
