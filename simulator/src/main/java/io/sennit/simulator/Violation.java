package io.sennit.simulator;

import java.io.Serial;

/// Something that must always hold does not.
public final class Violation extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final String rule;

  /// @param rule `I1` to `I12`; `RUN`: runs are whole; `SEAL`: every seal is checked; `CORE`: the
  ///   core broke off; `REST`: the world comes to rest
  Violation(String rule, String what) {
    super(rule + ": " + what);
    this.rule = rule;
  }

  Violation(String rule, String what, Throwable cause) {
    super(rule + ": " + what, cause);
    this.rule = rule;
  }

  /// Which rule.
  public String rule() {
    return rule;
  }

  static void unless(boolean holds, String rule, String what) {
    if (!holds) {
      throw new Violation(rule, what);
    }
  }
}
