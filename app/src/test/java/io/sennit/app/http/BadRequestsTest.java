package io.sennit.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Requests whose frame is wrong are refused in words, store nothing, and disturb nobody.
@TestInstance(Lifecycle.PER_CLASS)
final class BadRequestsTest {
  private static final String POST =
      "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

  private Service service;

  @BeforeAll
  void start(@TempDir Path folder) {
    service = new Service(folder.resolve("a"));
  }

  @AfterEach
  void nothingIsStoredAndTheMachineGoesOn() throws Exception {
    assertThat(service.sennit().count()).isEqualTo(1);
    assertThat(service.get("/livez").statusCode()).isEqualTo(200);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private Exchange hear(String request) throws IOException {
    return Exchange.hear(service.port(), request.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void assertRefused(Exchange answer, String about) {
    assertThat(answer.status()).as(about).isBetween(400, 431);
    assertThat(answer.contentType()).as(about).isEqualTo(Problem.MEDIA_TYPE);
    ProblemAssert.assertDocument(answer.status(), answer.answer());
  }

  @Test
  void framesThatContradictThemselves() throws IOException {
    for (var rest :
        List.of(
            "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
            "Content-Length: two\r\n\r\n{}",
            "Content-Length: -2\r\n\r\n{}",
            "Transfer-Encoding: gzip\r\n\r\n{}",
            "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n{}\r\n0\r\n\r\n",
            "Host: localhost\r\nContent-Length: 2\r\n\r\n{}",
            "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}",
            "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
            "X: " + "x".repeat(20_000) + "\r\nContent-Length: 2\r\n\r\n{}")) {
      assertRefused(hear(POST + rest), rest);
    }
  }

  @Test
  void aLengthThatIsTooShortLeavesHalfAnObject() throws IOException {
    assertRefused(hear(POST + "Content-Length: 4\r\n\r\n{\"a\":1}"), "too short");
  }

  @Test
  void aBodyThatBreaksOff() throws IOException {
    for (var rest :
        List.of(
            "Content-Length: 100\r\n\r\n{\"a\":1}",
            "Transfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\n",
            "Transfer-Encoding: chunked\r\n\r\n64\r\n{\"a\":1}")) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
        socket.getOutputStream().write((POST + rest).getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).as(rest).startsWith("HTTP/1.1 400 ").contains(ProblemType.PAGES);
      }
    }
  }

  @Test
  void aBodyThatNeverEndsIsCutAtItsLimit() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      var out = socket.getOutputStream();
      out.write((POST + "Transfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      var chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      var sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (true) {
                    out.write(chunk);
                  }
                } catch (IOException closed) {
                  // as it should be
                }
              });
      var status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      assertThat(status).isEqualTo("HTTP/1.1 413");
      sender.join();
    }
  }

  @Test
  void pathsThatTryTricks() throws IOException {
    for (var path :
        List.of(
            "/v1/events/%2e%2e%2fstatus",
            "/v1/events/..%2f..%2fmachine.key",
            "/v1/errors/..%2fopenapi.yaml",
            "/v1/errors/%2e%2e/%2e%2e/Main.class",
            "/v1/events/%00",
            "/v1/events/%ff%fe",
            "/v1/events/%c0%af",
            "/v1/events/%u0041",
            "/v1/events/%",
            "/v1/events/abc%0d%0aX-Injected:1",
            "/v1/events/" + "a".repeat(65),
            "/v1/events/" + "%61".repeat(65))) {
      var answer = Exchange.of(service.port(), "GET", path, Map.of(), new byte[0]);
      assertRefused(answer, path);
      assertThat(answer.answerHeaders()).doesNotContainKey("x-injected");
    }
  }

  @Test
  void aQueryWithoutEnd() throws IOException {
    assertRefused(
        hear("GET /v1/events?a=" + "x".repeat(1 << 20) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        "query");
  }

  @Test
  void manyBadRequestsOnOneConnectionAndThenAGoodOne() throws Exception {
    var bad = POST + "Content-Length: 1\r\n\r\n{";
    var good = "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.getOutputStream().write((bad.repeat(20) + good).getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      var answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answers.split("HTTP/1.1 400 ", -1)).hasSize(21);
      assertThat(answers).contains("HTTP/1.1 200 OK");
    }
  }
}
