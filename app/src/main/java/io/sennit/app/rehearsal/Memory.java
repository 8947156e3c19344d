package io.sennit.app.rehearsal;

import com.sun.management.OperatingSystemMXBean;
import io.sennit.simulator.large.Plan;
import java.lang.management.ManagementFactory;
import java.util.List;

/// The memory that a rehearsal wants, and whether this Java may use as much.
///
/// @param heapBytes that this Java may use at most
/// @param computerBytes that the computer, or the container, has in all
/// @param chosen whether somebody chose `heapBytes`
public record Memory(long heapBytes, long computerBytes, boolean chosen) {
  /// Marks a Java that was started for a rehearsal, so that it does not start another one.
  public static final String GIVEN = "sennit.rehearsal.memory";

  private static final long MIB = 1L << 20;

  /// Java, its libraries, and what is the same for any number of machines.
  private static final long BASE_BYTES = 160 * MIB;

  /// A machine's overlay and links, what is under way to it, and room for the collector.
  private static final long MACHINE_BYTES = 11_000;

  /// Whether a machine holds an event, twice: before the crash and after it.
  private static final int BITS_OF_AN_EVENT = 2;

  /// Of the computer's memory, what a heap may take.
  private static final double SHARE_MAX = 0.9;

  /// What is to be done.
  public sealed interface Choice {
    /// Run it in this Java.
    record Here() implements Choice {}

    /// Start another Java.
    ///
    /// @param heapMiB for its heap
    record Elsewhere(long heapMiB) implements Choice {}

    /// Do not run it.
    ///
    /// @param words why, and what to do
    record Refuse(String words) implements Choice {}
  }

  /// Of this process.
  public static Memory here() {
    long computer =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return new Memory(
        Runtime.getRuntime().maxMemory(),
        computer,
        System.getProperty(GIVEN) == null && isChosen(options()));
  }

  /// Options of this Java.
  public static List<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }

  static boolean isChosen(List<String> options) {
    return options.stream()
        .anyMatch(option -> option.startsWith("-Xmx") || option.startsWith("-XX:MaxHeapSize"));
  }

  /// What a plan wants of the heap, about.
  static long wantedBytes(Plan plan) {
    long bits = (long) plan.machines() * plan.writing().broadcasts() * BITS_OF_AN_EVENT;
    return BASE_BYTES + plan.machines() * MACHINE_BYTES + bits / 8;
  }

  /// What is to be done with a plan.
  ///
  /// @param given whether this Java was started for this rehearsal
  public Choice choose(Plan plan, boolean given) {
    long wanted = wantedBytes(plan);
    if (given || heapBytes >= wanted) {
      return new Choice.Here();
    }
    var want =
        "%s want about %s of memory, and "
            .formatted(Amount.count(plan.machines(), "machine"), Amount.bytes(wanted));
    if (chosen) {
      return new Choice.Refuse(
          want
              + "Java was told to use %s at most: give it more, or no -Xmx at all, or take fewer machines"
                  .formatted(Amount.bytes(heapBytes)));
    }
    if (wanted > SHARE_MAX * computerBytes) {
      return new Choice.Refuse(
          want
              + "this computer has %s: take %s machines or fewer, or a larger computer"
                  .formatted(Amount.bytes(computerBytes), Amount.count(machinesMax(plan))));
    }
    return new Choice.Elsewhere((wanted + MIB - 1) / MIB);
  }

  /// So many machines this computer could hold, a round number.
  private long machinesMax(Plan plan) {
    double each = MACHINE_BYTES + (double) plan.writing().broadcasts() * BITS_OF_AN_EVENT / 8;
    long most = Math.max(1, (long) ((SHARE_MAX * computerBytes - BASE_BYTES) / each));
    long round = (long) Math.pow(10, Math.max(0, Math.floor(Math.log10((double) most)) - 1));
    return most / round * round;
  }
}
