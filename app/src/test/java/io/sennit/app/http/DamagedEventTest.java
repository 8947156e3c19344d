package io.sennit.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.cli.Shell;
import io.sennit.app.door.Json;
import io.sennit.app.faults.LogDamage;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the API says of an event whose bytes on the disk are damaged: never the bytes.
final class DamagedEventTest {
  private static final int BATCHES = 50;

  @TempDir Path folder;

  @Test
  void aDamagedEventIsRefusedInWordsAndCountedAndTheRestIsServed() throws Exception {
    var dir = folder.resolve("a");
    String uuid;
    try (var service = new Service(dir)) {
      for (int batch = 0; batch < BATCHES; batch++) {
        service
            .sennit()
            .append(IntStream.range(0, 20).mapToObj("{\"n\":%d}"::formatted).toList())
            .join();
      }
      uuid = service.sennit().get(12).orElseThrow().event().id().toString();
    }
    LogDamage.inSecondRecord(dir);
    try (var service = Service.reopened(dir)) {
      assertDamaged(service.get("/v1/events/" + uuid), uuid);
      assertDamaged(service.get("/v1/events?after=11"), uuid);
      assertThat(service.get("/v1/stream?from=start").body())
          .contains("event: damaged")
          .contains("sennit verify")
          .doesNotContain(uuid);
      var last = service.sennit().get(BATCHES * 20L).orElseThrow().event();
      assertThat(service.get("/v1/events/" + last.id()).body()).isEqualTo(last.toString());
      assertThat(service.post("/v1/events", "application/json", "{}").statusCode()).isEqualTo(201);
      assertThat(Json.number(Json.read(service.get("/v1/status").body()), "damaged"))
          .as("the whole record")
          .isEqualTo(20);
      assertThat(Shell.done("status", "--url", service.uri("/")).out())
          .contains("damaged     20, wanted from peers");
    }
  }

  @Test
  void aDirectoryThatADaemonHoldsIsNeitherVerifiedNorRepaired() throws Exception {
    var dir = folder.resolve("a");
    try (var service = new Service(dir)) {
      Files.writeString(dir.resolve("http.url"), service.uri("/").toString());
      for (var command : List.of("verify", "repair")) {
        assertThat(Shell.refused(3, command, "--dir", dir))
            .contains("a daemon holds " + dir)
            .contains("stop it, then " + command);
      }
    }
  }

  private static void assertDamaged(HttpResponse<String> answer, String uuid) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(ProblemAssert.assertProblem(answer)).contains(uuid).contains("damaged");
  }
}
