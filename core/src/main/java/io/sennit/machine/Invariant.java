package io.sennit.machine;

/// What always holds of the DAG and the machine, whatever arrives and whatever breaks.
///
/// Every one is shown by tests that carry `@Shows`; `docs/flowchart.md` lists them.
public enum Invariant {
  /// One beginning.
  I1("R is the only event without parents."),
  /// Closed under parents.
  I2("Every parent of an admitted event is admitted."),
  /// No circle.
  I3(
      "An event's height is one more than the highest height of its parents, so there is no circle."),
  /// Nothing is taken back.
  I4("The DAG only grows, and an admitted event never changes."),
  /// The tips are exact.
  I5("The tips are exactly the admitted events without children; there is always at least one."),
  /// What the parents say.
  I6(
      "In a strict event, its ancestors and itself are all that its creator held; in a bounded one,"
          + " `tips` says how many tips its creator held."),
  /// Durable first.
  I7("Nothing is acknowledged, published or claimed as held before it is durable."),
  /// Only the set counts.
  I8(
      "The result depends only on the set of events received: not on order, repetition or batching."),
  /// Waiting is bounded.
  I9(
      "Orphans are bounded and charged to their sender, and dropping one never loses the ability to"
          + " fetch it again."),
  /// Each round helps.
  I10(
      "In a quiet world, each round of an exchange proves equality or strictly shrinks the"
          + " difference."),
  /// The world stops, and all agree.
  I11("After a fence, when the peers form one connected graph, all digests become equal."),
  /// Nobody waits for anybody.
  I12("Creating an event never waits for a peer.");

  private final String sentence;

  Invariant(String sentence) {
    this.sentence = sentence;
  }

  /// What holds, for people.
  public String sentence() {
    return sentence;
  }
}
