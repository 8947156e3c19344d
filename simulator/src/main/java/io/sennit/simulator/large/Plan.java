package io.sennit.simulator.large;

import java.util.List;

/// What is to be rehearsed. A run is a function of its plan: the same plan gives the same trace
/// hash.
///
/// @param machines how many, 1 to 4,000,000
/// @param writing what is written
/// @param topology where the machines are and what connects them
/// @param faults what goes wrong
/// @param near whether links are chosen by distance too, as in production; otherwise nobody is told
///   where others stand, so that all links are random
/// @param times how long things may take
/// @param seed of everything
public record Plan(
    int machines,
    Writing writing,
    Topology topology,
    Faults faults,
    boolean near,
    Times times,
    long seed) {

  /// Most machines that a plan may have.
  public static final int MACHINES_MAX = 4_000_000;

  /// Bits: whether a machine holds an event.
  private static final long KNOWLEDGE_MAX = 32_000_000_000L;

  /// What is written, each event by a random machine.
  ///
  /// @param rate events per second in the whole federation
  /// @param broadcasts events before the crash, and as many after the repair
  /// @param payloadBytes size of an event on the wire, its parents not included
  public record Writing(double rate, int broadcasts, int payloadBytes) {
    public Writing {
      within("rate", rate, 1e-3, 1e6);
      within("broadcasts", broadcasts, 0, 10_000_000);
      within("payload bytes", payloadBytes, 1, 1 << 20);
    }

    /// As many events as fit.
    ///
    /// @param seconds of writing at the rate, before the crash and after the repair
    public static Writing during(double seconds, double rate, int payloadBytes) {
      return new Writing(rate, (int) Math.max(1, Math.round(rate * seconds)), payloadBytes);
    }
  }

  /// What goes wrong.
  ///
  /// @param loss share of frames that are lost once on their way and sent again by TCP, 0 to 0.5
  /// @param duplication share of payloads that arrive once more, later
  /// @param churn share of the machines that crash in each minute, to come back later, 0 to 1
  /// @param partitions what is cut off from the first event on
  /// @param crashShare share of the machines that crash at once, between the phases of writing;
  ///   with 0 nothing is written a second time
  /// @param silentShare share of crashed machines that vanish without a reset, as when the power
  ///   fails: nobody tells their peers
  public record Faults(
      double loss,
      double duplication,
      double churn,
      List<Partition> partitions,
      double crashShare,
      double silentShare) {
    public Faults {
      partitions = List.copyOf(partitions);
      within("loss", loss, 0, 0.5);
      within("duplication", duplication, 0, 1);
      within("churn", churn, 0, 1);
      within("crash share", crashShare, 0, 0.99);
      within("silent share", silentShare, 0, 1);
    }

    /// Nothing goes wrong but the crash.
    public static Faults crash(double crashShare) {
      return new Faults(0, 0, 0, List.of(), crashShare, 0.1);
    }
  }

  /// A region cut off from all others.
  ///
  /// @param region its name in the topology
  /// @param oneWay the region still hears the others, but is not heard
  /// @param seconds how long, from the first event on
  public record Partition(String region, boolean oneWay, double seconds) {
    public Partition {
      within("partition seconds", seconds, 0, 86_400);
    }
  }

  /// In pretended seconds.
  ///
  /// @param settleSeconds between the last join and the quiet window
  /// @param quietSeconds how long the window is in which idle traffic is measured
  /// @param patienceSeconds how long, at most, is waited for a phase to reach its aim
  public record Times(double settleSeconds, double quietSeconds, double patienceSeconds) {
    public Times {
      within("settle seconds", settleSeconds, 0, 86_400);
      within("quiet seconds", quietSeconds, 1, 86_400);
      within("patience seconds", patienceSeconds, 1, 86_400);
    }
  }

  /// @throws IllegalArgumentException naming what cannot be rehearsed
  public Plan {
    within("machines", machines, 1, MACHINES_MAX);
    if (2L * machines * writing.broadcasts > KNOWLEDGE_MAX) {
      throw new IllegalArgumentException(
          machines + " machines and twice " + writing.broadcasts + " events: too much memory");
    }
    for (var partition : faults.partitions) {
      topology.indexOf(partition.region); // throws
    }
  }

  /// So many machines all over the world: twenty events, a crash of 30 %, twenty events more.
  public static Plan of(int machines) {
    return new Plan(
        machines,
        new Writing(10, 20, 300),
        Topology.world(),
        Faults.crash(0.3),
        true,
        new Times(60, 20, 180),
        1);
  }

  public Plan with(Writing writing) {
    return new Plan(machines, writing, topology, faults, near, times, seed);
  }

  public Plan with(Topology topology) {
    return new Plan(machines, writing, topology, faults, near, times, seed);
  }

  public Plan with(Faults faults) {
    return new Plan(machines, writing, topology, faults, near, times, seed);
  }

  public Plan with(Times times) {
    return new Plan(machines, writing, topology, faults, near, times, seed);
  }

  /// The same behind other routers.
  ///
  /// @param share of machines that can only dial out, in every region
  public Plan withNatShare(double share) {
    return with(topology.withNatShare(share));
  }

  public Plan withNear(boolean near) {
    return new Plan(machines, writing, topology, faults, near, times, seed);
  }

  public Plan withSeed(long seed) {
    return new Plan(machines, writing, topology, faults, near, times, seed);
  }

  private static void within(String what, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          what + ": " + value + " is not within " + min + " … " + max);
    }
  }
}
