package io.sennit.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes a failing scenario smaller, as long as it fails by the same rule: fewer kinds of faults,
/// fewer actions, fewer machines.
///
/// The actions are taken apart by delta debugging, the algorithm ddmin of Zeller and Hildebrandt
/// (*Simplifying and Isolating Failure-Inducing Input*, IEEE TSE 28(2), 2002): first halves, then
/// ever smaller parts; a part that fails alone is kept alone, a part without which it still fails
/// is left out.
final class Shrinker {
  /// Runs of scenarios, the same one twice not counted.
  private final int runsMax;

  /// The rule that a scenario breaks, or nothing.
  private final Function<Scenario, String> trial;

  private final Map<String, Boolean> tried = new HashMap<>();
  private String rule = "";
  private int runs;

  Shrinker(Function<Scenario, String> trial, int runsMax) {
    this.trial = trial;
    this.runsMax = runsMax;
  }

  /// How many scenarios were run.
  int runs() {
    return runs;
  }

  /// The smallest one that was found. It fails by this rule, too.
  Scenario shrink(Scenario failing, String byRule) {
    rule = byRule;
    var smallest = failing;
    Scenario before;
    do {
      before = smallest;
      smallest = fewerKinds(smallest);
      smallest = fewerActions(smallest);
      smallest = fewerMachines(smallest);
    } while (!smallest.equals(before) && runs < runsMax);
    return smallest;
  }

  private boolean fails(Scenario scenario) {
    var known = tried.get(scenario.toString());
    if (known != null) {
      return known;
    }
    if (runs >= runsMax) {
      return false;
    }
    runs++;
    boolean fails = trial.apply(scenario).equals(rule);
    tried.put(scenario.toString(), fails);
    return fails;
  }

  private Scenario fewerKinds(Scenario scenario) {
    var smallest = scenario;
    var kinds = new HashSet<@Nullable Fault>();
    for (var action : scenario.actions()) {
      var kind = action.fault();
      if (kinds.add(kind)) {
        var candidate =
            smallest.with(
                smallest.actions().stream().filter(other -> other.fault() != kind).toList());
        if (fails(candidate)) {
          smallest = candidate;
        }
      }
    }
    return smallest;
  }

  private Scenario fewerMachines(Scenario scenario) {
    for (int machines = Scenario.MACHINES_MIN; machines < scenario.machines(); machines++) {
      var candidate = scenario.with(machines);
      if (fails(candidate)) {
        return candidate;
      }
    }
    return scenario;
  }

  /// The algorithm ddmin.
  private Scenario fewerActions(Scenario scenario) {
    var smallest = scenario;
    int parts = 2;
    while (!smallest.actions().isEmpty()) {
      var smaller = part(smallest, parts, false);
      if (smaller != null) {
        smallest = smaller;
        parts = 2;
        continue;
      }
      smaller = part(smallest, parts, true);
      if (smaller != null) {
        smallest = smaller;
        parts = Math.max(parts - 1, 2);
      } else if (parts < smallest.actions().size()) {
        parts = Math.min(2 * parts, smallest.actions().size());
      } else {
        return smallest;
      }
    }
    return smallest;
  }

  /// One that fails of those with one part of the actions, or with all but one; null when none
  /// does.
  private @Nullable Scenario part(Scenario scenario, int parts, boolean allBut) {
    var actions = scenario.actions();
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) actions.size() * part / parts);
      int to = (int) ((long) actions.size() * (part + 1) / parts);
      var candidate = scenario.with(taken(actions, from, to, allBut));
      if (candidate.actions().size() < actions.size() && fails(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private static List<Scenario.Action> taken(
      List<Scenario.Action> actions, int from, int to, boolean allBut) {
    if (!allBut) {
      return actions.subList(from, to);
    }
    var rest = new ArrayList<>(actions.subList(0, from));
    rest.addAll(actions.subList(to, actions.size()));
    return rest;
  }
}
