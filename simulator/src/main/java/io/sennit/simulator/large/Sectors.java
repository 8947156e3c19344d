package io.sennit.simulator.large;

/// How machines are shared out among [Sector]s: always the same number, so that a run does not
/// depend on how many processors drive them. Neighbours in memory stay together where machines are
/// many, so that two processors seldom write to the same line.
///
/// @param shift so many bits of a machine's number do not matter
record Sectors(int shift) {
  /// Sectors there are.
  static final int COUNT = 8;

  private static final int MANY = 4_096;
  private static final int TOGETHER_BITS = 6;

  static Sectors among(int machines) {
    return new Sectors(machines < MANY ? 0 : TOGETHER_BITS);
  }

  /// The sector that a machine belongs to.
  int of(int machine) {
    return machine >>> shift & COUNT - 1;
  }
}
