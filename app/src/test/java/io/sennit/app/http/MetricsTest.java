package io.sennit.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `GET /metrics`.
final class MetricsTest {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "[a-z_][a-z0-9_]*(\\{[a-z_]+=\"[^\"]*\"(,[a-z_]+=\"[^\"]*\")*,?})? [-+]?[0-9.eE+-]+");

  private static final String TABLE = "| metric | kind | means |\n| --- | --- | --- |\n";

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

  private String scrape() throws Exception {
    var answer = service.get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    return answer.body();
  }

  private static double value(String scrape, String sample) {
    return scrape
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(sample + " is not in\n" + scrape));
  }

  @Test
  void whatHappensIsCounted() throws Exception {
    service.post("/v1/events", "application/json", "{}");
    service.post("/v1/events", "application/x-ndjson", "{}\n{}\n");
    service.post("/v1/events", "application/json", "[");
    service.get("/v1/nothing");
    try (var reader = new StreamClient(service.port(), "", "", 0)) {
      reader.next();
      var scrape = scrape();
      assertThat(value(scrape, "sennit_events")).isEqualTo(4);
      assertThat(value(scrape, "sennit_tips")).isEqualTo(1);
      assertThat(value(scrape, "sennit_orphans")).isZero();
      assertThat(value(scrape, "sennit_events_appended_total")).isEqualTo(3);
      assertThat(value(scrape, "sennit_events_received_total")).isZero();
      assertThat(value(scrape, "sennit_append_seconds_count")).isEqualTo(2);
      assertThat(value(scrape, "sennit_append_seconds_sum")).isPositive();
      assertThat(value(scrape, "sennit_store_syncs_total")).isBetween(1.0, 2.0);
      assertThat(value(scrape, "sennit_store_sync_seconds_total")).isPositive();
      assertThat(value(scrape, "sennit_store_log_bytes")).isPositive();
      assertThat(value(scrape, "sennit_store_index_bytes")).isPositive();
      assertThat(value(scrape, "sennit_stream_readers")).isEqualTo(1);
      assertThat(value(scrape, "sennit_http_requests_total{class=\"2xx\"}")).isEqualTo(2);
      assertThat(value(scrape, "sennit_http_requests_total{class=\"4xx\"}")).isEqualTo(2);
      assertThat(value(scrape, "sennit_mode{mode=\"active\"}")).isEqualTo(1);
      assertThat(value(scrape, "sennit_mode{mode=\"read-only\"}")).isZero();
      assertThat(value(scrape, "sennit_peers{state=\"in-sync\"}")).isZero();
      assertThat(scrape).contains("\njvm_memory_used_bytes{", "\nprocess_cpu_seconds_total ");
    }
  }

  @Test
  void everyLineIsOfTheFormat() throws Exception {
    for (var line : scrape().lines().toList()) {
      assertThat(
              line.startsWith("# HELP ")
                  || line.startsWith("# TYPE ")
                  || SAMPLE.matcher(line).matches())
          .as(line)
          .isTrue();
    }
  }

  @Test
  void thePageNamesEveryMetricAsItIs() throws Exception {
    var page = Docs.of("metrics.md");
    var text = Files.readString(page);
    var wanted =
        text.replaceFirst("(?s)\\| metric .*", "").stripTrailing()
            + "\n\n"
            + TABLE
            + rows(scrape())
            + "\nBeside these stand those of the Java machine and the process, `jvm_…` and `process_…`.\n";
    if (System.getProperty("rewrite") != null) {
      Files.writeString(page, wanted);
    }
    assertThat(Files.readString(page))
        .as("write it anew with -Drewrite, and look at the diff")
        .isEqualTo(wanted);
  }

  private static String rows(String scrape) throws IOException {
    var kinds = new TreeMap<String, String>();
    var helps = new TreeMap<String, String>();
    for (var line : scrape.lines().toList()) {
      var words = List.of(line.split(" ", 4));
      if (line.startsWith("# TYPE sennit_")) {
        kinds.put(words.get(2), words.get(3));
      } else if (line.startsWith("# HELP sennit_")) {
        helps.put(words.get(2), words.get(3));
      }
    }
    assertThat(helps.keySet()).isEqualTo(kinds.keySet());
    var rows = new StringBuilder();
    kinds.forEach((name, kind) -> {
      var label = label(scrape, name);
      rows.append("| `" + name + label + "` | " + kind + " | " + helps.get(name) + " |\n");
    });
    return rows.toString();
  }

  private static String label(String scrape, String name) {
    var label = Pattern.compile("(?m)^" + name + "\\{([a-z_]+)=").matcher(scrape);
    return label.find() ? "{" + label.group(1) + "}" : "";
  }
}
