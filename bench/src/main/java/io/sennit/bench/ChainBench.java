package io.sennit.bench;

import java.util.ArrayList;

/// Two chains grow apart from one root, then meet: what Kleppmann and Howard measured.
final class ChainBench implements Measurement {
  private static final int LENGTH_MAX = 1_000_000;
  private static final int LENGTH_MAX_QUICK = 1_000;
  private static final Target CONTROL = Target.atMost(600);
  private static final Target ROUND_TRIPS = Target.atMost(1.5);

  @Override
  public String name() {
    return "chain";
  }

  @Override
  public Result run(Options options) throws Exception {
    var figures = new ArrayList<Figure>();
    for (int length = 1; length <= options.size(LENGTH_MAX, LENGTH_MAX_QUICK); length *= 10) {
      var talk = new Talk();
      talk.write(length);
      var took = talk.meet();
      var name = "Sennit, " + Figure.count(length) + " on each side";
      figures.add(
          Figure.once(name + ", control bytes", "B", (double) took.controlBytes()).must(CONTROL));
      figures.add(
          Figure.once(name + ", round trips", "round trips", took.roundTrips()).must(ROUND_TRIPS));
      figures.add(
          Figure.once(
              name + ", bytes of events before compression",
              "B/event",
              took.eventBytes() / (2.0 * length)));
      System.err.printf("  chain, %s%n", name);
    }
    return new Result(
        name(),
        "Two machines share R alone; each writes a chain of its own; then they meet. The core as it is, in memory:"
            + " whatever one says arrives one step later, two steps are a round trip, and the round trips are those"
            + " until both hold the same. Control bytes are all messages that carry no events, both directions, up to"
            + " the proof of equality, before frames and TLS. The same input always gives the same figures, so one"
            + " round is enough. Published for 1 to 1,000 on each side (Kleppmann and Howard, Byzantine Eventual"
            + " Consistency, arXiv 2012.00472): 1.02 round trips and 1 to 3 kB.",
        Surroundings.describe(),
        figures);
  }
}
