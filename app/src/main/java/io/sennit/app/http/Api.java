package io.sennit.app.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.sennit.app.door.Door;
import io.sennit.app.door.Json;
import io.sennit.event.Draft;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;

/// The routes under `/v1`.
final class Api {
  private static final String EVENTS = "/v1/events";
  private static final String PEERS = "/v1/peers";
  private static final String JSON = "application/json";
  private static final String JSON_LINES = "application/x-ndjson";
  private static final String WHOLE_EVENTS = "application/vnd.sennit.events+jsonl";

  /// One object, white space included.
  private static final int OBJECT_SIZE_BYTES_MAX = 1024 * 1024;

  private static final int LINES_SIZE_BYTES_MAX = 32 * 1024 * 1024;
  private static final int LINES_MAX = 10_000;

  /// Events of one listing, unless fewer are asked for.
  private static final long LIMIT_MAX = 100_000;

  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Door door;

  Api(Door door) {
    this.door = door;
  }

  /// Answers any request.
  void handle(ServerRequest request, ServerResponse response) {
    try {
      checkCaller(request);
      route(request, response);
    } catch (Problem problem) {
      send(response, problem);
    } catch (Door.RefusedException refused) {
      send(response, new Problem(refused.status(), String.valueOf(refused.getMessage())));
    } catch (RuntimeException e) {
      System.getLogger(Api.class.getName()).log(Level.ERROR, "a request failed", e);
      send(
          response, new Problem(500, "this is our fault; see the daemon's log: " + e.getMessage()));
    }
  }

  private static void send(ServerResponse response, Problem problem) {
    response.status(problem.status());
    response.header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.send(problem.document().getBytes(StandardCharsets.UTF_8));
  }

