package io.sennit.app.http;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import io.sennit.node.NodeStatus;
import io.sennit.node.OverlayStatus;
import io.sennit.node.Sennit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.ToLongFunction;

/// `GET /metrics`: figures for Prometheus; `docs/metrics.md` names each. What the machine knows is
/// asked when somebody looks, so nothing is counted twice.
final class Metrics {
  private static final double NANOS = 1e9;
  private static final String[] CLASSES = {"2xx", "4xx", "5xx"};

  private final Sennit sennit;
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final Histogram append;
  private final Counter requests;

  Metrics(Sennit sennit, StreamApi streams) {
    this.sennit = sennit;
    append =
        Histogram.builder()
            .name("sennit_append_seconds")
            .help("Time of an append over HTTP, from its parsed body until its events are durable.")
            .unit(Unit.SECONDS)
            .classicOnly()
            .classicUpperBounds(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5)
            .register(registry);
    requests =
        Counter.builder()
            .name("sennit_http_requests_total")
            .help("HTTP requests answered, by the class of the status.")
            .labelNames("class")
            .register(registry);
    for (var name : CLASSES) {
      requests.labelValues(name);
    }
    gauge("sennit_stream_readers", "Streams that are open.", streams::readers);
    machine();
    overlay();
    store();
    JvmMetrics.builder().register(registry);
  }

  private void machine() {
    gauge("sennit_events", "Durable events, R included.", sennit::count);
    gauge("sennit_tips", "Events that no event names as parent yet.", () -> sennit.tips().size());
    gauge(
        "sennit_behind_events",
        "Events that a connected peer was last known to hold more than this machine, at least.",
        () -> sennit.status().behind());
    gauge("sennit_orphans", "Events that wait for ancestors.", () -> sennit.status().orphans());
    gauge(
        "sennit_damaged_events",
        "Events that cannot be read here and are wanted from peers.",
        sennit::damaged);
    counter(
        "sennit_scrub_events_total",
        "Events whose bytes were read from the disk again, slowly, and checked.",
        () -> sennit.scrub().checkedTotal());
    counter(
        "sennit_scrub_passes_total",
        "Passes over the log that came to their end.",
        () -> sennit.scrub().passes());
    gauge(
        "sennit_scrub_last_pass_timestamp_seconds",
        "When a pass over the log last ended, in seconds since 1970; 0 when none has since the start.",
        () -> {
          var last = sennit.scrub().lastPass();
          return last == null ? 0 : last.getEpochSecond();
        });
    gauge(
        "sennit_scrub_progress_ratio",
        "How much of the present pass is done, 0 to 1.",
        () -> sennit.scrub().progress());
    GaugeWithCallback.builder()
        .name("sennit_peers")
        .help("Peers known, by the state of the conversation with them.")
        .labelNames("state")
        .callback(callback -> peers(sennit.status()).forEach((state, n) -> callback.call(n, state)))
        .register(registry);
    GaugeWithCallback.builder()
        .name("sennit_mode")
        .help("1 for the mode the machine is in, 0 for the others.")
        .labelNames("mode")
        .callback(callback -> {
          var now = sennit.status().mode();
          NodeStatus.MODES.forEach(mode -> callback.call(mode.equals(now) ? 1 : 0, mode));
        })
        .register(registry);
  }

  private void overlay() {
    gauge(
        "sennit_overlay_links",
        "Links that both sides count on.",
        () -> ofOverlay(OverlayStatus::links));
    gauge(
        "sennit_overlay_contacts",
        "Other machines that this one could link with.",
        () -> ofOverlay(OverlayStatus::contacts));
    gauge(
        "sennit_overlay_machines",
        "Machines there are, as far as can be told from here; right within a factor of two, mostly.",
        () -> ofOverlay(OverlayStatus::machines));
    counter(
        "sennit_overlay_given_total",
        "Runs that were handed to peers because they spread.",
        () -> ofOverlay(OverlayStatus::given));
    counter(
        "sennit_overlay_payloads_total",
        "Runs that came because they spread, and were new.",
        () -> ofOverlay(OverlayStatus::payloads));
    counter(
        "sennit_overlay_duplicates_total",
        "Runs that came because they spread, and were known.",
        () -> ofOverlay(OverlayStatus::duplicates));
    counter(
        "sennit_overlay_pulled_total",
        "Runs that were new and had to be asked for.",
        () -> ofOverlay(OverlayStatus::pulled));
    counter(
        "sennit_overlay_announced_total",
        "Runs named to peers, one for each run and peer.",
        () -> ofOverlay(OverlayStatus::announced));
    counter(
        "sennit_overlay_heard_total",
        "Runs named by peers.",
        () -> ofOverlay(OverlayStatus::heard));
  }

  private double ofOverlay(ToLongFunction<OverlayStatus> figure) {
    return sennit.overlay().map(figure::applyAsLong).orElse(0L);
  }

  private static Map<String, Integer> peers(NodeStatus status) {
    var states = new TreeMap<String, Integer>();
    states.put("in-sync", 0);
    status.peers().forEach(peer -> states.merge(peer.state(), 1, Integer::sum));
    return states;
  }

  private void store() {
    counter(
        "sennit_events_appended_total",
        "Events of this machine that became durable since it started.",
        () -> sennit.traffic().own());
    counter(
        "sennit_events_received_total",
        "Events of other machines that became durable since it started.",
        () -> sennit.traffic().received());
    counter(
        "sennit_store_syncs_total",
        "Writes to the log that ended with an fsync; each took whatever waited.",
        () -> sennit.traffic().syncs());
    counter(
        "sennit_store_sync_seconds_total",
        "Time of these writes together.",
        () -> sennit.traffic().syncNanos() / NANOS);
    gauge(
        "sennit_store_log_bytes",
        "Bytes used of the log.",
        () -> sennit.sizeOnDisk().logSizeBytes());
    gauge(
        "sennit_store_index_bytes",
        "Bytes of the index.",
        () -> sennit.sizeOnDisk().indexSizeBytes());
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  private void counter(String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /// A request was answered.
  void answered(int status) {
    requests.labelValues(CLASSES[status < 400 ? 0 : status < 500 ? 1 : 2]).inc();
  }

  /// An append took so long.
  void appended(long nanos) {
    append.observe(nanos / NANOS);
  }

  void metrics(ServerRequest request, ServerResponse response) {
    var text = new ByteArrayOutputStream();
    try {
      writer.write(text, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Api.answer(
        response, Status.OK_200, PrometheusTextFormatWriter.CONTENT_TYPE, text.toByteArray());
  }
}
