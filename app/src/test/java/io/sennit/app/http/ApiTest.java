package io.sennit.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.app.door.Desk;
import io.sennit.app.door.Door;
import io.sennit.app.door.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiTest {
  private static final String JSON = "application/json";
  private static final String JSON_LINES = "application/x-ndjson";
  private static final String WHOLE_EVENTS = "application/vnd.sennit.events+jsonl";

  @TempDir Path folder;
  private Service service;

  @BeforeEach
  void start() {
    service = new Service(folder.resolve("a"));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void anObjectBecomesAnEvent() throws Exception {
    var answer = service.post("/v1/events", JSON + "; charset=UTF-8", "{\"type\":\"hello\"}");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(JSON);
    var event = Json.read(answer.body());
    assertThat(Json.string(event, "type")).isEqualTo("hello");
    var location = answer.headers().firstValue("Location").orElseThrow();
    assertThat(location).isEqualTo("/v1/events/" + Json.string(event, "uuid"));
    assertThat(service.get(location).body()).isEqualTo(answer.body());
    assertThat(service.get(location.substring(0, 24)).body()).isEqualTo(answer.body());
  }

  @Test
  void linesBecomeEventsInTheirOrder() throws Exception {
    var answer = service.post("/v1/events", JSON_LINES, "{\"n\":1}\r\n\n{\"n\":2}\n{\"n\":3}");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(JSON_LINES);
    assertThat(answer.body().lines().map(line -> Json.number(Json.read(line), "n")))
        .containsExactly(1L, 2L, 3L);
    assertThat(service.sennit().count()).isEqualTo(4);
  }

  @Test
  void aRequestIsCarriedOutOnceUnderItsKey() throws Exception {
    var first = service.post("/v1/events", JSON_LINES, "{\"n\":1}\n{\"n\":2}", "order-7");
    assertThat(first.statusCode()).isEqualTo(201);
    var again = service.post("/v1/events", JSON_LINES, "{\"n\":1}\n{\"n\":2}", "order-7");
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    var other = service.post("/v1/events", JSON_LINES, "{\"n\":1}", "order-7");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(ProblemAssert.assertProblem(other)).contains("give each request a key");
    var odd = service.post("/v1/events", JSON, "{}", "x".repeat(256));
    assertThat(odd.statusCode()).isEqualTo(400);
    assertThat(ProblemAssert.assertProblem(odd)).contains("1 to 255 characters");
    assertThat(service.sennit().count()).isEqualTo(3);
  }

  @Test
  void wholeEventsAreTakenUnchanged() throws Exception {
    for (int n = 0; n < 10; n++) {
      service.sennit().append("{\"n\":" + n + "}").join();
    }
    var listing = service.get("/v1/events?after=1").body();
    var events =
        String.join(
            "\n",
            listing.lines().map(line -> line.replaceFirst("^.*\"event\":(.*)}$", "$1")).toList());
    var known = service.post("/v1/events", WHOLE_EVENTS, events);
    assertThat(known.statusCode()).as(known.body()).isBetween(200, 201);
    assertThat(service.sennit().count()).isEqualTo(11);
  }

  @Test
  void eventsAreListedInLocalArrivalOrder() throws Exception {
    service
        .sennit()
        .append(IntStream.range(0, 9).mapToObj("{\"n\":%d}"::formatted).toList())
        .join();
    var all = service.get("/v1/events").body().lines().toList();
    assertThat(all).hasSize(10);
    assertThat(all.getFirst()).startsWith("{\"position\":1,");
    assertThat(all.getLast())
        .startsWith("{\"position\":10,")
        .contains(",\"event\":{")
        .endsWith("}}");
    assertThat(service.get("/v1/events?after=3&limit=2").body().lines())
        .containsExactlyElementsOf(all.subList(3, 5));
    assertThat(service.get("/v1/events?after=10").body()).isEmpty();
    assertThat(service.get("/v1/events?after=99").body()).isEmpty();
  }

  @Test
  void aCursorThatDoesNotMatchIsGone() throws Exception {
    var entry = service.sennit().append("{}").join();
    assertThat(service.get("/v1/events?after=2:" + entry.event().id()).statusCode()).isEqualTo(200);
    for (var cursor : List.of("1:" + entry.event().id(), "2:" + "0".repeat(64), "9:abc", "2:")) {
      var answer = service.get("/v1/events?after=" + cursor);
      assertThat(answer.statusCode()).as(cursor).isEqualTo(410);
      ProblemAssert.assertProblem(answer);
    }
  }

  @Test
  void questionsThatAreNoneAreRefused() throws Exception {
    for (var query : List.of("after=x", "after=-1", "limit=x", "limit=-1", "after=1e3")) {
      var answer = service.get("/v1/events?" + query);
      assertThat(answer.statusCode()).as(query).isEqualTo(400);
      ProblemAssert.assertProblem(answer);
    }
  }

  @Test
  void anEventThatIsNotHereIsNotFound() throws Exception {
    var nowhere = service.get("/v1/events/" + "0".repeat(64));
    assertThat(nowhere.statusCode()).isEqualTo(404);
    ProblemAssert.assertProblem(nowhere);
    for (var none : List.of("xyz", "0".repeat(65), "..%2f..", "%00")) {
      var answer = service.get("/v1/events/" + none);
      assertThat(answer.statusCode()).as(none).isBetween(400, 404);
      ProblemAssert.assertProblem(answer);
    }
  }

  @Test
  void aPrefixOfSeveralUuidsIsRefusedInWords() throws Exception {
    service
        .sennit()
        .append(IntStream.range(0, 40).mapToObj("{\"n\":%d}"::formatted).toList())
        .join();
    var first =
        service.sennit().find("", 100).stream()
            .map(id -> id.toString().substring(0, 1))
            .sorted()
            .toList();
    var twice = IntStream.range(1, first.size()).filter(i -> first.get(i).equals(first.get(i - 1)));
    var answer = service.get("/v1/events/" + first.get(twice.findFirst().orElseThrow()));
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(ProblemAssert.assertProblem(answer)).contains("digits");
  }

  @Test
  void theStatusNamesEverything() throws Exception {
    var status = Json.read(service.get("/v1/status").body());
    var machine = service.sennit().status();
    assertThat(Json.string(status, "machine")).isEqualTo(machine.machine().toString());
    assertThat(Json.string(status, "root")).isEqualTo(machine.root().toString());
    assertThat(Json.string(status, "mode")).isEqualTo("active");
    assertThat(Json.number(status, "events")).isEqualTo(1);
    assertThat(Json.strings(status, "tips")).containsExactly(machine.root().toString());
    assertThat(Json.string(status, "digest")).isEqualTo(machine.digest().toString());
    assertThat(status.get("peers")).isEqualTo(List.of());
  }

  @Test
  void probesAnswer() throws Exception {
    assertThat(service.get("/livez").statusCode()).isEqualTo(200);
    assertThat(service.get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void peersComeAndGo() throws Exception {
    var address = "127.0.0.1:9";
    assertThat(service.call("DELETE", "/v1/peers/" + address).statusCode()).isEqualTo(404);
    var posted = service.post("/v1/peers", JSON, "{\"address\":\"" + address + "\"}");
    assertThat(posted.statusCode()).isBetween(200, 202);
    assertThat(service.get("/v1/status").body()).contains(address);
    assertThat(service.call("DELETE", "/v1/peers/127.0.0.1%3A9").statusCode()).isBetween(200, 204);
    for (var none : List.of("", "{}", "{\"address\":7}", "{\"address\":\"x\"}", "[]", "{\"a")) {
      var answer = service.post("/v1/peers", JSON, none);
      assertThat(answer.statusCode()).as(none).isEqualTo(400);
      ProblemAssert.assertProblem(answer);
    }
    assertThat(service.call("DELETE", "/v1/peers/nonsense").statusCode()).isEqualTo(400);
  }

  @Test
  void nothingIsThereIsAProblemToo() throws Exception {
    for (var path :
        List.of("/", "/v1", "/v1/nothing", "/v1/events/", "/v1/status/x", "/v2/events")) {
      var answer = service.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      ProblemAssert.assertProblem(answer);
    }
  }

  @Test
  void anotherMethodIsNamedTogetherWithThoseThatAreAllowed() throws Exception {
    var wrong =
        List.of(
            List.of("PUT", "/v1/events"),
            List.of("DELETE", "/v1/events"),
            List.of("POST", "/v1/events/00"),
            List.of("POST", "/v1/status"),
            List.of("GET", "/v1/peers"),
            List.of("GET", "/v1/peers/127.0.0.1:9"),
            List.of("POST", "/livez"));
    for (var call : wrong) {
      var answer = service.call(call.getFirst(), call.getLast());
      assertThat(answer.statusCode()).as(call.toString()).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).as(call.toString()).isPresent();
      ProblemAssert.assertProblem(answer);
    }
  }

  @Test
  void aPageOfAnotherOriginIsRefused() throws Exception {
    var own = "http://127.0.0.1:" + service.port();
    for (var origin :
        List.of("http://evil.example", "null", "http://127.0.0.1:1", "https://localhost")) {
      var answer =
          service.send(HttpRequest.newBuilder(service.uri("/v1/status")).header("Origin", origin));
      assertThat(answer.statusCode()).as(origin).isEqualTo(403);
      ProblemAssert.assertProblem(answer);
    }
    assertThat(
            service
                .send(HttpRequest.newBuilder(service.uri("/v1/status")).header("Origin", own))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void anotherHostIsRefused() throws Exception {
    for (var host :
        List.of("evil.example", "evil.example:80", "127.0.0.1.evil.example", "10.0.0.1")) {
      assertThat(service.raw(get("/v1/status", host))).as(host).startsWith("HTTP/1.1 403");
    }
    for (var host :
        List.of("localhost", "LOCALHOST:80", "127.0.0.1", "[::1]:7", "127.0.0.1:9999")) {
      assertThat(service.raw(get("/v1/status", host))).as(host).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void whatIsNoProperRequestIsAProblemToo() throws Exception {
    var requests =
        List.of(
            "GET /v1/status HTTP/1.1\r\nConnection: close\r\n\r\n",
            "GET /v1/status HTTP/9.9\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /v1/<> HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /v1/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "BREW /v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "nonsense\r\n\r\n",
            "GET /" + "x".repeat(70_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(70_000) + "\r\n\r\n",
            "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 99999999999\r\nConnection: close\r\n\r\n{}");
    for (var request : requests) {
      var label = request.substring(0, Math.min(60, request.length()));
      var answer = service.raw(request);
      assertThat(answer).as(label).startsWith("HTTP/1.1 ");
      int status = Integer.parseInt(answer.substring(9, 12));
      assertThat(status).as(label).isBetween(400, 505);
      assertThat(answer).as(label).containsIgnoringCase("content-type: application/problem+json");
      ProblemAssert.assertDocument(status, answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0", "::", "0:0:0:0:0:0:0:0", "192.0.2.7", "::ffff:192.0.2.7", "no host"})
  void onlyLoopbackIsServed(String host) {
    assertThatThrownBy(() -> new ApiServer(new Desk(service.sennit()), host, 0))
        .isInstanceOf(Door.RefusedException.class)
        .hasMessageContaining("say 127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.9"})
  void everyNameOfLoopbackIsServed(String host) throws Exception {
    try (var server = new ApiServer(new Desk(service.sennit()), host, 0);
        var client = HttpClient.newHttpClient()) {
      assertThat(server.uri().getHost()).isEqualTo(host);
      var request = HttpRequest.newBuilder(server.uri().resolve("/livez")).build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(200);
    }
  }

  private static String get(String path, String host) {
    return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
  }
}