  /// A web page of another origin must not reach this machine, whatever name it resolves to it.
  private static void checkCaller(ServerRequest request) {
    var host = request.headers().first(HeaderNames.HOST).orElse("");
    if (!LOCAL_NAMES.contains(name(host))) {
      throw new Problem(403, "use the address that the daemon names: http://127.0.0.1:PORT");
    }
    var origin = request.headers().first(HeaderNames.ORIGIN);
    if (origin.isPresent() && !origin.get().toLowerCase(Locale.ROOT).equals("http://" + host)) {
      throw new Problem(403, "pages of another origin may not call this machine");
    }
  }

  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    var name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return name.toLowerCase(Locale.ROOT);
  }

  private void route(ServerRequest request, ServerResponse response) {
    var path = request.path().rawPath();
    var method = request.prologue().method().text();
    if (path.equals(EVENTS)) {
      switch (method) {
        case "POST" -> post(request, response);
        case "GET" -> list(request, response);
        default -> throw notAllowed(method, "POST and GET");
      }
    } else if (path.startsWith(EVENTS + "/")) {
      only("GET", method);
      one(path.substring(EVENTS.length() + 1), response);
    } else if (path.equals("/v1/status")) {
      only("GET", method);
      json(response, 200, door.status());
    } else if (path.equals(PEERS)) {
      only("POST", method);
      connect(request, response);
    } else if (path.startsWith(PEERS + "/")) {
      only("DELETE", method);
      disconnect(path.substring(PEERS.length() + 1), response);
    } else if (path.equals("/livez") || path.equals("/readyz")) {
      only("GET", method);
      json(response, 200, "{\"status\":\"ok\"}");
    } else {
      throw new Problem(404, "there is nothing at " + path + "; see docs/http-api.md");
    }
  }

  private static void only(String allowed, String method) {
    if (!allowed.equals(method)) {
      throw notAllowed(method, allowed);
    }
  }

  private static Problem notAllowed(String method, String allowed) {
    return new Problem(405, method + " does nothing here; use " + allowed);
  }

  private static void json(ServerResponse response, int status, String document) {
    response.status(status);
    response.header(HeaderNames.CONTENT_TYPE, JSON);
    response.send(document.getBytes(StandardCharsets.UTF_8));
  }

  private void post(ServerRequest request, ServerResponse response) {
    var type =
        request.headers().first(HeaderNames.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
    int semicolon = type.indexOf(';');
    switch (semicolon < 0 ? type.strip() : type.substring(0, semicolon).strip()) {
      case JSON -> postOne(request, response);
      case JSON_LINES -> postLines(request, response);
      case WHOLE_EVENTS -> {
        door.offer(lines(request));
        json(response, 200, "{\"status\":\"held\"}");
      }
      default ->
          throw new Problem(
              415, "say Content-Type: " + JSON + ", " + JSON_LINES + " or " + WHOLE_EVENTS);
    }
  }

  private void postOne(ServerRequest request, ServerResponse response) {
    var body = body(request, OBJECT_SIZE_BYTES_MAX);
    check(body, "");
    var line = door.append(List.of(new String(body, StandardCharsets.UTF_8))).getFirst();
    var id = uuid(line.event());
    response.header(HeaderNames.LOCATION, EVENTS + "/" + id);
    json(response, 201, line.event());
  }

  private static String uuid(String event) {
    return Json.string(Json.read(event), "uuid");
  }

  private void postLines(ServerRequest request, ServerResponse response) {
    var appended = door.append(lines(request));
    response.status(201);
    response.header(HeaderNames.CONTENT_TYPE, JSON_LINES);
    try (var out = response.outputStream()) {
      for (var line : appended) {
        write(out, line.event());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The lines of a body that are not blank. Those that are no events are named by their number.
  private static List<String> lines(ServerRequest request) {
    var body = body(request, LINES_SIZE_BYTES_MAX);
    boolean whole =
        request.headers().first(HeaderNames.CONTENT_TYPE).orElse("").startsWith(WHOLE_EVENTS);
    var lines = new ArrayList<String>();
    int number = 0;
    int from = 0;
    for (int at = 0; at <= body.length; at++) {
      if (at < body.length && body[at] != '\n') {
        continue;
      }
      number++;
      var line = Arrays.copyOfRange(body, from, at);
      from = at + 1;
      var text = new String(line, StandardCharsets.UTF_8);
      if (text.isBlank()) {
        continue;
      }
      if (lines.size() == LINES_MAX) {
        throw new Problem(413, "more than " + LINES_MAX + " lines; send them in several requests");
      }
      if (!whole) {
        check(line, "line " + number + ": ");
      }
      lines.add(text);
    }
    if (lines.isEmpty()) {
      throw new Problem(400, "the body is empty; send one JSON object on each line");
    }
    return lines;
  }

  /// Says what is wrong with the bytes themselves, before they become text.
  private static void check(byte[] json, String where) {
    if (Draft.of(json, "") instanceof Draft.Drafting.Refused(var rejection)) {
      throw new Problem(400, where + rejection.detail());
    }
  }

  private static byte[] body(ServerRequest request, int sizeBytesMax) {
    if (!request.content().hasEntity()) {
      throw new Problem(400, "the body is empty; send a JSON object");
    }
    try (var in = request.content().inputStream()) {
      var body = in.readNBytes(sizeBytesMax + 1);
      if (body.length > sizeBytesMax) {
        throw new Problem(413, "the body is over " + sizeBytesMax + " bytes; send less at once");
      }
      if (body.length == 0) {
        throw new Problem(400, "the body is empty; send a JSON object");
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void list(ServerRequest request, ServerResponse response) {
    long limit = number(request, "limit", LIMIT_MAX);
    response.header(HeaderNames.CONTENT_TYPE, JSON_LINES);
    if (request.query().first("order").orElse("position").equals("height")) {
      var top = door.top((int) Math.min(limit, LIMIT_MAX));
      try (var out = response.outputStream()) {
        for (var line : top) {
          write(out, member(line));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return;
    }
    long after = after(request);
    try (var out = response.outputStream()) {
      var left = new long[] {Math.min(limit, LIMIT_MAX)};
      door.read(
          after,
          line -> {
            if (left[0]-- <= 0) {
              return false;
            }
            write(out, member(line));
            return true;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String member(Door.Line line) {
    var members = new LinkedHashMap<String, Object>();
    members.put("position", line.position());
    members.put("height", line.height());
    members.put("event", new Json.Raw(line.event()));
    return Json.text(members);
  }

  private static void write(OutputStream out, String line) {
    try {
      out.write(line.getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A position, or a position and the uuid that must stand there.
  private long after(ServerRequest request) {
    var text = request.query().first("after").orElse("0");
    int colon = text.indexOf(':');
    long after = parse("after", colon < 0 ? text : text.substring(0, colon));
    if (colon >= 0) {
      var there = door.find(text.substring(colon + 1));
      if (there.isEmpty() || there.get().position() != after) {
        throw new Problem(410, "another event stands at position " + after + "; read again from 0");
      }
    }
    return after;
  }

  private static long number(ServerRequest request, String name, long otherwise) {
    var text = request.query().first(name);
    return text.isPresent() ? parse(name, text.get()) : otherwise;
  }

  private static long parse(String name, String text) {
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw new Problem(400, name + " is a whole number from 0, not " + text);
    }
    throw new Problem(400, name + " is a whole number from 0, not " + text);
  }

  private void one(String prefix, ServerResponse response) {
    var line = door.find(prefix);
    if (line.isEmpty()) {
      throw new Problem(404, "no event here has a uuid that begins with " + prefix);
    }
    json(response, 200, line.get().event());
  }

  private void connect(ServerRequest request, ServerResponse response) {
    var text = new String(body(request, OBJECT_SIZE_BYTES_MAX), StandardCharsets.UTF_8);
    String address;
    try {
      address = Json.string(Json.read(text), "address");
    } catch (JacksonException e) {
      throw new Problem(400, "send {\"address\":\"HOST:PORT\"}");
    }
    if (address.isEmpty()) {
      throw new Problem(400, "send {\"address\":\"HOST:PORT\"}");
    }
    door.connect(address);
    json(response, 202, Json.text(Map.of("address", address)));
  }

  private void disconnect(String raw, ServerResponse response) {
    var address = URLDecoder.decode(raw, StandardCharsets.UTF_8);
    if (!door.disconnect(address)) {
      throw new Problem(404, "no peer is known at " + address + "; see the peers in /v1/status");
    }
    json(response, 200, Json.text(Map.of("address", address)));
  }

  /// Where a server at this address is reached.
  static URI uri(String host, int port) {
    return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
  }
}
