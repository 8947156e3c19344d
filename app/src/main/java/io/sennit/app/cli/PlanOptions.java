package io.sennit.app.cli;

import io.sennit.simulator.large.Plan;
import io.sennit.simulator.large.Topology;
import io.sennit.simulator.large.TopologyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What is to be rehearsed, as options.
final class PlanOptions {
  /// How the plan calls what is out of range, and the option that says it.
  private static final Map<String, String> OPTIONS =
      Map.ofEntries(
          Map.entry("machines", "--machines"),
          Map.entry("rate", "--rate"),
          Map.entry("broadcasts", "--events"),
          Map.entry("payload bytes", "--payload"),
          Map.entry("loss", "--loss"),
          Map.entry("duplication", "--duplication"),
          Map.entry("churn", "--churn"),
          Map.entry("crash share", "--crash"),
          Map.entry("silent share", "--silent"),
          Map.entry("NAT share", "--nat"),
          Map.entry("partition seconds", "--partition"),
          Map.entry("settle seconds", "--settle"),
          Map.entry("quiet seconds", "--quiet"),
          Map.entry("patience seconds", "--patience"));

  @Option(
      names = "--machines",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "How many machines, 1 to 4000000. A million want about 11 GiB of memory."
              + " Default: ${DEFAULT-VALUE}.")
  private int machines;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "10",
      description =
          "Events per second that the whole federation writes. Default: ${DEFAULT-VALUE}.")
  private double rate;

  @Option(
      names = "--events",
      paramLabel = "N",
      description =
          "How many events are written before the crash, and as many after it."
              + " Default: 20, or what --seconds says.")
  private @Nullable Integer events;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description =
          "Write for so many pretended seconds at the rate, instead of a number of events.")
  private @Nullable Double seconds;

  @Option(
      names = "--payload",
      paramLabel = "BYTES",
      defaultValue = "300",
      description = "Size of an event on the wire, without its parents. Default: ${DEFAULT-VALUE}.")
  private int payloadBytes;

  @Option(
      names = "--topology",
      paramLabel = "FILE",
      description =
          "JSON: regions of the world, their share of the machines, uplinks and delays;"
              + " docs/topologies has some. Default: 21 cities all over the world.")
  private @Nullable Path file;

  @Option(
      names = "--nat",
      paramLabel = "SHARE",
      converter = Share.class,
      description =
          "Share of the machines that can only dial out, in every region."
              + " Default: what the topology says.")
  private @Nullable Double natShare;

  @Option(
      names = "--random-links",
      description = "All links random, instead of three random ones and five near ones.")
  private boolean randomLinks;

  @Option(
      names = "--loss",
      paramLabel = "SHARE",
      converter = Share.class,
      defaultValue = "0",
      description =
          "Share of frames that are lost on their way and sent again by TCP, 0 to 0.5."
              + " Default: ${DEFAULT-VALUE}.")
  private double loss;

  @Option(
      names = "--duplication",
      paramLabel = "SHARE",
      converter = Share.class,
      defaultValue = "0",
      description = "Share of payloads that arrive once more, later. Default: ${DEFAULT-VALUE}.")
  private double duplication;

  @Option(
      names = "--churn",
      paramLabel = "SHARE",
      converter = Share.class,
      defaultValue = "0",
      description =
          "Share of the machines that crash in each minute of writing, to come back half a minute"
              + " later, more or less. Default: ${DEFAULT-VALUE}.")
  private double churn;

  @Option(
      names = "--partition",
      paramLabel = "REGION:SECONDS[:one-way]",
      description =
          "Cut a region of the topology off for so many pretended seconds, from the first event on;"
              + " one-way: it still hears the others. May be repeated.")
  private List<String> partitions = new ArrayList<>();

  @Option(
      names = "--crash",
      paramLabel = "SHARE",
      converter = Share.class,
      defaultValue = "0.3",
      description =
          "Share of the machines that crash at once, for good; with 0 nothing is written a second"
              + " time. Default: ${DEFAULT-VALUE}.")
  private double crashShare;

  @Option(
      names = "--silent",
      paramLabel = "SHARE",
      converter = Share.class,
      defaultValue = "0.1",
      description =
          "Share of the machines that crash whose peers are not told, as when the power fails."
              + " Default: ${DEFAULT-VALUE}.")
  private double silentShare;

  @Option(
      names = "--settle",
      paramLabel = "S",
      defaultValue = "60",
      description =
          "Pretended seconds from the last join until idle traffic is measured."
              + " Default: ${DEFAULT-VALUE}.")
  private double settleSeconds;

  @Option(
      names = "--quiet",
      paramLabel = "S",
      defaultValue = "20",
      description =
          "Pretended seconds in which idle traffic is measured. Default: ${DEFAULT-VALUE}.")
  private double quietSeconds;

  @Option(
      names = "--patience",
      paramLabel = "S",
      defaultValue = "180",
      description =
          "Pretended seconds, at most, that each phase may take to reach its aim."
              + " Default: ${DEFAULT-VALUE}.")
  private double patienceSeconds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Of all that is random: the same seed and options give the same run, to the last byte."
              + " Default: ${DEFAULT-VALUE}.")
  private long seed;

  @SuppressWarnings("NullAway.Init")
  PlanOptions() {}

  /// Where the machines are, in a few words.
  String place() {
    return file == null
        ? "all over the world (21 cities)"
        : "as " + file + " says (" + topology().regions().size() + " regions)";
  }

  /// The plan.
  ///
  /// @throws IllegalArgumentException saying which option cannot be, and what can
  Plan plan() {
    if (events != null && seconds != null) {
      throw new IllegalArgumentException(
          "--events and --seconds exclude each other: leave one of them out");
    }
    var topology = topology();
    var cuts = partitions.stream().map(text -> partition(text, topology)).toList();
    try {
      var writing =
          seconds == null
              ? new Plan.Writing(rate, events == null ? 20 : events, payloadBytes)
              : Plan.Writing.during(positive(seconds), rate, payloadBytes);
      return new Plan(
          machines,
          writing,
          natShare == null ? topology : topology.withNatShare(natShare),
          new Plan.Faults(loss, duplication, churn, cuts, crashShare, silentShare),
          !randomLinks,
          new Plan.Times(settleSeconds, quietSeconds, patienceSeconds),
          seed);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(named(String.valueOf(e.getMessage())), e);
    }
  }

  private static double positive(double seconds) {
    if (!(seconds > 0 && seconds <= 86_400)) {
      throw new IllegalArgumentException(
          "--seconds: %s is not within 0 … 86400".formatted(seconds));
    }
    return seconds;
  }

  /// With the name of the option in the place of the plan's own.
  private static String named(String fault) {
    int colon = fault.indexOf(':');
    var option = colon < 0 ? null : OPTIONS.get(fault.substring(0, colon));
    if (option != null) {
      return option + fault.substring(colon);
    }
    return fault.contains("too much memory")
        ? "--machines, --events: " + fault + ": make one of them smaller"
        : fault;
  }

  private Topology topology() {
    if (file == null) {
      return Topology.world();
    }
    return switch (TopologyFile.read(text(file))) {
      case TopologyFile.Reading.Read(var topology) -> topology;
      case TopologyFile.Reading.Refused(_, var detail) ->
          throw new IllegalArgumentException(
              "--topology: %s: %s; docs/howto/rehearse.md says what a topology may contain"
                  .formatted(file, detail));
    };
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "--topology: there is no file %s; docs/topologies has some to begin with".formatted(file),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--topology: %s cannot be read: it has to be a file of UTF-8 that this user may read"
              .formatted(file),
          e);
    }
  }

  private static Plan.Partition partition(String text, Topology topology) {
    var parts = text.split(":", -1);
    boolean oneWay = parts.length == 3 && parts[2].equals("one-way");
    if (parts.length != 2 && !oneWay) {
      throw new IllegalArgumentException(
          "--partition: '%s' is not REGION:SECONDS or REGION:SECONDS:one-way".formatted(text));
    }
    double seconds;
    try {
      seconds = Double.parseDouble(parts[1]);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--partition: '%s' is no number of seconds".formatted(parts[1]), e);
    }
    try {
      topology.indexOf(parts[0]);
      return new Plan.Partition(parts[0], oneWay, seconds);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--partition: " + String.valueOf(e.getMessage()).replaceFirst("^partition seconds: ", ""),
          e);
    }
  }

  /// A number from 0 to 1, or one with a percent sign.
  static final class Share implements ITypeConverter<Double> {
    /// picocli makes it.
    Share() {}

    @Override
    public Double convert(String text) {
      boolean percent = text.endsWith("%");
      try {
        double number = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
        return percent ? number / 100 : number;
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is no share: write 0.05 or 5%");
      }
    }
  }
}
