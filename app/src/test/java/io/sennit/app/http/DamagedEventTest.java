package io.sennit.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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
    damage(dir.resolve("log").resolve("00000001.log"));
    try (var service = Service.reopened(dir)) {
      assertDamaged(service.get("/v1/events/" + uuid), uuid);
      assertDamaged(service.get("/v1/events?after=11"), uuid);
      var last = service.sennit().get(BATCHES * 20L).orElseThrow().event();
      assertThat(service.get("/v1/events/" + last.id()).body()).isEqualTo(last.toString());
      assertThat(service.post("/v1/events", "application/json", "{}").statusCode()).isEqualTo(201);
      assertThat(Json.number(Json.read(service.get("/v1/status").body()), "damaged"))
          .as("the whole record")
          .isEqualTo(20);
    }
  }

  private static void assertDamaged(HttpResponse<String> answer, String uuid) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(ProblemAssert.assertProblem(answer)).contains(uuid).contains("damaged");
  }

  /// A byte of the second record's payload: the first holds R alone.
  private static void damage(Path file) throws IOException {
    try (var log = new RandomAccessFile(file.toFile(), "rw")) {
      log.seek(136);
      int first = log.readInt();
      long at = 128L + first + 100;
      log.seek(at);
      int before = log.read();
      log.seek(at);
      log.write(before ^ 0x40);
    }
  }
}
