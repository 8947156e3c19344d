package io.sennit.app.cli;

import io.sennit.app.door.Desk;
import io.sennit.app.door.Json;
import io.sennit.app.http.ApiServer;
import io.sennit.app.log.Log;
import io.sennit.app.log.LogFormat;
import io.sennit.app.log.LogLevel;
import io.sennit.app.view.Output;
import io.sennit.node.Address;
import io.sennit.node.Field;
import io.sennit.node.RecordingOptions;
import io.sennit.node.Sennit;
import io.sennit.overlay.Capacity;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The daemon.
@Command(
    name = "run",
    description = "Runs the machine: peers and HTTP API, until it is told to stop.")
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = System.getLogger(RunCommand.class.getName());
  private static final long STOP_SECONDS_MAX = 10;

  @Option(
      names = "--dir",
      paramLabel = "D",
      required = true,
      description = "The machine's directory.")
  private Path dir;

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:0",
      description =
          "Where the HTTP API is served; port 0 picks a free one. Default: ${DEFAULT-VALUE}.")
  private String http;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:0",
      description = "Where peers connect; port 0 picks a free one. Default: ${DEFAULT-VALUE}.")
  private String listen;

  @Option(
      names = "--advertise",
      paramLabel = "HOST:PORT",
      description = {
        "Where others reach this machine, when that is not what --listen says (a wildcard, a NAT);",
        "port 0 is the one of --listen. Peers are told the first one, tickets name all."
      })
  private List<String> advertised = new ArrayList<>();

  @Option(names = "--peer", paramLabel = "HOST:PORT", description = "A machine to keep connected.")
  private List<String> peers = new ArrayList<>();

  @Option(
      names = "--capacity",
      paramLabel = "WHAT",
      defaultValue = "home",
      description = {
        "How much the machine does for others: `leaf` holds 4 links and passes on as little as it",
        "can, for a slow line or a battery; `home` 8; `public` 64, also of machines that can only",
        "dial out, for a data centre. Default: ${DEFAULT-VALUE}."
      })
  private Capacity capacity;

  @Option(
      names = "--record",
      paramLabel = "DIR",
      description =
          "Write down there what happens to the machine, for `sennit replay`: a folder of its own.")
  private @Nullable Path record;

  @Option(
      names = "--record-size",
      paramLabel = "SIZE",
      defaultValue = "256M",
      converter = SizeConverter.class,
      description = "The recording takes no more. Default: ${DEFAULT-VALUE}.")
  private long recordSize;

  @Option(
      names = "--record-keep",
      paramLabel = "WHAT",
      defaultValue = "last",
      description = {
        "When the recording is full: `last` goes on, for which links begin again now and then, and",
        "forgets what is oldest; `first` records no more. Default: ${DEFAULT-VALUE}."
      })
  private RecordingOptions.Keep recordKeep;

  @Option(
      names = "--log-format",
      paramLabel = "FORM",
      defaultValue = "text",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private LogFormat logFormat;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "warning",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private LogLevel logLevel;

  @Option(
      names = "--until-input-ends",
      hidden = true,
      description = "Stop when standard input ends.")
  private boolean untilInputEnds;

  @Mixin private Output output;
  @Spec private CommandSpec spec;

  /// Whether all was closed as it should be.
  private volatile boolean clean;

  @SuppressWarnings("NullAway.Init")
  RunCommand() {}

  @Override
  public Integer call() throws Exception {
    Log.write(logFormat, logLevel);
    var api = Address.parse(http);
    var named = advertised.stream().map(RunCommand::dialable).toList();
    var stopped = new CountDownLatch(1);
    var finished = new CountDownLatch(1);
    try (var sennit = open();
        var server = new ApiServer(new Desk(sennit), api.host(), api.port())) {
      sennit.carry(capacity);
      var listening = sennit.listen(Address.parse(listen), named);
      if (sennit.advertised().isEmpty()) {
        output.note(
            "sennit: this computer has no address that others could dial, so peers and tickets are"
                + " told none; say one with --advertise HOST:PORT");
      }
      peers.forEach(peer -> sennit.connect(Address.parse(peer)));
      sennit.connectKnownPeers();
      var urlFile = Place.write(dir, server.uri());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped, finished)));
      if (untilInputEnds) {
        Thread.ofVirtual().start(() -> awaitEndOfInput(stopped));
      }
      ready(sennit, server, listening);
      stopped.await();
      LOG.log(Level.INFO, "the daemon stops");
      Files.deleteIfExists(urlFile);
      clean = true;
    } finally {
      stopped.countDown();
      finished.countDown();
    }
    return 0;
  }

  private Sennit open() {
    return record == null
        ? Sennit.open(dir)
        : Sennit.open(dir, new RecordingOptions(record, recordSize, recordKeep));
  }

  private static Address dialable(String text) {
    var address = Address.parse(text);
    if (address.wildcard()) {
      throw new IllegalArgumentException(
          "--advertise: nobody elsewhere can dial " + text + "; name this computer's own address");
    }
    return address;
  }

  /// Lets the machine finish what it is writing before the process ends. A daemon that was told to
  /// stop, and did, has done what it should: its exit code is 0.
  private void stop(CountDownLatch stopped, CountDownLatch finished) {
    boolean told = stopped.getCount() > 0;
    stopped.countDown();
    try {
      if (!finished.await(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOG.log(Level.WARNING, "the machine did not stop in time");
      } else if (told && clean) {
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitEndOfInput(CountDownLatch stopped) {
    try {
      while (System.in.read() >= 0) {
        // Whatever is said is not for us.
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "standard input broke", e);
    }
    stopped.countDown();
  }

  private void ready(Sennit sennit, ApiServer server, Address listening) {
    LOG.log(
        Level.INFO,
        "the daemon is ready: {0} {1} {2} {3} {4} {5}",
        new Field("version", spec.root().version()[0]),
        new Field("java", Runtime.version()),
        new Field("federation", sennit.status().federation()),
        new Field("http", server.uri()),
        new Field("listen", listening),
        new Field("advertised", text(sennit.advertised())));
    if (output.json()) {
      var said = new LinkedHashMap<String, Object>();
      said.put("ready", true);
      said.put("machine", sennit.status().machine().toString());
      said.put("http", server.uri().toString());
      said.put("listen", listening.toString());
      said.put("advertised", sennit.advertised().stream().map(Address::toString).toList());
      said.put("events", sennit.count());
      output.line(Json.text(said));
    } else {
      output.line(
          "ready: "
              + sennit.count()
              + " events, HTTP at "
              + server.uri()
              + ", peers at "
              + listening
              + (sennit.advertised().isEmpty() || sennit.advertised().contains(listening)
                  ? ""
                  : ", told as " + text(sennit.advertised())));
    }
    output.out().flush();
  }

  private static String text(List<Address> addresses) {
    return addresses.stream().map(Address::toString).collect(Collectors.joining(", "));
  }
}
