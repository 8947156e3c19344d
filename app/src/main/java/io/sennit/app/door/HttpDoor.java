package io.sennit.app.door;

import io.sennit.event.Event;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The door to a daemon.
public final class HttpDoor implements Door {
  private static final int CONNECT_MILLIS_MAX = 2_000;
  private static final int READ_MILLIS_MAX = 60_000;
  private static final int PAGE = 10_000;

  private final URI daemon;

  /// One thread, so that what is sent stays in its order.
  private final ExecutorService sender =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("sennit-sender").factory());

  /// @param daemon its `http://HOST:PORT`
  public HttpDoor(URI daemon) {
    this.daemon = daemon;
  }

  /// Whether the daemon of this machine answers there.
  public boolean isOf(String machine) {
    try {
      return Json.string(Json.read(status()), "machine").equals(machine);
    } catch (RefusedException | JacksonException nobodyOrAnother) {
      return false;
    }
  }

  @Override
  public List<Line> append(List<String> objects) {
    return append(Map.of(), objects);
  }

  @Override
  public List<Line> appendOnce(String key, List<String> objects) {
    return append(Map.of("Idempotency-Key", key), objects);
  }

  private List<Line> append(Map<String, String> headers, List<String> objects) {
    var body = String.join("\n", objects).getBytes(StandardCharsets.UTF_8);
    var lines = new ArrayList<Line>();
    for (var event : lines(call("POST", "/v1/events", "application/x-ndjson", body, headers))) {
      lines.add(new Line(0, 0, event));
    }
    return lines;
  }

  @Override
  public void offer(List<Event> events) {
    var lines = new StringBuilder();
    events.forEach(event -> lines.append(event).append('\n'));
    var body = lines.toString().getBytes(StandardCharsets.UTF_8);
    call("POST", "/v1/events", "application/vnd.sennit.events+jsonl", body);
  }

  @Override
  public CompletableFuture<Void> appendSoon(List<String> objects) {
    return CompletableFuture.runAsync(() -> append(objects), sender);
  }

  @Override
  public CompletableFuture<Void> offerSoon(List<Event> events) {
    return CompletableFuture.runAsync(() -> offer(events), sender);
  }

  @Override
  public void read(long after, Predicate<Line> reader) {
    long from = after;
    while (true) {
      var page = lines(call("GET", "/v1/events?after=" + from + "&limit=" + PAGE, null, null));
      for (var text : page) {
        var line = line(text);
        if (!reader.test(line)) {
          return;
        }
        from = line.position();
      }
      if (page.size() < PAGE) {
        return;
      }
    }
  }

  /// The next events behind a cursor, `N` or `N:uuid`; none when there are none yet.
  List<Line> page(String after) {
    return lines(call("GET", "/v1/events?after=" + after + "&limit=" + PAGE, null, null)).stream()
        .map(HttpDoor::line)
        .toList();
  }

  @Override
  public List<Line> top(int limit) {
    return lines(call("GET", "/v1/events?order=height&limit=" + limit, null, null)).stream()
        .map(HttpDoor::line)
        .toList();
  }

  /// The event stands last in a line, so its text is cut out, not parsed.
  private static Line line(String text) {
    var members = Json.read(text);
    int from = text.indexOf("\"event\":") + 8;
    return new Line(
        Json.number(members, "position"),
        Json.number(members, "height"),
        text.substring(from, text.length() - 1));
  }

  @Override
  public Optional<Line> find(String prefix) {
    try {
      var event = text(call("GET", "/v1/events/" + encoded(prefix), null, null));
      return Optional.of(new Line(0, 0, event));
    } catch (RefusedException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public String status() {
    return text(call("GET", "/v1/status", null, null));
  }

  @Override
  public void connect(String address) {
    var body = Json.text(Map.of("address", address)).getBytes(StandardCharsets.UTF_8);
    call("POST", "/v1/peers", "application/json", body);
  }

  @Override
  public boolean disconnect(String address) {
    try {
      call("DELETE", "/v1/peers/" + encoded(address), null, null);
      return true;
    } catch (RefusedException e) {
      if (e.status() == 404) {
        return false;
      }
      throw e;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpURLConnection request(
      String method,
      String path,
      @Nullable String type,
      byte @Nullable [] body,
      Map<String, String> headers)
      throws IOException {
    var connection = (HttpURLConnection) daemon.resolve(path).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setConnectTimeout(CONNECT_MILLIS_MAX);
    connection.setReadTimeout(READ_MILLIS_MAX);
    headers.forEach(connection::setRequestProperty);
    if (body != null && type != null) {
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", type);
      connection.setFixedLengthStreamingMode(body.length);
      try (var out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    return connection;
  }

  private byte[] call(String method, String path, @Nullable String type, byte @Nullable [] body) {
    return call(method, path, type, body, Map.of());
  }

  private byte[] call(
      String method,
      String path,
      @Nullable String type,
      byte @Nullable [] body,
      Map<String, String> headers) {
    try {
      var connection = request(method, path, type, body, headers);
      int status = connection.getResponseCode();
      if (status >= 400) {
        throw new RefusedException(status, detail(connection.getErrorStream(), status));
      }
      try (var in = connection.getInputStream()) {
        return in.readAllBytes();
      }
    } catch (IOException e) {
      throw new RefusedException(
          503,
          "no daemon answers at "
              + daemon
              + "; start one with 'sennit run' ("
              + e.getMessage()
              + ")");
    }
  }

  private static String detail(@Nullable InputStream error, int status) throws IOException {
    var text = error == null ? "" : new String(error.readAllBytes(), StandardCharsets.UTF_8);
    return text.startsWith("{")
        ? Json.string(Json.read(text), "detail")
        : "the daemon answered " + status;
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static List<String> lines(byte[] body) {
    return new BufferedReader(
            new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8))
        .lines()
        .toList();
  }

  @Override
  public void close() {
    sender.shutdown();
  }
}
