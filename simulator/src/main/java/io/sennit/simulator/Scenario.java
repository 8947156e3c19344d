package io.sennit.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What one pretended world goes through: everything that is needed to repeat it, in one line.
///
/// ```text
///   seed=17 machines=3 actions=3:write,9:crash,17:write
/// ```
///
/// Every action draws from a random stream of its own, made of the seed and the action's number. So
/// one can be left out, and the others do what they did, as far as what they meet is still the
/// same. That is what [Shrinker] rests on.
///
/// @param machines at the beginning
/// @param actions in the order of their numbers
public record Scenario(long seed, int machines, List<Action> actions) {
  /// So few can hold something that differs.
  public static final int MACHINES_MIN = 2;

  /// More come by late joins and twins.
  public static final int MACHINES_MAX = 30;

  private static final int DRAWN_MACHINES_MIN = 3;
  private static final int DRAWN_ACTIONS_MIN = 20;
  private static final int DRAWN_ACTIONS_MAX = 99;

  /// How often the dear ones may happen at all: one seed in so many.
  private static final int RARE = 24;

  private static final Set<Fault> DEAR = EnumSet.of(Fault.FLOOD, Fault.CROWD);

  // Streams that belong to no action.
  private static final long DRAWING = -1;
  static final long BEGINNING = -2;
  static final long LINKS = -3;
  static final long END = -4;

  /// One thing that is done, and then some time passes.
  ///
  /// @param number counts from 0, and picks the random stream
  /// @param fault what goes wrong; null when a machine writes
  public record Action(int number, @Nullable Fault fault) {
    @Override
    public String toString() {
      return number + ":" + word(fault);
    }
  }

  /// Copies the list, and checks that it is in order.
  public Scenario {
    actions = List.copyOf(actions);
    if (machines < MACHINES_MIN || machines > MACHINES_MAX) {
      throw new IllegalArgumentException(
          MACHINES_MIN + " to " + MACHINES_MAX + " machines, not " + machines);
    }
    for (int i = 0; i < actions.size(); i++) {
      if (actions.get(i).number < (i == 0 ? 0 : actions.get(i - 1).number + 1)) {
        throw new IllegalArgumentException("the numbers of actions ascend: " + actions.get(i));
      }
    }
  }

  /// What a seed stands for. Each seed chooses which faults may happen at all, so that some worlds
  /// see many of few kinds and others few of many.
  ///
  /// @param machines at the beginning; 0 lets the seed choose
  public static Scenario of(long seed, int machines) {
    var random = stream(seed, DRAWING);
    int span = MACHINES_MAX - DRAWN_MACHINES_MIN + 1;
    int drawn = DRAWN_MACHINES_MIN + (int) (span * Math.pow(random.nextDouble(), 5));
    var kinds = new ArrayList<Fault>();
    for (var fault : Fault.values()) {
      if (fault.chosen() && random.nextInt(DEAR.contains(fault) ? RARE : 2) == 0) {
        kinds.add(fault);
      }
    }
    int count = random.nextInt(DRAWN_ACTIONS_MIN, DRAWN_ACTIONS_MAX + 1);
    var actions = new ArrayList<Action>(count);
    for (int number = 0; number < count; number++) {
      boolean writes = random.nextInt(5) < 3 || kinds.isEmpty();
      actions.add(new Action(number, writes ? null : kinds.get(random.nextInt(kinds.size()))));
    }
    return new Scenario(seed, machines == 0 ? drawn : machines, actions);
  }

  /// The same with other actions.
  Scenario with(List<Action> others) {
    return new Scenario(seed, machines, others);
  }

  /// The same with so many machines.
  Scenario with(int otherMachines) {
    return new Scenario(seed, otherMachines, actions);
  }

  /// Everything random about an action, or about what belongs to none.
  SplittableRandom stream(long number) {
    return stream(seed, number);
  }

  private static SplittableRandom stream(long seed, long number) {
    long mixed = new SplittableRandom(seed).nextLong() ^ (number * 0xd1342543de82ef95L);
    return new SplittableRandom(new SplittableRandom(mixed).nextLong());
  }

  /// Reads what [#toString] writes.
  ///
  /// @throws IllegalArgumentException when the text is no scenario; the message says why
  public static Scenario parse(String text) {
    var parts = text.strip().split(" +", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "a scenario is \"seed=N machines=N actions=N:WHAT,…\", not \"" + text + "\"");
    }
    long seed = Long.parseLong(value(parts[0], "seed"));
    int machines = Integer.parseInt(value(parts[1], "machines"));
    var actions = value(parts[2], "actions");
    return new Scenario(
        seed,
        machines,
        actions.isEmpty()
            ? List.of()
            : Arrays.stream(actions.split(",", -1)).map(Scenario::action).toList());
  }

  private static String value(String part, String name) {
    if (!part.startsWith(name + "=")) {
      throw new IllegalArgumentException("\"" + name + "=…\" is missing before \"" + part + "\"");
    }
    return part.substring(name.length() + 1);
  }

  private static Action action(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("an action is \"NUMBER:WHAT\", not \"" + text + "\"");
    }
    return new Action(Integer.parseInt(text.substring(0, colon)), fault(text.substring(colon + 1)));
  }

  private static @Nullable Fault fault(String word) {
    if (word.equals(word(null))) {
      return null;
    }
    return Arrays.stream(Fault.values())
        .filter(fault -> fault.chosen() && word.equals(word(fault)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no action is called \"" + word + "\""));
  }

  private static String word(@Nullable Fault fault) {
    return fault == null ? "write" : fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// One line, without line end.
  @Override
  public String toString() {
    return "seed="
        + seed
        + " machines="
        + machines
        + " actions="
        + actions.stream().map(Action::toString).collect(Collectors.joining(","));
  }
}
