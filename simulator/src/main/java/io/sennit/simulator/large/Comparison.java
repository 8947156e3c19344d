package io.sennit.simulator.large;

/// Reconciliation, modelled: what two machines say to each other when they compare what they hold.
enum Comparison {
  /// This is what I hold, in 49 bytes.
  COMPARE,
  /// I hold the same.
  SAME,
  /// I do not; what you lack follows, now send what I lack.
  DIFFERENT,
  /// An event that you lack.
  GIVE,
  /// One of so many that it is not passed on.
  GIVE_IN_BULK
}
