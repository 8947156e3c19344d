package io.sennit.simulator;

import java.io.Serial;
import java.util.function.Supplier;

/// Something that must always hold does not.
public final class Violation extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final String rule;

  /// @param rule `I1` to `I12`; `RUN`: runs are whole; `ONCE`: a request with a key is carried out
  ///   once; `SEAL`: every seal is checked; `RULE`: nothing is admitted against the rules; `CORE`:
  ///   the core broke off; `WORLD`: the simulator did; `REST`: the world comes to rest
  Violation(String rule, String what) {
    super(rule + ": " + what);
    this.rule = rule;
  }

  Violation(String rule, String what, Throwable cause) {
    super(rule + ": " + what, cause);
    this.rule = rule;
  }

  private Violation(String message, Violation found) {
    super(message, found);
    this.rule = found.rule;
  }

  /// The same, with the place where it was found.
  Violation at(String place) {
    var placed = new Violation(place + ": " + getMessage(), this);
    placed.setStackTrace(getStackTrace());
    return placed;
  }

  /// Which rule.
  public String rule() {
    return rule;
  }

  /// Most of these hold, so the words are put together only when one does not.
  static void unless(boolean holds, String rule, Supplier<String> what) {
    if (!holds) {
      throw new Violation(rule, what.get());
    }
  }
}
