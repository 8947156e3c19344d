package io.sennit.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Door;
import io.sennit.app.door.Json;
import io.sennit.node.Sennit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Clients of a daemon that write at once, and what they were told.
final class Writers {
  /// The uuid of what was acknowledged, by its number.
  final Map<Long, String> acknowledged = new ConcurrentHashMap<>();

  /// Numbers of what was declined: nothing of it may ever show.
  final Set<Long> declined = ConcurrentHashMap.newKeySet();

  /// How often each status was answered.
  final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();

  private final AtomicLong numbers = new AtomicLong();

  /// Each writer appends one event after the other until one is not acknowledged, or it has written
  /// `most`.
  ///
  /// @param sizeBytes of the text in each event, which no compression makes much smaller
  void write(Daemon daemon, int writers, int most, int sizeBytes, SplittableRandom random) {
    var threads = new ArrayList<Thread>();
    for (int writer = 0; writer < writers; writer++) {
      var own = random.split();
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int n = 0; n < most && append(daemon, sizeBytes, own) == 201; n++) {
                  // Each append says what became of it.
                }
              }));
    }
    for (var thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException("the writers were interrupted", e);
      }
    }
  }

  /// Appends one event and keeps what was answered.
  ///
  /// @return the status
  int append(Daemon daemon, int sizeBytes, SplittableRandom random) {
    long number = numbers.incrementAndGet();
    var noise = new byte[sizeBytes / 2];
    random.nextBytes(noise);
    int status;
    try {
      var object = "{\"n\":%d,\"noise\":\"%s\"}".formatted(number, HexFormat.of().formatHex(noise));
      var line = daemon.door().append(List.of(object)).getFirst();
      acknowledged.put(number, Json.string(Json.read(line.event()), "uuid"));
      status = 201;
    } catch (Door.RefusedException e) {
      status = e.status();
      boolean answered = !String.valueOf(e.getMessage()).contains("no daemon answers");
      if (answered && (status == 503 || status == 507)) {
        declined.add(number);
      }
    }
    answers.computeIfAbsent(status, _ -> new AtomicInteger()).incrementAndGet();
    return status;
  }

  int answered(int status) {
    var count = answers.get(status);
    return count == null ? 0 : count.get();
  }

  /// Whatever was acknowledged is here, and nothing that was declined.
  void check(Sennit sennit) {
    var here = new TreeMap<String, Map<String, Object>>();
    for (long position = 1; position <= sennit.count(); position++) {
      var event = Json.read(sennit.get(position).orElseThrow().event().toString());
      here.put(Json.string(event, "uuid"), event);
    }
    assertThat(here.keySet()).as("%s", this).containsAll(acknowledged.values());
    var numbers =
        here.values().stream()
            .filter(event -> event.containsKey("n"))
            .map(event -> Json.number(event, "n"))
            .toList();
    assertThat(numbers)
        .as("%s", this)
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(declined);
  }

  @Override
  public String toString() {
    return answers.toString();
  }
}
