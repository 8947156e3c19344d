package io.sennit.app.cli;

import io.sennit.app.door.Json;
import io.sennit.app.view.Output;
import io.sennit.app.view.Printed;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Prints how a machine is.
@Command(
    name = "status",
    description = "Prints how the machine is, and its digest: equal digests prove equal DAGs.")
final class StatusCommand implements Callable<Integer> {
  @Mixin private Place place;
  @Mixin private Output output;

  @SuppressWarnings("NullAway.Init")
  StatusCommand() {}

  @Override
  public Integer call() {
    try (var door = place.open()) {
      var text = door.status();
      if (output.json()) {
        output.line(text);
        return 0;
      }
      var status = Json.read(text);
      output.line("federation  " + Printed.safe(Json.string(status, "federation"), 80));
      output.line("root        " + Json.string(status, "root"));
      output.line("machine     " + Json.string(status, "machine"));
      output.line("mode        " + Json.string(status, "mode"));
      if (!Json.string(status, "why").isEmpty()) {
        output.line("because     " + Printed.safe(Json.string(status, "why"), 500));
      }
      output.line("events      " + Json.number(status, "events"));
      if (Json.number(status, "behind") > 0) {
        output.line("behind      " + Printed.behind(status));
      }
      long damaged = Json.number(status, "damaged");
      if (damaged > 0) {
        output.line("damaged     " + damaged + ", wanted from peers: see `sennit verify`");
      }
      if (status.get("scrub") instanceof Map<?, ?> scrub
          && scrub.get("lastPass") instanceof String at) {
        output.line("log read    again, the last time until " + Printed.safe(at, 40));
      }
      if (status.get("recording") instanceof Map<?, ?> recording) {
        output.line("recording   " + recording(recording));
      }
      output.line("tips        " + Json.strings(status, "tips").size());
      if (status.get("width") instanceof Map<?, ?> width) {
        output.line("width       " + Printed.width(width));
      }
      output.line("digest      " + Json.string(status, "digest"));
      PeersCommand.print(status, output);
    }
    return 0;
  }

  private static String recording(Map<?, ?> recording) {
    var ended = String.valueOf(recording.get("ended"));
    return Printed.safe(
        "part %s in %s, %s bytes in all%s"
            .formatted(
                recording.get("part"),
                recording.get("folder"),
                recording.get("sizeBytes"),
                ended.isEmpty() ? "" : "; it has ended: " + ended),
        500);
  }
}
