package io.sennit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.bench.peer.Order;
import io.sennit.event.EventId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderTest {
  @Test
  void anOrderIsCanonicalAlreadyAndOthersStoreAsMuchAsSennitHashes() {
    for (int number = 1; number < 2_000; number += 7) {
      var order = new Order(3, number);
      var run = new Author(3).write(List.of(new EventId(1, 2, 3, 4)), 1);
      var event = Author.draft(order).finish(run.machine(), List.of(new EventId(1, 2, 3, 4)), 0);
      var body = new String(event.body(), StandardCharsets.UTF_8);
      var json = order.json();
      assertThat(body).contains(json.substring(1, json.indexOf(",\"subject\"")));
      assertThat(new String(order.body(), StandardCharsets.UTF_8))
          .hasSameSizeAs(body)
          .startsWith("{\"data\":")
          .contains("\",\"parents\":[\"");
    }
  }

  @Test
  void noTwoOrdersShareAKey() {
    var ids = new HashSet<List<Byte>>();
    for (int client = 0; client < 64; client++) {
      for (int number = 0; number < 500; number++) {
        var id = new ArrayList<Byte>();
        for (byte b : new Order(client, number).id()) {
          id.add(b);
        }
        ids.add(id);
      }
    }
    assertThat(ids).hasSize(64 * 500);
  }
}
