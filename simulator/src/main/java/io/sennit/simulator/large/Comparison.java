package io.sennit.simulator.large;

/// Reconciliation, modelled: what two machines say to each other when they compare what they hold.
sealed interface Comparison {
  /// This is what I hold: a bit for each event, in place of 49 bytes that tell whether it is the
  /// same.
  @SuppressWarnings("ArrayRecordComponent") // a message; nobody compares it or changes it
  record Compare(long[] held) implements Comparison {}

  /// I do not hold the same, but this. What you lack follows; now send what I lack.
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Different(long[] held) implements Comparison {}

  /// What needs no more words.
  enum Word implements Comparison {
    /// I hold the same.
    SAME,
    /// An event that you lack.
    GIVE,
    /// One of so many that it is not passed on.
    GIVE_IN_BULK
  }
}
