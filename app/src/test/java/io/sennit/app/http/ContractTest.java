package io.sennit.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sennit.app.door.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Drives every operation of `docs/openapi.yaml` to every status it documents, and holds requests
/// and answers against it.
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ContractTest {
  private static final String JSON = "application/json";
  private static final String JSON_LINES = "application/x-ndjson";
  private static final String WHOLE_EVENTS = "application/vnd.sennit.events+jsonl";
  private static final String EVENTS = "/v1/events";
  private static final String PEERS = "/v1/peers";

  /// What cannot be provoked from outside, and why.
  private static final Map<String, String> NOT_PROVOKED =
      Map.of(
          "append 500", "needs a disk that fails; the tests of the store make it fail",
          "append 507", "needs a disk that is full; the tests with a small file system fill it",
          "everywhere 500", "needs a mistake in the program");

  private final Map<String, String> problems = new LinkedHashMap<>();
  private Contract contract;
  private Service service;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    contract = new Contract(Docs.of("openapi.yaml"));
    var streams =
        new StreamApi.Limits(
            2, 1 << 20, Duration.ofMillis(50), Duration.ofSeconds(10), Duration.ofMillis(200));
    service =
        new Service(folder.resolve("a"), new ApiServer.Limits(streams, Duration.ofSeconds(2)));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private Exchange call(
      int status, String method, String target, Map<String, String> headers, String body)
      throws IOException {
    var exchange =
        Exchange.of(service.port(), method, target, headers, body.getBytes(StandardCharsets.UTF_8));
    assertThat(exchange.status()).as(exchange.toString()).isEqualTo(status);
    return checked(exchange);
  }

  private Exchange checked(Exchange exchange) {
    contract.check(exchange);
    if (exchange.status() >= 400) {
      var type = Json.string(Json.read(exchange.answer()), "type");
      assertThat(type).startsWith(ProblemType.PAGES);
      problems.put(type.substring(ProblemType.PAGES.length()), exchange.answer());
    }
    return exchange;
  }

  private Exchange get(int status, String target) throws IOException {
    return call(status, "GET", target, Map.of(), "");
  }

  private Exchange post(int status, String target, String type, String body) throws IOException {
    return call(status, "POST", target, Map.of("content-type", type), body);
  }

  @Test
  @Order(1)
  void append() throws IOException {
    post(201, EVENTS, JSON, "{\"type\":\"hello\",\"n\":[1,-0.5,null,true,{\"a\":\"\\u0000\"}]}");
    post(201, EVENTS, JSON + "; charset=utf-8", "{}");
    post(201, EVENTS, JSON_LINES, "{\"n\":1}\n\n{\"n\":2}\n");
    var whole =
        service.sennit().get(2).orElseThrow().event()
            + "\n"
            + service.sennit().get(3).orElseThrow().event();
    post(201, EVENTS, WHOLE_EVENTS, whole);
    var key = Map.of("content-type", JSON, "idempotency-key", "order-7");
    var first = call(201, "POST", EVENTS, key, "{\"type\":\"once\"}");
    assertThat(call(201, "POST", EVENTS, key, "{\"type\":\"once\"}").answer())
        .isEqualTo(first.answer());
    call(422, "POST", EVENTS, key, "{\"type\":\"another\"}");
    post(400, EVENTS, JSON, "{\"uuid\":\"7\"}");
    post(400, EVENTS, JSON_LINES, "{}\n{");
    call(
        400,
        "POST",
        EVENTS,
        Map.of("content-type", JSON, "idempotency-key", "x".repeat(256)),
        "{}");
    post(413, EVENTS, JSON, "{\"a\":\"" + "x".repeat(70_000) + "\"}");
    post(413, EVENTS, JSON, "x".repeat(2_000_000));
    post(413, EVENTS, JSON_LINES, "{}\n".repeat(10_001));
    post(415, EVENTS, "text/plain", "{}");
    call(415, "POST", EVENTS, Map.of(), "");
    call(408, "POST", EVENTS, Map.of("content-type", JSON, "content-length", "12"), "{\"a\":");
  }

  @Test
  @Order(2)
  void listing() throws IOException {
    get(200, EVENTS);
    get(200, EVENTS + "?after=2&limit=1");
    get(200, EVENTS + "?after=1:" + service.sennit().root().event().id());
    get(200, EVENTS + "?order=height&limit=3");
    get(400, EVENTS + "?limit=many");
    get(400, EVENTS + "?order=colour");
    get(410, EVENTS + "?after=1:" + "0".repeat(64));
  }

  @Test
  @Order(3)
  void oneEvent() throws IOException {
    var id = service.sennit().root().event().id().toString();
    get(200, EVENTS + "/" + id);
    get(200, EVENTS + "/" + id.substring(0, 16));
    get(400, EVENTS + "/XYZ");
    get(404, EVENTS + "/" + "0".repeat(64));
    service
        .sennit()
        .append(IntStream.range(0, 40).mapToObj("{\"n\":%d}"::formatted).toList())
        .join();
    var first = new HashMap<Character, Integer>();
    service
        .sennit()
        .find("", 100)
        .forEach(event -> first.merge(event.toString().charAt(0), 1, Integer::sum));
    var twice = first.entrySet().stream().filter(digit -> digit.getValue() > 1).findFirst();
    get(409, EVENTS + "/" + twice.orElseThrow().getKey());
  }

  @Test
  @Order(4)
  void stream() throws IOException {
    get(400, "/v1/stream?from=yesterday");
    call(410, "GET", "/v1/stream", Map.of("last-event-id", "1:" + "0".repeat(64)), "");
    var open = new ArrayList<StreamClient>();
    for (int n = 0; n < 2; n++) {
      open.add(new StreamClient(service.port(), "", "", 0));
    }
    get(503, "/v1/stream");
    for (var client : open) {
      client.close();
    }
  }

  @Test
  @Order(5)
  void peers() throws IOException {
    post(202, PEERS, JSON, "{\"address\":\"127.0.0.1:9\"}");
    get(200, "/v1/status");
    call(200, "DELETE", PEERS + "/127.0.0.1%3A9", Map.of(), "");
    get(200, "/v1/status");
    call(404, "DELETE", PEERS + "/127.0.0.1:8", Map.of(), "");
    call(400, "DELETE", PEERS + "/nonsense", Map.of(), "");
    post(400, PEERS, JSON, "{\"address\":7}");
    post(413, PEERS, JSON, "x".repeat(70_000));
    post(415, PEERS, "text/plain", "{}");
    call(408, "POST", PEERS, Map.of("content-type", JSON, "content-length", "12"), "{\"a\":");
  }

  @Test
  @Order(6)
  void pagesAndProbes() throws IOException {
    assertThat(get(200, "/v1/openapi.yaml").answer()).isEqualTo(Docs.text("openapi.yaml"));
    for (var type : ProblemType.values()) {
      assertThat(get(200, ProblemType.PAGES + type.page()).answer())
          .isEqualTo(Docs.text("errors/" + type.page() + ".md"));
    }
    get(404, ProblemType.PAGES + "nothing");
    get(200, "/metrics");
    get(200, "/livez");
    get(200, "/readyz");
  }

  @Test
  @Order(7)
  void whatAnyCallMayAnswer() throws IOException {
    get(404, "/v1/nothing");
    call(405, "PUT", EVENTS, Map.of(), "");
    call(405, "POST", "/v1/status", Map.of("content-type", JSON), "{}");
    call(403, "GET", "/v1/status", Map.of("host", "example.org"), "");
    call(403, "GET", "/v1/status", Map.of("origin", "http://example.org"), "");
    get(414, EVENTS + "?after=" + "0".repeat(5_000));
    get(400, "/v1/%zz");
    var old = "GET /v1/status HTTP/1.0\r\nHost: localhost\r\n\r\n";
    var heard = Exchange.hear(service.port(), old.getBytes(StandardCharsets.US_ASCII));
    checked(
        new Exchange(
            "GET",
            "/v1/status",
            Map.of(),
            "",
            heard.status(),
            heard.answerHeaders(),
            heard.answer()));
    assertThat(heard.status()).isEqualTo(505);
  }

  @Test
  @Order(8)
  void aStreamFromItsFirstToItsLastWord() throws Exception {
    var whole = new Exchange[1];
    var reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                whole[0] =
                    Exchange.of(
                        service.port(), "GET", "/v1/stream?from=start", Map.of(), new byte[0]);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    await().until(() -> service.readers() == 1);
    long events = service.sennit().count();
    try (var beside = new StreamClient(service.port(), "", "" + events, 0)) {
      beside.next(); // the id
      beside.next(); // nothing new: so the other one has heard it, too, or soon will
      beside.next();
    }
    service.stopStreams();
    reader.join();
    assertThat(whole[0].status()).isEqualTo(200);
    checked(whole[0]);
    assertThat(whole[0].answer())
        .startsWith("id: 0\n")
        .contains("\n\n: ")
        .contains("event: stopping\n");
  }

  @Test
  @Order(9)
  void aMachineThatIsClosed() throws IOException {
    service.sennit().close();
    post(503, EVENTS, JSON, "{}");
    get(503, "/readyz");
    get(503, "/v1/status");
  }

  @Test
  @Order(10)
  void everythingThatIsDocumentedWasSeen() {
    var missing = new TreeSet<>(contract.documented());
    missing.removeAll(contract.seen());
    assertThat(missing).containsExactlyInAnyOrderElementsOf(NOT_PROVOKED.keySet());
  }

  @Test
  @Order(11)
  void everyProblemHasItsPageAndEveryPageItsProblem() throws IOException {
    var pages = Docs.names("errors");
    var types = List.of(ProblemType.values()).stream().map(ProblemType::page).toList();
    assertThat(pages).containsExactlyInAnyOrderElementsOf(types);
    var unseen = new TreeSet<>(pages);
    unseen.removeAll(problems.keySet());
    assertThat(unseen)
        .as("problems that nothing above made")
        .containsExactly("disk-full", "failed");
    for (var type : ProblemType.values()) {
      assertThat(Docs.text("errors/" + type.page() + ".md"))
          .contains("# " + type.title() + "\n")
          .contains("`" + type.status() + "` · `type` `" + ProblemType.PAGES + type.page() + "`")
          .contains("## Why")
          .contains("## What to do")
          .contains("## Example")
          .contains("\"title\":\"" + type.title() + "\",\"status\":" + type.status());
    }
  }
}
